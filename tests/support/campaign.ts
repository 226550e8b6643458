import { randomUUID } from 'node:crypto'
import { drawCampaign } from '../../api/campaigns/draw.ts'
import { importFrame, type FrameReport } from '../../api/campaigns/frame.ts'
import { openCampaign } from '../../api/campaigns/open.ts'
import type { CampaignInput } from '../../api/campaigns/schema.ts'
import { createCampaign } from '../../api/campaigns/write.ts'
import type { CampaignDesign } from '../../api/core/sampling/campaign-design.ts'
import { tokenMaker } from '../../api/invitations/token.ts'
import { csvOf, type World } from './world.ts'

/** A case of an open campaign, as a test meets it. */
export interface OpenCase {
  readonly id: number
  /** Of the firm. */
  readonly code: string
  readonly stratum: string
  readonly weight: number
  readonly form: string | null
  /** Secret of its link. */
  readonly token: string
}

const DAY_MS = 86_400_000
const dayFrom = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

/** Columns of `firms`. */
export const FRAME_DESIGN: CampaignDesign = {
  columns: {
    code: 'Mã số thuế',
    strata: ['Loại hình', 'Quy mô'],
    commune: null,
    size: null,
    psu: null,
    attributes: ['Ngành'],
  },
  contacts: { name: 'Tên doanh nghiệp', address: 'Địa chỉ', phone: null, email: null },
  allocation: { kind: 'proportional', total: 20, minimum: 2 },
  certainty: [],
  perUnit: null,
  reserve: 0.5,
  letter: {
    sender: 'Hiệp hội Doanh nghiệp tỉnh',
    senderAddress: '1 Nguyễn Văn Linh, phường Phố Hiến',
    phone: '0221 3 000 000',
    email: 'khaosat@hiephoi.example',
    place: 'Hưng Yên',
    signerTitle: 'Chủ tịch',
    signerName: 'Trần Thị B',
    purpose: { vi: '', en: '' },
  },
}

/** Lines of a frame of firms: two legal types by two sizes, three sectors, each with a name and an address. */
export function firms(count: number): Record<string, string>[] {
  return Array.from({ length: count }, (_, i) => ({
    'Mã số thuế': `09${String(i).padStart(8, '0')}`,
    'Tên doanh nghiệp': `Công ty Sao Mai ${i}`,
    'Địa chỉ': `Số ${i} ngõ Hoa Phượng Tím, phường Phố Hiến`,
    'Loại hình': i % 3 === 0 ? 'Cổ phần' : 'TNHH',
    'Quy mô': i % 5 === 0 ? 'Từ 10 lao động' : 'Dưới 10 lao động',
    Ngành: ['Chế biến', 'Thương mại', 'Dịch vụ'][i % 3] ?? '',
  }))
}

/** A campaign of firms as it is asked for: a shipped questionnaire, from yesterday for a month. */
export function campaignInput(given: Partial<CampaignInput> = {}): CampaignInput {
  return {
    requestId: randomUUID(),
    title: 'Khảo sát doanh nghiệp thử',
    questionnaire: { code: 'business-survey', version: 1 },
    opensOn: dayFrom(-1),
    closesOn: dayFrom(30),
    fromMonth: dayFrom(-40).slice(0, 7),
    toMonth: dayFrom(-40).slice(0, 7),
    design: FRAME_DESIGN,
    quotas: [],
    ...given,
  }
}

/** Reads a frame into a draft. */
export function bringFrame(
  world: World,
  campaignId: number,
  lines: readonly Record<string, string>[],
): Promise<FrameReport> {
  const by = { tenantId: world.tenant.id, actor: 'test' }
  return importFrame(world.services, by, campaignId, new TextEncoder().encode(csvOf(lines)))
}

/**
 * Makes a campaign through the product's own use cases, reads a frame of firms, draws it and opens it.
 *
 * @param given.input what to ask for otherwise (questionnaire, quotas, design …); `given.lines` another frame
 * @example
 * const { id, cases } = await openWorldCampaign(world, { input: { questionnaire: { code: 'ddci-form', version: 1 } } })
 * await fetch(`${url}/api/surveys/${cases[0].token}`)
 */
export async function openWorldCampaign(
  world: World,
  given: { input?: Partial<CampaignInput>; lines?: readonly Record<string, string>[]; seed?: number } = {},
): Promise<{ id: number; cases: OpenCase[] }> {
  const by = { tenantId: world.tenant.id, actor: 'test' }
  const { campaign } = await createCampaign(world.services, by, campaignInput(given.input))
  const report = await bringFrame(world, campaign.id, given.lines ?? firms(60))
  if (!report.stored) throw new Error(`the frame was refused: ${JSON.stringify(report.issues)}`)
  await drawCampaign(world.services, by, campaign.id, given.seed ?? 2026)
  await openCampaign(world.services, by, campaign.id)
  return { id: campaign.id, cases: await casesOf(world, campaign.id) }
}

/** Released cases of a campaign with their secrets, by id. */
export async function casesOf(world: World, campaignId: number): Promise<OpenCase[]> {
  const rows = await world.sql<Omit<OpenCase, 'token'>[]>`
    select c.id::int, f.code, c.stratum, c.weight, c.form from survey_case c
    join campaign_frame f on f.tenant_id = c.tenant_id and f.campaign_id = c.campaign_id and f.id = c.frame_id
    where c.campaign_id = ${campaignId} and c.released order by c.id`
  const tokenOf = tokenMaker(world.services.tokenKeys, world.services.tokenKeys.current, world.tenant, 'case')
  return rows.map((row) => ({ ...row, token: tokenOf(row.id) }))
}
