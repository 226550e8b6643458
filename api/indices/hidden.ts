import type { Transaction } from 'kysely'
import { allProcedures } from '../../db/queries/dossiers.ts'
import { readSpots, readSums, yearState, type SumRow } from '../../db/queries/tally-sums.ts'
import type { DB } from '../../db/schema/tables.ts'
import { MIN_SHOW } from '../core/disclosure/thresholds.ts'
import { isQuality } from '../core/figures/composite.ts'
import { sharedFigures, type SharedCount } from '../core/figures/shared.ts'
import { PAPI_GROUPS } from '../core/figures/unit-figures.ts'
import { itemVisibility, type MonthCount, type Visibility } from '../core/figures/visibility.ts'
import { findItem, itemsOf, type Instrument } from '../core/instrument/definition.ts'
import type { CalendarPeriod } from '../core/time/period.ts'
import { remembered } from './remember.ts'
import type { PageScope } from './scope.ts'

/** What may be shown of each item; and the units whose dossiers are mostly decided by others. */
export interface ProvinceVisibility {
  /** As units' pages show an item: the overall one, at units that mostly take dossiers in, of all that they took in. */
  of: (item: string) => Visibility
  /** As every answer counts once: at the unit that its item rates. */
  main: (item: string) => Visibility
  takesIn: ReadonlySet<number>
}

/**
 * Names the counts of a period's year, the units and the classes of procedures: under the same name a province-wide result
 * is the same. Null while nothing has been tallied.
 */
export async function countsName(
  trx: Transaction<DB>,
  tenantId: number,
  page: Pick<PageScope, 'units'>,
  period: CalendarPeriod,
  definition: Instrument,
): Promise<string | null> {
  const year = period.from.slice(0, 4)
  const state = await yearState(trx, tenantId, year)
  if (state === null) return null
  const tree = page.units.map(({ id, kind, parentId }) => `${id} ${kind} ${parentId}`).join()
  return `${tenantId} ${year} ${state} ${definition.code} ${definition.version} ${tree}`
}

/**
 * What may be shown of each item over the tree and the calendar year of a period. The overall item is also decided by
 * field and the eight qualities by PAPI group, because pages break them down so. Decided once for the same counts.
 *
 * @param name of the counts, from `countsName`
 */
export function visibilityByItem(
  trx: Transaction<DB>,
  tenantId: number,
  page: Pick<PageScope, 'units'>,
  period: CalendarPeriod,
  definition: Instrument,
  name: string | null,
): Promise<ProvinceVisibility> {
  return remembered(name === null ? null : `visibility ${name}`, () => decide(trx, tenantId, page, period, definition))
}

async function decide(
  trx: Transaction<DB>,
  tenantId: number,
  page: Pick<PageScope, 'units'>,
  period: CalendarPeriod,
  definition: Instrument,
): Promise<ProvinceVisibility> {
  const fieldOf = new Map((await allProcedures(trx, tenantId)).map(({ id, field }) => [id, field]))
  const year = period.from.slice(0, 4)
  const items = itemsOf(definition)
    .filter((item) => item.type === 'single')
    .map((item) => item.code)
  const span = { fromMonth: `${year}-01-01`, toMonth: `${year}-12-01`, unitIds: null }
  const rows = await readSums(trx, tenantId, {
    ...span,
    items,
    mainOnly: true,
    by: ['unit', 'month', 'field', 'group'],
  })
  const overall = await readSpots(trx, tenantId, { ...span, items: ['OVERALL'], by: ['unit', 'month'] })
  // among figures that protect alike the first is hidden, so their order must not be the database's
  rows.sort((a, b) => (a.field === b.field ? compare(a.papiGroup, b.papiGroup) : compare(a.field, b.field)))
  const byItem = Map.groupBy(rows, (row) => row.item)
  const shared = overall.map((row) => ({ ...row, n: validOf(row) }))
  const takesIn = unitsThatTakeIn(shared)
  const main = once((item) => {
    const minimum = Math.max(MIN_SHOW, findItem(definition, item)?.minimum ?? 0)
    return itemVisibility(page.units, period, (byItem.get(item) ?? []).map(toCount(item)), minimum)
  })
  const of = once((item) => (item === 'OVERALL' ? withShared(main(item), shared, fieldOf, takesIn) : main(item)))
  return { of, main, takesIn }
}

function once(make: (item: string) => Visibility): (item: string) => Visibility {
  const made = new Map<string, Visibility>()
  return (item) => {
    const visibility = made.get(item) ?? make(item)
    made.set(item, visibility)
    return visibility
  }
}

/**
 * Units whose dossiers are mostly decided by others: their pages tell of all dossiers that they took in, every other unit's
 * page of those that it decides.
 */
function unitsThatTakeIn(overall: readonly SharedCount[]): Set<number> {
  const balance = new Map<number, number>()
  for (const { unitId, main, n } of overall) balance.set(unitId, (balance.get(unitId) ?? 0) + (main ? -n : n))
  return new Set([...balance].filter(([, n]) => n > 0).map(([id]) => id))
}

/** Units that take dossiers in for others show the overall item of all of them. */
function withShared(
  own: Visibility,
  counts: readonly SharedCount[],
  fieldOf: ReadonlyMap<number, string>,
  takesIn: ReadonlySet<number>,
): Visibility {
  const whole = sharedFigures(counts)
  const byField = new Map(
    [...Map.groupBy(counts, (row) => fieldOf.get(row.procedureId) ?? '')].map(([field, rows]) => [
      field,
      sharedFigures(rows),
    ]),
  )
  return {
    reason: (scope, period, part) => {
      const unitId = scope.startsWith('unit:') ? Number(scope.slice('unit:'.length)) : null
      if (unitId === null || !takesIn.has(unitId)) return own.reason(scope, period, part)
      const hidden = part === undefined ? whole : byField.get(part)
      return hidden?.(unitId, period) ? 'complementary' : null
    },
  }
}

/** The part of an item's answers that a row's go into: a field, a PAPI group, or none. */
function toCount(item: string): (row: SumRow) => MonthCount {
  const partOf = (row: SumRow) => {
    if (item === 'OVERALL') return row.field
    return PAPI_GROUPS.find((group) => group === row.papiGroup) ?? 'none'
  }
  const hasParts = item === 'OVERALL' || isQuality(item)
  return (row) => ({
    unitId: row.unitId,
    month: row.month,
    n: validOf(row),
    ...(hasParts ? { part: partOf(row) } : {}),
  })
}

function validOf(row: { counts: readonly number[] }): number {
  return row.counts.reduce((sum, count) => sum + count, 0)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
