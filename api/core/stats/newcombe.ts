import { type Estimate, makeEstimate } from './estimate.ts'
import { assertShareCounts, type ShareCounts } from './shareCounts.ts'
import { wilsonLimits } from './wilsonLimits.ts'

/**
 * Difference of two independent shares, **second − first**, with Newcombe's hybrid score interval. For a shortfall put
 * the cell first and the rest second: a positive difference is what the cell lacks.
 *
 * With Wilson limits (l1, u1), (l2, u2): lo = d − √((p2−l2)² + (u1−p1)²), hi = d + √((u2−p2)² + (p1−l1)²). `n` is the
 * smaller of the two; `nEff` = n1·n2/(n1+n2), half the harmonic mean, drives the precision.
 * Source: R. G. Newcombe, Statistics in Medicine 17 (1998), method 10 (without continuity correction).
 * @throws RangeError on counts that are not whole, negative, above n, or on an empty group
 */
export function newcombe(first: ShareCounts, second: ShareCounts, conf = 0.95): Estimate {
  assertShareCounts(first)
  assertShareCounts(second)
  const p1 = first.favourable / first.n
  const p2 = second.favourable / second.n
  const w1 = wilsonLimits(p1, first.n, conf)
  const w2 = wilsonLimits(p2, second.n, conf)
  const est = p2 - p1
  return makeEstimate({
    est,
    se: Math.sqrt((p1 * (1 - p1)) / first.n + (p2 * (1 - p2)) / second.n),
    df: null,
    lo: Math.max(-1, est - Math.hypot(p2 - w2.lo, w1.hi - p1)),
    hi: Math.min(1, est + Math.hypot(w2.hi - p2, p1 - w1.lo)),
    n: Math.min(first.n, second.n),
    nEff: (first.n * second.n) / (first.n + second.n),
    method: 'newcombe',
  })
}
