import type { Transaction } from 'kysely'
import { readTallies, type TallyRow } from '../../db/queries/tallies.ts'
import type { DB } from '../../db/schema/tables.ts'
import { MIN_SHOW } from '../core/disclosure/thresholds.ts'
import { isQuality } from '../core/figures/composite.ts'
import { sharedHidden } from '../core/figures/shared.ts'
import { PAPI_GROUPS } from '../core/figures/unit-figures.ts'
import { itemVisibility, type MonthCount, type Visibility } from '../core/figures/visibility.ts'
import { findItem, itemsOf, type Instrument } from '../core/instrument/definition.ts'
import type { CalendarPeriod } from '../core/time/period.ts'
import { FINISHED } from './events.ts'
import type { PageScope } from './scope.ts'

/** How pages class a procedure. */
export interface ProcedureClass {
  readonly field: string
  readonly papi_group: string | null
}

/**
 * What may be shown of each item over the tree and the calendar year of a period. The overall item is also decided by
 * field and the eight qualities by PAPI group, because pages break them down so.
 */
export async function visibilityByItem(
  trx: Transaction<DB>,
  tenantId: number,
  page: Pick<PageScope, 'units'>,
  period: CalendarPeriod,
  definition: Instrument,
  procedures: ReadonlyMap<number, ProcedureClass>,
): Promise<{ of: (item: string) => Visibility; takesIn: ReadonlySet<number> }> {
  const year = period.from.slice(0, 4)
  const items = itemsOf(definition)
    .filter((item) => item.type === 'single')
    .map((item) => item.code)
  const split = items.filter((item) => item === 'OVERALL' || isQuality(item))
  const query = { fromMonth: `${year}-01-01`, toMonth: `${year}-12-01`, events: FINISHED, unitIds: null }
  const whole = items.filter((item) => !split.includes(item))
  const rows = [
    ...(await readTallies(trx, tenantId, { ...query, items: whole, mainOnly: true, by: ['unit', 'month'] })),
    ...(await readTallies(trx, tenantId, { ...query, items: split, by: ['unit', 'month', 'procedure'] })),
  ]
  const byItem = Map.groupBy(rows, (row) => row.item)
  const takesIn = unitsThatTakeIn(byItem.get('OVERALL') ?? [])
  const made = new Map<string, Visibility>()
  const of = (item: string): Visibility => {
    const known = made.get(item)
    if (known) return known
    const all = byItem.get(item) ?? []
    const main = all.filter((row) => row.main)
    const minimum = Math.max(MIN_SHOW, findItem(definition, item)?.minimum ?? 0)
    const own = itemVisibility(page.units, period, main.map(toCount(item, procedures)), minimum)
    const visibility = item === 'OVERALL' ? withShared(own, all, procedures, takesIn) : own
    made.set(item, visibility)
    return visibility
  }
  return { of, takesIn }
}

/**
 * Units whose dossiers are mostly decided by others: their pages tell of all dossiers that they took in, every other unit's
 * page of those that it decides.
 */
function unitsThatTakeIn(overall: readonly TallyRow[]): Set<number> {
  const balance = new Map<number, number>()
  for (const row of overall)
    balance.set(row.unitId, (balance.get(row.unitId) ?? 0) + (row.main ? -validOf(row) : validOf(row)))
  return new Set([...balance].filter(([, n]) => n > 0).map(([id]) => id))
}

/** Units that take dossiers in for others show the overall item of all of them. */
function withShared(
  own: Visibility,
  rows: readonly TallyRow[],
  procedures: ReadonlyMap<number, ProcedureClass>,
  takesIn: ReadonlySet<number>,
): Visibility {
  const counts = rows.map((row) => ({ ...row, n: validOf(row) }))
  const fieldOf = (row: { procedureId: number }) => procedures.get(row.procedureId)?.field ?? ''
  return {
    reason: (scope, period, part) => {
      const unitId = scope.startsWith('unit:') ? Number(scope.slice('unit:'.length)) : null
      if (unitId === null || !takesIn.has(unitId)) return own.reason(scope, period, part)
      const seen = part === undefined ? counts : counts.filter((row) => fieldOf(row) === part)
      return sharedHidden(seen, unitId, period) ? 'complementary' : null
    },
  }
}

/** The part of an item's answers that a procedure's go into: a field, a PAPI group, or none. */
function toCount(item: string, procedures: ReadonlyMap<number, ProcedureClass>): (row: TallyRow) => MonthCount {
  const partOf = (id: number) => {
    if (item === 'OVERALL') return procedures.get(id)?.field ?? ''
    return PAPI_GROUPS.find((group) => group === procedures.get(id)?.papi_group) ?? 'none'
  }
  const hasParts = item === 'OVERALL' || isQuality(item)
  return (row) => ({
    unitId: row.unitId,
    month: row.month,
    n: validOf(row),
    ...(hasParts ? { part: partOf(row.procedureId) } : {}),
  })
}

function validOf(row: TallyRow): number {
  return row.counts.reduce((sum, count) => sum + count, 0)
}
