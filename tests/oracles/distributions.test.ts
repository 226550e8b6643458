import { describe, expect, it } from 'vitest'
import { normalCdf } from '../../api/core/stats/normalCdf.ts'
import { normalQuantile } from '../../api/core/stats/normalQuantile.ts'
import { tCdf } from '../../api/core/stats/tCdf.ts'
import { tQuantile } from '../../api/core/stats/tQuantile.ts'
import { oracleRows, oraclesPresent, relativeError } from './shared.ts'

describe.skipIf(!oraclesPresent())('distribution functions against R', () => {
  const cases = {
    pnorm: { f: (a: number) => normalCdf(a), tolerance: 1e-14, atLeast: 14 },
    qnorm: { f: (a: number) => normalQuantile(a), tolerance: 1e-14, atLeast: 18 },
    pt: { f: tCdf, tolerance: 1e-12, atLeast: 84 },
    qt: { f: tQuantile, tolerance: 1e-12, atLeast: 216 },
  }
  for (const [name, { f, tolerance, atLeast }] of Object.entries(cases)) {
    it(`${name} agrees to ${tolerance} relative`, () => {
      const rows = oracleRows('distributions/expected/distributions.csv').filter((row) => row['fn'] === name)
      expect(rows.length).toBeGreaterThanOrEqual(atLeast)
      for (const row of rows) {
        const got = f(Number(row['a']), Number(row['b']))
        expect(relativeError(got, Number(row['value'])), JSON.stringify({ ...row, got })).toBeLessThan(tolerance)
      }
    })
  }
})
