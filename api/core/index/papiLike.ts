import type { Estimate } from '../stats/estimate.ts'
import { rescale } from './rescale.ts'
import { sumIndependent } from './sumIndependent.ts'

/**
 * Internal approximation ("ước lượng nội bộ") of a PAPI sub-dimension of dimension 5 (5.1 certification, 5.3 land title,
 * 5.4 personal procedures) from the mean number of the eight quality criteria met (0–8).
 *
 * z = 1 + 9·x/8 puts 0…8 on 1…10; s = z/k puts it on PAPI's sub-dimension scale 1/k…10/k, k the number of sub-dimensions
 * of the dimension (3 since 2021). A linear step, so standard error and interval follow exactly. PAPI averages further
 * indicators of each procedure and asks residents face to face; this is never to be called PAPI.
 * Source: PAPI's published ranges and "dimension = sum of sub-dimensions" (papi.org.vn; holds for every value 2011–2024);
 * the linear rescaling is inferred from those ranges.
 * @throws RangeError when k is not a whole number ≥ 1 or a value lies outside 0…8
 */
export function papiLikeSubdimension(countOfEight: Estimate, k = 3): Estimate {
  if (!Number.isInteger(k) || k < 1) throw new RangeError('papiLikeSubdimension requires a whole k ≥ 1')
  for (const value of [countOfEight.est, countOfEight.lo, countOfEight.hi]) {
    if (value !== null && !(value >= 0 && value <= 8)) throw new RangeError('papiLikeSubdimension requires 0…8')
  }
  return rescale(countOfEight, 1 / k, 9 / (8 * k))
}

/**
 * Internal approximation of PAPI dimension 5 on 1…10: the sum of its k sub-dimensions (each 1/k…10/k), only when all of
 * them exist. A citizen rates one procedure, so the parts come from different people: errors add as squares, degrees of
 * freedom by Welch–Satterthwaite. `n` is the smallest part's.
 *
 * Pass parts *before* the display rule removes values, and apply `publish` to the result.
 */
export function papiLikeDimension(parts: readonly Estimate[]): Estimate {
  return sumIndependent(parts, { min: 1, max: 10 }, 'papi_like_sum')
}
