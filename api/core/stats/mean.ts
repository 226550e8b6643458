import { type Estimate, makeEstimate, notMeasured, suppress } from './estimate.ts'
import { sum } from './sum.ts'
import { tInterval } from './tInterval.ts'

/** One closed item: how many answers each option got, and what each option is worth. */
export interface OptionCounts {
  readonly values: readonly number[]
  readonly counts: readonly number[]
}

/**
 * Mean of an item from its option counts, with Student's 95 % interval on n − 1 degrees of freedom, cut at the smallest
 * and largest value. "Không nhớ / không áp dụng" must not be among the options. Exact for the people who answered: the
 * histogram loses nothing.
 *
 * No answers: suppressed as `too_few` with n = 0. One answer: the whole scale is its interval.
 * @throws RangeError when the lists differ in length or are empty, or a count is not a whole number ≥ 0
 */
export function mean({ values, counts }: OptionCounts): Estimate {
  if (values.length === 0 || values.length !== counts.length) {
    throw new RangeError('mean requires one count for each value')
  }
  if (!counts.every((count) => Number.isInteger(count) && count >= 0)) {
    throw new RangeError('mean requires whole counts ≥ 0')
  }
  const method = 't_mean'
  const n = sum(counts)
  if (n === 0) return suppress({ ...notMeasured(method), n: 0 }, 'too_few', { keepN: true })
  const min = Math.min(...values)
  const max = Math.max(...values)
  const est = sum(counts.map((count, i) => count * values[i]!)) / n
  if (n === 1) return makeEstimate({ est, se: null, df: null, lo: min, hi: max, n, nEff: n, method })
  // Centred squares: running Σx² would cancel (NIST NumAcc4).
  const squares = sum(counts.map((count, i) => count * (values[i]! - est) ** 2))
  return tInterval({ est, se: Math.sqrt(squares / (n - 1) / n), df: n - 1, n, min, max, method })
}
