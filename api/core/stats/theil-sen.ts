import { normalQuantile } from './normalQuantile.ts'
import { median } from './quantile.ts'

/** Median of the slopes between all pairs of points, with an interval from the distribution of Kendall's s. */
export interface TheilSen {
  readonly slope: number
  readonly lo: number | null
  readonly hi: number | null
  /** Median of y − slope·t. */
  readonly intercept: number
}

/**
 * Takes n² slopes. Source: Sen, JASA 63 (1968); R trend `sens.slope`.
 * @param varS variance of Kendall's s under no association; null gives no interval
 * @throws RangeError when no two points differ in time
 */
export function theilSen(t: readonly number[], y: readonly number[], varS: number | null, conf: number): TheilSen {
  const slopes: number[] = []
  for (let i = 1; i < t.length; i += 1)
    for (let j = 0; j < i; j += 1) if (t[i] !== t[j]) slopes.push((y[i]! - y[j]!) / (t[i]! - t[j]!))
  if (slopes.length === 0) throw new RangeError('theilSen requires points at different times')
  slopes.sort((a, b) => a - b)
  const slope = median(slopes)
  const half = varS === null ? null : normalQuantile((1 + conf) / 2) * Math.sqrt(varS)
  const ranked = (rank: number) => slopes[Math.min(slopes.length, Math.max(1, Math.round(rank))) - 1]!
  return {
    slope,
    lo: half === null ? null : ranked((slopes.length - half) / 2),
    hi: half === null ? null : ranked((slopes.length + half) / 2 + 1),
    intercept: median(y.map((value, i) => value - slope * t[i]!)),
  }
}
