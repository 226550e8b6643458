import { describe, expect, it } from 'vitest'
import { logGammaRatio } from '../../../api/core/stats/logGammaRatio.ts'
import { normalCdf } from '../../../api/core/stats/normalCdf.ts'
import { normalQuantile } from '../../../api/core/stats/normalQuantile.ts'
import { tCdf } from '../../../api/core/stats/tCdf.ts'
import { tQuantile } from '../../../api/core/stats/tQuantile.ts'

/** Φ by a series of positive terms (Marsaglia 2004): slow, but nothing in it to mistype. */
function normalBySeries(z: number): number {
  let term = z
  let total = z
  for (let k = 3; term > 1e-20; k += 2) {
    term *= (z * z) / k
    total += term
  }
  return 0.5 + (total * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI)
}

describe('the normal distribution', () => {
  it('equals an independent series within 1e-14', () => {
    for (let z = 0.01; z < 7; z += 0.0137) expect(Math.abs(normalCdf(z) - normalBySeries(z))).toBeLessThan(1e-14)
  })

  it('is symmetric, and quantile and distribution undo one another also in the far tail', () => {
    for (const p of [1e-300, 1e-100, 1e-12, 1e-5, 0.01, 0.2, 0.4999, 0.5, 0.7, 0.975]) {
      expect(Math.abs(normalCdf(normalQuantile(p)) / p - 1)).toBeLessThan(1e-11)
    }
    expect(normalCdf(1.3) + normalCdf(-1.3)).toBeCloseTo(1, 15)
    expect(normalQuantile(0)).toBe(-Infinity)
    expect(normalQuantile(1)).toBe(Infinity)
    expect(normalCdf(Infinity)).toBe(1)
    expect(normalCdf(-Infinity)).toBe(0)
  })

  it('refuses what is not a probability', () => {
    for (const p of [-0.1, 1.1, NaN]) expect(() => normalQuantile(p)).toThrow(RangeError)
    expect(() => normalCdf(NaN)).toThrow(RangeError)
  })
})

describe("Student's distribution", () => {
  it('has the closed forms for 1 and 2 degrees of freedom', () => {
    for (const t of [-50, -3, -0.2, 0, 0.7, 4]) {
      expect(Math.abs(tCdf(t, 1) - (0.5 + Math.atan(t) / Math.PI))).toBeLessThan(1e-14)
      expect(Math.abs(tCdf(t, 2) - (0.5 + t / (2 * Math.sqrt(2 + t * t))))).toBeLessThan(1e-14)
    }
  })

  it('is undone by its quantile for whole and broken degrees of freedom', () => {
    for (const df of [0.7, 1, 2, 2.5, 3, 7.31, 29, 58.4, 1000, 123456]) {
      for (const p of [1e-9, 1e-4, 0.025, 0.2, 0.26, 0.4, 0.499]) {
        expect(Math.abs(tCdf(tQuantile(p, df), df) / p - 1), `p ${p} df ${df}`).toBeLessThan(1e-11)
      }
      // Powers of two, so that 1 − p is exact.
      for (const p of [2 ** -30, 2 ** -8, 0.25]) expect(tQuantile(1 - p, df)).toBe(-tQuantile(p, df))
      expect(tQuantile(0.5, df)).toBe(0)
    }
  })

  it('runs into the normal distribution without a step', () => {
    expect(Math.abs(tCdf(-2, 999_999) - tCdf(-2, 1_000_001))).toBeLessThan(1e-12)
    expect(tQuantile(0.975, 1e12)).toBeCloseTo(normalQuantile(0.975), 9)
  })

  it('refuses impossible arguments', () => {
    expect(() => tCdf(1, 0)).toThrow(RangeError)
    expect(() => tCdf(NaN, 3)).toThrow(RangeError)
    expect(() => tQuantile(2, 3)).toThrow(RangeError)
    expect(() => logGammaRatio(0)).toThrow(RangeError)
  })
})
