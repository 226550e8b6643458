import { type Estimate, makeEstimate } from '../stats/estimate.ts'

/**
 * The estimate of a + b·x from the estimate of x: value and ends move linearly, the standard error by |b|, and a negative
 * b swaps the ends. Suppressed estimates stay as they are; an interval without a value stays one.
 * @throws RangeError when a or b is not finite
 */
export function rescale(estimate: Estimate, a: number, b: number, method = estimate.method): Estimate {
  if (!Number.isFinite(a) || !Number.isFinite(b)) throw new RangeError('rescale requires finite numbers')
  if (estimate.suppressed !== null) return { ...estimate, method }
  const at = (value: number | null) => (value === null ? null : a + b * value)
  const lo = at(b < 0 ? estimate.hi : estimate.lo)
  const hi = at(b < 0 ? estimate.lo : estimate.hi)
  const se = estimate.se === null ? null : Math.abs(b) * estimate.se
  return makeEstimate({ ...estimate, est: at(estimate.est), se, lo, hi, method })
}
