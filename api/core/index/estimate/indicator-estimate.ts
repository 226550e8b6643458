import { type IndexIndicator, rawRange } from '../definition.ts'
import type { Bounds } from '../normalise.ts'
import { type Estimate, makeEstimate, notMeasured, suppress } from '../../stats/estimate.ts'
import { tInterval } from '../../stats/tInterval.ts'
import { tQuantile } from '../../stats/tQuantile.ts'
import { shareInterval, shareVariance } from '../../survey/share-interval.ts'
import { packedAt } from './packed.ts'
import { statisticOf } from './reach.ts'

/** What a run keeps of one unit: estimates by indicator in the order of the definition, and how they vary together. */
export interface UnitEstimates {
  /** Null: nobody answered, or a hard figure is not there. */
  readonly est: readonly (number | null)[]
  /** Answers behind each; of hard data the cases it counts, 0 where that is not known. */
  readonly n: ArrayLike<number>
  /** Kish's effective number of answers. */
  readonly kish: ArrayLike<number>
  /** Upper triangle by rows; zero for hard data. */
  readonly covariance: ArrayLike<number>
  readonly clusters: number
  readonly strata: number
}

/** Design degrees of freedom, clusters less strata, and never more than the n answers themselves give. */
export function designDf({ clusters, strata }: Pick<UnitEstimates, 'clusters' | 'strata'>, n: number): number {
  return Math.min(clusters - strata, n - 1)
}

/**
 * The estimate of one indicator in its own units, before any goalpost: shares with Wilson's interval at the design's
 * effective size (Kish's where all days say the same), means, ratios and counts with Student's at the design's degrees of freedom, cut at the item's range.
 * A median has no standard error here, and hard data none at all (`known`, n where it counts cases).
 *
 * Suppressed: `not_measured` without hard data, `too_few` (n kept) where nobody answered, where one day of one unit leaves
 * nothing to judge the spread by, or where all answers of an item without a known range are the same.
 * @param i place of the indicator
 * @param bounds goalposts, which stand in where the item has no range of its own
 */
export function indicatorEstimate(
  indicator: IndexIndicator,
  unit: UnitEstimates,
  i: number,
  bounds: Bounds | null,
): Estimate {
  const est = unit.est[i] ?? null
  const n = unit.n[i]!
  const statistic = statisticOf(indicator)
  if (statistic === null) {
    if (est === null) return notMeasured('known')
    return makeEstimate({ est, se: 0, df: null, lo: est, hi: est, n: n > 0 ? n : null, nEff: null, method: 'known' })
  }
  const method = `design_${statistic.replace('-', '_')}`
  const few = (): Estimate => suppress({ ...notMeasured(method), n }, 'too_few', { keepN: true })
  const df = designDf(unit, n)
  if (est === null || df < 1 || statistic === 'median') return few()
  const variance = Math.max(0, unit.covariance[packedAt(unit.est.length, i, i)]!)
  const se = Math.sqrt(variance)
  const kish = unit.kish[i]!
  if (statistic === 'share' || statistic === 'top2') {
    const p = Math.min(1, Math.max(0, est))
    const spread = shareVariance({ p, variance, nKish: kish })
    const ends = shareInterval('wilson', { p, variance: spread, n, df, nKish: kish })
    const nEff = spread > 0 ? (p * (1 - p)) / spread : kish
    return makeEstimate({ est: p, se: Math.sqrt(spread), df, ...ends, n, nEff, method })
  }
  const range = rangeOf(indicator, est, bounds)
  if (range !== null) return { ...tInterval({ est, se, df, n, ...range, method }), nEff: kish }
  if (se === 0) return few()
  const arm = tQuantile(0.975, df) * se
  return makeEstimate({ est, se, df, lo: est - arm, hi: est + arm, n, nEff: kish, method })
}

/** A share under a design with Wilson's interval at its effective size. @param df at least 1 */
export function designShare(
  { p: raw, variance, n, df, kish }: { p: number; variance: number; n: number; df: number; kish: number },
  method: string,
): Estimate {
  const p = Math.min(1, Math.max(0, raw))
  const ends = shareInterval('wilson', { p, variance, n, df, nKish: kish })
  const nEff = variance > 0 && p > 0 && p < 1 ? (p * (1 - p)) / variance : kish
  return makeEstimate({ est: p, se: Math.sqrt(variance), df, ...ends, n, nEff, method })
}

/** Between which ends an item's mean can lie, as far as the edition tells; null when it does not. */
function rangeOf(indicator: IndexIndicator, est: number, bounds: Bounds | null): Bounds | null {
  const statistic = statisticOf(indicator)
  if (statistic === 'count' || statistic === 'ratio') return null
  const { to } = indicator.normalise
  const [min, max] = rawRange(indicator) ?? (bounds === null ? (to ?? [est, est]) : [bounds.min, bounds.max])
  return min < max && est >= min && est <= max ? { min, max } : null
}
