import { describe, expect, it } from 'vitest'
import { newcombe } from '../../api/core/stats/newcombe.ts'
import { wilson } from '../../api/core/stats/wilson.ts'
import { wilsonLimits } from '../../api/core/stats/wilsonLimits.ts'
import { oracleRows, oraclesPresent } from './shared.ts'

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
})
