import { type Estimate, makeEstimate } from './estimate.ts'
import { tQuantile } from './tQuantile.ts'
import { wilsonLimits } from './wilsonLimits.ts'

/**
 * Estimate of a bounded mean or sum with Student's 95 % interval, cut at the ends of its scale.
 *
 * When the sample shows no spread at all (`se` 0: thirty times the same answer) est ± t·0 would claim certainty, the same
 * fault as Wald's interval at 100 %. Then the interval takes Wilson's limit for "none of n differed": up to w = z²/(n+z²)
 * of people may differ, by the whole distance to either end of the scale; and `se` becomes its longer arm divided by t,
 * so that sums built from it stay honest. `method` gets the suffix `_no_spread`.
 * @throws RangeError when n < 2, df is not positive, the standard error is negative or est is off the scale
 */
export function tInterval(input: {
  est: number
  se: number
  df: number
  n: number
  min: number
  max: number
  method: string
}): Estimate {
  const { se, df, n, min, max, method } = input
  // A sum of products may step over its own bound by rounding only.
  const slack = 1e-9 * Math.max(1, Math.abs(min), Math.abs(max))
  if (!(n >= 2) || !(df > 0) || !(se >= 0) || !(input.est >= min - slack && input.est <= max + slack)) {
    throw new RangeError('tInterval requires n ≥ 2, df > 0, se ≥ 0 and min ≤ est ≤ max')
  }
  const est = Math.min(max, Math.max(min, input.est))
  const t = tQuantile(0.975, df)
  // Equal answers may leave a spread of rounding size.
  if (se > 1e-12 * (max - min)) {
    const ends = { lo: Math.max(min, est - t * se), hi: Math.min(max, est + t * se) }
    return makeEstimate({ est, se, df, ...ends, n, nEff: n, method })
  }
  const differing = wilsonLimits(0, n).hi
  const lo = est - (est - min) * differing
  const hi = est + (max - est) * differing
  const arm = Math.max(est - lo, hi - est)
  return makeEstimate({ est, se: arm / t, df, lo, hi, n, nEff: n, method: `${method}_no_spread` })
}
