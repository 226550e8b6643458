import { describe, expect, it } from 'vitest'
import { findMethod } from '../../../api/core/analysis/registry.ts'
import { gaussLegendre } from '../../../api/core/stats/gauss-legendre.ts'
import {
  cusumRunLength,
  ewmaRunLength,
  shewhartRunLength,
  wideningEwmaRunLength,
} from '../../../api/core/stats/charts/run-length.ts'
import { seeded } from './seeded.ts'

const ewma = (lambda: number, limit: number, shift: number, sided: 'one' | 'two' = 'two', headStart = 0) =>
  ewmaRunLength({ lambda, limit, headStart, sided }, shift)
const cusum = (k: number, limit: number, shift: number, sided: 'one' | 'two' = 'two', headStart = 0) =>
  cusumRunLength({ k, limit, headStart, sided }, shift)
const table = (columns: string[], ...rows: (string | number)[][]) => ({
  file: 'r.csv',
  columns,
  rows: rows.map((cells, i) => ({ line: i + 2, cells: cells.map(String) })),
})

describe('average run lengths', () => {
  it('are those of R spc 0.6.7 to 1e-7', () => {
    const cases: [number, number][] = [
      [ewma(0.2, 2.859, 0), 370.0417866],
      [ewma(0.2, 2.859, 0.5), 36.1531035],
      [ewma(0.2, 2.859, 1), 9.794603181],
      [ewma(0.2, 2.859, 2), 3.591313969],
      [ewma(0.1, 2.7, 0), 368.993734],
      [ewma(0.2, 2.5, 0, 'one'), 185.9898113],
      [ewma(0.2, 2.5, 1, 'one'), 7.539966786],
      [ewma(0.2, 2.5, 0, 'two', 1), 138.4188922],
      [ewma(0.03, 2.5, 0.25, 'two', 1), 64.22770946],
      [cusum(0.5, 4.77, 0), 368.5613945],
      [cusum(0.5, 4.77, 1), 9.917042464],
      [cusum(0.5, 4, 0, 'one'), 335.3675776],
      [cusum(0.5, 4, -1, 'one'), 1000259.527],
      [cusum(0.5, 4, 0, 'one', 2), 316.3794388],
      [cusum(0.5, 4, 0, 'two', 2), 148.69565],
      [cusum(0.5, 4, 0.7, 'two', 1.5), 11.80785851],
    ]
    for (const [got, want] of cases) expect(Math.abs(got / want - 1), `${got} ${want}`).toBeLessThan(1e-7)
  })

  it('with widening limits are those of R spc to 1e-7', () => {
    const widening = (shift: number) =>
      wideningEwmaRunLength({ lambda: 0.2, limit: 2.859, headStart: 0, sided: 'two' }, shift)
    expect(Math.abs(widening(0) / 364.7954991 - 1)).toBeLessThan(1e-7)
    expect(Math.abs(widening(1) / 8.787450313 - 1)).toBeLessThan(1e-7)
  })

  it('of a plain three-sigma chart is 370.4, and an EWMA with λ = 1 is that chart', () => {
    expect(shewhartRunLength(3, 0, 'two')).toBeCloseTo(370.398, 3)
    for (const shift of [0, 0.5, 1, 2])
      for (const sided of ['one', 'two'] as const)
        // One-sided with λ = 1 the chart forgets that it was held.
        expect(ewma(1, 3, shift, sided)).toBeCloseTo(shewhartRunLength(3, shift, sided), 8)
  })

  it('agree with a simulation of 20,000 charts within four standard errors', () => {
    const random = seeded(7)
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    const lengths = Array.from({ length: 20_000 }, () => {
      let [pos, neg, t] = [0, 0, 0]
      while (pos <= 3 && neg >= -3) {
        const z = normal() + 0.7
        pos = Math.max(0, pos + z - 0.4)
        neg = Math.min(0, neg + z + 0.4)
        t += 1
      }
      return t
    })
    const mean = lengths.reduce((a, b) => a + b, 0) / lengths.length
    const se = Math.sqrt(lengths.reduce((a, b) => a + (b - mean) ** 2, 0)) / lengths.length
    expect(Math.abs(cusum(0.4, 3, 0.7) - mean)).toBeLessThan(4 * se)
  })

  it('grow with the limit and shrink with the shift', () => {
    for (const run of [ewma.bind(null, 0.1), cusum.bind(null, 0.25)]) {
      expect(run(3, 0)).toBeGreaterThan(run(2.5, 0))
      expect(run(3, 0)).toBeGreaterThan(run(3, 0.4))
    }
  })
})

describe('the methods by name', () => {
  const lengths = findMethod('average-run-length')!
  const limits = findMethod('critical-value')!
  it('undo one another for every chart', () => {
    const cells = [
      ['shewhart', '', '', 3, 'two'],
      ['ewma', 0.2, '', 2.859, 'two'],
      ['ewma', 0.05, '', 2.5, 'one'],
      ['cusum', '', 0.5, 4.77, 'two'],
      ['cusum', '', 0.25, 8, 'one'],
    ] as const
    const columns = ['chart', 'lambda', 'k', 'limit', 'sided']
    const { rows } = lengths.run(table(columns, ...cells.map((row) => [...row])), {}) as { rows: { arl: number }[] }
    const back = limits.run(
      table(['chart', 'lambda', 'k', 'arl', 'sided'], ...cells.map(([c, l, k, , s], i) => [c, l, k, rows[i]!.arl, s])),
      {},
    ) as { rows: { limit: number }[] }
    cells.forEach(([, , , limit], i) => expect(back.rows[i]!.limit).toBeCloseTo(limit, 8))
  })

  it('give the published limits: EWMA 2.859 and CUSUM 4.774 for 370 (R spc crit)', () => {
    const got = limits.run(table(['chart', 'lambda', 'k', 'arl'], ['ewma', 0.2, '', 370], ['cusum', '', 0.5, 370]), {})
    expect(got).toMatchObject({
      rows: [{ limit: expect.closeTo(2.858960569, 8) }, { limit: expect.closeTo(4.773833708, 7) }],
    })
  })

  it('tell what is missing or impossible by line and column, and give null where double precision ends', () => {
    const fails = (row: (string | number)[], message: RegExp) =>
      expect(() => lengths.run(table(['chart', 'lambda', 'k', 'limit'], ['ewma', 0.2, '', 3], row), {})).toThrow(
        message,
      )
    fails(['ewma', '', 0.5, 3], /r\.csv line 3 column lambda: missing_value/)
    fails(['ewma', 1.2, '', 3], /line 3 column lambda: impossible_argument/)
    fails(['cusum', 0.2, '', 3], /line 3 column k: missing_value/)
    fails(['bar', 0.2, '', 3], /line 3 column chart: unknown_chart/)
    fails(['shewhart', '', '', -3], /line 3 column limit: impossible_argument/)
    fails(['shewhart', '', '', ''], /line 3 column limit: missing_value/)
    expect(lengths.run(table(['chart', 'k', 'limit'], ['cusum', 0.5, 60]), {})).toMatchObject({ rows: [{ arl: null }] })
  })
})

describe('Gauss–Legendre quadrature', () => {
  it('is exact for polynomials up to its degree', () => {
    const { points, weights } = gaussLegendre(5, -1, 3)
    for (let power = 0; power <= 9; power += 1) {
      const got = points.reduce((total, x, i) => total + weights[i]! * x ** power, 0)
      expect(got).toBeCloseTo((3 ** (power + 1) - (-1) ** (power + 1)) / (power + 1), 8)
    }
  })
})
