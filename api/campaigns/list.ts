import { z } from 'zod'
import { findCampaign, listCampaigns, listEvents } from '../../db/queries/campaigns.ts'
import { decodeCursor, page } from '../cursor.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { campaignLine, type CampaignKey } from './campaign.ts'

interface Paging {
  cursor: string | undefined
  limit: number
}
const before = (cursor: string | undefined) => decodeCursor(cursor, z.tuple([z.int()]))?.[0] ?? null

/** Campaigns, newest first. */
export async function campaigns(services: Services, tenantId: number, { cursor, limit }: Paging) {
  const rows = await services.db.withTenant(tenantId, (trx) =>
    listCampaigns(trx, tenantId, { before: before(cursor), limit: limit + 1 }),
  )
  return page(rows, limit, campaignLine, (row) => [row.id])
}

/** What was done in a campaign, newest first. @throws AppError not_found */
export async function campaignEvents(services: Services, key: CampaignKey, { cursor, limit }: Paging) {
  const rows = await services.db.withTenant(key.tenantId, async (trx) => {
    if (!(await findCampaign(trx, key.tenantId, key.campaignId))) throw new AppError('not_found')
    return listEvents(trx, key.tenantId, key.campaignId, { before: before(cursor), limit: limit + 1 })
  })
  return page(
    rows,
    limit,
    ({ at, ...event }) => ({ ...event, at: at.toISOString(), detail: event.detail as Record<string, unknown> }),
    (row) => [row.id],
  )
}
