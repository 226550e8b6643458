import { centre } from '../centre.ts'
import { c4 } from '../chartConstants.ts'
import { chiSquareQuantile } from '../chiSquare.ts'
import { normalQuantile } from '../normalQuantile.ts'
import { poissonQuantile } from '../poisson.ts'
import { sum } from '../sum.ts'
import { rangeDeviation, rangeQuantile } from './range.ts'
import type { ChartPoint } from './signals.ts'
import { range, standardDeviation } from './spread.ts'

/** How far the limits are from the centre: so many standard errors, or so that a stable process stays inside this often. */
export type Width = { readonly sigmas: number } | { readonly conf: number }

/** The centre of a process and its standard deviation, from a baseline or a target. */
export interface Process {
  readonly center: number
  readonly stdDev: number
}

/** So many counted in so many. */
export interface Counted {
  readonly count: number
  readonly size: number
}

const factor = (width: Width): number => ('sigmas' in width ? width.sigmas : normalQuantile((1 + width.conf) / 2))

/** Individual values: centre ± sigmas σ. Source: R `qcc` type `xbar.one`. */
export function individualsChart(values: readonly number[], { center, stdDev }: Process, width: Width): ChartPoint[] {
  const half = factor(width) * stdDev
  return values.map((value) => ({ value, center, lcl: center - half, ucl: center + half }))
}

/** Share counted and √(p(1 − p)). @throws RangeError when nothing was counted in */
export function shareProcess(samples: readonly Counted[]): Process {
  const center = sum(samples.map(({ count }) => count)) / sum(samples.map(({ size }) => size))
  if (!Number.isFinite(center)) throw new RangeError('shareProcess requires samples of some size')
  return { center, stdDev: Math.sqrt(center * (1 - center)) }
}

/** Shares of samples, limits within [0, 1]. Source: R `qcc` type `p`. */
export function shareChart(samples: readonly Counted[], { center, stdDev }: Process, width: Width): ChartPoint[] {
  return samples.map(({ count, size }) => {
    const half = (factor(width) * stdDev) / Math.sqrt(size)
    return { value: count / size, center, lcl: Math.max(0, center - half), ucl: Math.min(1, center + half) }
  })
}

/** Counts in samples, limits within [0, size]; the process is that of a share. Source: R `qcc` type `np`. */
export function shareCountChart(samples: readonly Counted[], { center, stdDev }: Process, width: Width): ChartPoint[] {
  return samples.map(({ count, size }) => {
    const half = factor(width) * stdDev * Math.sqrt(size)
    const middle = size * center
    return { value: count, center: middle, lcl: Math.max(0, middle - half), ucl: Math.min(size, middle + half) }
  })
}

/** Counts per unit of size and the root of their mean rate. */
export function rateProcess(samples: readonly Counted[]): Process {
  const center = sum(samples.map(({ count }) => count)) / sum(samples.map(({ size }) => size))
  if (!Number.isFinite(center)) throw new RangeError('rateProcess requires samples of some size')
  return { center, stdDev: Math.sqrt(center) }
}

/** Rates of events, lower limit at least 0. Source: R `qcc` type `u`. */
export function rateChart(samples: readonly Counted[], { center }: Process, width: Width): ChartPoint[] {
  return samples.map(({ count, size }) => {
    const half = factor(width) * Math.sqrt(center / size)
    return { value: count / size, center, lcl: Math.max(0, center - half), ucl: center + half }
  })
}

/** Counts of events; by confidence the limits are Poisson quantiles. Source: R `qcc` type `c`. */
export function countChart(counts: readonly number[], { center }: Process, width: Width): ChartPoint[] {
  const exact = 'conf' in width && center > 0
  const half = factor(width) * Math.sqrt(center)
  const lcl = Math.max(0, exact ? poissonQuantile((1 - width.conf) / 2, center) : center - half)
  const ucl = exact ? poissonQuantile((1 + width.conf) / 2, center) : center + half
  return counts.map((value) => ({ value, center, lcl, ucl }))
}

/** Means of samples. Source: R `qcc` type `xbar`. */
export function meanChart(
  samples: readonly (readonly number[])[],
  { center, stdDev }: Process,
  width: Width,
): ChartPoint[] {
  return samples.map((sample) => {
    const half = (factor(width) * stdDev) / Math.sqrt(sample.length)
    return { value: centre(sample), center, lcl: center - half, ucl: center + half }
  })
}

/** Standard deviations of samples; by confidence the limits are those of χ². Source: R `qcc` type `S`. */
export function deviationChart(
  samples: readonly (readonly number[])[],
  { center, stdDev }: Process,
  width: Width,
): ChartPoint[] {
  return samples.map((sample) => {
    const n = sample.length
    const value = standardDeviation(sample)
    if ('conf' in width) {
      const limit = (p: number) => stdDev * Math.sqrt(chiSquareQuantile(p, n - 1) / (n - 1))
      return { value, center, lcl: limit((1 - width.conf) / 2), ucl: limit((1 + width.conf) / 2) }
    }
    const half = width.sigmas * stdDev * Math.sqrt(1 - c4(n) ** 2)
    return { value, center, lcl: Math.max(0, center - half), ucl: center + half }
  })
}

/** Ranges of samples; by confidence the limits are quantiles of the range. Source: R `qcc` type `R`. */
export function rangeChart(
  samples: readonly (readonly number[])[],
  { center, stdDev }: Process,
  width: Width,
): ChartPoint[] {
  const limitsOfSize = new Map<number, { lcl: number; ucl: number }>()
  const limits = (n: number) => {
    if ('conf' in width) {
      const limit = (p: number) => rangeQuantile(p, n) * stdDev
      return { lcl: limit((1 - width.conf) / 2), ucl: limit((1 + width.conf) / 2) }
    }
    const half = width.sigmas * stdDev * rangeDeviation(n)
    return { lcl: Math.max(0, center - half), ucl: center + half }
  }
  return samples.map((sample) => {
    const n = sample.length
    const found = limitsOfSize.get(n) ?? limits(n)
    limitsOfSize.set(n, found)
    return { value: range(sample), center, ...found }
  })
}
