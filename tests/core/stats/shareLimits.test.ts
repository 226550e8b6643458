import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairedShares } from '../../../api/core/stats/pairedShares.ts'
import { rateLimits } from '../../../api/core/stats/rateLimits.ts'
import { shareLimits, shareMethods } from '../../../api/core/stats/shareLimits.ts'

const counts = fc
  .tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 400 }))
  .map(([x, n]) => ({ x: Math.min(x, n), n }))

describe('intervals of a share', () => {
  it('are those of Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29', () => {
    const table = {
      wilson: ['0.2553 0.3662', '0.0624 0.1605', '0.0000 0.1611', '0.0061 0.1718'],
      'wilson-cc': ['0.2535 0.3682', '0.0598 0.1644', '0.0000 0.2005', '0.0018 0.1963'],
      'clopper-pearson': ['0.2527 0.3676', '0.0578 0.1617', '0.0000 0.1684', '0.0009 0.1776'],
    } as const
    const cases = [
      [81, 263],
      [15, 148],
      [0, 20],
      [1, 29],
    ] as const
    for (const [method, lines] of Object.entries(table) as [keyof typeof table, readonly string[]][]) {
      cases.forEach(([x, n], i) => {
        const { lo, hi } = shareLimits(method, x, n)
        expect(`${lo.toFixed(4)} ${hi.toFixed(4)}`, `${method} ${x}/${n}`).toBe(lines[i])
      })
    }
  })

  it('contain the share, mirror when favourable and unfavourable change places, and narrow with n', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(...shareMethods), ({ x, n }, method) => {
        const { lo, hi } = shareLimits(method, x, n)
        const mirrored = shareLimits(method, n - x, n)
        const tenfold = shareLimits(method, 10 * x, 10 * n)
        expect(lo).toBeLessThanOrEqual(x / n + 1e-15)
        expect(hi).toBeGreaterThanOrEqual(x / n - 1e-15)
        expect(Math.abs(mirrored.lo - (1 - hi))).toBeLessThan(1e-12)
        expect(tenfold.hi - tenfold.lo).toBeLessThan(hi - lo)
      }),
    )
  })

  it('refuse what is no share', () => {
    for (const [x, n] of [
      [1, 0],
      [-1, 5],
      [6, 5],
      [1.5, 5],
    ] as const)
      expect(() => shareLimits('jeffreys', x, n)).toThrow(RangeError)
    expect(() => shareLimits('jeffreys', 1, 5, 1)).toThrow(RangeError)
  })
})

describe('a rate', () => {
  it('has the exact limits of Garwood: 0 events up to 3.689, 10 events 4.795 to 18.390', () => {
    expect(rateLimits(0, 1).lo).toBe(0)
    expect(rateLimits(0, 1).hi).toBeCloseTo(-Math.log(0.025), 12)
    expect(rateLimits(10, 1).lo).toBeCloseTo(4.795, 3)
    expect(rateLimits(10, 1).hi).toBeCloseTo(18.39, 3)
  })
  it('refuses no exposure', () => {
    expect(() => rateLimits(1, 0)).toThrow(RangeError)
    expect(() => rateLimits(0.5, 1)).toThrow(RangeError)
  })
})

describe('a difference of paired shares', () => {
  it('changes its sign with the order, and its interval holds it and stays within ±1', () => {
    fc.assert(
      fc.property(fc.tuple(...([0, 1, 2, 3] as const).map(() => fc.integer({ min: 0, max: 60 }))), (cells) => {
        const [both, first, second, neither] = cells as [number, number, number, number]
        fc.pre(both + first + second + neither > 0)
        const one = pairedShares({ both, first, second, neither })
        const other = pairedShares({ both, first: second, second: first, neither })
        expect(one.est).toBeCloseTo(-other.est, 12)
        expect(one.lo).toBeCloseTo(-other.hi, 12)
        expect(one.lo).toBeLessThanOrEqual(one.est)
        expect(one.hi).toBeGreaterThanOrEqual(one.est)
        expect(Math.max(-one.lo, one.hi)).toBeLessThanOrEqual(1 + 1e-12)
      }),
    )
  })
  it('joins the two Wilson intervals at right angles when one judgement is constant', () => {
    // Wilson of 10/10 is [0.7225, 1], of 0/10 [0, 0.2775]; φ is 0, so the lower limit is 1 − √2·0.2775.
    expect(pairedShares({ both: 0, first: 10, second: 0, neither: 0 }).lo).toBeCloseTo(1 - Math.SQRT2 * 0.27753, 4)
  })
})
