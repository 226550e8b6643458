import { MIN_SHOW } from '../../disclosure/thresholds.ts'
import type { RunColumn } from './columns.ts'
import type { PeriodSums } from './unit-sums.ts'

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
  sums: PeriodSums,
  columns: readonly RunColumn[],
  alone: ReadonlySet<number>,
  isShown: (unit: number, column: number) => boolean,
): (Uint8Array | undefined)[] {
  const widened: (Uint8Array | undefined)[] = []
  for (const [column, { rates }] of columns.entries()) {
    const { main, other, between } = flowsOf(sums, column, rates)
    const wider = new Set(
      [...other.keys()].filter((unit) => {
        const [own, others] = [main.get(unit) ?? 0, other.get(unit) ?? 0]
        const isSecret = own > 0 && !isShown(unit, column)
        return alone.has(unit) && others > own && own + others >= MIN_SHOW && !isSecret
      }),
    )
    for (const { unit, judged } of between) if (wider.has(unit) && !isShown(judged, column)) wider.delete(unit)
    const byJudged = Map.groupBy(between, ({ judged }) => judged)
    for (let changed = true; changed;) {
      changed = false
      for (const [judged, all] of byJudged) {
        const taken = all.filter(({ unit }) => wider.has(unit)).sort((a, b) => a.n - b.n || a.unit - b.unit)
        const left = (main.get(judged) ?? 0) - taken.reduce((sum, { n }) => sum + n, 0)
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

interface Flow {
  /** The unit that does not judge, and the one that the answers judge. */
  readonly unit: number
  readonly judged: number
  n: number
}

/** Answers to a column at the unit they judge, at the other unit of their dossier, and between the two. */
function flowsOf({ places, columns: width, n }: PeriodSums, column: number, rates: RunColumn['rates']) {
  const main = new Map<number, number>()
  const other = new Map<number, number>()
  const flows = new Map<string, Flow>()
  for (const [place, { responsible, receiving }] of places.entries()) {
    const answers = n[place * width + column]!
    if (answers === 0) continue
    const [judged, unit] = rates === 'receiving' ? [receiving, responsible] : [responsible, receiving]
    main.set(judged, (main.get(judged) ?? 0) + answers)
    if (judged === unit) continue
    other.set(unit, (other.get(unit) ?? 0) + answers)
    const flow = flows.get(`${unit} ${judged}`) ?? { unit, judged, n: 0 }
    flows.set(`${unit} ${judged}`, flow)
    flow.n += answers
  }
  return { main, other, between: [...flows.values()] }
}
