import { normalQuantile } from '../normalQuantile.ts'
import { correlationOf, pairMoments } from './pairs.ts'

export interface Concordance {
  readonly n: number
  /** Lin's ρ_c = r · C_b; null when both columns are constant. */
  readonly ccc: number | null
  readonly se: number | null
  readonly lo: number | null
  readonly hi: number | null
  /** Pearson's correlation: precision. */
  readonly r: number | null
  /** Bias correction C_b: accuracy. */
  readonly biasCorrection: number | null
  /** Ratio of the standard deviations, first over second. */
  readonly scaleShift: number | null
  /** Difference of the means over the geometric mean of the standard deviations, first − second. */
  readonly locationShift: number | null
}

/** Interval through Fisher's transform, or plain. */
export const concordanceIntervals = ['z-transform', 'asymptotic'] as const
export type ConcordanceInterval = (typeof concordanceIntervals)[number]

/**
 * Lin's concordance: how near pairs lie to the line of equality, 2·s_xy / (s_x² + s_y² + (x̄ − ȳ)²). Variances have
 * divisor n as in the paper, or n − 1 on request.
 * Source: L. Lin, Biometrics 45 (1989), standard error corrected in Biometrics 56 (2000) 324; R epiR `epi.ccc`.
 * @throws RangeError without pairs
 */
export function concordance(
  x: readonly number[],
  y: readonly number[],
  {
    conf = 0.95,
    divisor = 'n',
    interval = 'z-transform',
  }: { conf?: number; divisor?: 'n' | 'n-1'; interval?: ConcordanceInterval } = {},
): Concordance {
  const found = pairMoments(x, y)
  const { n, meanX, meanY } = found
  const by = divisor === 'n' ? n : n - 1
  const [sx2, sy2, sxy] = [found.sxx / by, found.syy / by, found.sxy / by]
  const distance = sx2 + sy2 + (meanX - meanY) ** 2
  const r = correlationOf(found)
  const ccc = n < 2 || !(distance > 0) ? null : (2 * sxy) / distance
  if (ccc === null || r === null)
    return { n, ccc, se: null, lo: null, hi: null, r, biasCorrection: null, scaleShift: null, locationShift: null }
  const scaleShift = Math.sqrt(sx2 / sy2)
  const locationShift = (meanX - meanY) / Math.sqrt(Math.sqrt(sx2) * Math.sqrt(sy2))
  const biasCorrection = 2 / (scaleShift + 1 / scaleShift + locationShift ** 2)
  const rest = { n, ccc, r, biasCorrection, scaleShift, locationShift }
  if (n < 3) return { ...rest, se: null, lo: null, hi: null }
  const [c, u2] = [biasCorrection, locationShift ** 2]
  // Lin's formula with ρ_c/r written as C_b, so that it also holds for r = 0.
  const variance =
    ((1 - r * r) * c * c * (1 - ccc * ccc) + 2 * ccc * ccc * c * (1 - ccc) * u2 - (ccc * ccc * c * c * u2 * u2) / 2) /
    (n - 2)
  const se = Math.sqrt(Math.max(0, variance))
  const z = normalQuantile((1 + conf) / 2)
  if (interval === 'asymptotic') return { ...rest, se, lo: ccc - z * se, hi: ccc + z * se }
  if (Math.abs(ccc) === 1) return { ...rest, se, lo: ccc, hi: ccc }
  const reach = (z * se) / ((1 - ccc) * (1 + ccc))
  return { ...rest, se, lo: Math.tanh(Math.atanh(ccc) - reach), hi: Math.tanh(Math.atanh(ccc) + reach) }
}
