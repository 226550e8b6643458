import { sum } from '../sum.ts'

/** What Kendall's coefficient and the Mann–Kendall test are made of. */
export interface KendallScore {
  /** Concordant less discordant pairs. */
  readonly score: number
  /** τ-b; null when one of the two is constant. */
  readonly tau: number | null
  /** Variance of the score without association, corrected for ties. */
  readonly variance: number
  readonly ties: boolean
}

/**
 * Counts pairs, n² steps. Source: Kendall, Rank Correlation Methods (1970), chapters 3 and 4.
 * @throws RangeError for fewer than two pairs
 */
export function kendallScore(x: readonly number[], y: readonly number[]): KendallScore {
  const n = x.length
  if (n < 2 || y.length !== n) throw new RangeError('kendallScore requires at least two pairs')
  let score = 0
  for (let i = 0; i < n; i += 1)
    for (let j = i + 1; j < n; j += 1) score += Math.sign(x[i]! - x[j]!) * Math.sign(y[i]! - y[j]!)
  const [tx, ty] = [tieSizes(x), tieSizes(y)]
  const pairs = (n * (n - 1)) / 2
  const within = (ties: readonly number[]) => sum(ties.map((t) => (t * (t - 1)) / 2))
  const whole = Math.sqrt(pairs - within(tx)) * Math.sqrt(pairs - within(ty))
  const moment = (ties: readonly number[], f: (t: number) => number) => sum(ties.map((t) => t * (t - 1) * f(t)))
  const five = (t: number) => 2 * t + 5
  const variance =
    (n * (n - 1) * five(n) - moment(tx, five) - moment(ty, five)) / 18 +
    (moment(tx, () => 1) * moment(ty, () => 1)) / (2 * n * (n - 1)) +
    (n > 2 ? (moment(tx, (t) => t - 2) * moment(ty, (t) => t - 2)) / (9 * n * (n - 1) * (n - 2)) : 0)
  const tau = whole > 0 ? Math.min(1, Math.max(-1, score / whole)) : null
  return { score, tau, variance, ties: tx.length > 0 || ty.length > 0 }
}

function tieSizes(values: readonly number[]): number[] {
  return [...Map.groupBy(values, (value) => value).values()].flatMap(({ length }) => (length > 1 ? [length] : []))
}
