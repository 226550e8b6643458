import type { Transaction } from 'kysely'
import { findCriteria } from '../../db/queries/criteria.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { CalendarPeriod } from '../core/time/period.ts'
import type { Services } from '../services.ts'
import { monthsOf, pageScope } from './scope.ts'

/** The criteria of TT 01/2018 that neither dates nor people give: each agency's time, one-stop organisation, publicity, petitions, online services. */
export const ENTERED_CRITERIA = ['C2', 'C5', 'C6', 'C8', 'C9'] as const
export type Criterion = (typeof ENTERED_CRITERIA)[number]

/**
 * The criteria entered so far for a unit and period.
 * @throws AppError not_found for a unit that is not the tenant's
 */
export async function readCriteria(
  services: Services,
  tenantId: number,
  { unitId, period }: { unitId: number; period: CalendarPeriod },
): Promise<{ criteria: Record<string, number> }> {
  return services.db.withTenant(tenantId, async (trx) => {
    await pageScope(trx, tenantId, unitId)
    const rows = await findCriteria(trx, tenantId, { unitId, ...monthsOf(period) })
    return { criteria: Object.fromEntries(rows.map((row) => [row.criterion, row.points])) }
  })
}

/** Points entered for a unit and period, or null while any of the five is missing. */
export async function enteredCriteria(
  trx: Transaction<DB>,
  tenantId: number,
  unitId: number,
  period: CalendarPeriod,
): Promise<Record<Criterion, number> | null> {
  const rows = await findCriteria(trx, tenantId, { unitId, fromMonth: `${period.from}-01`, toMonth: `${period.to}-01` })
  const points = new Map(rows.map((row) => [row.criterion, row.points]))
  if (ENTERED_CRITERIA.some((criterion) => !points.has(criterion))) return null
  return Object.fromEntries(ENTERED_CRITERIA.map((criterion) => [criterion, points.get(criterion) ?? 0])) as Record<
    Criterion,
    number
  >
}
