import { query } from '@solidjs/router'
import { search, send, sendJson } from './http.ts'
import type {
  Campaign,
  CampaignChange,
  CampaignContent,
  CampaignEvent,
  CampaignLine,
  Case,
  CaseQuery,
  Cell,
  Conflict,
  Disposition,
  FieldReport,
  FieldStratum,
  FrameReport,
  Interviewer,
  Mailing,
  QuestionnaireChoice,
  Waiting,
} from './campaign-types.ts'
import type { Page } from './types.ts'

const PAGE_MAX = 200
const one = (id: number) => `/api/campaigns/${id}`

/** Reads. */
export const getCampaigns = query(
  (cursor: string | null) => send<Page<CampaignLine>>(`/api/campaigns${search({ cursor, limit: 50 })}`),
  'campaigns',
)

export const getCampaign = query((id: number) => send<Campaign>(one(id)), 'campaign')

export const getQuestionnaireChoices = query(
  async () => (await send<Page<QuestionnaireChoice>>('/api/campaigns/questionnaires')).items,
  'campaign-questionnaires',
)

export const getCells = query(
  (id: number, cursor: string | null) => send<Page<Cell>>(`${one(id)}/strata${search({ cursor, limit: PAGE_MAX })}`),
  'campaign-cells',
)

/** All strata with their members, once each; a frame has at most a thousand. */
export const getStrata = query(async (id: number): Promise<{ stratum: string; members: number }[]> => {
  const strata = new Map<string, number>()
  let cursor: string | null = null
  do {
    const page: Page<Cell> = await send(`${one(id)}/strata${search({ cursor, limit: PAGE_MAX })}`)
    for (const { stratum, members } of page.items) strata.set(stratum, members)
    cursor = page.next
  } while (cursor !== null)
  return [...strata].map(([stratum, members]) => ({ stratum, members }))
}, 'campaign-strata')

export const getField = query((id: number) => send<FieldReport>(`${one(id)}/field`), 'campaign-field')

export const getFieldStrata = query(
  (id: number, cursor: string | null) =>
    send<Page<FieldStratum>>(`${one(id)}/field/strata${search({ cursor, limit: 50 })}`),
  'campaign-field-strata',
)

export const getCases = query(
  (id: number, asked: CaseQuery, cursor: string | null) =>
    send<Page<Case>>(`${one(id)}/cases${search({ ...asked, cursor, limit: 50 })}`),
  'campaign-cases',
)

export const getConflicts = query(
  (id: number, cursor: string | null) => send<Page<Conflict>>(`${one(id)}/conflicts${search({ cursor, limit: 50 })}`),
  'campaign-conflicts',
)

export const getWaiting = query(
  (id: number, again: boolean) => send<Waiting>(`${one(id)}/mailings${search({ again: again ? 1 : 0 })}`),
  'campaign-mailings',
)

export const getEvents = query(
  (id: number, cursor: string | null) => send<Page<CampaignEvent>>(`${one(id)}/events${search({ cursor, limit: 50 })}`),
  'campaign-events',
)

export const getInterviewers = query(
  async () => (await send<Page<Interviewer>>('/api/interviewers')).items,
  'interviewers',
)

/** Writes. */
export const createCampaign = (requestId: string, content: CampaignContent): Promise<Campaign> =>
  sendJson('POST', '/api/campaigns', { requestId, ...content })

export const putCampaign = (id: number, change: CampaignChange): Promise<Campaign> => sendJson('PUT', one(id), change)

/** What a campaign is now, as a change that changes nothing. */
export const asChange = (campaign: Campaign): CampaignChange => ({
  basedOn: campaign.revision,
  title: campaign.title,
  questionnaire: campaign.questionnaire,
  opensOn: campaign.opensOn,
  closesOn: campaign.closesOn,
  fromMonth: campaign.fromMonth,
  toMonth: campaign.toMonth,
  design: campaign.design,
  quotas: campaign.quotas.map(({ taken: _taken, ...quota }) => quota),
})

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const importFrame = (id: number, file: File): Promise<FrameReport> =>
  send(`${one(id)}/frame`, {
    method: 'POST',
    headers: { 'content-type': file.name.toLowerCase().endsWith('.xlsx') ? XLSX : 'text/csv' },
    body: file,
  })

export const drawSample = (id: number, seed: number): Promise<Campaign> => sendJson('POST', `${one(id)}/draw`, { seed })
export const openCampaign = (id: number): Promise<Campaign> => sendJson('POST', `${one(id)}/open`, {})
export const closeCampaign = (id: number): Promise<Campaign> => sendJson('POST', `${one(id)}/close`, {})

export const releaseReplacements = (
  id: number,
  cell: { stratum: string; psu: string | null; released: number },
): Promise<Campaign> => sendJson('POST', `${one(id)}/release`, cell)

export const noteSent = (id: number, kind: Mailing, sentOn: string): Promise<{ sent: number }> =>
  sendJson('POST', `${one(id)}/mailings`, { kind, sentOn })

export const putDisposition = (id: number, caseId: number, disposition: Disposition): Promise<unknown> =>
  sendJson('PUT', `${one(id)}/cases/${caseId}/disposition`, { disposition })

export const putCaseAnswer = (id: number, caseId: number, answer: string): Promise<unknown> =>
  sendJson('PUT', `${one(id)}/cases/${caseId}/answer`, { answer })

export const assignCases = (
  id: number,
  which: { interviewer: string | null; stratum?: string; unassigned: boolean; most: number },
): Promise<{ assigned: number }> => sendJson('PUT', `${one(id)}/assignment`, which)

export const createInterviewer = (person: {
  email: string
  name: string
}): Promise<{ id: string; email: string; password: string | null }> => sendJson('POST', '/api/interviewers', person)

/** Address of a document of letters or envelopes, for a tab of its own. */
export const letterAddress = (
  id: number,
  asked: { kind: Mailing | 'envelope'; to?: Mailing; format?: 'dl' | 'c5'; again: boolean; cursor: string },
): string => `${one(id)}/letters${search({ ...asked, again: asked.again ? 1 : 0, limit: PAGE_MAX })}`
