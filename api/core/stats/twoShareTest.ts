import { normalCdf } from './normalCdf.ts'
import { assertShareCounts, type ShareCounts } from './shareCounts.ts'

/**
 * Score test of equal shares in two independent groups. `oneSided` is the p value against "the first is not below the
 * second" (small when the first falls short), `twoSided` against "they are equal". z > 0 means the first is lower.
 *
 * z = (p2 − p1) / √(p̄(1−p̄)(1/n1 + 1/n2)) with the pooled share p̄; twoSided equals R `prop.test(correct = FALSE)`.
 * When nobody or everybody in both groups is favourable there is no evidence either way: z = 0.
 * @throws RangeError on counts that are not whole, negative, above n, or on an empty group
 */
export function twoShareTest(
  first: ShareCounts,
  second: ShareCounts,
): { z: number; oneSided: number; twoSided: number } {
  assertShareCounts(first)
  assertShareCounts(second)
  const pooled = (first.favourable + second.favourable) / (first.n + second.n)
  const se = Math.sqrt(pooled * (1 - pooled) * (1 / first.n + 1 / second.n))
  const z = se === 0 ? 0 : (second.favourable / second.n - first.favourable / first.n) / se
  return { z, oneSided: normalCdf(-z), twoSided: Math.min(1, 2 * normalCdf(-Math.abs(z))) }
}
