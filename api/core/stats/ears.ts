import { centre } from './centre.ts'
import { moments } from './moments.ts'
import { normalQuantile } from './normalQuantile.ts'

export const earsMethods = ['C1', 'C2', 'C3'] as const
export type EarsMethod = (typeof earsMethods)[number]

export interface EarsOptions {
  /** Days that set the expectation, at least 3. */
  readonly baseline: number
  /** One-sided chance of a false alarm on a day. */
  readonly alpha: number
  /** The standard deviation is taken to be at least this. */
  readonly minSigma: number
}

/** Usual chance of a false alarm: C3 adds three days and is held less strictly. */
export const earsAlpha: Readonly<Record<EarsMethod, number>> = { C1: 0.001, C2: 0.001, C3: 0.025 }

/** Days before the first that can be judged. */
export function earsLag(method: EarsMethod, baseline: number): number {
  return baseline + { C1: 0, C2: 2, C3: 4 }[method]
}

/**
 * Upper bound of each day's count (null before the first that can be judged); a count above it is an alarm. C1: mean +
 * z·sd of the days just before. C2: of days two further back, so that a beginning outbreak does not raise its own bound.
 * C3: C2's bound lowered by what the two days before exceeded theirs, at least 0.
 * Source: Fricker, Hegler & Dunfee, Statistics in Medicine 27 (2008); R surveillance `earsC`.
 * @throws RangeError for a baseline below 3 or α outside (0, 1)
 */
export function earsBounds(counts: readonly number[], method: EarsMethod, options: EarsOptions): (number | null)[] {
  const { baseline, alpha, minSigma } = options
  if (!(baseline >= 3) || !(alpha > 0 && alpha < 1))
    throw new RangeError('earsBounds requires a baseline ≥ 3, 0 < α < 1')
  const z = -normalQuantile(alpha)
  const before = (day: number, gap: number) => {
    const days = counts.slice(day - gap - baseline, day - gap)
    return { mean: centre(days), sigma: Math.max(minSigma, Math.sqrt(moments(days).variance ?? 0)) }
  }
  return counts.map((count, day) => {
    if (day < earsLag(method, baseline)) return null
    if (method !== 'C3') {
      const { mean, sigma } = before(day, method === 'C1' ? 0 : 2)
      return mean + z * sigma
    }
    const { sigma } = before(day, 2)
    const carried = [day - 1, day - 2].reduce(
      (total, d) => total + Math.max(0, exceeded(counts[d]!, before(d, 2)) - 1),
      0,
    )
    return carried === Infinity ? 0 : Math.max(0, count + sigma * (z - carried))
  })
}

/** Standardised excess; any excess over days that were all alike is without limit. */
function exceeded(count: number, { mean, sigma }: { mean: number; sigma: number }): number {
  return count === mean ? 0 : (count - mean) / sigma
}
