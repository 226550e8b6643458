import { halfLineMaximum } from '../halfLineMaximum.ts'
import { moments } from '../moments.ts'
import { median } from '../quantile.ts'
import { root } from '../root.ts'
import { sum } from '../sum.ts'
import { leastSquares, type ModelColumns, projectionTraces } from '../leastSquares.ts'

/** Units' estimates y with known sampling variances v > 0, and what is known about the units. */
export interface KnownVarianceModel {
  readonly y: readonly number[]
  readonly v: readonly number[]
  /** With a column of ones for the intercept. */
  readonly columns: ModelColumns
}

/**
 * Estimators of the variance τ² between units: DerSimonian–Laird, Hedges, Sidik–Jonkman, Paule–Mandel (Fay & Herriot's
 * moment equation is the same), restricted and full maximum likelihood, empirical Bayes (Morris; the same equation again).
 */
export const betweenVarianceMethods = ['REML', 'ML', 'PM', 'EB', 'DL', 'HE', 'SJ'] as const
export type BetweenVarianceMethod = (typeof betweenVarianceMethods)[number]

/** Variance between units ≥ 0, and the standard error of its estimate. */
export interface BetweenVariance {
  readonly tau2: number
  readonly se: number
}

/**
 * Variance between units of y = Xβ + u + e, u ~ (0, τ²), e ~ (0, v). Iterated estimators are solved to full precision;
 * likelihoods for their highest point over τ² ≥ 0. With no more units than columns nothing is left to vary: 0.
 * Source: Viechtbauer, J. Educ. Behav. Stat. 30 (2005) and R metafor `rma`; Fay & Herriot, JASA 74 (1979).
 * @throws CollinearError
 */
export function betweenVariance(model: KnownVarianceModel, method: BetweenVarianceMethod): BetweenVariance {
  const { y, columns } = model
  const free = y.length - columns.length
  if (free === 0) return { tau2: 0, se: 0 }
  if (method === 'DL' || method === 'HE' || method === 'SJ') return fromMoments(model, method)
  const tau2 = method === 'PM' || method === 'EB' ? pauleMandel(model) : mostLikely(model, method === 'REML')
  const w = weightsAt(model, tau2)
  if (method === 'ML') return { tau2, se: Math.sqrt(2 / sum(w.map((each) => each * each))) }
  if (method === 'REML') return { tau2, se: Math.sqrt(2 / traceOfSquare(model, w)) }
  return { tau2, se: (Math.sqrt(2 / free) * y.length) / sum(w) }
}

/**
 * A strictly positive variance between units: maximises τ² × likelihood, for use where the plain estimate is 0 and would
 * make all units equal. Source: Li & Lahiri, J. Multivariate Analysis 101 (2010).
 */
export function adjustedBetweenVariance(model: KnownVarianceModel, restricted = true): number {
  return mostLikely(model, restricted, true)
}

/** ln of the (restricted) likelihood at τ², with all constants; restricted as in metafor and lme4 for orthonormal contrasts. */
export function logLikelihood(model: KnownVarianceModel, tau2: number, restricted: boolean): number {
  const { y, columns } = model
  const w = weightsAt(model, tau2)
  const { squares, logDeterminant } = leastSquares(columns, y, w)
  const spread = (squares - sum(w.map(Math.log))) / 2
  if (!restricted) return -(y.length / 2) * Math.log(2 * Math.PI) - spread
  const plain = leastSquares(
    columns,
    y,
    y.map(() => 1),
  ).logDeterminant
  return -((y.length - columns.length) / 2) * Math.log(2 * Math.PI) + plain / 2 - spread - logDeterminant / 2
}

export const weightsAt = ({ v }: KnownVarianceModel, tau2: number): number[] => v.map((each) => 1 / (each + tau2))

function fromMoments(model: KnownVarianceModel, method: 'DL' | 'HE' | 'SJ'): BetweenVariance {
  const { y, v, columns } = model
  const free = y.length - columns.length
  const ones = y.map(() => 1)
  // Sidik and Jonkman start from the plain variance of the estimates, divisor k.
  const start = (moments(y).variance! * (y.length - 1)) / y.length
  const w = method === 'HE' ? ones : method === 'DL' ? v.map((each) => 1 / each) : weightsAt(model, start)
  const { squares, inverse } = leastSquares(columns, y, w)
  const trace = projectionTraces(columns, w, inverse)
  const trPVPV = trace.two(v, v)
  if (method === 'SJ') {
    const tau2 = (start * squares) / free
    const spread = 2 * trPVPV + 4 * tau2 * trace.two(ones, v) + 2 * tau2 ** 2 * trace.two(ones, ones)
    return { tau2, se: (start / free) * Math.sqrt(spread) }
  }
  const trP = trace.one(ones)
  const tau2 = Math.max(0, (squares - trace.one(v)) / trP)
  const spread = 2 * trPVPV + 4 * tau2 * trace.two(ones, v) + 2 * tau2 ** 2 * trace.two(ones, ones)
  return { tau2, se: Math.sqrt(spread) / trP }
}

/** τ² at which Σ residual²/(v + τ²) equals its expectation; the sum only falls. */
function pauleMandel(model: KnownVarianceModel): number {
  const { y, columns } = model
  const excess = (tau2: number) =>
    leastSquares(columns, y, weightsAt(model, tau2)).squares - (y.length - columns.length)
  if (excess(0) <= 0) return 0
  let upper = median(model.v)
  while (excess(upper) > 0) upper *= 4
  return root(excess, 0, upper, 0) ?? 0
}

function mostLikely(model: KnownVarianceModel, restricted: boolean, adjusted = false): number {
  const { y, columns } = model
  const ones = y.map(() => 1)
  const value = (tau2: number) => logLikelihood(model, tau2, restricted) + (adjusted ? Math.log(tau2) : 0)
  const slope = (tau2: number) => {
    const w = weightsAt(model, tau2)
    const { residuals, inverse } = leastSquares(columns, y, w)
    const expected = restricted ? projectionTraces(columns, w, inverse).one(ones) : sum(w)
    return (sum(residuals.map((r, i) => (w[i]! * r) ** 2)) - expected) / 2 + (adjusted ? 1 / tau2 : 0)
  }
  return halfLineMaximum(value, slope, median(model.v), moments(y).variance ?? 0)
}

function traceOfSquare({ y, columns }: KnownVarianceModel, w: readonly number[]): number {
  const ones = y.map(() => 1)
  return projectionTraces(columns, w, leastSquares(columns, y, w).inverse).two(ones, ones)
}
