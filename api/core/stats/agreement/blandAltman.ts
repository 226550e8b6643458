import { moments } from '../moments.ts'
import { sum } from '../sum.ts'
import { tCdf } from '../tCdf.ts'
import { tQuantile } from '../tQuantile.ts'
import { correlationOf, pairMoments } from './pairs.ts'

/** A number with its standard error and Student's interval on n − 1 degrees of freedom. */
export interface WithError {
  readonly est: number
  readonly se: number
  readonly lo: number
  readonly hi: number
}

export interface BlandAltman {
  readonly n: number
  /** Mean of first − second. */
  readonly bias: WithError | null
  /** Standard deviation of the differences. */
  readonly sd: number | null
  /** bias ∓ multiplier·sd. */
  readonly lower: WithError | null
  readonly upper: WithError | null
  /** Least squares of difference on mean: whether the difference grows with what is measured; null when all means are equal. */
  readonly trend: {
    readonly intercept: number
    readonly slope: number
    readonly slopeSe: number | null
    readonly slopeP: number | null
    readonly r: number | null
  } | null
}

/** Standard error of a limit: √3·sd/√n (1986), or with the multiplier itself, sd·√(1/n + m²/(2(n − 1))) (1999). */
export const limitErrors = ['1986', '1999'] as const
export type LimitErrors = (typeof limitErrors)[number]

/**
 * Agreement of two measurements of the same things. With one pair there is no spread and no interval: nulls.
 * Source: Bland & Altman, Lancet 1 (1986) 307–310; Statistical Methods in Medical Research 8 (1999).
 * @throws RangeError without pairs
 */
export function blandAltman(
  first: readonly number[],
  second: readonly number[],
  {
    multiplier = 1.96,
    limitError = '1986',
    conf = 0.95,
  }: { multiplier?: number; limitError?: LimitErrors; conf?: number } = {},
): BlandAltman {
  const difference = first.map((value, i) => value - second[i]!)
  const middle = first.map((value, i) => (value + second[i]!) / 2)
  const { n, mean, variance } = moments(difference)
  if (variance === null) return { n, bias: null, sd: null, lower: null, upper: null, trend: null }
  const sd = Math.sqrt(variance)
  const t = tQuantile((1 + conf) / 2, n - 1)
  const withError = (est: number, se: number): WithError => ({ est, se, lo: est - t * se, hi: est + t * se })
  const share = limitError === '1986' ? 3 / n : 1 / n + multiplier ** 2 / (2 * (n - 1))
  const limitSe = sd * Math.sqrt(share)
  return {
    n,
    bias: withError(mean, sd / Math.sqrt(n)),
    sd,
    lower: withError(mean - multiplier * sd, limitSe),
    upper: withError(mean + multiplier * sd, limitSe),
    trend: trendOf(middle, difference),
  }
}

function trendOf(x: readonly number[], y: readonly number[]): BlandAltman['trend'] {
  const found = pairMoments(x, y)
  const { n, meanX, meanY, sxx, sxy } = found
  if (!(sxx > 0)) return null
  const slope = sxy / sxx
  const intercept = meanY - slope * meanX
  const left = sum(x.map((value, i) => (y[i]! - meanY - slope * (value - meanX)) ** 2))
  const slopeSe = n > 2 ? Math.sqrt(left / (n - 2) / sxx) : null
  const slopeP =
    slopeSe === null ? null : slopeSe > 0 ? 2 * tCdf(-Math.abs(slope / slopeSe), n - 2) : Number(slope === 0)
  return { intercept, slope, slopeSe, slopeP, r: correlationOf(found) }
}
