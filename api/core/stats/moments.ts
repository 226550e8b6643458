import { sum } from './sum.ts'

/** Number of values, their mean, and their sample variance (null for a single value). */
export interface Moments {
  readonly n: number
  readonly mean: number
  readonly variance: number | null
}

/**
 * Mean and variance (divisor n − 1) from centred values, corrected for the rounding of the mean itself: nothing of
 * NIST's NumAcc3 and NumAcc4 is lost, where running sums of squares give nonsense.
 * Source: Chan, Golub & LeVeque, The American Statistician 37 (1983), corrected two-pass.
 * @throws RangeError without values
 */
export function moments(values: readonly number[]): Moments {
  const n = values.length
  if (n === 0) throw new RangeError('moments requires at least one value')
  const mean = sum(values) / n
  if (n === 1) return { n, mean, variance: null }
  const squares = sum(values.map((value) => (value - mean) ** 2))
  const drift = sum(values.map((value) => value - mean))
  return { n, mean, variance: Math.max(0, squares - (drift * drift) / n) / (n - 1) }
}
