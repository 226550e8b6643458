import { describe, expect, it } from 'vitest'
import { makeEstimate, notMeasured, suppress } from '../../../api/core/stats/estimate.ts'
import { wilson } from '../../../api/core/stats/wilson.ts'

describe('an Estimate', () => {
  it('never carries NaN, infinity or an interval upside down', () => {
    const good = { est: 1, se: 0.1, df: 9, lo: 0, hi: 2, n: 10, nEff: 10, method: 'x' }
    expect(makeEstimate(good).suppressed).toBeNull()
    for (const key of ['est', 'se', 'df', 'lo', 'hi', 'n', 'nEff']) {
      for (const value of [NaN, Infinity, -Infinity]) {
        expect(() => makeEstimate({ ...good, [key]: value })).toThrow(RangeError)
      }
    }
    expect(() => makeEstimate({ ...good, lo: 3 })).toThrow(RangeError)
  })

  it('loses every number when suppressed; n stays only for too_few and only on request', () => {
    const estimate = wilson(5, 8)
    const blank = { est: null, se: null, df: null, lo: null, hi: null, nEff: null, method: 'wilson' }
    expect(suppress(estimate, 'too_few')).toEqual({ ...blank, n: null, suppressed: 'too_few' })
    expect(suppress(estimate, 'too_few', { keepN: true })).toEqual({ ...blank, n: 8, suppressed: 'too_few' })
    const complementary = suppress(estimate, 'complementary', { keepN: true })
    expect(complementary).toEqual({ ...blank, n: null, suppressed: 'complementary' })
    expect(notMeasured()).toEqual({ ...blank, n: null, method: 'none', suppressed: 'not_measured' })
  })
})
