/** Residual sum of squares of a regression on the rows from `first` to `last` (both from 0 and included). */
export type SegmentSquares = (first: number, last: number) => number

/**
 * Residual sums of squares of every stretch of at least `least` rows, by adding row after row to a triangular matrix with
 * Givens' rotations: n² k² steps, no cancellation, and a row that only completes the rank leaves no residual.
 * Source: Golub & Van Loan, Matrix Computations, 6.5; the sums are those of R strucchange's recursive residuals.
 * @param rows regressors of each row, the intercept included
 */
export function segmentSquares(
  rows: readonly (readonly number[])[],
  y: readonly number[],
  least: number,
): SegmentSquares {
  const n = y.length
  const triangle = Array.from({ length: Math.max(0, n - least + 1) }, (_, first) => squaresFrom(rows, y, first))
  return (first, last) => triangle[first]![last - first]!
}

/** Sums for the stretches that begin at `first`, by their length less one. */
function squaresFrom(rows: readonly (readonly number[])[], y: readonly number[], first: number): Float64Array {
  const width = rows[0]!.length
  const upper = Array.from({ length: width }, () => new Float64Array(width + 1))
  const row = new Float64Array(width + 1)
  const result = new Float64Array(y.length - first)
  let total = 0
  for (let i = first; i < y.length; i += 1) {
    row.set(rows[i]!)
    row[width] = y[i]!
    total += rotateIn(upper, row) ** 2
    result[i - first] = total
  }
  return result
}

/** Adds a row (changed on the way) to an upper triangle; what is left of its last entry. */
function rotateIn(upper: readonly Float64Array[], row: Float64Array): number {
  const width = upper.length
  let size = 0
  for (let j = 0; j < width; j += 1) size = Math.max(size, Math.abs(row[j]!))
  for (let j = 0; j < width; j += 1) {
    const line = upper[j]!
    // What rounding leaves of a regressor that repeats others is no regressor.
    if (Math.abs(row[j]!) <= 1e-12 * size) continue
    if (line[j] === 0) {
      line.set(row)
      return 0
    }
    const radius = Math.hypot(line[j]!, row[j]!)
    const [c, s] = [line[j]! / radius, row[j]! / radius]
    for (let k = j; k <= width; k += 1) {
      const old = line[k]!
      line[k] = c * old + s * row[k]!
      row[k] = c * row[k]! - s * old
    }
  }
  return row[width]!
}
