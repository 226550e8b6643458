import { normalCdf } from '../normalCdf.ts'
import { normalQuantile } from '../normalQuantile.ts'
import { rankOf } from '../ranks/rankOf.ts'
import { tCdf } from '../tCdf.ts'
import { kendallCdf } from './kendallDistribution.ts'
import { kendallScore } from './kendallScore.ts'
import { correlationOf, pairMoments } from './pairs.ts'
import { spearmanTail } from './spearmanDistribution.ts'

export const correlationMethods = ['pearson', 'spearman', 'kendall'] as const
export type CorrelationMethod = (typeof correlationMethods)[number]

/** Standard error of Spearman's coefficient on Fisher's scale. */
export const spearmanIntervals = ['bonett-wright', 'fieller', 'fisher'] as const
export type SpearmanInterval = (typeof spearmanIntervals)[number]

/** A correlation, its two-sided test of none, and its interval; all null when a column is constant. */
export interface Correlation {
  readonly est: number | null
  /** t for Pearson; S = Σ(rank difference)² for Spearman; concordant pairs T, or z when not exact, for Kendall. */
  readonly statistic: number | null
  readonly df: number | null
  readonly p: number | null
  /** Whether p counts permutations (Spearman from ten pairs on by Edgeworth's series), as R does without ties. */
  readonly exact: boolean
  readonly lo: number | null
  readonly hi: number | null
}

const nothing: Correlation = { est: null, statistic: null, df: null, p: null, exact: false, lo: null, hi: null }

/** Exact tables are used below these sizes, as in R `cor.test`. */
const exactSpearmanMax = 1290
const exactKendallMax = 49

/**
 * Correlation of pairs by Pearson, Spearman or Kendall (τ-b), equal to R `cor.test`: estimate, statistic, p.
 *
 * Intervals on Fisher's scale: Pearson 1/√(n − 3); Spearman √((1 + ρ²/2)/(n − 3)) by Bonett & Wright (Psychometrika 65, 2000),
 * or √(1.06/(n − 3)) by Fieller, Hartley & Pearson, or Pearson's; Kendall √(0.437/(n − 4)) (Fieller et al., Biometrika 44, 1957).
 * They need four pairs (Kendall five). Ranks in perfect order are no certainty, for few pairs are in order by chance too: the
 * limit on the inner side is then that of the nearest coefficient they could have had (two neighbours changed), the outer ±1.
 * Pearson's of a perfect line is the line's own ±1, as in R.
 * @throws RangeError without pairs
 */
export function correlation(
  x: readonly number[],
  y: readonly number[],
  method: CorrelationMethod,
  { conf = 0.95, spearmanInterval = 'bonett-wright' }: { conf?: number; spearmanInterval?: SpearmanInterval } = {},
): Correlation {
  const n = x.length
  if (method === 'kendall') return kendall(x, y, conf)
  const rank = method === 'spearman'
  const [a, b] = rank ? [midRanks(x), midRanks(y)] : [x, y]
  const r = correlationOf(pairMoments(a, b))
  if (r === null) return nothing
  if (!rank) {
    const df = n - 2
    if (df < 1) return { ...nothing, est: r }
    const t = Math.abs(r) === 1 ? null : (Math.sqrt(df) * r) / Math.sqrt((1 - r) * (1 + r))
    const p = t === null ? 0 : 2 * tCdf(-Math.abs(t), df)
    return { est: r, statistic: t, df, p, exact: false, ...fisherLimits(r, n > 3 ? 1 / (n - 3) : null, conf) }
  }
  const factor = (at: number) => ({ 'bonett-wright': 1 + (at * at) / 2, fieller: 1.06, fisher: 1 })[spearmanInterval]
  const ties = new Set(x).size < n || new Set(y).size < n
  const exact = !ties && n <= exactSpearmanMax
  return {
    est: r,
    statistic: ((n ** 3 - n) * (1 - r)) / 6,
    df: null,
    p: spearmanP(r, n, exact),
    exact,
    ...rankLimits(r, 12 / (n ** 3 - n), (at) => (n > 3 ? factor(at) / (n - 3) : null), conf),
  }
}

const midRanks = (values: readonly number[]): number[] => rankOf(values, 'lower').map((place) => place!.average)

function spearmanP(r: number, n: number, exact: boolean): number | null {
  if (exact) return Math.min(1, 2 * spearmanTail(((n ** 3 - n) * (1 - r)) / 6, n))
  if (n < 3) return null
  return Math.abs(r) === 1 ? 0 : Math.min(1, 2 * tCdf(-Math.abs(r) / Math.sqrt(((1 - r) * (1 + r)) / (n - 2)), n - 2))
}

function kendall(x: readonly number[], y: readonly number[], conf: number): Correlation {
  const n = x.length
  if (n < 2) return nothing
  const { score, tau, variance, ties } = kendallScore(x, y)
  if (tau === null) return nothing
  const limits = rankLimits(tau, 4 / (n * (n - 1)), () => (n > 4 ? 0.437 / (n - 4) : null), conf)
  if (!ties && n <= exactKendallMax) {
    const pairs = (n * (n - 1)) / 2
    const concordant = (pairs + score) / 2
    const p = 2 * kendallCdf(Math.min(concordant, pairs - concordant), n)
    return { est: tau, statistic: concordant, df: null, p: Math.min(1, p), exact: true, ...limits }
  }
  const z = score / Math.sqrt(variance)
  return { est: tau, statistic: z, df: null, p: 2 * normalCdf(-Math.abs(z)), exact: false, ...limits }
}

/** @param step from ±1 to the nearest coefficient of n ranks */
function rankLimits(r: number, step: number, variance: (at: number) => number | null, conf: number) {
  if (1 - Math.abs(r) > step / 2) return fisherLimits(r, variance(r), conf)
  const near = Math.sign(r) * (1 - step)
  const { lo, hi } = fisherLimits(near, variance(near), conf)
  return r > 0 ? { lo, hi: hi === null ? null : 1 } : { lo: lo === null ? null : -1, hi }
}

function fisherLimits(r: number, variance: number | null, conf: number): { lo: number | null; hi: number | null } {
  if (variance === null) return { lo: null, hi: null }
  if (Math.abs(r) === 1) return { lo: r, hi: r }
  const reach = normalQuantile((1 + conf) / 2) * Math.sqrt(variance)
  const centre = Math.atanh(r)
  return { lo: Math.tanh(centre - reach), hi: Math.tanh(centre + reach) }
}
