import { findTenant } from '../../db/queries/accounts.ts'
import { listAsks } from '../../db/queries/asks.ts'
import { unitNames } from '../../db/queries/units.ts'
import { createdCursor, decodeCursor, page } from '../cursor.ts'
import type { Services } from '../services.ts'
import { tokenMaker } from './token.ts'

/** Links to print or send for events that wait for an answer, oldest first. The secrets are recomputed, never read. */
export async function listInvitations(
  services: Services,
  tenantId: number,
  query: { since: Date | null; cursor?: string | undefined; limit: number; origin: string },
) {
  const cursor = decodeCursor(query.cursor, createdCursor)
  const after = cursor ? { at: new Date(cursor[0]), id: cursor[1] } : null
  const tenant = await findTenant(services.db.shared, tenantId)
  if (!tenant) return { items: [], next: null }
  const { rows, names } = await services.db.withTenant(tenantId, async (trx) => {
    const rows = await listAsks(trx, tenantId, {
      since: query.since,
      after,
      limit: query.limit + 1,
      now: services.now(),
    })
    return {
      rows,
      names: await unitNames(trx, [...new Set(rows.flatMap((r) => [r.responsible_unit_id, r.receiving_unit_id]))]),
    }
  })
  const makers = new Map<number, (id: number) => string>()
  for (const version of new Set(rows.map((row) => row.key_version)))
    makers.set(version, tokenMaker(services.tokenKeys, version, tenant))
  const tokens = new Map(rows.map((row) => [row.id, makers.get(row.key_version)?.(row.id)]))
  const unit = (id: number) => ({ id, name: names.get(id) ?? '' })
  return page(
    rows,
    query.limit,
    (row) => ({
      token: tokens.get(row.id) ?? '',
      url: `${query.origin}/r/${tokens.get(row.id) ?? ''}`,
      dossier: row.dossier_code,
      procedure: { code: row.procedure_code, name: row.procedure_name },
      unit: unit(row.responsible_unit_id),
      receivingUnit: unit(row.receiving_unit_id),
      event: row.event,
      n: row.n,
      day: row.asked_on,
      createdAt: row.created_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
    }),
    (row) => [row.created_at.toISOString(), row.id],
  )
}
