import { describe, expect, it } from 'vitest'
import { wilson } from '../../../api/core/stats/wilson.ts'
import { wilsonLimits } from '../../../api/core/stats/wilsonLimits.ts'
import { seeded } from './seeded.ts'

describe('wilson', () => {
  it('gives the textbook limits of 9 of 10', () => {
    const { est, lo, hi, n, nEff, method, suppressed } = wilson(9, 10)
    expect({ est, n, nEff, method, suppressed }).toEqual({
      est: 0.9,
      n: 10,
      nEff: 10,
      method: 'wilson',
      suppressed: null,
    })
    expect(lo).toBeCloseTo(0.5958499732047615, 12)
    expect(hi).toBeCloseTo(0.9821237869049271, 12)
  })

  it('stays inside [0, 1], contains the share, never collapses and is mirrored for the complement', () => {
    for (let n = 1; n <= 60; n += 1) {
      for (let x = 0; x <= n; x += 1) {
        const { est, lo, hi } = wilson(x, n)
        expect(lo! >= 0 && lo! <= est! && est! <= hi! && hi! <= 1 && hi! > lo!).toBe(true)
        const mirror = wilson(n - x, n)
        expect(mirror.lo).toBeCloseTo(1 - hi!, 12)
      }
    }
  })

  it('shrinks with more answers and widens with a smaller effective size', () => {
    const width = ({ lo, hi }: { lo: number | null; hi: number | null }) => hi! - lo!
    expect(width(wilson(80, 100))).toBeLessThan(width(wilson(40, 50)))
    const clustered = wilson(80, 100, { nEff: 37.5 })
    expect(width(clustered)).toBeGreaterThan(width(wilson(80, 100)))
    expect(clustered).toMatchObject({ est: 0.8, n: 100, nEff: 37.5 })
    expect(width(wilson(8, 10, { conf: 0.8 }))).toBeLessThan(width(wilson(8, 10)))
  })

  it('covers the truth about 95 times in 100', () => {
    const random = seeded(1)
    let covered = 0
    const runs = 6000
    for (let run = 0; run < runs; run += 1) {
      const truth = 0.05 + 0.9 * random()
      const n = 10 + Math.floor(100 * random())
      let x = 0
      for (let i = 0; i < n; i += 1) if (random() < truth) x += 1
      const { lo, hi } = wilson(x, n)
      if (lo! <= truth && truth <= hi!) covered += 1
    }
    expect(covered / runs).toBeGreaterThan(0.94)
    expect(covered / runs).toBeLessThan(0.965)
  })

  it('has nothing to say without answers, and refuses impossible counts', () => {
    expect(wilson(0, 0)).toMatchObject({ est: null, lo: null, hi: null, n: 0, suppressed: 'too_few' })
    for (const [x, n] of [
      [-1, 5],
      [6, 5],
      [1.5, 5],
      [NaN, 5],
    ] as const) {
      expect(() => wilson(x, n)).toThrow(RangeError)
    }
    expect(() => wilson(1, 5, { nEff: 0 })).toThrow(RangeError)
    expect(() => wilsonLimits(0.5, 10, 1)).toThrow(RangeError)
  })
})
