import { type LeastSquares, leastSquares } from '../leastSquares.ts'

/**
 * Least squares of y on the regressors of each row.
 * @throws CollinearError when they do not determine the coefficients
 */
export function fitRows(rows: readonly (readonly number[])[], y: readonly number[]): LeastSquares {
  const columns = rows[0]!.map((_, j) => rows.map((row) => row[j]!))
  return leastSquares(
    columns,
    y,
    y.map(() => 1),
  )
}
