import { normalQuantile } from './normalQuantile.ts'

/**
 * Wilson's score limits for a share p seen in n answers (n may be an effective, fractional size): the set of true shares
 * that a two-sided score test at 1 − conf does not reject. Never a zero width, never outside [0, 1].
 *
 * Source: E. B. Wilson, JASA 22 (1927); equals R `prop.test(correct = FALSE)`.
 * @throws RangeError when p is outside [0, 1], n is not positive or conf is not inside (0, 1)
 */
export function wilsonLimits(p: number, n: number, conf = 0.95): { lo: number; hi: number } {
  if (!(p >= 0 && p <= 1) || !(n > 0) || !(conf > 0 && conf < 1)) {
    throw new RangeError('wilsonLimits requires 0 ≤ p ≤ 1, n > 0 and 0 < conf < 1')
  }
  const z = normalQuantile((1 + conf) / 2)
  const z2n = (z * z) / n
  const centre = p + z2n / 2
  const half = z * Math.sqrt((p * (1 - p)) / n + z2n / (4 * n))
  return {
    lo: p === 0 ? 0 : Math.max(0, (centre - half) / (1 + z2n)),
    hi: p === 1 ? 1 : Math.min(1, (centre + half) / (1 + z2n)),
  }
}
