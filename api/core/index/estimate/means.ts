import type { Answers } from './answers.ts'
import { interpolatedMedian, medianOfShares } from './medians.ts'

/** Estimates of all columns from some rows, and what one answer adds to the error of each. */
export interface Means {
  /** By column; null where nobody answered, or a ratio has nothing below its line. */
  readonly est: readonly (number | null)[]
  readonly n: Int32Array
  /** Kish's effective number of answers, (Σw)²/Σw². */
  readonly kish: Float64Array
  /** Influence of an answer on its column's estimate, before its weight: z = w · influence(column, value, over). */
  readonly influence: (column: number, value: number, over: number) => number
}

/**
 * The statistic of every column: `mean`, `share` and `top2` Σwy/Σw, `ratio` Σwy/Σwx, `count` the total Σwy (with the
 * register's weights: of dossiers), and the two medians. A median proper has influence 0, because it has none: `deltaReach`
 * tells that only the bootstrap serves it.
 * @param counts whether an answer in this column and row judges a unit of the scope
 */
export function means(
  answers: Answers,
  rows: readonly number[],
  counts: (column: number, row: number) => boolean,
): Means {
  const { columns, starts, entryColumn, entryValue, entryOver, weight } = answers
  const k = columns.length
  const n = new Int32Array(k)
  const weights = new Float64Array(k)
  const squares = new Float64Array(k)
  const above = new Float64Array(k)
  const below = new Float64Array(k)
  const shares = columns.map(({ statistic }) => (isMedian(statistic) ? new Map<number, number>() : null))
  for (const row of rows) {
    const w = weight[row]!
    const end = starts[row + 1]!
    for (let entry = starts[row]!; entry < end; entry += 1) {
      const column = entryColumn[entry]!
      if (!counts(column, row)) continue
      const value = entryValue[entry]!
      n[column]! += 1
      weights[column]! += w
      squares[column]! += w * w
      above[column]! += w * value
      below[column]! += entryOver === null ? w : w * entryOver[entry]!
      const share = shares[column]
      if (share) share.set(value, (share.get(value) ?? 0) + w)
    }
  }
  const slopes: (ReadonlyMap<number, number> | null)[] = columns.map(() => null)
  const est = columns.map(({ statistic }, column): number | null => {
    if (n[column] === 0) return null
    if (statistic === 'count') return above[column]!
    const share = shares[column]
    if (share) {
      const parts = new Map([...share].map(([value, w]) => [value, w / weights[column]!]))
      if (statistic === 'median') return medianOfShares(parts)
      const median = interpolatedMedian(parts)
      slopes[column] = median.slopes
      return median.est
    }
    return below[column]! > 0 ? above[column]! / below[column]! : null
  })
  return {
    est,
    n,
    kish: weights.map((w, column) => (w === 0 ? 0 : (w * w) / squares[column]!)),
    influence: (column, value, over) => {
      const { statistic } = columns[column]!
      if (statistic === 'count') return value
      if (isMedian(statistic)) return (slopes[column]?.get(value) ?? 0) / weights[column]!
      return est[column] === null ? 0 : (value - est[column]! * over) / below[column]!
    },
  }
}

/** Statistics that need the whole distribution, not sums. */
export function isMedian(statistic: Answers['columns'][number]['statistic']): boolean {
  return statistic === 'median' || statistic === 'interpolated-median'
}
