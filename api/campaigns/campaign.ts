import type { Transaction } from 'kysely'
import { countCases } from '../../db/queries/campaign-draw.ts'
import { countContacts, countFrame } from '../../db/queries/campaign-frame.ts'
import { quotasOf } from '../../db/queries/campaign-quotas.ts'
import { findCampaign, type CampaignRow } from '../../db/queries/campaigns.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { Principal } from '../accounts/principal.ts'
import type { CampaignDesign } from '../core/sampling/campaign-design.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'

/** Who works on a campaign. */
export type Actor = Pick<Principal, 'tenantId' | 'actor'>
export interface CampaignKey {
  readonly tenantId: number
  readonly campaignId: number
}

/** The campaign of a tenant, held until the transaction ends. @throws AppError not_found */
export async function holdCampaign(trx: Transaction<DB>, { tenantId, campaignId }: CampaignKey): Promise<CampaignRow> {
  const row = await findCampaign(trx, tenantId, campaignId, true)
  if (!row) throw new AppError('not_found')
  return row
}

/** A held campaign that is still a draft. @throws AppError not_found | campaign_frozen once it has been opened */
export async function holdDraft(trx: Transaction<DB>, key: CampaignKey): Promise<CampaignRow> {
  const row = await holdCampaign(trx, key)
  if (row.state !== 'draft') throw new AppError('campaign_frozen')
  return row
}

/** A held campaign that is open. @throws AppError not_found | wrong_state */
export async function holdOpen(trx: Transaction<DB>, key: CampaignKey): Promise<CampaignRow> {
  const row = await holdCampaign(trx, key)
  if (row.state !== 'open') throw new AppError('wrong_state')
  return row
}

/** Its design; null before it has one. */
export function designOf(row: Pick<CampaignRow, 'design'>): CampaignDesign | null {
  return row.design as CampaignDesign | null
}

/** A campaign in a list. */
export function campaignLine(row: CampaignRow) {
  return {
    id: row.id,
    title: row.title,
    population: row.population,
    questionnaire: { code: row.questionnaire_code, version: row.questionnaire_version },
    state: row.state,
    opensOn: row.opens_on,
    closesOn: row.closes_on,
    fromMonth: row.from_month.slice(0, 7),
    toMonth: row.to_month.slice(0, 7),
    createdAt: row.created_at.toISOString(),
    openedAt: row.opened_at?.toISOString() ?? null,
    closedAt: row.closed_at?.toISOString() ?? null,
  }
}

/** A campaign with what it is made of. @throws AppError not_found */
export async function campaignView(trx: Transaction<DB>, key: CampaignKey) {
  const row = await findCampaign(trx, key.tenantId, key.campaignId)
  if (!row) throw new AppError('not_found')
  const frame =
    row.frame_sha256 === null
      ? null
      : { sha256: row.frame_sha256, ...(await countFrame(trx, key)), contacts: await countContacts(trx, key) }
  const drawn = row.seed === null ? null : await countCases(trx, key)
  return {
    ...campaignLine(row),
    revision: row.revision,
    design: designOf(row),
    quotas: await quotasOf(trx, key),
    frame,
    sample: drawn === null ? null : { seed: row.seed, drawnAt: row.drawn_at?.toISOString() ?? null, ...drawn },
  }
}

/** One campaign. @throws AppError not_found */
export function showCampaign(services: Services, key: CampaignKey) {
  return services.db.withTenant(key.tenantId, (trx) => campaignView(trx, key))
}
