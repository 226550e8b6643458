import { type Estimate, makeEstimate, notMeasured } from '../stats/estimate.ts'

/** Grades of TT 01/2018: xuất sắc, tốt, khá, trung bình, yếu. */
export type Tt01Grade = 'excellent' | 'good' | 'fair' | 'average' | 'weak'

/**
 * Grade for 0–18 points (nine criteria of 0, 1 or 2): ≥ 15 excellent, ≥ 12 good, ≥ 9 fair, ≥ 6 average, else weak; every
 * bound belongs to the better grade. Only where all nine criteria are entered.
 * Source: TT 01/2018/TT-VPCP, chapter III.
 * @throws RangeError outside 0…18
 */
export function tt01Grade(points: number): Tt01Grade {
  if (!(points >= 0 && points <= 18)) throw new RangeError('tt01Grade requires 0…18 points')
  // A mean that is 15 on paper may arrive as 14.999999999999998.
  const atLeast = (bound: number) => points >= bound - 1e-9
  if (atLeast(15)) return 'excellent'
  if (atLeast(12)) return 'good'
  if (atLeast(9)) return 'fair'
  return atLeast(6) ? 'average' : 'weak'
}

/**
 * Points of criterion 1 (total time against the legal time) of one finished dossier from its lateness class: 1 early → 2,
 * 2 on time → 1, 3 late → 0, 0 unknown → null (no due date or no outcome: not scored, not zero).
 * Source: TT 01/2018/TT-VPCP form 01 as used in Tuyên Quang ("ngắn hơn quy định 2, bằng 1, dài hơn 0").
 * @throws RangeError on any other class
 */
export function tt01TimePoints(lateness: number): 2 | 1 | 0 | null {
  switch (lateness) {
    case 0:
      return null
    case 1:
      return 2
    case 2:
      return 1
    case 3:
      return 0
    default:
      throw new RangeError('tt01TimePoints requires a lateness class 0…3')
  }
}

/**
 * The part of the 18 points that dates and ratings can give, 0–8: criterion 1 from the register plus criteria 3, 4 and 7
 * from citizens (`rest`, the estimated sum of the three means, 0–6).
 *
 * `timePoints` is the mean of criterion 1 over **all** finished dossiers with a due date: a count, not a sample, so it adds
 * no error and only shifts the interval. The two halves describe different sets (everyone; those who answered), which the
 * "how was this computed" page has to say. Without such dossiers (`null`) the subtotal is not measured.
 * @throws RangeError when timePoints is outside 0…2 or rest outside 0…6
 */
export function tt01Subtotal(timePoints: number | null, rest: Estimate): Estimate {
  const method = 'tt01_subtotal'
  if (timePoints === null) return notMeasured(method)
  if (!(timePoints >= 0 && timePoints <= 2)) throw new RangeError('tt01Subtotal requires time points 0…2')
  for (const value of [rest.est, rest.lo, rest.hi]) {
    if (value !== null && !(value >= 0 && value <= 6)) throw new RangeError('tt01Subtotal requires a rest of 0…6')
  }
  if (rest.suppressed !== null) return { ...rest, method }
  const shift = (value: number | null) => (value === null ? null : timePoints + value)
  return makeEstimate({ ...rest, est: shift(rest.est), lo: shift(rest.lo), hi: shift(rest.hi), method })
}
