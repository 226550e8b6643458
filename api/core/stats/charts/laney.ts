import { centre } from '../centre.ts'
import { d2 } from '../chartConstants.ts'
import { movingRanges } from './spread.ts'
import { type Counted, type Process, rateProcess, shareProcess } from './shewhart.ts'
import type { ChartPoint } from './signals.ts'

/**
 * A process of shares (p′) or rates (u′) whose samples differ by more than chance within them: σ_z is the mean moving range
 * of the standardised samples divided by d2(2) = 1.12838, here not rounded, and widens (or narrows) the limits.
 * Source: D. B. Laney, Quality Engineering 14 (2002).
 */
export interface LaneyProcess extends Process {
  readonly sigmaZ: number
}

/** @throws RangeError for fewer than two samples, or when nothing or everything was counted */
export function laneyProcess(samples: readonly Counted[], kind: 'share' | 'rate'): LaneyProcess {
  const process = kind === 'share' ? shareProcess(samples) : rateProcess(samples)
  if (samples.length < 2 || process.stdDev === 0)
    throw new RangeError('laneyProcess requires at least two samples and some of them counted')
  const z = samples.map(({ count, size }) => (count / size - process.center) / (process.stdDev / Math.sqrt(size)))
  return { ...process, sigmaZ: centre(movingRanges(z).filter((width) => width !== null)) / d2(2) }
}

/** Shares or rates with Laney's limits, which are not cut at 0 or 1, as he has them. */
export function laneyChart(
  samples: readonly Counted[],
  { center, stdDev, sigmaZ }: LaneyProcess,
  sigmas: number,
): ChartPoint[] {
  return samples.map(({ count, size }) => {
    const half = (sigmas * sigmaZ * stdDev) / Math.sqrt(size)
    return { value: count / size, center, lcl: center - half, ucl: center + half }
  })
}
