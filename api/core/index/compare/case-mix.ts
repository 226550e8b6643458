import type { Answers } from '../estimate/answers.ts'
import { type Linearised, unitOf } from '../estimate/linearise.ts'
import { isMedian } from '../estimate/means.ts'
import { StratifiedCovariance } from '../estimate/stratified-covariance.ts'

/** Which group of cases (procedures, lateness) a row is, and how large each group is in the common mix. */
export interface CaseMix {
  /** Group of each row, from 0. */
  readonly groupOf: Int32Array
  /** Size of each group in the mix that all units are given, ≥ 0. */
  readonly sizes: Float64Array
}

/** Estimates under the common mix. */
export interface Standardised extends Linearised {
  /** By column, the part of the common mix that the unit's answers cover; the rest is left out and the mix renormalised. */
  readonly covered: Float64Array
}

/**
 * Directly standardised statistics of every column over a scope: Σ π_g·ȳ_g, each group's mean taken as often as the group
 * occurs in the common mix, with covariances by linearisation, z = π_g·w(y − ȳ_g)/W_g. So a composite of them compares units
 * as if all had the same cases. Medians and counts have no such form and are null.
 *
 * A group without answers drops out (`covered` below 1: not to be compared where that is much).
 * Source: R survey `svystandardize`; Korn & Graubard (1999) §5.2.
 * @param rows as `rowsOf` gives them
 */
export function standardise(
  answers: Answers,
  rows: readonly number[],
  inScope: Uint8Array,
  mix: CaseMix,
): Standardised {
  const { columns, starts, entryColumn, entryValue, entryOver, weight, day } = answers
  const judges = columns.map(({ rates }) => (rates === 'receiving' ? answers.receiving : answers.responsible))
  const [k, groups] = [columns.length, mix.sizes.length]
  const n = new Int32Array(k)
  const weights = new Float64Array(k)
  const squares = new Float64Array(k)
  const above = new Float64Array(k * groups)
  const below = new Float64Array(k * groups)
  const each = (visit: (column: number, cell: number, w: number, value: number, over: number) => void, row: number) => {
    const group = mix.groupOf[row]!
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry += 1) {
      const column = entryColumn[entry]!
      if (inScope[judges[column]![row]!] !== 1) continue
      visit(column, column * groups + group, weight[row]!, entryValue[entry]!, entryOver?.[entry] ?? 1)
    }
  }
  for (const row of rows) {
    each((column, cell, w, value, over) => {
      n[column]! += 1
      weights[column]! += w
      squares[column]! += w * w
      above[cell]! += w * value
      below[cell]! += w * over
    }, row)
  }
  const covered = columns.map((_, column) => partCovered(mix.sizes, below, column))
  const fits = columns.map(
    ({ statistic }, column) => statistic !== 'count' && !isMedian(statistic) && covered[column]! > 0,
  )
  const whole = mix.sizes.reduce((total, size) => total + size, 0)
  /** Share of a cell's group in the mix of the groups that its column covers. */
  const share = (column: number, cell: number) => mix.sizes[cell % groups]! / (whole * covered[column]!)
  const est = columns.map((_, column): number | null => {
    if (!fits[column]) return null
    let mean = 0
    for (let cell = column * groups; cell < (column + 1) * groups; cell += 1)
      if (below[cell]! > 0) mean += share(column, cell) * (above[cell]! / below[cell]!)
    return mean
  })
  const sums = new StratifiedCovariance(k)
  for (const row of rows) {
    sums.enter(unitOf(answers, row, inScope), day[row]!)
    each((column, cell, w, value, over) => {
      if (!fits[column] || !(below[cell]! > 0)) return
      const mean = above[cell]! / below[cell]!
      sums.add(column, (share(column, cell) * w * (value - mean * over)) / below[cell]!)
    }, row)
  }
  const kish = weights.map((w, column) => (w === 0 ? 0 : (w * w) / squares[column]!))
  return { est, n, kish, ...sums.finish(), covered: Float64Array.from(covered) }
}

function partCovered(sizes: Float64Array, below: Float64Array, column: number): number {
  let [found, whole] = [0, 0]
  for (const [group, size] of sizes.entries()) {
    whole += size
    if (below[column * sizes.length + group]! > 0) found += size
  }
  return whole > 0 ? found / whole : 0
}
