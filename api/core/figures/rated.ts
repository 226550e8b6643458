import { findItem, itemsOf, type Instrument } from '../instrument/definition.ts'
import { BUSINESS_ITEMS, QUALITY_ITEMS, TT01_ITEMS } from './composite.ts'

/** Counts of an item at a unit; `main` where the item rates this unit and not the other one of the dossier. */
export interface RatedRow {
  readonly item: string
  readonly main: boolean
  readonly counts: readonly number[]
}
const COMPOSITE_ITEMS: readonly string[] = [...TT01_ITEMS, ...QUALITY_ITEMS, ...BUSINESS_ITEMS]

/**
 * Items of composites for which a unit's page takes in more than what the unit itself is rated on: those where the other
 * units of its dossiers were rated more often. So a composite of a one-stop shop tells of the shop, while a department without a
 * counter still has its dossiers' counter items, and a centre what became of the dossiers that it took in.
 */
export function widenedItems(rows: readonly RatedRow[]): Set<string> {
  const balance = new Map<string, number>()
  for (const row of rows) {
    const n = row.counts.reduce((sum, count) => sum + count, 0)
    balance.set(row.item, (balance.get(row.item) ?? 0) + (row.main ? n : -n))
  }
  return new Set(COMPOSITE_ITEMS.filter((item) => (balance.get(item) ?? 0) < 0))
}

/**
 * The rows that composites are made of, and no others: of an item that is not widened only what rates the unit itself. Joint items follow
 * their two items: an item of the deciding unit that is not widened keeps them to dossiers that the unit decided.
 */
export function compositeRows<R extends RatedRow>(
  definition: Instrument,
  rows: readonly R[],
  widened: ReadonlySet<string>,
): R[] {
  const narrow = new Set(COMPOSITE_ITEMS.filter((item) => !widened.has(item)))
  const decides = new Set(
    itemsOf(definition)
      .map((item) => item.code)
      .filter((code) => narrow.has(code) && findItem(definition, code)?.rates !== 'receiving'),
  )
  return rows.filter((row) => {
    const [a = '', b] = row.item.split('*')
    if (!COMPOSITE_ITEMS.includes(a)) return false
    return row.main || (b === undefined ? !narrow.has(a) : !decides.has(a) && !decides.has(b))
  })
}
