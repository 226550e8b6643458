import { halfLineMaximum } from '../halfLineMaximum.ts'
import { moments } from '../moments.ts'
import { normalQuantile } from '../normalQuantile.ts'
import { sum } from '../sum.ts'

/** A group's mean drawn towards the common mean. `effect` is its predicted deviation from it. */
export interface GroupEffect {
  readonly n: number
  readonly mean: number
  readonly effect: number
  /** Conditional standard deviation of the effect, with the variances and the common mean taken as known. */
  readonly effectSe: number
  readonly blup: number
}

export interface RandomIntercept {
  readonly n: number
  readonly groups: readonly GroupEffect[]
  readonly mu: number
  readonly se: number
  readonly lo: number
  readonly hi: number
  readonly varianceBetween: number
  readonly varianceWithin: number
  /** Share of the variance that is between groups. */
  readonly icc: number | null
  readonly logLikelihood: number | null
  /** −2 ln likelihood (lme4's "REML criterion" or deviance). */
  readonly deviance: number | null
  readonly aic: number | null
  readonly bic: number | null
}

/**
 * One-way random-intercept model y_ij = μ + b_i + e_ij by restricted or full maximum likelihood, and best linear unbiased
 * predictions of the groups. The likelihood is profiled over the ratio of the two variances and needs only each group's
 * size, mean and sum of squares.
 *
 * Values without any spread give variances of 0 and no likelihood; spread between groups alone (each group constant) has
 * no maximum: then the within variance is 0, the groups keep their means, and likelihood and criteria are null.
 * Source: Bates, Mächler, Bolker & Walker, J. Stat. Software 67 (2015); R lme4 `lmer(y ~ 1 + (1 | group))`.
 * @param groups values of each group, at least one in each
 * @throws RangeError with fewer than two groups, or no group of two or more
 */
export function randomIntercept(
  groups: readonly (readonly number[])[],
  { restricted = true, conf = 0.95 }: { restricted?: boolean; conf?: number } = {},
): RandomIntercept {
  const parts = groups.map((values) => {
    const { n, mean, variance } = moments(values)
    return { n, mean, squares: (variance ?? 0) * (n - 1) }
  })
  const n = sum(parts.map((part) => part.n))
  if (parts.length < 2 || n === parts.length)
    throw new RangeError('randomIntercept requires two groups and more values than groups')
  const free = restricted ? n - 1 : n
  const within = sum(parts.map((part) => part.squares))

  /** Everything at λ = between / within. */
  const at = (lambda: number) => {
    const weights = parts.map((part) => part.n / (1 + lambda * part.n))
    const total = sum(weights)
    const mu = sum(parts.map((part, i) => weights[i]! * part.mean)) / total
    const squares = within + sum(parts.map((part, i) => weights[i]! * (part.mean - mu) ** 2))
    const logs = sum(parts.map((part) => Math.log1p(lambda * part.n))) + (restricted ? Math.log(total) : 0)
    return { weights, total, mu, squares, deviance: free * (1 + Math.log((2 * Math.PI * squares) / free)) + logs }
  }
  const slope = (lambda: number) => {
    const { weights, total, mu, squares } = at(lambda)
    const pull = sum(parts.map((part, i) => (weights[i]! * (part.mean - mu)) ** 2))
    const spread = sum(weights) - (restricted ? sum(weights.map((w) => w * w)) / total : 0)
    return ((free * pull) / squares - spread) / 2
  }
  const between = moments(parts.map((part) => part.mean)).variance!
  const ratio = (between * (n - parts.length)) / within
  const lambda = within === 0 ? Infinity : halfLineMaximum((x) => -at(x).deviance / 2, slope, 1, ratio)
  const z = normalQuantile((1 + conf) / 2)
  if (lambda === Infinity) return withoutWithin(parts, n, restricted, z)

  const best = at(lambda)
  const varianceWithin = best.squares / free
  const varianceBetween = lambda * varianceWithin
  const se = Math.sqrt(varianceWithin / best.total)
  return {
    n,
    groups: parts.map((part, i) => {
      const effect = lambda * best.weights[i]! * (part.mean - best.mu)
      const effectSe = Math.sqrt(varianceBetween / (1 + lambda * part.n))
      return { n: part.n, mean: part.mean, effect, effectSe, blup: best.mu + effect }
    }),
    mu: best.mu,
    se,
    lo: best.mu - z * se,
    hi: best.mu + z * se,
    varianceBetween,
    varianceWithin,
    icc: varianceBetween / (varianceBetween + varianceWithin),
    logLikelihood: -best.deviance / 2,
    deviance: best.deviance,
    aic: best.deviance + 6,
    bic: best.deviance + 3 * Math.log(n),
  }
}

/** No spread within groups: their means are known without error. */
function withoutWithin(
  parts: readonly { n: number; mean: number }[],
  n: number,
  restricted: boolean,
  z: number,
): RandomIntercept {
  const { mean: mu, variance } = moments(parts.map((part) => part.mean))
  const varianceBetween = (variance! * (parts.length - 1)) / (restricted ? parts.length - 1 : parts.length)
  const se = Math.sqrt(varianceBetween / parts.length)
  return {
    n,
    groups: parts.map(({ n, mean }) => ({ n, mean, effect: mean - mu, effectSe: 0, blup: mean })),
    mu,
    se,
    lo: mu - z * se,
    hi: mu + z * se,
    varianceBetween,
    varianceWithin: 0,
    icc: varianceBetween > 0 ? 1 : null,
    logLikelihood: null,
    deviance: null,
    aic: null,
    bic: null,
  }
}
