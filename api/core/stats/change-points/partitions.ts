import type { SegmentSquares } from './segment-squares.ts'

/** The best way to cut a series with a number of breaks. */
export interface Partition {
  /** Last row of each segment but the last one; positions from 1, as series are counted. */
  readonly breaks: readonly number[]
  /** Residual sum of squares. */
  readonly rss: number
}

/**
 * For every number of breaks from 0 to `breaksMax` the partition of n rows with the least sum of squares, each segment at
 * least h rows: dynamic programming in n² steps for each. Of equal ones the earliest breaks.
 * Source: Bai & Perron, Journal of Applied Econometrics 18 (2003); R strucchange `breakpoints`.
 * @throws RangeError unless 1 ≤ h and (breaksMax + 1) h ≤ n
 */
export function bestPartitions(squares: SegmentSquares, n: number, h: number, breaksMax: number): Partition[] {
  if (!(h >= 1) || (breaksMax + 1) * h > n) throw new RangeError('bestPartitions requires room for every segment')
  const result: Partition[] = [{ breaks: [], rss: squares(0, n - 1) }]
  // best[i]: least sum for the first i rows with one break fewer than looked for, and where its last break is.
  let best = new Float64Array(n + 1).fill(Infinity)
  for (let i = h; i <= n; i += 1) best[i] = squares(0, i - 1)
  const lastBreaks: Int32Array[] = []
  for (let m = 1; m <= breaksMax; m += 1) {
    const next = new Float64Array(n + 1).fill(Infinity)
    const lastBreak = new Int32Array(n + 1)
    for (let i = (m + 1) * h; i <= n; i += 1) {
      for (let at = m * h; at <= i - h; at += 1) {
        const total = best[at]! + squares(at, i - 1)
        if (total < next[i]!) {
          next[i] = total
          lastBreak[i] = at
        }
      }
    }
    lastBreaks.push(lastBreak)
    best = next
    result.push({ breaks: traced(lastBreaks, n), rss: next[n]! })
  }
  return result
}

/** Breaks from the last to the first, following where each came from. */
function traced(lastBreaks: readonly Int32Array[], n: number): number[] {
  const breaks: number[] = []
  let at = n
  for (const lastBreak of lastBreaks.toReversed()) {
    at = lastBreak[at]!
    breaks.unshift(at)
  }
  return breaks
}

/** What is left after a perfect fit is rounding, this small beside the spread of the values. */
export const nothing = 1e-18

/**
 * Schwarz's criterion with every segment's coefficients and one variance counted for each segment, as R strucchange does:
 * n (log(rss/n) + 1 + log 2π) + log n (k + 1)(m + 1). Null where the fit is perfect.
 * @param spread sum of squares of the values about their mean
 */
export function bic({ rss, breaks }: Partition, n: number, regressors: number, spread: number): number | null {
  if (rss <= nothing * spread) return null
  return n * (Math.log(rss / n) + 1 + Math.log(2 * Math.PI)) + Math.log(n) * (regressors + 1) * (breaks.length + 1)
}

/** Number of breaks with the least criterion; the smallest with a perfect fit when there is one. */
export function breaksByBic(criteria: readonly (number | null)[]): number {
  const perfect = criteria.indexOf(null)
  if (perfect !== -1) return perfect
  return criteria.indexOf(Math.min(...criteria.map((value) => value!)))
}
