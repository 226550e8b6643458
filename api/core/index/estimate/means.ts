import type { Answers } from './answers.ts'
import { interpolatedMedian } from './interpolated-median.ts'

/** Estimates of all columns from some rows, and what one answer adds to the error of each. */
export interface Means {
  /** By column; null where nobody answered. */
  readonly est: readonly (number | null)[]
  readonly n: Int32Array
  /** Kish's effective number of answers, (Σw)²/Σw². */
  readonly kish: Float64Array
  /** Influence of an answer on its column's estimate, before its weight: z = w · influence(column, value). */
  readonly influence: (column: number, value: number) => number
}

/**
 * Weighted mean (or interpolated median) of every column.
 * @param counts whether an answer in this column and row judges a unit of the scope
 */
export function means(
  answers: Answers,
  rows: readonly number[],
  counts: (column: number, row: number) => boolean,
): Means {
  const k = answers.columns.length
  const n = new Int32Array(k)
  const weights = new Float64Array(k)
  const squares = new Float64Array(k)
  const sums = new Float64Array(k)
  const shares = answers.columns.map(({ statistic }) => (statistic === 'mean' ? null : new Map<number, number>()))
  for (const row of rows) {
    const w = answers.weight[row] as number
    const end = answers.starts[row + 1] as number
    for (let entry = answers.starts[row] as number; entry < end; entry += 1) {
      const column = answers.entryColumn[entry] as number
      if (!counts(column, row)) continue
      const value = answers.entryValue[entry] as number
      n[column] = (n[column] as number) + 1
      weights[column] = (weights[column] as number) + w
      squares[column] = (squares[column] as number) + w * w
      sums[column] = (sums[column] as number) + w * value
      const share = shares[column]
      if (share) share.set(value, (share.get(value) ?? 0) + w)
    }
  }
  const medians = shares.map((share, column) =>
    share === null || share.size === 0
      ? null
      : interpolatedMedian(new Map([...share].map(([value, w]) => [value, w / (weights[column] as number)]))),
  )
  const est = answers.columns.map((_, column) =>
    n[column] === 0 ? null : (medians[column]?.est ?? (sums[column] as number) / (weights[column] as number)),
  )
  return {
    est,
    n,
    kish: weights.map((w, column) => (w === 0 ? 0 : (w * w) / (squares[column] as number))),
    influence: (column, value) => {
      const median = medians[column]
      const distance = median ? (median.slopes.get(value) ?? 0) : value - (est[column] as number)
      return distance / (weights[column] as number)
    },
  }
}
