import { type Estimate, makeEstimate, notMeasured, suppress } from './estimate.ts'
import { wilsonLimits } from './wilsonLimits.ts'

/**
 * A share (0–1) from counts, with Wilson's 95 % interval.
 *
 * `favourable` of `n` valid answers; "không nhớ / không áp dụng" is in neither. With weights or clustered answers pass
 * `nEff`, the effective size, and the interval widens accordingly. `se` is the usual √(p(1−p)/nEff), which is 0 at 0 % and
 * 100 %: read `lo` and `hi`, which never collapse. Without answers the result is suppressed as `too_few` with n = 0.
 * @throws RangeError when the counts are not whole numbers with 0 ≤ favourable ≤ n, or nEff is not positive
 */
export function wilson(favourable: number, n: number, options: { nEff?: number; conf?: number } = {}): Estimate {
  if (!Number.isInteger(favourable) || !Number.isInteger(n) || favourable < 0 || favourable > n) {
    throw new RangeError('wilson requires whole counts with 0 ≤ favourable ≤ n')
  }
  if (n === 0) return suppress({ ...notMeasured('wilson'), n: 0 }, 'too_few', { keepN: true })
  const nEff = options.nEff ?? n
  const p = favourable / n
  const { lo, hi } = wilsonLimits(p, nEff, options.conf)
  return makeEstimate({ est: p, se: Math.sqrt((p * (1 - p)) / nEff), df: null, lo, hi, n, nEff, method: 'wilson' })
}
