import { root } from '../root.ts'

/**
 * The limit at which a chart has a wanted average run length, to about ten digits; null when none up to `limitMax` has it.
 * @param runLength of a limit, rising with it
 */
export function criticalValue(runLength: (limit: number) => number, wanted: number, limitMax = 20): number | null {
  const excess = (limit: number) => Math.log(runLength(limit)) - Math.log(wanted)
  let high = 0.5
  while (excess(high) < 0) {
    high *= 1.5
    if (high > limitMax) return null
  }
  const low = high === 0.5 ? 1e-6 : high / 1.5
  return root(excess, low, high, 1e-12)
}
