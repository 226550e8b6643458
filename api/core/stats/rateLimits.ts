import { chiSquareQuantile } from './chiSquare.ts'
import type { Limits } from './shareLimits.ts'

/**
 * Exact two-sided limits of a rate: `count` events in an `exposure` > 0 (time, thousands of dossiers), Poisson.
 *
 * lo = χ²(α/2; 2x) / 2T, hi = χ²(1 − α/2; 2x + 2) / 2T; lo = 0 when nothing was counted.
 * Source: F. Garwood, Biometrika 28 (1936); equals R `poisson.test`.
 * @throws RangeError unless the count is whole and ≥ 0, the exposure finite and > 0, and 0 < conf < 1
 */
export function rateLimits(count: number, exposure: number, conf = 0.95): Limits {
  if (!Number.isSafeInteger(count) || count < 0 || !(exposure > 0) || exposure === Infinity || !(conf > 0 && conf < 1))
    throw new RangeError('rateLimits requires a whole count ≥ 0, exposure > 0 and 0 < conf < 1')
  const tail = (1 - conf) / 2
  return {
    lo: count === 0 ? 0 : chiSquareQuantile(tail, 2 * count) / 2 / exposure,
    hi: chiSquareQuantile(1 - tail, 2 * count + 2) / 2 / exposure,
  }
}
