import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distributionMethod } from '../../../api/core/analysis/methods/distribution.ts'
import { betaCdf, betaQuantile } from '../../../api/core/stats/beta.ts'
import { binomialCdf, binomialQuantile, binomialUpper } from '../../../api/core/stats/binomial.ts'
import { chiSquareCdf, chiSquareQuantile, chiSquareUpper } from '../../../api/core/stats/chiSquare.ts'
import { fCdf, fQuantile, fUpper } from '../../../api/core/stats/fDistribution.ts'
import { logGamma } from '../../../api/core/stats/logGamma.ts'
import { poissonCdf, poissonQuantile, poissonUpper } from '../../../api/core/stats/poisson.ts'
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

describe('distributions of counts and sums of squares', () => {
  it('keep their digits for thousands of degrees of freedom, where the usual library loses two', () => {
    // Values of scipy 1.17 (Boost, Cephes).
    const near = (got: number, want: number) => expect(Math.abs(got / want - 1), `${got} ${want}`).toBeLessThan(1e-12)
    near(chiSquareQuantile(0.95, 2470), 2586.734569850915)
    near(chiSquareCdf(2470, 2470), 0.5037840536259893)
    near(chiSquareUpper(4940, 2470), 2.9696531614608412e-167)
    near(poissonCdf(2700, 3000), 1.3489356903640303e-8)
    near(poissonUpper(3000, 3000), 0.4951444360110798)
    expect(poissonQuantile(0.8, 3000)).toBe(3046)
    expect(poissonQuantile(0.025, 1e6)).toBe(998041)
  })

  it('are undone by their quantiles', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }),
        fc.double({ min: 0.2, max: 5000, noNaN: true }),
        fc.double({ min: 0.2, max: 5000, noNaN: true }),
        (p, a, b) => {
          expect(Math.abs(chiSquareCdf(chiSquareQuantile(p, a), a) - p)).toBeLessThan(1e-10)
          expect(Math.abs(fCdf(fQuantile(p, a, b), a, b) - p)).toBeLessThan(1e-8)
          // below that a quantile near 1 lies between two doubles that are far apart in p
          const [c, d] = [Math.max(a, 0.8), Math.max(b, 0.8)]
          expect(Math.abs(betaCdf(betaQuantile(p, c, d), c, d) - p)).toBeLessThan(1e-8)
          expect(fCdf(1.3, a, b) + fUpper(1.3, a, b)).toBeCloseTo(1, 12)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('of counts agree with the plain sum of their chances', () => {
    const sumTo = (k: number, chance: (i: number) => number) =>
      Array.from({ length: k + 1 }, (_, i) => chance(i)).reduce((a, b) => a + b, 0)
    const choose = (n: number, k: number) => Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1))
    for (const k of [0, 3, 7, 12]) {
      expect(poissonCdf(k, 4.2)).toBeCloseTo(
        sumTo(k, (i) => Math.exp(i * Math.log(4.2) - 4.2 - logGamma(i + 1))),
        12,
      )
      expect(binomialCdf(k, 12, 0.3)).toBeCloseTo(
        sumTo(k, (i) => choose(12, i) * 0.3 ** i * 0.7 ** (12 - i)),
        12,
      )
      expect(binomialCdf(k, 12, 0.3) + binomialUpper(k, 12, 0.3)).toBeCloseTo(1, 14)
    }
    expect(binomialQuantile(0.5, 12, 0.3)).toBe(4)
    expect(poissonUpper(-1, 2)).toBe(1)
  })

  it('refuse impossible arguments', () => {
    expect(() => chiSquareCdf(1, 0)).toThrow(RangeError)
    expect(() => poissonCdf(1, 0)).toThrow(RangeError)
    expect(() => binomialCdf(1, 2.5, 0.5)).toThrow(RangeError)
    expect(() => betaQuantile(2, 1, 1)).toThrow(RangeError)
    expect(() => logGamma(0)).toThrow(RangeError)
  })
})

describe('the method distribution', () => {
  it.each([
    ['pt', '1', '0', '', 'b'],
    ['qt', '2', '3', '', 'a'],
    ['pf', '1', '2', '-1', 'c'],
    ['pf', '1', '-2', '3', 'b'],
    ['qbinom', '0.5', '10', '2', 'c'],
    ['qnorm', '1.5', '', '', 'a'],
  ])('%s of %s, %s, %s blames the argument that is impossible', (fn, a, b, c, column) => {
    const table = { file: 'd.csv', columns: ['fn', 'a', 'b', 'c'], rows: [{ line: 2, cells: [fn, a, b, c] }] }
    const run = () => distributionMethod.run(table, {})
    expect(run).toThrow(`d.csv line 2 column ${column}: impossible_argument`)
  })
})
