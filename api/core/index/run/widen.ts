import { MIN_SHOW } from '../../disclosure/thresholds.ts'
import type { RunColumn } from './columns.ts'
import { answersIn, type PeriodSums } from './unit-sums.ts'

/**
 * Columns that a unit alone counts over all its dossiers, though their items rate the other unit: where the other units of
 * its dossiers were rated more often. So a department without a counter has what was said of the counters that took in for it,
 * and a counter what was said of those who decided; nobody has an index of half its items.
 *
 * Only where it gives nothing away: all units that were rated in it, the unit itself among them, must be shown in that column,
 * since a hidden one protects others; and what is left of their answers when all that is counted so is taken away must be nothing or ten and more: where
 * it is less, the smallest of the units that share them goes without. Widened columns count in scores of nodes and are never
 * shown themselves.
 * @param alone places of the units that are shown by themselves, not with units below them
 * @param isShown whether a unit's own figure of a column is shown, by their places
 * @returns by the place of the unit, 1 at each widened column; undefined where there is none
 */
export function widenedColumns(
  { main, other, flows, fields }: PeriodSums,
  columns: readonly RunColumn[],
  alone: ReadonlySet<number>,
  isShown: (unit: number, column: number) => boolean,
): (Uint8Array | undefined)[] {
  const widened: (Uint8Array | undefined)[] = Array.from({ length: main.length })
  for (const [column, { rates }] of columns.entries()) {
    const valid = (of: PeriodSums['main'], unit: number) => answersIn(of[unit], column, fields.length)
    const between = flows
      .filter((flow) => flow.n[column]! > 0)
      .map(({ responsible, receiving, n }) =>
        rates === 'receiving'
          ? { unit: responsible, judged: receiving, n: n[column]! }
          : { unit: receiving, judged: responsible, n: n[column]! },
      )
    const wider = new Set(
      between.map(({ unit }) => unit).filter((unit) => alone.has(unit) && valid(other, unit) > valid(main, unit)),
    )
    for (const unit of wider) {
      const own = valid(main, unit)
      if (own + valid(other, unit) < MIN_SHOW || (own > 0 && !isShown(unit, column))) wider.delete(unit)
    }
    for (const { unit, judged } of between) if (!isShown(judged, column)) wider.delete(unit)
    const byJudged = Map.groupBy(between, ({ judged }) => judged)
    for (let changed = true; changed;) {
      changed = false
      for (const [judged, all] of byJudged) {
        const taken = all.filter(({ unit }) => wider.has(unit)).sort((a, b) => a.n - b.n || a.unit - b.unit)
        const left = valid(main, judged) - taken.reduce((sum, { n }) => sum + n, 0)
        const [smallest] = taken
        if (smallest === undefined || left === 0 || left >= MIN_SHOW) continue
        wider.delete(smallest.unit)
        changed = true
      }
    }
    for (const unit of wider) (widened[unit] ??= new Uint8Array(columns.length))[column] = 1
  }
  return widened
}
