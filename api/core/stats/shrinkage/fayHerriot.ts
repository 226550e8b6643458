import { normalCdf } from '../normalCdf.ts'
import { normalQuantile } from '../normalQuantile.ts'
import { sum } from '../sum.ts'
import {
  adjustedBetweenVariance,
  betweenVariance,
  type KnownVarianceModel,
  logLikelihood,
  weightsAt,
} from './betweenVariance.ts'
import { crossProducts, fittedVariance, leastSquares } from '../leastSquares.ts'

/** How the variance of the area effects is estimated, named as in R sae. */
export const fayHerriotMethods = ['REML', 'ML', 'FH'] as const
export type FayHerriotMethod = (typeof fayHerriotMethods)[number]

/** An area's estimate by the model. `gamma` is the share of its own direct value; null without one. */
export interface ModelArea {
  readonly gamma: number | null
  /** What the covariates alone say, xβ. */
  readonly synthetic: number
  readonly eblup: number
  readonly mse: number
  readonly lo: number
  readonly hi: number
}

export interface FayHerriot {
  readonly areas: number
  /** Variance of the area effects A (sae `refvar`). */
  readonly refvar: number
  /** How it was found: the method asked, or `adjusted` where that gave 0 and a positive value was wanted. */
  readonly estimatedBy: FayHerriotMethod | 'adjusted'
  readonly coefficients: readonly {
    readonly est: number
    readonly se: number
    readonly z: number
    readonly p: number
  }[]
  readonly logLikelihood: number
  readonly aic: number
  readonly bic: number
  readonly kic: number
  /** Fitted areas, in order. */
  readonly fitted: readonly ModelArea[]
  /** The model's value for an area without a direct estimate. */
  readonly predict: (x: readonly number[]) => ModelArea
}

/**
 * Fay–Herriot model y_i = x_iβ + u_i + e_i, u ~ N(0, A), e ~ N(0, v_i) with known v_i > 0: empirical best linear unbiased
 * predictor of each area, with its mean squared error to second order (g1 + g2 + 2·g3, less the bias of A for ML and FH).
 *
 * Where A is estimated as 0 every area becomes its synthetic value. `positive` then takes the adjusted likelihood of Li &
 * Lahiri (2010) instead; its MSE keeps g1 + g2 + 2·g3, because the correction for bias, 2/(A Σw²), outgrows it near 0.
 * Source: Fay & Herriot 1979; Prasad & Rao 1990; Datta & Lahiri 2000; Datta, Rao & Smith 2005; R sae 1.3 `eblupFH`, `mseFH`
 * (whose iterations stop at a relative 1e-4; here they run to full precision).
 * @throws CollinearError when the columns determine each other or the areas are fewer than the columns
 */
export function fayHerriot(
  model: KnownVarianceModel,
  {
    method = 'REML',
    positive = false,
    conf = 0.95,
  }: { method?: FayHerriotMethod; positive?: boolean; conf?: number } = {},
): FayHerriot {
  const { y, v, columns } = model
  const plain = betweenVariance(model, method === 'FH' ? 'PM' : method).tau2
  const adjust = plain === 0 && positive
  const refvar = adjust ? adjustedBetweenVariance(model, method !== 'ML') : plain
  const estimatedBy = adjust ? 'adjusted' : method
  const w = weightsAt(model, refvar)
  const { coefficients: beta, inverse, residuals } = leastSquares(columns, y, w)
  const { variance, bias } = precision(model, w, estimatedBy)
  const z = normalQuantile((1 + conf) / 2)
  const withEnds = (eblup: number, mse: number) => ({
    eblup,
    mse,
    lo: eblup - z * Math.sqrt(mse),
    hi: eblup + z * Math.sqrt(mse),
  })
  const fitted = y.map((value, i): ModelArea => {
    const shrink = v[i]! * w[i]!
    const synthetic = value - residuals[i]!
    const x = columns.map((column) => column[i]!)
    const own = refvar * shrink
    const line = shrink ** 2 * fittedVariance(x, inverse)
    const unknown = shrink ** 2 * w[i]! * variance
    const mse = own + line + 2 * unknown - bias * shrink ** 2
    return {
      gamma: refvar * w[i]!,
      synthetic,
      ...withEnds(synthetic + refvar * w[i]! * residuals[i]!, Math.max(0, mse)),
    }
  })
  const loglike = logLikelihood(model, refvar, false)
  const parameters = columns.length + 1
  return {
    areas: y.length,
    refvar,
    estimatedBy,
    coefficients: beta.map((est, a) => {
      const se = Math.sqrt(inverse.get(a, a))
      return { est, se, z: est / se, p: 2 * normalCdf(-Math.abs(est / se)) }
    }),
    logLikelihood: loglike,
    aic: 2 * parameters - 2 * loglike,
    bic: parameters * Math.log(y.length) - 2 * loglike,
    kic: 3 * parameters - 2 * loglike,
    fitted,
    predict: (x) => {
      const synthetic = sum(x.map((value, a) => value * beta[a]!))
      return { gamma: null, synthetic, ...withEnds(synthetic, refvar + fittedVariance(x, inverse)) }
    },
  }
}

/** Asymptotic variance and bias of the estimate of A. */
function precision(
  { y, columns, v }: KnownVarianceModel,
  w: readonly number[],
  estimatedBy: FayHerriot['estimatedBy'],
): { variance: number; bias: number } {
  const squares = w.map((each) => each * each)
  const [first, second] = [sum(w), sum(squares)]
  if (estimatedBy === 'FH') {
    const m = v.length
    return { variance: (2 * m) / first ** 2, bias: (2 * (m * second - first ** 2)) / first ** 3 }
  }
  if (estimatedBy !== 'ML') return { variance: 2 / second, bias: 0 }
  const { inverse } = leastSquares(columns, y, w)
  return { variance: 2 / second, bias: -inverse.mmul(crossProducts(columns, squares)).trace() / second }
}
