import { sum } from '../sum.ts'
import { moments } from '../moments.ts'

/** Means and centred sums of squares and products of two columns. */
export interface PairMoments {
  readonly n: number
  readonly meanX: number
  readonly meanY: number
  readonly sxx: number
  readonly syy: number
  readonly sxy: number
}

/** @throws RangeError without pairs, or when the columns differ in length */
export function pairMoments(x: readonly number[], y: readonly number[]): PairMoments {
  if (x.length !== y.length) throw new RangeError('pairMoments requires two columns of the same length')
  const n = x.length
  const [first, second] = [moments(x), moments(y)]
  const [meanX, meanY] = [first.mean, second.mean]
  return {
    n,
    meanX,
    meanY,
    sxx: (first.variance ?? 0) * (n - 1),
    syy: (second.variance ?? 0) * (n - 1),
    sxy: sum(x.map((value, i) => (value - meanX) * (y[i]! - meanY))),
  }
}

/** Pearson's correlation; null when a column is constant. */
export function correlationOf({ sxx, syy, sxy }: PairMoments): number | null {
  if (!(sxx > 0) || !(syy > 0)) return null
  return Math.min(1, Math.max(-1, sxy / Math.sqrt(sxx) / Math.sqrt(syy)))
}
