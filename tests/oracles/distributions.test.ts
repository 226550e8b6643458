import { describe, expect, it } from 'vitest'
import { distributionMethod } from '../../api/core/analysis/methods/distribution.ts'
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

  it('every function of the method agrees to 1e-9 relative, tails included', () => {
    const rows = oracleRows('distributions/expected/distributions.csv').map((row) => ({
      ...row,
      fn: ourName(row['fn']!),
    }))
    // R's expected range comes from ptukey, whose own error reaches 1.2e-8 at n = 25.
    for (const [of, tolerance] of [
      [rows.filter(({ fn }) => fn !== 'd2'), 1e-9],
      [rows.filter(({ fn }) => fn === 'd2'), 2e-8],
    ] as const) {
      const table = {
        file: 'r.csv',
        columns: ['fn', 'a', 'b', 'c'],
        rows: of.map((row, i) => ({ line: i + 2, cells: ['fn', 'a', 'b', 'c'].map((name) => (row as never)[name]) })),
      }
      const got = distributionMethod.run(table, {}) as { rows: { value: number }[] }
      of.forEach((row, i) => {
        const want = Number((row as Record<string, string>)['value'])
        expect(relativeError(got.rows[i]!.value, want), JSON.stringify(row)).toBeLessThan(tolerance)
      })
    }
  })
})

const ourName = (name: string): string => name.replace('_gt', '').replace('_ptukey_mean', '')
