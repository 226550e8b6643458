import { EigenvalueDecomposition, Matrix, solve } from 'ml-matrix'
import { sum } from '../sum.ts'
import { assertIndependent, given, type Square } from './covariance.ts'
import { explainedBySubsets, shapley } from './explained.ts'

/** Beyond this many drivers the subsets are too many: use `johnson`, which is nearly the same. */
export const lmgMax = 20

/** Measures of how much of the variance of an outcome each driver accounts for, as parts of that variance. */
export interface Importance {
  /** R² of all drivers and adjusters. */
  readonly r2: number
  /** Part of it that is divided among the drivers: all of it without adjusters. */
  readonly r2Divided: number
  /** Average gain of R² over all orders (Shapley value); null above `lmgMax` drivers. Adds up to the divided R². */
  readonly lmg: readonly number[] | null
  /** Gain of R² as the last one in. */
  readonly last: readonly number[]
  /** R² as the only one. */
  readonly first: readonly number[]
  /** Standardised coefficient times correlation; adds up, may be negative. */
  readonly pratt: readonly number[]
  /** Squared standardised coefficient. */
  readonly betasq: readonly number[]
  /** Johnson's relative weights, the same as Genizi's; add up. */
  readonly johnson: readonly number[]
  /** Squared correlation-adjusted marginal correlation (Zuber & Strimmer); adds up. */
  readonly car: readonly number[]
  /** Standardised coefficients. */
  readonly beta: readonly number[]
}

/**
 * Relative importance of drivers from covariances alone, so from sums that are kept per month and unit.
 * Source: R relaimpo 2.2 `calc.relimp`; Lindeman, Merenda & Gold 1980, Genizi 1993, Johnson 2000, Zuber & Strimmer 2011.
 * @param covariance of the outcome (variable 0) and all others
 * @param always variables that are adjusted for: their part of the variance is taken first and not divided
 * @throws SingularError when the variables determine each other; RangeError when the outcome does not vary or no driver is left
 */
export function importance(covariance: Square, always: readonly number[] = []): Importance {
  const total = covariance[0]![0]!
  const adjusted = always.reduce<Square>((matrix, variable) => given(matrix, variable, covariance), covariance)
  const kept = covariance.map((_, i) => i).filter((i) => !always.includes(i))
  if (!(total > 0) || kept.length < 2) throw new RangeError('importance requires an outcome that varies and a driver')
  const part = kept.map((i) => kept.map((j) => adjusted[i]![j]!))
  const variance = part.map((row, i) => row[i]!)
  // Everything below is in units of the whole variance of the outcome.
  const scale = (value: number) => value / total
  const drivers = part.slice(1).map((row) => row.slice(1))
  const withOutcome = part.slice(1).map((row) => row[0]!)
  assertIndependent(
    drivers,
    drivers.map((row, i) => row.map((_, j) => (i === j ? covariance[kept[i + 1]!]![kept[i + 1]!]! : 0))),
  )
  const inverse = solve(new Matrix(drivers), Matrix.eye(drivers.length))
  const slopes = drivers.map((_, i) => sum(withOutcome.map((value, j) => inverse.get(i, j) * value)))
  const divided = scale(sum(slopes.map((slope, j) => slope * withOutcome[j]!)))
  const variancesLeft = inverse.diagonal().map((entry) => 1 / entry)
  const decorrelated = decorrelate(part)
  return {
    r2: scale(total - variance[0]!) + divided,
    r2Divided: divided,
    lmg: drivers.length > lmgMax ? null : shapley(explainedBySubsets(part)).map(scale),
    last: slopes.map((slope, j) => scale(slope * slope * variancesLeft[j]!)),
    first: withOutcome.map((value, j) => scale((value * value) / variance[j + 1]!)),
    pratt: slopes.map((slope, j) => scale(slope * withOutcome[j]!)),
    betasq: slopes.map((slope, j) => scale(slope * slope * variance[j + 1]!)),
    johnson: decorrelated.weights.map((weight) => scale(weight * variance[0]!)),
    car: decorrelated.squares.map((square) => scale(square * variance[0]!)),
    beta: slopes.map((slope, j) => slope * Math.sqrt(scale(variance[j + 1]!))),
  }
}

/**
 * Drivers turned into uncorrelated ones that are as near to them as can be: with R their correlations and r those with the
 * outcome, ω = R^−½ r; squares ω², and weights Σ_k (R^½)²_jk ω²_k.
 */
function decorrelate(part: Square): { squares: number[]; weights: number[] } {
  const p = part.length - 1
  const deviation = part.map((row, i) => Math.sqrt(row[i]!))
  const correlation = (i: number, j: number) => part[i]![j]! / (deviation[i]! * deviation[j]!)
  const indices = Array.from({ length: p }, (_, j) => j)
  const matrix = new Matrix(indices.map((i) => indices.map((j) => (i === j ? 1 : correlation(i + 1, j + 1)))))
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true })
  const power = (exponent: number) =>
    indices.map((i) =>
      indices.map((j) =>
        sum(
          realEigenvalues.map(
            (value, k) =>
              eigenvectorMatrix.get(i, k) * eigenvectorMatrix.get(j, k) * Math.max(value, 1e-300) ** exponent,
          ),
        ),
      ),
    )
  const [root, inverseRoot] = [power(0.5), power(-0.5)]
  const squares = inverseRoot.map((row) => sum(row.map((entry, k) => entry * correlation(k + 1, 0))) ** 2)
  return { squares, weights: root.map((row) => sum(row.map((entry, k) => entry * entry * squares[k]!))) }
}
