import type { Estimate } from '../../stats/estimate.ts'
import { indicatorEstimate, type UnitEstimates } from '../estimate/indicator-estimate.ts'
import { leafSpans } from '../estimate/leaf-spans.ts'
import { statisticOf } from '../estimate/reach.ts'
import { type FrozenIndex, scoreUnit, scoreUp } from '../frozen.ts'

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
  const spans = leafSpans(frozen)(raw, moved)
  const [middle, low, high] = [
    scoreUnit(frozen, raw).scores,
    scoreUp(tree, spans.lo).scores,
    scoreUp(tree, spans.hi).scores,
  ]
  const isUnknown = (i: number) => lines[i] === 'cohort' || (!Number.isNaN(raw[i]!) && moved[i]!.lo === null)
  return new Map(
    [...tree.at].flatMap(([code, at]) => {
      const reach = { down: middle[at]! - low[at]!, up: high[at]! - middle[at]! }
      const isKnown = !tree.leaves[at]!.some(isUnknown) && Number.isFinite(reach.down) && Number.isFinite(reach.up)
      return isKnown ? [[code, reach] as const] : []
    }),
  )
}
