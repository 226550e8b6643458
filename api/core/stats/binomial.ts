import binomial from '@stdlib/stats-base-dists-binomial'
import { betaCdf } from './beta.ts'

/** P(X ≤ k) of n trials with chance p (R `pbinom`). Source: beta distribution (A&S 26.5.24). @throws RangeError */
export function binomialCdf(k: number, n: number, p: number): number {
  assertTrials(n, p)
  const whole = Math.floor(k)
  if (whole < 0) return 0
  return whole >= n ? 1 : betaCdf(1 - p, n - whole, whole + 1)
}

/** P(X > k), exact far in the tail. @throws RangeError when n is no count or p is outside [0, 1] */
export function binomialUpper(k: number, n: number, p: number): number {
  assertTrials(n, p)
  const whole = Math.floor(k)
  if (whole < 0) return 1
  return whole >= n ? 0 : betaCdf(p, whole + 1, n - whole)
}

/** Smallest k with P(X ≤ k) ≥ q (R `qbinom`). Source: @stdlib. @throws RangeError */
export function binomialQuantile(q: number, n: number, p: number): number {
  assertTrials(n, p)
  if (!(q >= 0 && q <= 1)) throw new RangeError('binomialQuantile requires 0 ≤ q ≤ 1')
  return binomial.quantile(q, n, p)
}

function assertTrials(n: number, p: number): void {
  if (!Number.isSafeInteger(n) || n < 0 || !(p >= 0 && p <= 1))
    throw new RangeError('a binomial distribution requires a whole n ≥ 0 and 0 ≤ p ≤ 1')
}
