import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { describeMethod } from '../../api/core/analysis/methods/describe.ts'
import { mean } from '../../api/core/stats/mean.ts'
import { oracleJson, oraclesPresent, relativeError } from './shared.ts'

describe.skipIf(!oraclesPresent())('means against R', () => {
  it('the variance survives NIST NumAcc3 and NumAcc4, where running squares give nonsense', () => {
    const nist = oracleJson('numerics/expected/nist_numacc.json') as Record<string, { mean: number; sd: number }>
    for (const [name, base] of [
      ['NumAcc3', 1_000_000],
      ['NumAcc4', 10_000_000],
    ] as const) {
      const got = mean({ values: [base + 0.2, base + 0.1, base + 0.3], counts: [1, 500, 500] })
      expect(relativeError(got.est!, nist[name]!.mean)).toBeLessThan(1e-14)
      expect(relativeError(got.se! * Math.sqrt(1001), nist[name]!.sd)).toBeLessThan(1e-8)
    }
  })

  it('so does it in the method `describe`, in any order of the rows', () => {
    const nist = oracleJson('numerics/expected/nist_numacc.json') as Record<string, { mean: number; sd: number }>
    for (const [name, base] of [
      ['NumAcc3', 1_000_000],
      ['NumAcc4', 10_000_000],
    ] as const) {
      const values = [base + 0.2, ...Array.from({ length: 1000 }, (_, i) => base + (i % 2 === 0 ? 0.1 : 0.3))]
      for (const list of [values, values.toReversed(), values.toSorted((a, b) => a - b)]) {
        const rows = list.map((value, i) => ({ line: i + 2, cells: [String(value)] }))
        const { columns } = describeMethod.run({ file: 'n.csv', columns: ['x'], rows }, {}) as {
          columns: { mean: number; sd: number }[]
        }
        expect(relativeError(columns[0]!.mean, nist[name]!.mean)).toBeLessThan(1e-14)
        expect(relativeError(columns[0]!.sd, nist[name]!.sd)).toBeLessThan(1e-12)
      }
    }
  })

  it('mean and standard error of a simple random sample equal survey::svymean without finite correction', () => {
    const lines = readFileSync('../shared/oracles/survey/input/apisrs.csv', 'utf8').trim().split('\n')
    const column = lines[0]!.replaceAll('"', '').split(',').indexOf('api00')
    const scores = lines.slice(1).map((line) => Number(line.split(',')[column]))
    const values = [...new Set(scores)]
    const counts = values.map((value) => scores.filter((score) => score === value).length)
    const { cases } = oracleJson('survey/expected/estimates.json') as {
      cases: { srs_nofpc: { mean_api00: { estimate: number; se: number; ci95_t: { lo: number; hi: number } } } }
    }
    const want = cases.srs_nofpc.mean_api00
    const got = mean({ values, counts })
    expect(got.n).toBe(200)
    expect(relativeError(got.est!, want.estimate)).toBeLessThan(1e-10)
    expect(relativeError(got.se!, want.se)).toBeLessThan(1e-10)
    expect(relativeError(got.lo!, want.ci95_t.lo)).toBeLessThan(1e-10)
    expect(relativeError(got.hi!, want.ci95_t.hi)).toBeLessThan(1e-10)
  })
})
