import { fUpper } from '../fDistribution.ts'
import type { SegmentSquares } from './segment-squares.ts'
import { nothing } from './partitions.ts'
import { supFPValue } from './sup-f-p-value.ts'

/** The test of one break at an unknown place. */
export interface SupF {
  /** Largest F statistic (k F in the usual scale, as R has it); null when a break leaves no residual at all. */
  readonly statistic: number | null
  readonly p: number | null
  /** Where it is largest: last row before the break, from 1. */
  readonly breakpoint: number
  readonly from: number
  readonly to: number
}

/**
 * F statistics of a break after each row between the trimmed ends, and the test of the largest.
 * Source: Andrews, Econometrica 61 (1993); R strucchange `Fstats(from)`, `sctest`.
 * @param spread sum of squares of the values about their mean
 * @throws RangeError when fewer than 2 (k + 1) rows are there
 */
export function supF(squares: SegmentSquares, n: number, regressors: number, trim: number, spread: number): SupF {
  if (n < 2 * (regressors + 1)) throw new RangeError('supF requires at least 2 (k + 1) rows')
  const first = Math.floor(trim * n)
  const from = Math.max(first, regressors + 1)
  const to = Math.min(n - from, n - regressors - 1)
  const total = squares(0, n - 1)
  const df = n - 2 * regressors
  let [best, breakpoint] = [-1, from]
  for (let at = from; at <= to; at += 1) {
    const left = squares(0, at - 1) + squares(at, n - 1)
    const statistic = left > nothing * spread ? ((total - left) * df) / left : total > nothing * spread ? Infinity : 0
    if (statistic > best) [best, breakpoint] = [statistic, at]
  }
  if (best === Infinity) return { statistic: null, p: 0, breakpoint, from, to }
  const lambda = ((n - from) * to) / (from * (n - to))
  const p = from === to ? fUpper(best / regressors, regressors, df) : supFPValue(best, regressors, lambda)
  return { statistic: best, p, breakpoint, from, to }
}
