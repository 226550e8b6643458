import type { Limits } from './shareLimits.ts'
import { wilsonLimits } from './wilsonLimits.ts'

/** The same people judged twice: favourable both times, only the first, only the second, neither time. */
export interface PairedCounts {
  readonly both: number
  readonly first: number
  readonly second: number
  readonly neither: number
}

/**
 * Difference of two shares of the same people, **first − second**, with Newcombe's interval for paired data: two Wilson
 * intervals joined with the correlation φ between the judgements, φ corrected for continuity.
 * Source: R. G. Newcombe, Statistics in Medicine 17, 2635–2650 (1998), method 10.
 * @throws RangeError unless all counts are whole and ≥ 0 and there is at least one person
 */
export function pairedShares(counts: PairedCounts, conf = 0.95): { est: number; n: number } & Limits {
  const { both, first, second, neither } = counts
  const n = both + first + second + neither
  if (![both, first, second, neither].every((count) => Number.isSafeInteger(count) && count >= 0) || n === 0)
    throw new RangeError('pairedShares requires whole counts ≥ 0 and at least one person')
  const p1 = (both + first) / n
  const p2 = (both + second) / n
  const w1 = wilsonLimits(p1, n, conf)
  const w2 = wilsonLimits(p2, n, conf)
  const phi = correlation(counts, n)
  const arm = (a: number, b: number) => Math.sqrt(Math.max(0, a * a - 2 * phi * a * b + b * b))
  const est = (first - second) / n
  return { est, n, lo: est - arm(p1 - w1.lo, w2.hi - p2), hi: est + arm(w1.hi - p1, p2 - w2.lo) }
}

function correlation({ both, first, second, neither }: PairedCounts, n: number): number {
  const margins = (both + first) * (second + neither) * (both + second) * (first + neither)
  if (margins === 0) return 0
  const product = both * neither - first * second
  const corrected = product > n / 2 ? product - n / 2 : Math.min(product, 0)
  return corrected / Math.sqrt(margins)
}
