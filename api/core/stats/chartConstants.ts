import { logGammaRatio } from './logGammaRatio.ts'
import { normalCdf } from './normalCdf.ts'
import { sum } from './sum.ts'

/**
 * c4(n): expected standard deviation of n normal values, divided by σ: √(2/(n−1)) Γ(n/2)/Γ((n−1)/2).
 * Source: Montgomery, Introduction to Statistical Quality Control, appendix VI. @throws RangeError unless n is whole and ≥ 2
 */
export function c4(n: number): number {
  assertSize(n)
  return Math.sqrt(2 / (n - 1)) * Math.exp(logGammaRatio((n - 1) / 2))
}

/**
 * d2(n): expected range of n normal values, divided by σ: ∫ 1 − Φ(x)ⁿ − (1−Φ(x))ⁿ dx. The trapezium rule converges faster
 * than any power of its step on such a function; step 1/16 over ±12 gives full double precision.
 * Source: Tippett, Biometrika 17 (1925). @throws RangeError unless n is whole and ≥ 2
 */
export function d2(n: number): number {
  assertSize(n)
  const step = 1 / 16
  const terms: number[] = []
  for (let i = -12 / step; i <= 12 / step; i += 1) {
    const x = i * step
    const [below, above] = [normalCdf(x), normalCdf(-x)]
    const allBelow = Math.exp(n * (x < 0 ? Math.log(below) : Math.log1p(-above)))
    const allAbove = Math.exp(n * (x > 0 ? Math.log(above) : Math.log1p(-below)))
    terms.push(x < 0 ? 1 - allAbove - allBelow : 1 - allBelow - allAbove)
  }
  return step * sum(terms)
}

function assertSize(n: number): void {
  if (!Number.isSafeInteger(n) || n < 2) throw new RangeError('chart constants require a whole n ≥ 2')
}
