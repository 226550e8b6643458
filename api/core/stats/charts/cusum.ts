import type { Sampled } from './ewma.ts'
import type { Process } from './shewhart.ts'

/** One step of the two one-sided cumulative sums, in standard errors. */
export interface CusumPoint {
  readonly value: number
  readonly z: number
  /** ≥ 0: evidence of a rise. */
  readonly pos: number
  /** ≤ 0: evidence of a fall. */
  readonly neg: number
}

/**
 * C⁺ = max(0, C⁺ + z − k), C⁻ = min(0, C⁻ + z + k) with k = half the shift to find, z in standard errors of the sample.
 * Source: Page 1954; R `qcc` `cusum`. @throws RangeError when σ is not positive
 */
export function cusumChart(
  samples: readonly Sampled[],
  { center, stdDev }: Process,
  { shift, start = 0 }: { shift: number; start?: number },
): CusumPoint[] {
  if (!(stdDev > 0)) throw new RangeError('cusumChart requires σ > 0')
  let [pos, neg] = [start, -start]
  return samples.map(({ value, size }) => {
    const z = (value - center) / (stdDev / Math.sqrt(size))
    pos = Math.max(0, pos + z - shift / 2)
    neg = Math.min(0, neg + z + shift / 2)
    return { value, z, pos, neg }
  })
}
