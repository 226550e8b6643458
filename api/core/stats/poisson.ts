import poisson from '@stdlib/stats-base-dists-poisson'
import { regularisedGamma } from './gamma.ts'

/** P(X ≤ k) of a Poisson count with mean λ > 0 (R `ppois`). @throws RangeError when λ is not positive */
export function poissonCdf(k: number, lambda: number): number {
  assertMean(lambda)
  return k < 0 ? 0 : regularisedGamma(Math.floor(k) + 1, lambda, 'upper')
}

/** P(X > k), exact far in the tail. @throws RangeError when λ is not positive */
export function poissonUpper(k: number, lambda: number): number {
  assertMean(lambda)
  return k < 0 ? 1 : regularisedGamma(Math.floor(k) + 1, lambda, 'lower')
}

/**
 * Smallest k with P(X ≤ k) ≥ p (R `qpois`); p = 1 gives +∞. @stdlib's value, a few off for means in the thousands, is the
 * start of a walk. @throws RangeError when p is outside [0, 1] or λ is not positive
 */
export function poissonQuantile(p: number, lambda: number): number {
  assertMean(lambda)
  if (!(p >= 0 && p <= 1)) throw new RangeError('poissonQuantile requires 0 ≤ p ≤ 1')
  let k = poisson.quantile(p, lambda)
  if (k === Infinity) return k
  // p itself is often computed from a distribution function and its rounding must not cost a step
  const reached = p * (1 - 64 * Number.EPSILON)
  while (poissonCdf(k, lambda) < reached) k += 1
  while (k > 0 && poissonCdf(k - 1, lambda) >= reached) k -= 1
  return k
}

function assertMean(lambda: number): void {
  if (!(lambda > 0) || lambda === Infinity) throw new RangeError('a Poisson distribution requires a finite mean > 0')
}
