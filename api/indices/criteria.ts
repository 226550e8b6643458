import type { Transaction } from 'kysely'
import { findCriteria } from '../../db/queries/criteria.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { CalendarPeriod } from '../core/time/period.ts'

/** The criteria of TT 01/2018 that neither dates nor people give: each agency's time, one-stop organisation, publicity, petitions, online services. */
export const ENTERED_CRITERIA = ['C2', 'C5', 'C6', 'C8', 'C9'] as const
export type Criterion = (typeof ENTERED_CRITERIA)[number]

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
