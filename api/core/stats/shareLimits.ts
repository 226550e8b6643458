import { betaQuantile } from './beta.ts'
import { normalQuantile } from './normalQuantile.ts'
import { assertShareCounts } from './shareCounts.ts'
import { wilsonLimits } from './wilsonLimits.ts'

/** Intervals of a share from plain counts, by the name of their formula. */
export const shareMethods = ['wilson', 'wilson-cc', 'clopper-pearson', 'agresti-coull', 'jeffreys'] as const
export type ShareMethod = (typeof shareMethods)[number]

export interface Limits {
  readonly lo: number
  readonly hi: number
}

/**
 * Two-sided limits of a share x / n at confidence `conf`.
 *
 * `wilson` score (R prop.test without correction) · `wilson-cc` score with continuity correction (Newcombe 1998, method 4;
 * R prop.test) · `clopper-pearson` exact, from beta quantiles (R binom.test) · `agresti-coull` Wald about the Wilson
 * centre (may leave [0, 1], as published) · `jeffreys` beta(½, ½) posterior, closed at 0 when x = 0 and at 1 when x = n
 * (Brown, Cai & DasGupta, Statistical Science 16, 2001).
 * @throws RangeError on counts that are not whole, negative, above n, on n = 0, or conf outside (0, 1)
 */
export function shareLimits(method: ShareMethod, x: number, n: number, conf = 0.95): Limits {
  assertShareCounts({ favourable: x, n })
  if (!(conf > 0 && conf < 1)) throw new RangeError('shareLimits requires 0 < conf < 1')
  return formulas[method](x, n, conf)
}

const formulas: Readonly<Record<ShareMethod, (x: number, n: number, conf: number) => Limits>> = {
  wilson: (x, n, conf) => wilsonLimits(x / n, n, conf),
  'wilson-cc': correctedWilson,
  'clopper-pearson': (x, n, conf) => {
    const tail = (1 - conf) / 2
    return {
      lo: x === 0 ? 0 : betaQuantile(tail, x, n - x + 1),
      hi: x === n ? 1 : 1 - betaQuantile(tail, n - x, x + 1),
    }
  },
  'agresti-coull': (x, n, conf) => {
    const z2 = normalQuantile((1 + conf) / 2) ** 2
    const centre = (x + z2 / 2) / (n + z2)
    const half = Math.sqrt((z2 * centre * (1 - centre)) / (n + z2))
    return { lo: centre - half, hi: centre + half }
  },
  jeffreys: (x, n, conf) => {
    const tail = (1 - conf) / 2
    return {
      lo: x === 0 ? 0 : betaQuantile(tail, x + 0.5, n - x + 0.5),
      hi: x === n ? 1 : 1 - betaQuantile(tail, n - x + 0.5, x + 0.5),
    }
  },
}

/** The correction of ½ is never larger than the distance from x / n to ½ allows (R: `min(0.5, |x − n/2|)`). */
function correctedWilson(x: number, n: number, conf: number): Limits {
  const z = normalQuantile((1 + conf) / 2)
  const p = x / n
  const shift = Math.min(0.5, Math.abs(x - n / 2)) / n
  const limit = (share: number, sign: 1 | -1) => {
    const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
    return (share + (z * z) / (2 * n) + sign * half) / (1 + (z * z) / n)
  }
  return {
    lo: x === 0 ? 0 : Math.max(0, limit(p - shift, -1)),
    hi: x === n ? 1 : Math.min(1, limit(p + shift, 1)),
  }
}
