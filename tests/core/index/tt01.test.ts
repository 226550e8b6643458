import { describe, expect, it } from 'vitest'
import { tt01Grade, tt01Subtotal, tt01TimePoints } from '../../../api/core/index/tt01.ts'
import { makeEstimate, notMeasured, suppress } from '../../../api/core/stats/estimate.ts'

describe('TT 01/2018', () => {
  it('gives each bound to the better grade', () => {
    const grades = [18, 15, 14.99, 12, 11.99, 9, 8.99, 6, 5.99, 0].map(tt01Grade)
    const expected = ['excellent', 'excellent', 'good', 'good', 'fair', 'fair', 'average', 'average', 'weak', 'weak']
    expect(grades).toEqual(expected)
    // 0.1 + 0.2 style rounding must not cost a grade.
    expect(tt01Grade(14.999999999999998)).toBe('excellent')
    for (const points of [-0.1, 18.1, NaN]) expect(() => tt01Grade(points)).toThrow(RangeError)
  })

  it('scores time 2, 1, 0 and leaves unknown unscored', () => {
    expect([0, 1, 2, 3].map(tt01TimePoints)).toEqual([null, 2, 1, 0])
    expect(() => tt01TimePoints(4)).toThrow(RangeError)
  })

  it('shifts the interval of the ratings by the counted time points without widening it', () => {
    const rest = makeEstimate({
      est: 4.5,
      se: 0.2,
      df: 29,
      lo: 4.1,
      hi: 4.9,
      n: 30,
      nEff: 30,
      method: 'available_case',
    })
    const got = tt01Subtotal(1.5, rest)
    expect(got).toMatchObject({ est: 6, se: 0.2, df: 29, n: 30, method: 'tt01_subtotal', suppressed: null })
    expect(got.lo).toBeCloseTo(5.6, 12)
    expect(got.hi).toBeCloseTo(6.4, 12)
    expect(tt01Subtotal(1, { ...rest, est: null, se: null })).toMatchObject({ est: null, lo: 5.1, hi: 5.9 })
    expect(tt01Subtotal(null, rest).suppressed).toBe('not_measured')
    expect(tt01Subtotal(1, suppress(rest, 'too_few', { keepN: true }))).toMatchObject({ suppressed: 'too_few', n: 30 })
    expect(tt01Subtotal(1, notMeasured()).suppressed).toBe('not_measured')
    expect(() => tt01Subtotal(2.1, rest)).toThrow(RangeError)
    expect(() => tt01Subtotal(1, { ...rest, hi: 7 })).toThrow(RangeError)
  })
})
