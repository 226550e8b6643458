import beta from '@stdlib/stats-base-dists-beta'

/**
 * Beta distribution function with shapes a, b > 0. For an upper tail swap: P(X > x | a, b) = `betaCdf(1 − x, b, a)`.
 * Source: @stdlib (Boost's incomplete beta), compared with R `pbeta`.
 * @throws RangeError when x is NaN or a shape is not positive
 */
export function betaCdf(x: number, a: number, b: number): number {
  assertShapes(a, b)
  if (Number.isNaN(x)) throw new RangeError('betaCdf requires a number x')
  return beta.cdf(x, a, b)
}

/**
 * Quantile of the beta distribution with shapes a, b > 0. Source: @stdlib (Boost), compared with R `qbeta`.
 * @throws RangeError when p is outside [0, 1] or a shape is not positive
 */
export function betaQuantile(p: number, a: number, b: number): number {
  assertShapes(a, b)
  if (!(p >= 0 && p <= 1)) throw new RangeError('betaQuantile requires 0 ≤ p ≤ 1')
  return beta.quantile(p, a, b)
}

function assertShapes(a: number, b: number): void {
  if (!(a > 0) || !(b > 0) || a === Infinity || b === Infinity) throw new RangeError('beta requires finite a, b > 0')
}
