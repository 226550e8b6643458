import { Matrix, solve } from 'ml-matrix'
import { fUpper } from '../fDistribution.ts'
import { sum } from '../sum.ts'
import { tCdf } from '../tCdf.ts'
import { tQuantile } from '../tQuantile.ts'
import { assertIndependent, type JointMoments } from './covariance.ts'

/** One coefficient of a linear regression. */
export interface Coefficient {
  readonly estimate: number
  readonly se: number
  /** Null where nothing is left to estimate an error from (a perfect fit). */
  readonly t: number | null
  readonly p: number | null
  readonly lo: number
  readonly hi: number
}

/** A slope also in standard deviations, and how much its variance is inflated by the other regressors. */
export interface Slope extends Coefficient {
  readonly beta: number
  /** 1 / (1 − R² of this regressor on the others); above 5 it can hardly be told from them. */
  readonly vif: number
}

export interface Regression {
  readonly n: number
  readonly df: number
  /** Null where only covariances are known. */
  readonly intercept: Coefficient | null
  readonly slopes: readonly Slope[]
  readonly r2: number
  readonly adjustedR2: number
  /** Residual standard error (of a row with weight 1). */
  readonly sigma: number
  readonly f: number | null
  readonly p: number | null
}

/**
 * Linear regression of the first variable on all others, by (weighted) least squares, from their joint moments.
 * Source: R `lm`, `summary.lm`, car `vif`.
 * @throws SingularError when regressors determine each other; RangeError without a degree of freedom left
 */
export function regression(moments: JointMoments, conf: number): Regression {
  const { n, means, covariance, spread } = moments
  const p = covariance.length - 1
  const df = n - p - 1
  if (df < 1) throw new RangeError('regression requires more rows than coefficients')
  const indices = Array.from({ length: p }, (_, j) => j + 1)
  const regressors = indices.map((i) => indices.map((j) => covariance[i]![j]!))
  assertIndependent(regressors)
  const inverse = solve(new Matrix(regressors), Matrix.eye(p))
  const cross = indices.map((i) => covariance[i]![0]!)
  const slope = indices.map((_, i) => sum(cross.map((value, j) => inverse.get(i, j) * value)))
  const total = covariance[0]![0]!
  const r2 = total > 0 ? Math.max(0, Math.min(1, sum(slope.map((value, i) => value * cross[i]!)) / total)) : 0
  // A residual below this is rounding.
  const left = 1 - r2 < 1e-14 ? 0 : total * (1 - r2)
  const quantile = tQuantile((1 + conf) / 2, df)
  const coefficient = (estimate: number, variance: number): Coefficient => {
    const se = Math.sqrt(Math.max(0, variance))
    const t = se === 0 ? null : estimate / se
    return {
      estimate,
      se,
      t,
      p: t === null ? null : 2 * tCdf(-Math.abs(t), df),
      lo: estimate - quantile * se,
      hi: estimate + quantile * se,
    }
  }
  const f = left === 0 ? null : ((total - left) * df) / (left * p)
  return {
    n,
    df,
    intercept: means === null ? null : interceptOf(moments, means, slope, inverse, left / df, coefficient),
    slopes: slope.map((estimate, i) => ({
      ...coefficient(estimate, (left / df) * inverse.get(i, i)),
      beta: total > 0 ? estimate * Math.sqrt(regressors[i]![i]! / total) : 0,
      vif: regressors[i]![i]! * inverse.get(i, i),
    })),
    r2,
    adjustedR2: 1 - ((1 - r2) * (n - 1)) / df,
    sigma: Math.sqrt((spread * left) / df),
    f,
    p: f === null ? null : fUpper(f, p, df),
  }
}

/** Needs the weights' total: the variance of the mean is that of a row divided by it. */
function interceptOf(
  { spread, weight }: JointMoments,
  means: readonly number[],
  slope: readonly number[],
  inverse: Matrix,
  unit: number,
  coefficient: (estimate: number, variance: number) => Coefficient,
): Coefficient {
  const centre = means.slice(1)
  const quadratic = sum(centre.map((a, i) => sum(centre.map((b, j) => a * b * inverse.get(i, j)))))
  return coefficient(means[0]! - sum(slope.map((value, i) => value * centre[i]!)), unit * (spread / weight + quadratic))
}
