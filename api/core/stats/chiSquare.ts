import chisquare from '@stdlib/stats-base-dists-chisquare'
import { regularisedGamma } from './gamma.ts'
import { logGamma } from './logGamma.ts'

/** P(X ≤ x) of χ² with df > 0 degrees of freedom (R `pchisq`). @throws RangeError on impossible arguments */
export function chiSquareCdf(x: number, df: number): number {
  return regularisedGamma(df / 2, x / 2, 'lower')
}

/** P(X > x) of χ², exact far in the tail. @throws RangeError on impossible arguments */
export function chiSquareUpper(x: number, df: number): number {
  return regularisedGamma(df / 2, x / 2, 'upper')
}

/**
 * Quantile of χ² (R `qchisq`); p = 1 gives +∞. @stdlib's value, wrong by up to 1e-3 from about 2,000 degrees of freedom,
 * is the start of Newton's method on the nearer tail.
 * @throws RangeError when p is outside [0, 1] or df is not positive
 */
export function chiSquareQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1) || !(df > 0)) throw new RangeError('chiSquareQuantile requires 0 ≤ p ≤ 1 and df > 0')
  let x = chisquare.quantile(p, df)
  if (x === 0 || x === Infinity) return x
  for (let step = 0; step < 20; step += 1) {
    const excess = p < 0.5 ? chiSquareCdf(x, df) - p : 1 - p - chiSquareUpper(x, df)
    const move = excess / density(x, df)
    if (!Number.isFinite(move)) return x
    const next = Math.max(x / 2, x - move)
    if (Math.abs(next - x) <= 1e-15 * x) return next
    x = next
  }
  return x
}

function density(x: number, df: number): number {
  return Math.exp((df / 2 - 1) * Math.log(x / 2) - x / 2 - logGamma(df / 2)) / 2
}
