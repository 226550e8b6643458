import type { Process } from './shewhart.ts'

/** One step of an exponentially weighted moving average. */
export interface EwmaPoint {
  readonly value: number
  readonly ewma: number
  /** Standard error of the average at this step. */
  readonly se: number
  readonly lcl: number
  readonly ucl: number
}

/** A sample's mean (or a single value) and the number of values it rests on. */
export interface Sampled {
  readonly value: number
  readonly size: number
}

/**
 * E_t = λ x_t + (1 − λ) E_{t−1} from E_0 = centre, limits centre ± sigmas σ/√n √(λ/(2 − λ) (1 − (1 − λ)^{2t})).
 * Source: Roberts 1959; Lucas & Saccucci 1990; R `qcc` `ewma`. @throws RangeError unless 0 < λ ≤ 1
 */
export function ewmaChart(
  samples: readonly Sampled[],
  { center, stdDev }: Process,
  { lambda, sigmas }: { lambda: number; sigmas: number },
): EwmaPoint[] {
  if (!(lambda > 0 && lambda <= 1)) throw new RangeError('ewmaChart requires 0 < λ ≤ 1')
  let ewma = center
  return samples.map(({ value, size }, i) => {
    ewma += lambda * (value - ewma)
    const se = (stdDev / Math.sqrt(size)) * Math.sqrt((lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * (i + 1))))
    return { value, ewma, se, lcl: center - sigmas * se, ucl: center + sigmas * se }
  })
}
