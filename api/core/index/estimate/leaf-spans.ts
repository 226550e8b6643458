import type { Estimate } from '../../stats/estimate.ts'
import { rawRange } from '../definition.ts'
import { type FrozenIndex, leafScores } from '../frozen.ts'
import { statisticOf } from './reach.ts'

/** Scores of a unit's indicators at other places than their estimates, by indicator; NaN where the indicator is missing. */
export interface LeafSpans {
  /** At the worse and the better end of each indicator's interval; the score itself where there is no interval. */
  readonly lo: Float64Array
  readonly hi: Float64Array
  /** The worst and best the indicator can score; infinite where its raw values know no end. */
  readonly least: Float64Array
  readonly most: Float64Array
  /** Whether the score was cut at an end of its scale. */
  readonly cut: readonly boolean[]
}

/** @param own the unit's estimates in raw units */
export function leafSpans(frozen: FrozenIndex, raw: Float64Array, own: readonly Estimate[]): LeafSpans {
  const { lines, tree } = frozen
  const missing = (i: number) => Number.isNaN(raw[i]!)
  const at = (value: (i: number) => number) =>
    leafScores(
      frozen,
      Float64Array.from(raw, (_, i) => (missing(i) ? NaN : value(i))),
    )
  const ends = [at((i) => own[i]!.lo ?? raw[i]!), at((i) => own[i]!.hi ?? raw[i]!)] as const
  const limits = tree.indicators.map((indicator, i): readonly [number, number] => {
    if (statisticOf(indicator) === null) return [raw[i]!, raw[i]!]
    const [min, max] = rawRange(indicator) ?? [-Infinity, Infinity]
    return [Math.min(min, raw[i]!), Math.max(max, raw[i]!)]
  })
  const extremes = [at((i) => limits[i]![0]), at((i) => limits[i]![1])] as const
  const smaller = ([a, b]: readonly [Float64Array, Float64Array]) => a.map((value, i) => Math.min(value, b[i]!))
  const larger = ([a, b]: readonly [Float64Array, Float64Array]) => a.map((value, i) => Math.max(value, b[i]!))
  return {
    lo: smaller(ends),
    hi: larger(ends),
    least: smaller(extremes),
    most: larger(extremes),
    cut: lines.map((line, i) => {
      if (line === null || line === 'cohort' || !line.clip) return false
      const score = line.score(raw[i]!)
      return score < line.a || score > line.b
    }),
  }
}
