import type { Transaction } from 'kysely'
import { readTallies } from '../../db/queries/tallies.ts'
import type { DB } from '../../db/schema/tables.ts'
import { itemVisibility, type Visibility } from '../core/figures/visibility.ts'
import { itemsOf, type Instrument } from '../core/instrument/definition.ts'
import type { CalendarPeriod } from '../core/time/period.ts'
import { FINISHED } from './events.ts'
import type { PageScope } from './scope.ts'

/**
 * What may be shown of each item over the tree and the calendar year of a period. The overall item is also decided by
 * field, because it is the one that pages break down by field.
 */
export async function visibilityByItem(
  trx: Transaction<DB>,
  tenantId: number,
  page: Pick<PageScope, 'units'>,
  period: CalendarPeriod,
  definition: Instrument,
  fieldOf: ReadonlyMap<number, string>,
): Promise<(item: string) => Visibility> {
  const year = { fromMonth: `${period.from.slice(0, 4)}-01-01`, toMonth: `${period.from.slice(0, 4)}-12-01` }
  const items = itemsOf(definition)
    .filter((item) => item.type === 'single')
    .map((item) => item.code)
  const common = { ...year, unitIds: null, mainOnly: true, events: FINISHED }
  const rows = await readTallies(trx, tenantId, {
    ...common,
    items: items.filter((item) => item !== 'OVERALL'),
    by: ['unit', 'month'],
  })
  const overall = await readTallies(trx, tenantId, {
    ...common,
    items: ['OVERALL'],
    by: ['unit', 'month', 'procedure'],
  })
  const byItem = Map.groupBy([...rows, ...overall], (row) => row.item)
  const made = new Map<string, Visibility>()
  return (item) => {
    const known = made.get(item)
    if (known) return known
    const counts = (byItem.get(item) ?? []).map((row) => ({
      unitId: row.unitId,
      month: row.month,
      n: row.counts.reduce((sum, count) => sum + count, 0),
      ...(item === 'OVERALL' ? { field: fieldOf.get(row.procedureId) ?? '' } : {}),
    }))
    const visibility = itemVisibility(page.units, period, counts)
    made.set(item, visibility)
    return visibility
  }
}
