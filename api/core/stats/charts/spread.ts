import { centre } from '../centre.ts'
import { c4 } from '../chartConstants.ts'
import { moments } from '../moments.ts'
import { sum } from '../sum.ts'
import { meanRange, rangeDeviation } from './range.ts'

/**
 * Ways to estimate the standard deviation within samples, named as in R `qcc`: plain or minimum-variance weighted mean of
 * the samples' ranges or standard deviations, each divided by its expectation, or the pooled root mean square.
 */
export const withinSpreads = ['UWAVE-R', 'UWAVE-SD', 'MVLUE-R', 'MVLUE-SD', 'RMSDF'] as const
export type WithinSpread = (typeof withinSpreads)[number]

/** Standard deviation of individual values from their moving ranges or, corrected by c4, from their own. */
export const individualSpreads = ['MR', 'SD'] as const
export type IndividualSpread = (typeof individualSpreads)[number]

/** Difference of the largest and smallest value. */
export function range(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b))
}

/** Ranges of each value and the k − 1 before it; the first k − 1 have none. */
export function movingRanges(values: readonly number[], k = 2): (number | null)[] {
  return values.map((_, i) => (i < k - 1 ? null : range(values.slice(i - k + 1, i + 1))))
}

/**
 * σ of individual values. `MR`: mean moving range of k values divided by the tabulated d2(k), so 1.128 for k = 2.
 * @throws RangeError for fewer values than k, or than 2
 */
export function individualSpread(values: readonly number[], way: IndividualSpread = 'MR', k = 2): number {
  if (values.length < Math.max(2, way === 'MR' ? k : 2)) throw new RangeError('individualSpread requires more values')
  if (way === 'SD') return standardDeviation(values) / c4(values.length)
  return centre(movingRanges(values, k).filter((width) => width !== null)) / meanRange(k)
}

/**
 * σ within samples of at least two values each. Source: R `qcc` `sd.xbar`; Burr 1969, Wetherill & Brown 1991.
 * @throws RangeError for a sample of one value, or for `MVLUE-R` with more than `rangeSizeMax`
 */
export function withinSpread(samples: readonly (readonly number[])[], way: WithinSpread): number {
  if (samples.length === 0 || samples.some(({ length }) => length < 2))
    throw new RangeError('withinSpread requires samples of at least two values')
  const weighted = (of: (sample: readonly number[]) => number, weight: (n: number) => number) =>
    sum(samples.map((sample) => of(sample) * weight(sample.length))) / sum(samples.map(({ length }) => weight(length)))
  const byRange = (sample: readonly number[]) => range(sample) / meanRange(sample.length)
  const byDeviation = (sample: readonly number[]) => standardDeviation(sample) / c4(sample.length)
  switch (way) {
    case 'UWAVE-R':
      return weighted(byRange, () => 1)
    case 'UWAVE-SD':
      return weighted(byDeviation, () => 1)
    case 'MVLUE-R':
      return weighted(byRange, (n) => (meanRange(n) / rangeDeviation(n)) ** 2)
    case 'MVLUE-SD':
      return weighted(byDeviation, (n) => c4(n) ** 2 / (1 - c4(n) ** 2))
    case 'RMSDF': {
      const df = sum(samples.map(({ length }) => length - 1))
      return Math.sqrt(weighted(variance, (n) => n - 1)) / c4(df + 1)
    }
  }
}

/** Sample variance with divisor n − 1, for at least two values. */
export function variance(values: readonly number[]): number {
  const found = moments(values).variance
  if (found === null) throw new RangeError('a variance requires at least two values')
  return found
}

export function standardDeviation(values: readonly number[]): number {
  return Math.sqrt(variance(values))
}
