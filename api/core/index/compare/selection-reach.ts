import type { Estimate } from '../../stats/estimate.ts'
import { indicatorEstimate, type UnitEstimates } from '../estimate/indicator-estimate.ts'
import { leafSpans } from '../estimate/leaf-spans.ts'
import { statisticOf } from '../estimate/reach.ts'
import { type FrozenIndex, leafScores, scoreUp } from '../frozen.ts'
import type { IndexTree } from '../tree.ts'

/** How far a score may be off, in its own points. */
export interface Reach {
  readonly down: number
  readonly up: number
}

/**
 * What self-selection may do to every element: those who answer may be more (or less) content with everything, so all indicators
 * are moved together, each by so many standard deviations of its single answers (se·√nEff), and scored by the arithmetic of the
 * index. A weighted mean then moves by the mean of its parts' reaches: a bias in one direction does not average out over items as
 * chance does. Hard data stay.
 * @param deviations ρ·√((1 − f)/f), `selectionBias`
 * @returns by code; absent where there is no score, or an indicator's spread is not known
 */
export function selectionReaches(
  frozen: FrozenIndex,
  unit: UnitEstimates,
  deviations: number,
): ReadonlyMap<string, Reach> {
  const { tree, bounds, lines } = frozen
  const raw = Float64Array.from(tree.indicators, (_, i) => unit.est[i] ?? NaN)
  const moved = tree.indicators.map((indicator, i): Estimate => {
    const own = indicatorEstimate(indicator, unit, i, bounds[i]!)
    if (statisticOf(indicator) === null || own.est === null || own.se === null || own.nEff === null) return own
    const reach = deviations * own.se * Math.sqrt(own.nEff)
    return { ...own, lo: own.est - reach, hi: own.est + reach }
  })
  const { lo, hi } = leafSpans(frozen)(raw, moved)
  const isUnknown = (i: number) => lines[i] === 'cohort' || (!Number.isNaN(raw[i]!) && moved[i]!.lo === null)
  return reachesOf(tree, { lo, middle: leafScores(frozen, raw), hi }, isUnknown)
}

/**
 * How far every element goes when all indicators below it go to an end together.
 * @param leaves normalised scores of the indicators, as they are and at both ends
 * @param isUnknown whether an indicator's own ends are not known; nothing above it is told then
 * @returns by code; absent where it is not known or there is no score
 */
export function reachesOf(
  tree: IndexTree,
  leaves: Readonly<Record<'lo' | 'middle' | 'hi', ArrayLike<number>>>,
  isUnknown: (indicator: number) => boolean,
): ReadonlyMap<string, Reach> {
  const scores = (ends: ArrayLike<number>) => scoreUp(tree, ends).scores
  const [low, middle, high] = [scores(leaves.lo), scores(leaves.middle), scores(leaves.hi)]
  return new Map(
    [...tree.at].flatMap(([code, at]) => {
      const reach = { down: middle[at]! - low[at]!, up: high[at]! - middle[at]! }
      const isKnown = !tree.leaves[at]!.some(isUnknown) && Number.isFinite(reach.down) && Number.isFinite(reach.up)
      return isKnown ? [[code, reach] as const] : []
    }),
  )
}
