import { normalQuantile } from './normalQuantile.ts'

/**
 * Answers needed so that the 95 % interval of a share reaches about ± `margin` (a margin of 0.15 is a width of 0.30):
 * n = z² p(1−p) / margin² · deff, reduced to n / (1 + n/population) when the population is finite, rounded up.
 * p = ½ is the cautious choice when nothing is known.
 *
 * Source: W. G. Cochran, Sampling Techniques, 3rd ed. (1977), §4.4.
 * @throws RangeError when p is outside [0, 1] or margin, deff or population is not positive
 */
export function sampleSizeForShare(input: { p?: number; margin: number; deff?: number; population?: number }): number {
  const { p = 0.5, margin, deff = 1, population = Infinity } = input
  if (!(p >= 0 && p <= 1) || !(margin > 0) || !(deff > 0) || !(population > 0)) {
    throw new RangeError('sampleSizeForShare requires 0 ≤ p ≤ 1 and positive margin, deff and population')
  }
  const z = normalQuantile(0.975)
  const n = ((z * z * p * (1 - p)) / (margin * margin)) * deff
  return Math.ceil(n / (1 + n / population))
}
