import { normalQuantile } from './normalQuantile.ts'
import { median } from './quantile.ts'

/** Median of the slopes between all pairs of points, with an interval from the distribution of Kendall's s. */
export interface TheilSen {
  readonly slope: number
  readonly lo: number
  readonly hi: number
  /** Median of y − slope·t. */
  readonly intercept: number
}

/**
 * Takes n² slopes. Source: Sen, JASA 63 (1968); R trend `sens.slope`.
 * @param variance of Kendall's score under no association
 * @throws RangeError when no two points differ in time
 */
export function theilSen(t: readonly number[], y: readonly number[], variance: number, conf: number): TheilSen {
  const slopes: number[] = []
  for (let i = 1; i < t.length; i += 1)
    for (let j = 0; j < i; j += 1) if (t[i] !== t[j]) slopes.push((y[i]! - y[j]!) / (t[i]! - t[j]!))
  if (slopes.length === 0) throw new RangeError('theilSen requires points at different times')
  slopes.sort((a, b) => a - b)
  const slope = median(slopes)
  const half = normalQuantile((1 + conf) / 2) * Math.sqrt(variance)
  const ranked = (rank: number) => slopes[Math.min(slopes.length, Math.max(1, Math.round(rank))) - 1]!
  return {
    slope,
    lo: ranked((slopes.length - half) / 2),
    hi: ranked((slopes.length + half) / 2 + 1),
    intercept: median(y.map((value, i) => value - slope * t[i]!)),
  }
}
