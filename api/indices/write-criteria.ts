import { findCriteria, putCriteria } from '../../db/queries/criteria.ts'
import type { Principal } from '../accounts/principal.ts'
import type { CalendarPeriod } from '../core/time/period.ts'
import type { Services } from '../services.ts'
import { monthsOf, pageScope } from './scope.ts'

/**
 * Enters criteria of TT 01/2018 for a unit and period; null takes one back, an absent one stays.
 * @returns all that is entered now
 * @throws AppError not_found for a unit that is not the tenant's
 */
export async function writeCriteria(
  services: Services,
  principal: Principal,
  { unitId, period }: { unitId: number; period: CalendarPeriod },
  entered: Record<string, number | null | undefined>,
): Promise<{ criteria: Record<string, number> }> {
  const { tenantId, actor } = principal
  const key = { unitId, ...monthsOf(period), actor, at: services.now() }
  return services.db.withTenant(tenantId, async (trx) => {
    await pageScope(trx, tenantId, unitId)
    const points = Object.entries(entered).flatMap(([criterion, value]) =>
      value === undefined ? [] : [{ criterion, points: value }],
    )
    await putCriteria(trx, tenantId, key, points)
    return {
      criteria: Object.fromEntries((await findCriteria(trx, tenantId, key)).map((row) => [row.criterion, row.points])),
    }
  })
}
