import { z } from 'zod'
import { listCells } from '../../db/queries/campaign-draw.ts'
import { findCampaign } from '../../db/queries/campaigns.ts'
import { designWeight, inclusionProbability } from '../core/sampling/draw.ts'
import { decodeCursor, page } from '../cursor.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import type { CampaignKey } from './campaign.ts'

/** Strata of a campaign by name with what was drawn in each: one line for a stratum, or for each drawn first-stage unit. */
export async function listStrata(
  services: Services,
  key: CampaignKey,
  query: { cursor: string | undefined; limit: number },
) {
  // by number: a name can be long, and a draw does not change while it is looked through
  const offset = decodeCursor(query.cursor, z.tuple([z.int().min(0)]))?.[0] ?? 0
  const rows = await services.db.withTenant(key.tenantId, async (trx) => {
    if (!(await findCampaign(trx, key.tenantId, key.campaignId))) throw new AppError('not_found')
    return listCells(trx, key, { offset, limit: query.limit + 1 })
  })
  return page(
    rows,
    query.limit,
    ({ stratum, members, psu, cell }) => ({
      stratum,
      members,
      psu: psu === '' ? null : psu,
      drawn: cell && {
        members: cell.members,
        main: cell.main,
        reserve: cell.reserve,
        released: cell.released,
        firstProbability: cell.first,
        probability: inclusionProbability(cell, cell.main + cell.released),
        weight: designWeight(cell, cell.main + cell.released),
      },
    }),
    () => [offset + query.limit],
  )
}
