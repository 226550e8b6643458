import { binomialCdf, binomialQuantile, binomialUpper } from './binomial.ts'
import { normalQuantile } from './normalQuantile.ts'
import { poissonCdf, poissonQuantile, poissonUpper } from './poisson.ts'
import { quantile } from './quantile.ts'
import { sum } from './sum.ts'

/** Events of a unit: `count` in `size` cases (`share`), or against `size` expected events (`ratio`, observed / expected). */
export interface FunnelUnit {
  readonly count: number
  readonly size: number
}
export type FunnelKind = 'share' | 'ratio'

/** How much more units differ than chance within them explains. */
export interface OverDispersion {
  /** Mean squared winsorised z: 1 for chance alone. */
  readonly phi: number
  /** Variance between units, added to that within them; 0 where phi is not above 1 − 1/I. */
  readonly tau2: number
  /** Winsorised z of each unit. */
  readonly winsorised: readonly number[]
}

/** Share of all cases, or observed of all expected. */
export function pooledTarget(units: readonly FunnelUnit[]): number {
  return sum(units.map(({ count }) => count)) / sum(units.map(({ size }) => size))
}

/** Standard error of a unit's value when its true value is the target. */
export function targetError(kind: FunnelKind, target: number, size: number): number {
  return Math.sqrt((kind === 'share' ? target * (1 - target) : target) / size)
}

/**
 * Over-dispersion from naive z scores: z beyond its quantiles q and 1 − q (R type 7) is brought there, φ = Σz²/I,
 * τ² = (Iφ − (I − 1)) / (Σw − Σw²/Σw) with w = 1/s².
 * Source: D. J. Spiegelhalter, Statistics in Medicine 24 (2005), section 5 and appendix.
 */
export function overDispersion(z: readonly number[], errors: readonly number[], winsorise: number): OverDispersion {
  const sorted = z.toSorted((a, b) => a - b)
  const [low, high] = [quantile(sorted, winsorise), quantile(sorted, 1 - winsorise)]
  const winsorised = z.map((value) => Math.min(high, Math.max(low, value)))
  const phi = sum(winsorised.map((value) => value * value)) / z.length
  const weights = errors.map((error) => 1 / error ** 2)
  const total = sum(weights)
  const divisor = total - sum(weights.map((weight) => weight * weight)) / total
  const excess = z.length * phi - (z.length - 1)
  return { phi, tau2: divisor > 1e-12 * total && excess > 0 ? excess / divisor : 0, winsorised }
}

/**
 * Exact limit of a funnel: the value that a unit on target stays below with chance p, interpolated between the two counts
 * around it so that the funnel has no teeth. Source: Spiegelhalter 2005, appendix A.1.
 */
export function exactLimit(kind: FunnelKind, target: number, size: number, p: number): number {
  const mean = target * size
  const cdf = (k: number) => (kind === 'share' ? binomialCdf(k, size, target) : poissonCdf(k, mean))
  const count = Math.abs(kind === 'share' ? binomialQuantile(p, size, target) : poissonQuantile(p, mean))
  const [upTo, below] = [cdf(count), count === 0 ? 0 : cdf(count - 1)]
  const over = (upTo - p) / (upTo - below)
  return (count - over) / size
}

/** Mid-p chances of a unit on target to have at most, and at least, its count. Source: Lancaster 1961. */
export function midP(kind: FunnelKind, target: number, { count, size }: FunnelUnit): { lower: number; upper: number } {
  const tail = (of: 'cdf' | 'upper', k: number) => {
    if (k < 0) return of === 'cdf' ? 0 : 1
    if (kind === 'share') return (of === 'cdf' ? binomialCdf : binomialUpper)(k, size, target)
    return (of === 'cdf' ? poissonCdf : poissonUpper)(k, target * size)
  }
  const half = (of: 'cdf' | 'upper') => (tail(of, count) + tail(of, count - 1)) / 2
  return { lower: half('cdf'), upper: half('upper') }
}

/** z of a two-sided level. */
export const levelZ = (level: number): number => normalQuantile((1 + level) / 2)
