import { sum } from '../sum.ts'

/** A square, symmetric matrix by rows. */
export type Square = readonly (readonly number[])[]

/** What a linear model of several variables needs to know of the rows. */
export interface JointMoments {
  /** Rows with a weight above 0. */
  readonly n: number
  /** Null where only covariances are known. */
  readonly means: readonly number[] | null
  readonly covariance: Square
  /** Covariance times this is the (weighted) sum of products about the means; n − 1 for equal weights of 1. */
  readonly spread: number
  /** Sum of the weights. */
  readonly weight: number
}

/**
 * Weighted means and unbiased covariances: with v = w / Σw, Σ v (x − x̄)(y − ȳ) / (1 − Σv²). Equal weights give the usual
 * divisor n − 1. Source: R `cov.wt`.
 * @param columns values of each variable
 * @throws RangeError when the weights are not of at least two rows
 */
export function weightedCovariance(columns: readonly (readonly number[])[], weights: readonly number[]): JointMoments {
  const total = sum(weights)
  const shares = weights.map((weight) => weight / total)
  const left = 1 - sum(shares.map((share) => share * share))
  if (!(left > 1e-12)) throw new RangeError('weightedCovariance requires weight on at least two rows')
  const means = columns.map((column) => {
    const first = sum(column.map((value, i) => value * shares[i]!))
    return first + sum(column.map((value, i) => (value - first) * shares[i]!))
  })
  const centred = columns.map((column, j) => column.map((value) => value - means[j]!))
  const product = (a: number, b: number) =>
    sum(centred[a]!.map((value, i) => shares[i]! * value * centred[b]![i]!)) / left
  const covariance = columns.map(() => columns.map(() => 0))
  columns.forEach((_, a) => {
    for (let b = 0; b <= a; b += 1) covariance[a]![b] = covariance[b]![a] = product(a, b)
  })
  return { n: weights.filter((weight) => weight > 0).length, means, covariance, spread: total * left, weight: total }
}

/** Two or more of the variables determine each other. */
export class SingularError extends RangeError {
  override readonly name = 'SingularError'
}

/** What a variable must keep of its variance, given those before it, to count as not determined by them. */
const independentShare = 1e-12

/**
 * Covariances given a variable: what is left of all others after regression on it (its own row becomes 0).
 * @param scale variances before anything was given, to tell rounding from what is left
 * @throws SingularError when nothing is left of the variable itself
 */
export function given(matrix: Square, variable: number, scale: Square = matrix): number[][] {
  const own = matrix[variable]![variable]!
  if (!(own > independentShare * scale[variable]![variable]!))
    throw new SingularError('the variables determine each other')
  const row = matrix[variable]!
  return matrix.map((line, i) =>
    line.map((entry, j) => (i === variable || j === variable ? 0 : entry - (row[i]! * row[j]!) / own)),
  )
}

/** @throws SingularError when one of the variables is determined by the others */
export function assertIndependent(covariance: Square, scale: Square = covariance): void {
  let left = covariance
  for (let j = 0; j < covariance.length; j += 1) left = given(left, j, scale)
}
