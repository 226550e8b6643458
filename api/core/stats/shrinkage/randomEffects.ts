import { chiSquareUpper } from '../chiSquare.ts'
import { normalCdf } from '../normalCdf.ts'
import { normalQuantile } from '../normalQuantile.ts'
import { tCdf } from '../tCdf.ts'
import { tQuantile } from '../tQuantile.ts'
import { betweenVariance, type BetweenVarianceMethod, logLikelihood, weightsAt } from './betweenVariance.ts'
import { leastSquares, projectionTraces } from '../leastSquares.ts'

/** `z`: normal; `t`: Student on k − 1; `knapp-hartung`: the same with the error scaled by the spread that is left over. */
export const meanTests = ['z', 't', 'knapp-hartung'] as const
export type MeanTest = (typeof meanTests)[number]

/** A unit's estimate drawn towards the common mean. `weight` is the share of its own value, τ²/(τ² + v). */
export interface ShrunkenUnit {
  readonly weight: number
  readonly blup: number
  readonly se: number
  readonly lo: number
  readonly hi: number
}

export interface RandomEffects {
  readonly k: number
  readonly tau2: number
  readonly seTau2: number
  readonly mu: number
  readonly se: number
  /** Degrees of freedom of the interval; null for the normal distribution. */
  readonly df: number | null
  readonly statistic: number | null
  readonly p: number | null
  readonly lo: number
  readonly hi: number
  /** Where a new unit's true value lies. */
  readonly predictionLo: number
  readonly predictionHi: number
  /** Cochran's Q of the test that all units are equal, with k − 1 degrees of freedom. */
  readonly q: number
  readonly qDf: number
  readonly qP: number
  /** Share of the variance that is between units, per cent. */
  readonly i2: number
  readonly h2: number
  readonly logLikelihood: number
  readonly units: readonly ShrunkenUnit[]
}

/**
 * Random-effects model y_i = μ + u_i + e_i with known sampling variances v_i > 0, and each unit drawn towards μ.
 *
 * Source: R metafor 3.8 `rma` (its formulas for standard errors of τ², Q, I², H²; here iterations run to full precision,
 * where its default stops at 1e-5) and `blup`; Knapp & Hartung, Statistics in Medicine 22 (2003).
 * @param conf share of the two-sided intervals
 * @throws RangeError without units, or when the lists differ
 */
export function randomEffects(
  y: readonly number[],
  v: readonly number[],
  { method = 'REML', test = 'z', conf = 0.95 }: { method?: BetweenVarianceMethod; test?: MeanTest; conf?: number } = {},
): RandomEffects {
  const k = y.length
  if (k === 0 || v.length !== k || !v.every((each) => each > 0))
    throw new RangeError('randomEffects requires units with variances > 0')
  const columns = [y.map(() => 1)]
  const model = { y, v, columns }
  const { tau2, se: seTau2 } = betweenVariance(model, method)
  const { coefficients, inverse, squares } = leastSquares(columns, y, weightsAt(model, tau2))
  const mu = coefficients[0]!
  const scale = test === 'knapp-hartung' && k > 1 ? squares / (k - 1) : 1
  const variance = inverse.get(0, 0) * scale
  const se = Math.sqrt(variance)
  const df = test === 'z' || k === 1 ? null : k - 1
  const critical = df === null ? normalQuantile((1 + conf) / 2) : tQuantile((1 + conf) / 2, df)
  const statistic = se > 0 ? mu / se : null
  const tail = (value: number) => (df === null ? normalCdf(-Math.abs(value)) : tCdf(-Math.abs(value), df))
  const reach = critical * Math.sqrt(variance + tau2)
  const units = y.map((value, i) => {
    const weight = tau2 / (tau2 + v[i]!)
    const blup = weight * value + (1 - weight) * mu
    const error = Math.sqrt(weight * v[i]! + (1 - weight) ** 2 * variance)
    return { weight, blup, se: error, lo: blup - critical * error, hi: blup + critical * error }
  })
  return {
    k,
    tau2,
    seTau2,
    mu,
    se,
    df,
    statistic,
    p: statistic === null ? null : 2 * tail(statistic),
    lo: mu - critical * se,
    hi: mu + critical * se,
    predictionLo: mu - reach,
    predictionHi: mu + reach,
    ...heterogeneity(y, v, tau2),
    logLikelihood: logLikelihood(model, tau2, method === 'REML'),
    units,
  }
}

/** Cochran's Q; I² and H² by the typical sampling variance of Higgins & Thompson, Statistics in Medicine 21 (2002). */
function heterogeneity(y: readonly number[], v: readonly number[], tau2: number) {
  const qDf = y.length - 1
  if (qDf === 0) return { q: 0, qDf, qP: 1, i2: 0, h2: 1 }
  const columns = [y.map(() => 1)]
  const w = v.map((each) => 1 / each)
  const { squares: q, inverse } = leastSquares(columns, y, w)
  const typical = qDf / projectionTraces(columns, w, inverse).one(columns[0]!)
  return { q, qDf, qP: chiSquareUpper(q, qDf), i2: (100 * tau2) / (tau2 + typical), h2: tau2 / typical + 1 }
}
