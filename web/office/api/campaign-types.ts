/** What the pages of campaigns read from the API. Days are `YYYY-MM-DD`, months `YYYY-MM`, instants ISO 8601 with offset. */
import type { CampaignDesign } from '../../../api/core/sampling/campaign-design.ts'
import type { Text } from '../../i18n/i18n.ts'
import type { Estimate, UnitRef } from './types.ts'

export type { CampaignDesign }
export type CampaignState = 'draft' | 'open' | 'closed'
export type Population = 'business' | 'citizen'
export type QuestionnaireKey = { code: string; version: number }

export type CampaignLine = {
  id: number
  title: string
  population: Population
  questionnaire: QuestionnaireKey
  state: CampaignState
  opensOn: string
  closesOn: string
  fromMonth: string
  toMonth: string
  createdAt: string
  openedAt: string | null
  closedAt: string | null
}
/** At most so many complete answers of a class; attribute `` means the stratum. */
export type Quota = { attribute: string; value: string; most: number }
export type Campaign = CampaignLine & {
  revision: number
  design: CampaignDesign | null
  quotas: (Quota & { taken: number })[]
  frame: { sha256: string; members: number; strata: number; contacts: number } | null
  sample: {
    seed: number
    drawnAt: string
    main: number
    reserve: number
    released: number
    cells: number
  } | null
}
/** What a person decides of a campaign. */
export type CampaignContent = Pick<
  CampaignLine,
  'title' | 'questionnaire' | 'opensOn' | 'closesOn' | 'fromMonth' | 'toMonth'
>
export type CampaignChange = CampaignContent & { basedOn: number; design: CampaignDesign | null; quotas: Quota[] }

export type QuestionnaireChoice = QuestionnaireKey & {
  title: Text
  population: Population
  forms: number
  shipped: boolean
}
export type FrameReport = {
  stored: boolean
  rows: number
  strata: number
  contacts: number
  sha256: string | null
  ignoredColumns: string[]
  issues: { line: number; column: string | null; code: string }[]
  issuesOmitted: number
  similarStrata: [string, string][]
}
export type Cell = {
  stratum: string
  members: number
  psu: string | null
  drawn: {
    members: number
    main: number
    reserve: number
    released: number
    firstProbability: number
    probability: number
    weight: number
  } | null
}

export type Disposition = 'none' | 'reached' | 'refused' | 'ineligible' | 'noncontact' | 'other' | 'quota_full'
/** A case with answers that nobody has decided on. */
export type Conflict = {
  case: number
  code: string
  answers: readonly {
    id: string
    standing: 'main' | 'rival' | 'set_aside'
    mode: 'web' | 'interviewer' | 'paper'
    complete: boolean
    device: string | null
    interviewer: string | null
    receivedAt: string
  }[]
}
export type CaseState = 'open' | 'partial' | 'complete'
export type Case = {
  id: number
  code: string
  stratum: string
  psu: string | null
  unit: UnitRef | null
  role: 'main' | 'replacement'
  state: CaseState
  disposition: Disposition
  interviewer: { id: string; name: string } | null
  letters: number
  lastLetterAt: string | null
  openedAt: string | null
  answeredAt: string | null
}
export type CaseQuery = {
  code: string
  stratum: string
  state: string
  disposition: string
  interviewer: string
}
export type Interviewer = { id: string; name: string; email: string; cases: number; complete: number }

export type Rates = Record<'rr1' | 'rr2' | 'rr3' | 'rr4', Estimate>
export type FieldLine = {
  sampled: number
  reached: number
  answered: number
  outcomes: Record<
    'complete' | 'partial' | 'refused' | 'nonContact' | 'other' | 'unknown' | 'ineligible' | 'quotaFull',
    number
  >
  rates: Rates
}
export type FieldReport = FieldLine & {
  campaign: CampaignLine
  frame: number
  target: number
  eligible: number
  days: { day: string; web: number; interviewer: number; paper: number }[]
  sections: {
    code: string
    title: Text
    timeMs: Estimate
    questions: { code: string; short: Text; stopped: Estimate | null }[]
  }[]
}
export type FieldStratum = FieldLine & { stratum: string; frame: number }

export type Mailing = 'invitation' | 'reminder'
export type Waiting = Record<Mailing, { cases: number; batches: { cursor: string; cases: number }[] }> & {
  /** Contacts are kept under keys that the server has. */
  isReadable: boolean
}
export type CampaignEvent = { id: number; at: string; by: string; action: string; detail: Record<string, unknown> }
