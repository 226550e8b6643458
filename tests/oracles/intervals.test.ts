import { describe, expect, it } from 'vitest'
import { shareLimits, shareMethods } from '../../api/core/stats/shareLimits.ts'
import { rateLimits } from '../../api/core/stats/rateLimits.ts'
import { newcombe } from '../../api/core/stats/newcombe.ts'
import { wilson } from '../../api/core/stats/wilson.ts'
import { wilsonLimits } from '../../api/core/stats/wilsonLimits.ts'
import { oracleRows, oraclesPresent, relativeError } from './shared.ts'

describe.skipIf(!oraclesPresent())('intervals against R', () => {
  it('Wilson equals prop.test without correction within 1e-12', () => {
    const rows = oracleRows('intervals/expected/binomial.csv')
    expect(rows.length).toBeGreaterThan(400)
    for (const row of rows) {
      const [x, n, conf] = [Number(row['x']), Number(row['n']), Number(row['conf'])]
      const limits = wilsonLimits(x / n, n, conf)
      expect(Math.abs(limits.lo - Number(row['wilson_lo'])), JSON.stringify(row)).toBeLessThan(1e-12)
      expect(Math.abs(limits.hi - Number(row['wilson_hi'])), JSON.stringify(row)).toBeLessThan(1e-12)
      if (conf === 0.95) expect(wilson(x, n)).toMatchObject({ est: x / n, lo: limits.lo, hi: limits.hi, n })
    }
  })

  it('Wilson near 0 and n is not the variant of Hmisc binconf, which moves the limit there', () => {
    for (const row of oracleRows('intervals/expected/hmisc_wilson_variant_x1.csv')) {
      const [x, n] = [Number(row['x']), Number(row['n'])]
      const { lo, hi } = wilsonLimits(x / n, n, 0.95)
      expect(Math.abs(lo - Number(row['lo'])) < 1e-9, JSON.stringify(row)).toBe(x !== 1)
      expect(Math.abs(hi - Number(row['hi'])) < 1e-9, JSON.stringify(row)).toBe(x !== n - 1)
    }
  })

  it('Newcombe equals the published hybrid score limits within 1e-12, for second − first', () => {
    const rows = oracleRows('intervals/expected/newcombe_difference.csv')
    expect(rows.length).toBeGreaterThan(7)
    for (const row of rows) {
      // The reference takes first − second.
      const minuend = { favourable: Number(row['x1']), n: Number(row['n1']) }
      const subtrahend = { favourable: Number(row['x2']), n: Number(row['n2']) }
      const got = newcombe(subtrahend, minuend)
      expect(Math.abs(got.est! - Number(row['diff'])), JSON.stringify(row)).toBeLessThan(1e-12)
      expect(Math.abs(got.lo! - Number(row['lo'])), JSON.stringify(row)).toBeLessThan(1e-12)
      expect(Math.abs(got.hi! - Number(row['hi'])), JSON.stringify(row)).toBeLessThan(1e-12)
    }
  })

  it('all five intervals of a share equal R within 1e-10', () => {
    const prefix = {
      wilson: 'wilson',
      'wilson-cc': 'wilson_cc',
      'clopper-pearson': 'cp',
      'agresti-coull': 'ac',
      jeffreys: 'jeffreys',
    }
    for (const row of oracleRows('intervals/expected/binomial.csv')) {
      for (const method of shareMethods) {
        const got = shareLimits(method, Number(row['x']), Number(row['n']), Number(row['conf']))
        const want = { lo: Number(row[`${prefix[method]}_lo`]), hi: Number(row[`${prefix[method]}_hi`]) }
        // Limits near 0 come out of a subtraction of shares near 1 in R as well, hence absolute.
        expect(Math.abs(got.lo - want.lo), JSON.stringify({ method, ...row })).toBeLessThan(1e-12)
        expect(Math.abs(got.hi - want.hi), JSON.stringify({ method, ...row })).toBeLessThan(1e-12)
      }
    }
  })

  it('exact Poisson rates equal poisson.test within 1e-10', () => {
    const rows = oracleRows('intervals/expected/poisson_exact.csv')
    expect(rows.length).toBeGreaterThan(20)
    for (const row of rows) {
      const got = rateLimits(Number(row['x']), Number(row['T']), Number(row['conf']))
      expect(relativeError(got.lo, Number(row['lo'])), JSON.stringify(row)).toBeLessThan(1e-10)
      expect(relativeError(got.hi, Number(row['hi'])), JSON.stringify(row)).toBeLessThan(1e-10)
    }
  })
})
