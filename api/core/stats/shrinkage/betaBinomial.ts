import { betaQuantile } from '../beta.ts'
import { halfLineMaximum } from '../halfLineMaximum.ts'
import { moments } from '../moments.ts'
import type { ShareCounts } from '../shareCounts.ts'
import { sum } from '../sum.ts'

/** Sums over single counts take as many steps as the largest unit has answers. */
export const betaBinomialMax = 1_000_000

/** How the prior is estimated: largest likelihood of the counts, or the mean and variance of the raw shares. */
export const betaBinomialMethods = ['ml', 'moments'] as const
export type BetaBinomialMethod = (typeof betaBinomialMethods)[number]

/** Beta distribution of the units' true shares. Without spread between units beyond chance it is a point: alpha and beta null. */
export interface BetaPrior {
  readonly mean: number
  /** 1 / (alpha + beta); 0 when the units do not differ. */
  readonly dispersion: number
  readonly alpha: number | null
  readonly beta: number | null
}

/**
 * Prior of the units' shares from counts (empirical Bayes).
 *
 * `ml` maximises the beta-binomial likelihood over the mean and γ = 1/(α + β) ≥ 0, from sums of ln(mean + jγ), which stay
 * exact down to γ = 0. `moments` matches mean and variance (n − 1) of the raw shares, as if they had no sampling error.
 * Source: D. M. Smith, algorithm AS 189, Applied Statistics 32 (1983); Robinson, Introduction to Empirical Bayes (2017).
 * @throws RangeError without units, with a unit of more than `betaBinomialMax` answers, or shares that spread more than any
 *   beta distribution (units of one answer each)
 */
export function betaPrior(units: readonly ShareCounts[], method: BetaBinomialMethod = 'ml'): BetaPrior {
  if (units.length === 0 || units.some(({ n }) => n > betaBinomialMax))
    throw new RangeError('betaPrior requires units of at most a million answers')
  const pooled = sum(units.map((unit) => unit.favourable)) / sum(units.map((unit) => unit.n))
  if (pooled === 0 || pooled === 1) return priorOf(pooled, 0)
  if (method === 'ml') return mostLikely(units, pooled)
  const { mean, variance } = moments(units.map((unit) => unit.favourable / unit.n))
  const size = variance === null || variance === 0 ? Infinity : (mean * (1 - mean)) / variance - 1
  return priorOf(mean, size > 0 ? 1 / size : null)
}

function priorOf(mean: number, dispersion: number | null): BetaPrior {
  if (dispersion === null) throw new RangeError('the shares vary more than a beta distribution can')
  if (dispersion === 0) return { mean, dispersion, alpha: null, beta: null }
  return { mean, dispersion, alpha: mean / dispersion, beta: (1 - mean) / dispersion }
}

function mostLikely(units: readonly ShareCounts[], pooled: number): BetaPrior {
  const yes = countsAbove(units.map((unit) => unit.favourable))
  const no = countsAbove(units.map((unit) => unit.n - unit.favourable))
  const all = countsAbove(units.map((unit) => unit.n))
  /** Newton starts from the mean that the last γ had. */
  let last = pooled
  const meanAt = (gamma: number): number => {
    if (gamma === 0) return pooled
    // The likelihood is concave in the mean: Newton's method, kept inside the ends that are known.
    let [low, high, m] = [0, 1, last]
    for (let step = 0; step < 100; step += 1) {
      const up = over(yes, (j) => 1 / (m + j * gamma))
      const down = over(no, (j) => 1 / (1 - m + j * gamma))
      const bend = over(yes, (j) => square(1 / (m + j * gamma))) + over(no, (j) => square(1 / (1 - m + j * gamma)))
      if (up > down) low = m
      else high = m
      const newton = m + (up - down) / bend
      const next = newton > low && newton < high ? newton : (low + high) / 2
      const moved = Math.abs(next - m)
      m = next
      if (moved <= 1e-13 * Math.min(m, 1 - m)) break
    }
    return (last = m)
  }
  const value = (gamma: number): number => {
    const m = meanAt(gamma)
    return (
      over(yes, (j) => Math.log(m + j * gamma)) +
      over(no, (j) => Math.log(1 - m + j * gamma)) -
      over(all, (j) => Math.log1p(j * gamma))
    )
  }
  const slope = (gamma: number): number => {
    const m = meanAt(gamma)
    return (
      over(yes, (j) => j / (m + j * gamma)) +
      over(no, (j) => j / (1 - m + j * gamma)) -
      over(all, (j) => j / (1 + j * gamma))
    )
  }
  const gamma = halfLineMaximum(value, slope, 1, 1)
  return priorOf(meanAt(gamma), gamma === Infinity ? null : gamma)
}

/** At j: how many of the counts are above j. */
function countsAbove(counts: readonly number[]): Float64Array {
  const above = new Float64Array(counts.reduce((most, count) => Math.max(most, count), 0))
  for (const count of counts) if (count > 0) above[count - 1]! += 1
  for (let j = above.length - 2; j >= 0; j -= 1) above[j]! += above[j + 1]!
  return above
}

/** Σ counts[j]·f(j), over everything that was counted. A plain sum: up to a million terms of like size. */
function over(counts: Float64Array, f: (j: number) => number): number {
  let total = 0
  for (let j = 0; j < counts.length; j += 1) total += counts[j]! * f(j)
  return total
}

const square = (value: number): number => value * value

/**
 * A unit's share under the prior: posterior mean and equal-tailed interval; `weight` is the share of its own data. Under a
 * prior that is a point there is no interval to give: null.
 */
export function posteriorShare(
  { mean, alpha, beta }: BetaPrior,
  { favourable, n }: ShareCounts,
  conf = 0.95,
): { weight: number; est: number; lo: number | null; hi: number | null } {
  if (alpha === null || beta === null) return { weight: 0, est: mean, lo: null, hi: null }
  const [a, b] = [favourable + alpha, n - favourable + beta]
  const tail = (1 - conf) / 2
  return {
    weight: n / (n + alpha + beta),
    est: a / (a + b),
    lo: betaQuantile(tail, a, b),
    hi: 1 - betaQuantile(tail, b, a),
  }
}
