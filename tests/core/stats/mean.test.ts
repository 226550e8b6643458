import { describe, expect, it } from 'vitest'
import { mean } from '../../../api/core/stats/mean.ts'
import { needed } from '../../../api/core/stats/needed.ts'
import { sampleSizeForShare } from '../../../api/core/stats/sampleSizeForShare.ts'
import { tQuantile } from '../../../api/core/stats/tQuantile.ts'

describe('mean', () => {
  it('equals the ordinary mean, standard error and t interval of the answers behind the counts', () => {
    // 1, 1, 2, 4, 5, 5, 5
    const got = mean({ values: [1, 2, 3, 4, 5], counts: [2, 1, 0, 1, 3] })
    const answers = [1, 1, 2, 4, 5, 5, 5]
    const est = 23 / 7
    const se = Math.sqrt(answers.reduce((s, x) => s + (x - est) ** 2, 0) / 6 / 7)
    expect(got).toMatchObject({ n: 7, df: 6, method: 't_mean' })
    expect(got.est).toBeCloseTo(est, 14)
    expect(got.se).toBeCloseTo(se, 14)
    expect(got.lo).toBeCloseTo(est - tQuantile(0.975, 6) * se, 12)
    expect(got.hi).toBe(5)
  })

  it('never claims certainty when all answers are the same', () => {
    const got = mean({ values: [0, 1, 2], counts: [0, 0, 30] })
    expect(got.est).toBe(2)
    expect(got.hi).toBe(2)
    // Wilson's limit for none of thirty: 11.35 % may differ, by up to two points.
    expect(got.lo).toBeCloseTo(2 - 2 * 0.1135, 3)
    expect(got.se).toBeGreaterThan(0)
    expect(got.method).toBe('t_mean_no_spread')
    const middle = mean({ values: [0, 0.1, 0.2], counts: [0, 7, 0] })
    expect(middle.est).toBeCloseTo(0.1, 15)
    expect(middle.method).toBe('t_mean_no_spread')
  })

  it('says nothing without answers, and everything is possible with one', () => {
    expect(mean({ values: [0, 1], counts: [0, 0] })).toMatchObject({ est: null, n: 0, suppressed: 'too_few' })
    expect(mean({ values: [0, 1, 2], counts: [0, 1, 0] })).toMatchObject({ est: 1, se: null, lo: 0, hi: 2, n: 1 })
  })

  it('refuses tables that do not fit', () => {
    expect(() => mean({ values: [], counts: [] })).toThrow(RangeError)
    expect(() => mean({ values: [1], counts: [1, 2] })).toThrow(RangeError)
    expect(() => mean({ values: [1, 2], counts: [1, -2] })).toThrow(RangeError)
  })
})

describe('how many more', () => {
  it('counts up to the minimum and then falls silent', () => {
    expect([0, 3, 9, 10, 50].map((n) => needed(n, 10))).toEqual([10, 7, 1, null, null])
    expect(() => needed(-1, 10)).toThrow(RangeError)
  })

  it('gives the textbook sample sizes', () => {
    expect(sampleSizeForShare({ margin: 0.05 })).toBe(385)
    expect(sampleSizeForShare({ margin: 0.15 })).toBe(43)
    expect(sampleSizeForShare({ margin: 0.05, population: 1000 })).toBe(278)
    expect(sampleSizeForShare({ margin: 0.05, p: 0.9, deff: 2 })).toBe(277)
    expect(() => sampleSizeForShare({ margin: 0 })).toThrow(RangeError)
  })
})
