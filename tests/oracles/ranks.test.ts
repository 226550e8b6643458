import { describe, expect, it } from 'vitest'
import { findMethod } from '../../api/core/analysis/registry.ts'
import { rankOf } from '../../api/core/stats/ranks/rankOf.ts'
import { oracleTable } from './oracle-table.ts'
import { oracleJson, oraclesPresent } from './shared.ts'

interface Row {
  unit: string
  lo: number
  hi: number
  rank: number
  maybeBest: boolean
}
const run = (name: string, path: string, options: object) =>
  findMethod(name)!.run(oracleTable(path), options) as { rows: Row[] }

describe.skipIf(!oraclesPresent())('ranks against R and the PISA data', () => {
  it('places of equal values equal R rank()', () => {
    const want = oracleJson('ranks/expected/ties.json') as Record<string, (number | null)[]>
    const places = rankOf(want['x']!)
    expect(places.map((place) => place?.min ?? null)).toEqual(want['sport_min_desc'])
    expect(places.map((place) => place?.average ?? null)).toEqual(want['average_desc'])
    expect(places.map((place) => place?.max ?? null)).toEqual(want['max_desc'])
  })

  it('sets by Holm are twelve places wide on average in PISA 2018 and at most two places from the bootstrap', () => {
    const holm = run('rank-sets', 'ranks/input/pisa2018_math.csv', {}).rows
    const bootstrap = run('rank-bootstrap', 'ranks/input/pisa2018_math.csv', { tau: 5 }).rows
    const width = holm.reduce((all, { lo, hi }) => all + hi - lo + 1, 0) / holm.length
    expect(width).toBeGreaterThan(11)
    expect(width).toBeLessThan(13)
    holm.forEach(({ lo, hi }, i) => {
      expect(Math.abs(bootstrap[i]!.lo - lo)).toBeLessThanOrEqual(2)
      expect(Math.abs(bootstrap[i]!.hi - hi)).toBeLessThanOrEqual(2)
    })
    expect(bootstrap.find(({ unit }) => unit === 'Japan')!.maybeBest).toBe(true)
    expect(bootstrap.find(({ unit }) => unit === 'Chile')!.maybeBest).toBe(false)
  })

  it('sets by Holm of PISA 2022 are those of R p.adjust over all pairs: 475 pairs told apart', () => {
    // R 4.2.2: 2 pnorm(−|z|) for each of the 666 pairs, p.adjust(…, "holm") ≤ .05, places counted
    const { rows } = run('rank-sets', 'ranks/input/pisa2022_math.csv', {})
    const sum = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0)
    expect([rows.length, sum(({ lo }) => lo), sum(({ hi }) => hi)]).toEqual([37, 512, 894])
    const set = (name: string) => rows.filter(({ unit }) => unit === name).map(({ lo, hi }) => [lo, hi])[0]
    expect(['Japan', 'Estonia', 'Australia', 'United States'].map(set)).toEqual([
      [1, 2],
      [3, 4],
      [6, 20],
      [19, 32],
    ])
  })
})
