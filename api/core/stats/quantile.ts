/** The nine definitions of a sample quantile by Hyndman & Fan. 7 is R's, Excel's and PostgreSQL's `percentile_cont`. */
export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

/** Positions are computed from p with rounding; what is this close to a whole number is meant to be one (R does the same). */
const fuzz = 4 * Number.EPSILON

/**
 * Sample quantile at p of values in **ascending order**.
 * Source: R. J. Hyndman & Y. Fan, The American Statistician 50 (1996); equals R `quantile(type = 1…9)`.
 * @throws RangeError without values or when p is outside [0, 1]
 */
export function quantile(sorted: readonly number[], p: number, type: QuantileType = 7): number {
  const n = sorted.length
  if (n === 0 || !(p >= 0 && p <= 1)) throw new RangeError('quantile requires values and 0 ≤ p ≤ 1')
  const { below, share } = position(n, p, type)
  const at = (k: number) => sorted[Math.min(n, Math.max(1, k)) - 1]!
  const [low, high] = [at(below), at(below + 1)]
  if (share === 0 || low === high) return low
  return share === 1 ? high : (1 - share) * low + share * high
}

/** The value lies `share` of the way from the value ranked `below` to the next. */
function position(n: number, p: number, type: QuantileType): { below: number; share: number } {
  if (type <= 3) {
    const exact = type === 3 ? n * p - 0.5 : n * p
    const below = Math.floor(exact + fuzz)
    const past = exact > below
    if (type === 1) return { below, share: past ? 1 : 0 }
    if (type === 2) return { below, share: past ? 1 : 0.5 }
    return { below, share: exact !== below || Math.abs(below % 2) === 1 ? 1 : 0 }
  }
  const [a, b] = plottingPosition[type as 4 | 5 | 6 | 7 | 8 | 9]
  const exact = a + p * (n + 1 - a - b)
  const below = Math.floor(exact + fuzz)
  const share = exact - below
  return { below, share: Math.abs(share) < fuzz ? 0 : share }
}

const plottingPosition: Readonly<Record<4 | 5 | 6 | 7 | 8 | 9, readonly [a: number, b: number]>> = {
  4: [0, 1],
  5: [0.5, 0.5],
  6: [0, 0],
  7: [1, 1],
  8: [1 / 3, 1 / 3],
  9: [3 / 8, 3 / 8],
}

/** Median of values in any order. @throws RangeError without values */
export function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  )
}

/**
 * Median absolute deviation from the median, times 1.4826 so that it estimates σ of normal values (R `mad`).
 * Source: Hampel, JASA 69 (1974). @throws RangeError without values
 */
export function medianAbsoluteDeviation(values: readonly number[], scale = 1.4826): number {
  const centre = median(values)
  return scale * median(values.map((value) => Math.abs(value - centre)))
}
