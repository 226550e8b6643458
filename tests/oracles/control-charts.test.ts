import { describe, expect, it } from 'vitest'
import { findMethod } from '../../api/core/analysis/registry.ts'
import { oracleJson, oraclesPresent, relativeError } from './shared.ts'
import { oracleTable } from './oracle-table.ts'

interface Shewhart {
  readonly center: number
  readonly std_dev: number
  readonly stat: number[]
  readonly lcl: number | number[]
  readonly ucl: number | number[]
  readonly beyond_limits: number | number[]
  readonly violating_runs: number | number[]
}
interface Row {
  readonly value: number
  readonly lcl: number
  readonly ucl: number
  readonly [column: string]: unknown
}
interface Chart {
  readonly center: number
  readonly stdDev: number
  readonly beyondLimits: number[]
  readonly violatingRuns: number[]
  readonly violations: number[]
  readonly violationsUpper: number[]
  readonly violationsLower: number[]
  readonly sigmaZ: number
  readonly rows: Row[]
}

const run = (name: string, file: string, options: object, keep?: (line: number) => boolean) =>
  findMethod(name)!.run(oracleTable(`timeseries/input/${file}`, keep), options) as Chart
const all = (given: number | number[]): number[] => [given].flat()
const near = (got: number, want: number, what: string) =>
  expect(relativeError(got, want, 1e-3), `${what}: ${got} ${want}`).toBeLessThan(1e-10)
const nearAll = (got: readonly number[], want: number | number[], what: string) => {
  const list = all(want)
  got.forEach((value, i) => near(value, list.length === 1 ? list[0]! : list[i]!, `${what} ${i}`))
}

describe.skipIf(!oraclesPresent())('control charts against R qcc 2.7', () => {
  const expected = () =>
    oracleJson('timeseries/expected/control_charts.json') as {
      shewhart: Record<string, Shewhart> & {
        laney_p_variable_n: { pbar: number; sigma_z: number; lcl: number[]; ucl: number[] }
      }
      ewma: Record<string, Record<'y' | 'sigma' | 'lcl' | 'ucl' | 'violations', number[]> & Shewhart>
      cusum: Record<string, Record<'pos' | 'neg' | 'violations_upper' | 'violations_lower', number[]> & Shewhart>
    }
  const ringOptions = { x: 'diameter', trial: 'trial' }
  const cases: readonly [string, string, string, object, ((line: number) => boolean)?][] = [
    ['xmr_nile', 'xmr', 'nile.csv', { x: 'flow' }],
    ['xmr_nile_28', 'xmr', 'nile.csv', { x: 'flow', baseline: 28 }],
    ['p_orangejuice', 'p-chart', 'orangejuice.csv', { x: 'D', n: 'size' }, (line) => line <= 31],
    ['np_orangejuice', 'np-chart', 'orangejuice.csv', { x: 'D', n: 'size' }, (line) => line <= 31],
    ['p_variable_n', 'p-chart', 'orangejuice_variable_n.csv', { x: 'D', n: 'size' }],
    ['c_circuit', 'c-chart', 'circuit.csv', {}, (line) => line <= 27],
    ['u_dyedcloth', 'u-chart', 'dyedcloth.csv', { n: 'size' }],
    ['xbar_pistonrings', 'xbar-chart', 'pistonrings.csv', { x: 'diameter' }, (line) => line <= 126],
    ['s_pistonrings', 's-chart', 'pistonrings.csv', { x: 'diameter' }, (line) => line <= 126],
  ]
  for (const [name, method, file, options, keep] of cases) {
    it(`${name} within 1e-10, with the same alarms in the same order`, () => {
      const want = expected().shewhart[name]!
      const got = run(method, file, options, keep)
      near(got.center, want.center, 'center')
      near(got.stdDev, want.std_dev, 'stdDev')
      nearAll(
        got.rows.slice(0, want.stat.length).map(({ value }) => value),
        want.stat,
        'value',
      )
      nearAll(
        got.rows.map(({ lcl }) => lcl),
        want.lcl,
        'lcl',
      )
      nearAll(
        got.rows.map(({ ucl }) => ucl),
        want.ucl,
        'ucl',
      )
      expect(got.beyondLimits).toEqual(all(want.beyond_limits))
      expect(got.violatingRuns).toEqual(all(want.violating_runs))
    })
  }

  it('rows marked as trial set the limits, whichever they are; the same as counting them', () => {
    const marked = run('c-chart', 'circuit.csv', { trial: 'trial' })
    const counted = run('c-chart', 'circuit.csv', { baseline: 26 })
    expect(marked).toEqual(counted)
    near(marked.center, expected().shewhart['c_circuit']!.center, 'center')
  })

  it('Laney p′ within 1e-10', () => {
    const want = expected().shewhart.laney_p_variable_n
    const got = run('laney-p', 'orangejuice_variable_n.csv', { x: 'D', n: 'size' })
    near(got.center, want.pbar, 'center')
    near(got.sigmaZ, want.sigma_z, 'sigmaZ')
    nearAll(
      got.rows.map(({ lcl }) => lcl),
      want.lcl,
      'lcl',
    )
    nearAll(
      got.rows.map(({ ucl }) => ucl),
      want.ucl,
      'ucl',
    )
  })

  for (const [name, file, options] of [
    ['pistonrings', 'pistonrings.csv', { ...ringOptions, sample: 'sample' }],
    ['nile_base28', 'nile.csv', { x: 'flow', baseline: 28 }],
  ] as const) {
    it(`EWMA ${name} within 1e-10, with the same alarms`, () => {
      const want = expected().ewma[name]!
      const got = run('ewma', file, options)
      near(got.center, want.center, 'center')
      near(got.stdDev, want.std_dev, 'stdDev')
      for (const [column, theirs] of [
        ['ewma', 'y'],
        ['se', 'sigma'],
        ['lcl', 'lcl'],
        ['ucl', 'ucl'],
      ] as const)
        nearAll(
          got.rows.map((row) => row[column] as number),
          want[theirs],
          column,
        )
      expect(got.rows).toHaveLength(want.y.length)
      expect(got.violations).toEqual(want.violations)
    })

    it(`CUSUM ${name} within 1e-10, with the same alarms`, () => {
      const want = expected().cusum[name]!
      const got = run('cusum', file, options)
      for (const column of ['pos', 'neg'] as const)
        // The sums carry the rounding of values near 74 with a spread of 0.01.
        got.rows.forEach((row, i) =>
          expect(Math.abs((row[column] as number) - want[column][i]!), `${column} ${i}`).toBeLessThan(1e-9),
        )
      expect(got.rows).toHaveLength(want.pos.length)
      expect(got.violationsUpper).toEqual(want.violations_upper)
      expect(got.violationsLower).toEqual(want.violations_lower)
    })
  }
})
