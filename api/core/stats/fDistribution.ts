import { betaCdf, betaQuantile } from './beta.ts'

/**
 * P(X ≤ x) of Fisher's F with d1, d2 > 0 degrees of freedom, whole or not (R `pf`), by the beta distribution
 * (Abramowitz & Stegun 26.6.2). @throws RangeError on impossible arguments
 */
export function fCdf(x: number, d1: number, d2: number): number {
  if (x <= 0) return 0
  // beyond the middle the share is near 1, where doubles lie too far apart for it
  return d1 * x > d2 ? 1 - fUpper(x, d1, d2) : betaCdf((d1 * x) / (d1 * x + d2), d1 / 2, d2 / 2)
}

/** P(X > x) of F with its own digits, by the swapped beta distribution. @throws RangeError on impossible arguments */
export function fUpper(x: number, d1: number, d2: number): number {
  return x <= 0 ? 1 : betaCdf(d2 / (d2 + d1 * x), d2 / 2, d1 / 2)
}

/**
 * Quantile of F (R `qf`), from whichever beta tail is the smaller; p = 1 gives +∞.
 * @throws RangeError when p is outside [0, 1] or a degree of freedom is not positive
 */
export function fQuantile(p: number, d1: number, d2: number): number {
  if (p <= 0.5) {
    const share = betaQuantile(p, d1 / 2, d2 / 2)
    return (d2 * share) / (d1 * (1 - share))
  }
  const rest = betaQuantile(1 - p, d2 / 2, d1 / 2)
  return rest === 0 ? Infinity : (d2 * (1 - rest)) / (d1 * rest)
}
