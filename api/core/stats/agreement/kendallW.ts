import { chiSquareUpper } from '../chiSquare.ts'
import { rankOf } from '../ranks/rankOf.ts'
import { sum } from '../sum.ts'

export interface KendallW {
  readonly subjects: number
  readonly raters: number
  /** Coefficient of concordance with the correction for ties; null when every rater ties all subjects. */
  readonly w: number | null
  readonly wUncorrected: number
  readonly chiSquare: number | null
  readonly df: number
  readonly p: number | null
  /** Mean of Spearman's coefficients over all pairs of raters, (m·W − 1)/(m − 1). */
  readonly meanSpearman: number | null
}

/**
 * Agreement of m raters on the order of n subjects (rows: subjects, columns: raters), from 0 to 1.
 * Source: Kendall & Babington Smith 1939; Kendall, Rank Correlation Methods (1970), chapter 6; R irr `kendall(correct = TRUE)`.
 * @throws RangeError with fewer than two subjects or raters
 */
export function kendallW(rows: readonly (readonly number[])[]): KendallW {
  const n = rows.length
  const m = rows[0]?.length ?? 0
  if (n < 2 || m < 2 || rows.some((row) => row.length !== m))
    throw new RangeError('kendallW requires two subjects and two raters')
  const ranks = Array.from({ length: m }, (_, j) =>
    rankOf(
      rows.map((row) => row[j]!),
      'lower',
    ).map((place) => place!),
  )
  const totals = rows.map((_, i) => sum(ranks.map((column) => column[i]!.average)))
  const middle = (m * (n + 1)) / 2
  const squares = sum(totals.map((total) => (total - middle) ** 2))
  // Each member of a tie of t adds t² − 1, so the tie adds t³ − t.
  const ties = sum(ranks.map((column) => sum(column.map(({ min, max }) => (max - min + 1) ** 2 - 1))))
  const whole = m * m * (n ** 3 - n)
  const w = whole > m * ties ? (12 * squares) / (whole - m * ties) : null
  const chiSquare = w === null ? null : m * (n - 1) * w
  return {
    subjects: n,
    raters: m,
    w,
    wUncorrected: (12 * squares) / whole,
    chiSquare,
    df: n - 1,
    p: chiSquare === null ? null : chiSquareUpper(chiSquare, n - 1),
    meanSpearman: w === null ? null : (m * w - 1) / (m - 1),
  }
}
