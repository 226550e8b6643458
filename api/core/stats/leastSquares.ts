import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import { sum } from './sum.ts'

/** Columns of a linear model, each with one value per unit; a column of ones is the intercept. */
export type ModelColumns = readonly (readonly number[])[]

/** Generalised least squares with known weights w = 1 / variance. */
export interface LeastSquares {
  readonly coefficients: readonly number[]
  /** (XᵀWX)⁻¹, the covariance of the coefficients. */
  readonly inverse: Matrix
  /** ln det XᵀWX. */
  readonly logDeterminant: number
  readonly residuals: readonly number[]
  /** Σ w·residual². */
  readonly squares: number
}

/** The columns repeat each other, or there are more of them than units. */
export class CollinearError extends RangeError {
  override readonly name = 'CollinearError'
}

const needsIndependent = 'leastSquares requires columns that do not determine each other'

/** XᵀGX for a diagonal G given by its entries. */
export function crossProducts(columns: ModelColumns, g: readonly number[]): Matrix {
  const p = columns.length
  const result = Matrix.zeros(p, p)
  for (let a = 0; a < p; a += 1)
    for (let b = 0; b <= a; b += 1) {
      const entry = sum(g.map((weight, i) => weight * columns[a]![i]! * columns[b]![i]!))
      result.set(a, b, entry)
      result.set(b, a, entry)
    }
  return result
}

/**
 * Fits y on the columns with weights > 0.
 * @throws CollinearError when the columns determine each other
 */
export function leastSquares(columns: ModelColumns, y: readonly number[], weights: readonly number[]): LeastSquares {
  const p = columns.length
  const normal = crossProducts(columns, weights)
  // Columns of very different size are brought to unit length first.
  const scale = columns.map((_, a) => 1 / Math.sqrt(normal.get(a, a)))
  if (p > y.length || !scale.every(Number.isFinite)) throw new CollinearError(needsIndependent)
  const rescale = (matrix: Matrix) =>
    new Matrix(scale.map((left, a) => scale.map((right, b) => matrix.get(a, b) * (left * right))))
  const factor = new CholeskyDecomposition(rescale(normal))
  const pivots = columns.map((_, a) => factor.lowerTriangularMatrix.get(a, a))
  if (!pivots.every((pivot) => pivot > 1e-7)) throw new CollinearError(needsIndependent)
  const inverse = rescale(factor.solve(Matrix.eye(p)))
  const solve = (target: readonly number[]) => {
    const cross = columns.map((column) => sum(column.map((x, i) => weights[i]! * x * target[i]!)))
    return columns.map((_, a) => sum(cross.map((entry, b) => inverse.get(a, b) * entry)))
  }
  const left = (target: readonly number[], by: readonly number[]) =>
    target.map((value, i) => value - sum(columns.map((column, a) => column[i]! * by[a]!)))
  const first = solve(y)
  // A second round on what is left wins back the digits that the normal equations lose.
  const rest = solve(left(y, first))
  const coefficients = first.map((value, a) => value + rest[a]!)
  const residuals = left(y, coefficients)
  return {
    coefficients,
    inverse,
    logDeterminant: 2 * sum(pivots.map(Math.log)) - 2 * sum(scale.map(Math.log)),
    residuals,
    squares: sum(residuals.map((residual, i) => weights[i]! * residual * residual)),
  }
}

/**
 * Traces with the projection P = W − WX(XᵀWX)⁻¹XᵀW and diagonal A, B, without forming a matrix of units by units:
 * `one(a)` = tr PA, `two(a, b)` = tr PAPB.
 */
export function projectionTraces(columns: ModelColumns, w: readonly number[], inverse: Matrix) {
  const times = (...lists: (readonly number[])[]) => w.map((_, i) => lists.reduce((all, list) => all * list[i]!, 1))
  const traced = (g: readonly number[]) => inverse.mmul(crossProducts(columns, g))
  return {
    one: (a: readonly number[]): number => sum(times(w, a)) - traced(times(w, w, a)).trace(),
    two: (a: readonly number[], b: readonly number[]): number =>
      sum(times(w, w, a, b)) -
      2 * traced(times(w, w, w, a, b)).trace() +
      traced(times(w, w, a))
        .mmul(traced(times(w, w, b)))
        .trace(),
  }
}

/** xᵀ(XᵀWX)⁻¹x: variance of the fitted value at x. */
export function fittedVariance(x: readonly number[], inverse: Matrix): number {
  return sum(x.map((xa, a) => sum(x.map((xb, b) => xa * xb * inverse.get(a, b)))))
}
