import { tQuantile } from '../stats/tQuantile.ts'
import { variance } from './covariance.ts'
import type { Design } from './design.ts'
import { kish, linearMean, type Observed } from './linear.ts'
import { root } from '../stats/root.ts'
import { effectiveSize, shareInterval } from './share-interval.ts'
import { type QuantileRule, type Sorted, sorted, weightedQuantile } from './weighted-quantile.ts'

export type QuantileInterval = 'mean' | 'beta' | 'xlogit' | 'asin' | 'score'

export interface QuantileEstimate {
  readonly est: number
  readonly lo: number
  readonly hi: number
  readonly se: number
  readonly nEff: number
}

/**
 * Quantile with a 95 % interval: Woodruff's (1952), the quantiles at the ends of an interval for the share of values at or
 * below the estimate; or `score` (Francisco & Fuller 1991), the values that a score test does not reject. The interval's
 * ends are values of the sample under the stepped rules. `se` is its width over 2 t. As R survey `svyquantile` 4.1-1, but
 * an end that would fall outside [0, 1] is the smallest or largest value.
 */
export function quantileEstimate(
  design: Design,
  data: Observed,
  given: { p: number; rule: QuantileRule; interval: QuantileInterval; df: number },
): QuantileEstimate {
  const { p, rule, interval, df } = given
  const order = sorted(data, design.weight)
  const est = weightedQuantile(rule, order, p)
  const at = (share: number) => weightedQuantile(rule, order, Math.min(1, Math.max(0, share)))
  const below = linearMean(design, { rows: data.rows, values: data.values.map((value) => Number(value <= est)) })
  const v = variance(design, data.rows, below.z)
  const share = {
    p: below.est,
    variance: v,
    n: data.rows.length,
    df,
    nKish: kish(order.w).nEff,
  }
  const t = tQuantile(0.975, df)
  const ends =
    interval === 'score' ? scoreEnds(design, data, order, { p, t, at }) : shareEnds(shareInterval(interval, share), at)
  const nEff = v > 0 ? (below.est * (1 - below.est)) / v : effectiveSize(share)
  return { est, ...ends, se: (ends.hi - ends.lo) / (2 * t), nEff }
}

function shareEnds({ lo, hi }: { lo: number; hi: number }, at: (share: number) => number) {
  return { lo: at(lo), hi: at(hi) }
}

function scoreEnds(
  design: Design,
  { rows, values }: Observed,
  order: Sorted,
  { p, t, at }: { p: number; t: number; at: (share: number) => number },
): { lo: number; hi: number } {
  const score = (theta: number, limit: number) => {
    const above = linearMean(design, { rows, values: values.map((value) => Number(value > theta) - (1 - p)) })
    return above.est / Math.sqrt(variance(design, rows, above.z)) - limit
  }
  const margin = spreadOf(order.x) / 100
  const from = order.x[0]! + margin
  const to = order.x.at(-1)! - margin
  const tolerance = 1 / (100 * Math.sqrt(rows.length))
  const shareUpTo = (theta: number) =>
    values.reduce((count, value) => count + Number(value <= theta), 0) / values.length
  const low = root((theta) => score(theta, t), from, to, tolerance)
  const high = root((theta) => score(theta, -t), from, to, tolerance)
  return {
    lo: low === null ? order.x[0]! : at(shareUpTo(low)),
    hi: high === null ? order.x.at(-1)! : at(shareUpTo(high)),
  }
}

/** Distance between the quartiles (Hyndman & Fan's type 7, unweighted). */
function spreadOf(x: Float64Array): number {
  const at = (p: number) => {
    const h = (x.length - 1) * p
    const low = Math.floor(h)
    return x[low]! + (h - low) * (x[Math.min(low + 1, x.length - 1)]! - x[low]!)
  }
  return at(0.75) - at(0.25)
}
