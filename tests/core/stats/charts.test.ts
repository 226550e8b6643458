import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findMethod } from '../../../api/core/analysis/registry.ts'
import { c4 } from '../../../api/core/stats/chartConstants.ts'
import { cusumChart } from '../../../api/core/stats/charts/cusum.ts'
import { ewmaChart } from '../../../api/core/stats/charts/ewma.ts'
import { meanRange, rangeDeviation, rangeQuantile } from '../../../api/core/stats/charts/range.ts'
import { signals } from '../../../api/core/stats/charts/signals.ts'
import { withinSpread, withinSpreads } from '../../../api/core/stats/charts/spread.ts'
import { DataError } from '../../../api/core/table/data-error.ts'

const table = (columns: string[], ...rows: (string | number)[][]) => ({
  file: 'w.csv',
  columns,
  rows: rows.map((cells, i) => ({ line: i + 2, cells: cells.map(String) })),
})
/** What these tests read of a result. */
interface Chart {
  readonly [single: string]: unknown
  readonly center: number
  readonly stdDev: number
  readonly lcl: number
  readonly ucl: number
  readonly sigmaZ: number
  readonly movingRange: { readonly center: number; readonly ucl: number }
  readonly rows: readonly { readonly [column: string]: number }[]
}
const run = (name: string, data: ReturnType<typeof table>, options: object = {}) =>
  findMethod(name)!.run(data, options) as Chart
const faults = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof DataError) return error.faults
    throw error
  }
  return []
}

describe('individual values', () => {
  // Montgomery, Introduction to Statistical Quality Control (6th ed.), example 6.5 (Mortgage application processing cost).
  const costs = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304]
  it('reproduce the limits of Montgomery’s example 6.5', () => {
    const got = run('xmr', table(['x'], ...costs.map((cost) => [cost])))
    expect(got.center).toBeCloseTo(300.5, 10)
    expect(got.movingRange.center).toBeCloseTo(7.79, 2)
    expect(got.ucl).toBeCloseTo(321.22, 2)
    expect(got.lcl).toBeCloseTo(279.78, 2)
    expect(got.movingRange.ucl).toBeCloseTo(25.45, 1)
    expect(got['beyondLimits']).toEqual([])
  })

  it('without any variation have their limits on the centre and no alarm', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 2, max: 40 }), (value, n) => {
        const rows = Array.from({ length: n }, () => [value])
        for (const name of ['xmr', 'ewma']) {
          const got = run(name, table(['x'], ...rows))
          expect(got).toMatchObject({ stdDev: 0, center: Number(String(value)) })
          expect(got['beyondLimits'] ?? got['violations']).toEqual([])
        }
        expect(faults(() => run('cusum', table(['x'], ...rows)))).toEqual([
          { code: 'no_variation', line: null, column: 'x' },
        ])
      }),
      { numRuns: 40 },
    )
  })

  it('keep a frozen baseline, whatever comes after it', () => {
    const before = run('xmr', table(['x'], ...costs.map((cost) => [cost])), { baseline: 12 })
    const after = run('xmr', table(['x'], ...costs.map((cost, i) => [i < 12 ? cost : cost + 500])), { baseline: 12 })
    for (const key of ['center', 'stdDev', 'lcl', 'ucl']) expect(after[key]).toBe(before[key])
    expect(after['beyondLimits']).toEqual([13, 14, 15, 16, 17, 18, 19, 20])
    expect(after['baseline']).toBe(12)
  })

  it('refuse a single point, a missing value and text with the place', () => {
    expect(faults(() => run('xmr', table(['x'], [1])))).toEqual([{ code: 'too_few_rows', line: null, column: 'x' }])
    expect(faults(() => run('xmr', table(['x'], [1], [''], ['1,5'])))).toEqual([
      { code: 'decimal_comma', line: 4, column: 'x' },
    ])
    expect(faults(() => run('xmr', table(['x'], [1], [''], ['NA'])))).toMatchObject([{ line: 3 }, { line: 4 }])
    expect(() => run('xmr', table(['x'], [1], [2]), { baseline: 3 })).toThrow('baseline: too_big')
    expect(() => run('xmr', table(['x', 't'], [1, 1], [2, 0]), { baseline: 1, trial: 't' })).toThrow(
      'excludes_baseline',
    )
    expect(faults(() => run('xmr', table(['x', 't'], [1, 0], [2, 0]), { trial: 't' }))).toMatchObject([
      { code: 'no_baseline' },
    ])
  })
})

describe('rules', () => {
  const points = (values: number[]) => values.map((value) => ({ value, center: 0, lcl: -3, ucl: 3 }))
  const rules = { runLength: 7, trendLength: 6 }
  it('mark a run from the point that completes it; a point on the centre ends it', () => {
    expect(signals(points([1, 1, 1, 1, 1, 1, 1, 1]), rules).runs).toEqual([6, 7])
    expect(signals(points([1, 1, 1, 1, 1, 1, 0, 1]), rules).runs).toEqual([])
    expect(signals(points([1, 1, 1, 1, 1, 1, 1]), { ...rules, runLength: 0 }).runs).toEqual([])
  })
  it('mark a trend of six points, the first included, and two of three near the same limit', () => {
    expect(signals(points([-2, -1, 0, 1, 1.5, 2]), rules).trends).toEqual([5])
    expect(signals(points([-2, -1, 0, 1, 1, 2]), rules).trends).toEqual([])
    expect(signals(points([2.5, 0, 2.5]), rules).twoOfThree).toEqual([2])
    expect(signals(points([2.5, 0, -2.5]), rules).twoOfThree).toEqual([])
    expect(signals(points([2.5, 0, 0, 2.5]), rules).twoOfThree).toEqual([])
  })
  it('list points above the limits before those below', () => {
    expect(signals(points([-4, 4, 0]), rules).beyond).toEqual([1, 0])
  })
})

describe('shares and counts', () => {
  // Montgomery, table 7.1 and figure 7.1: 30 samples of 50 cans, 347 nonconforming.
  const cans = [
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
  ]
  it('reproduce Montgomery’s orange juice cans: centre .2313, limits .0524 and .4102, samples 15 and 23 outside', () => {
    const got = run('p-chart', table(['x', 'n'], ...cans.map((x) => [x, 50])))
    expect(got.center).toBeCloseTo(0.2313, 4)
    expect(got.lcl).toBeCloseTo(0.0524, 4)
    expect(got.ucl).toBeCloseTo(0.4102, 4)
    expect(got['beyondLimits']).toEqual([15, 23])
    const numbers = run('np-chart', table(['x', 'n'], ...cans.map((x) => [x, 50])))
    expect(numbers.ucl).toBeCloseTo(20.51, 2)
    expect(numbers['beyondLimits']).toEqual([15, 23])
  })

  it('a number chart is a share chart times n, also where n varies', () => {
    const cell = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 30, max: 200 }))
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 20 }), (cells) => {
        const shares = run('p-chart', table(['x', 'n'], ...cells))
        const numbers = run('np-chart', table(['x', 'n'], ...cells))
        cells.forEach(([, n], i) => {
          for (const key of ['value', 'lcl', 'ucl', 'center'])
            expect(numbers.rows[i]![key]!).toBeCloseTo(shares.rows[i]![key]! * n, 8)
        })
      }),
    )
  })

  it('Laney’s limits are those of a p chart times σ_z, before they are cut', () => {
    const cells = cans.map((x, i) => [x * 20, 1000 + i])
    const [plain, wide] = [run('p-chart', table(['x', 'n'], ...cells)), run('laney-p', table(['x', 'n'], ...cells))]
    plain!.rows.forEach((row, i) =>
      expect(wide!.rows[i]!['ucl']! - row['center']!).toBeCloseTo((row['ucl']! - row['center']!) * wide!.sigmaZ, 10),
    )
  })

  it('no case at all, more counted than cases, and nothing but zeros have defined results', () => {
    expect(faults(() => run('p-chart', table(['x', 'n'], [0, 0])))).toMatchObject([{ code: 'not_a_count', line: 2 }])
    expect(faults(() => run('u-chart', table(['x', 'n'], [1, 0])))).toMatchObject([{ code: 'not_positive', line: 2 }])
    expect(faults(() => run('p-chart', table(['x', 'n'], [5, 4])))).toMatchObject([{ code: 'more_than_n', line: 2 }])
    for (const name of ['p-chart', 'np-chart', 'u-chart', 'c-chart'])
      for (const options of [{}, { conf: 0.99 }])
        expect(run(name, table(['x', 'n'], [0, 9], [0, 9]), options)).toMatchObject({ center: 0, lcl: 0, ucl: 0 })
    for (const name of ['laney-p', 'laney-u'])
      expect(faults(() => run(name, table(['x', 'n'], [0, 9], [0, 9])))).toMatchObject([{ code: 'no_variation' }])
  })

  it('by confidence the limits of counts are Poisson quantiles', () => {
    // R qpois(c(.005, .995), 4) is 0 and 10.
    expect(run('c-chart', table(['x'], [4], [4]), { conf: 0.99 })).toMatchObject({ lcl: 0, ucl: 10 })
  })
})

describe('samples', () => {
  it('have five estimates of the same spread: all near σ on normal-looking data, exact for samples of one size', () => {
    const samples = [
      [1, 2, 3, 4, 5],
      [2, 4, 4, 4, 6],
      [0, 3, 3, 3, 6],
    ]
    const got = Object.fromEntries(withinSpreads.map((way) => [way, withinSpread(samples, way)]))
    const s = [Math.sqrt(2.5), Math.sqrt(2), Math.sqrt(4.5)]
    expect(got['UWAVE-R']).toBeCloseTo((4 + 4 + 6) / 3 / 2.326, 12)
    expect(got['UWAVE-SD']).toBeCloseTo((s[0]! + s[1]! + s[2]!) / 3 / c4(5), 12)
    expect(got['RMSDF']).toBeCloseTo(Math.sqrt(3) / c4(13), 12)
    expect(got['MVLUE-R']).toBeCloseTo(got['UWAVE-R']!, 12)
    expect(got['MVLUE-SD']).toBeCloseTo(got['UWAVE-SD']!, 12)
  })

  it('charts give the tabulated factors: A2, D3 and D4, B3 and B4 of Montgomery’s appendix VI', () => {
    const sample = (n: number) => Array.from({ length: n }, (_, i) => [i, 'a'] as (string | number)[])
    for (const [n, a2, d3, d4, b3, b4] of [
      [2, 1.88, 0, 3.267, 0, 3.267],
      [5, 0.577, 0, 2.115, 0, 2.089],
      [10, 0.308, 0.223, 1.777, 0.284, 1.716],
    ] as const) {
      const data = table(['x', 'sample'], ...sample(n))
      const [means, ranges, deviations] = ['xbar-chart', 'r-chart', 's-chart'].map((name) => run(name, data))
      // The tables' own rounding of d2 and d3 shows in the third decimal.
      expect((means!.ucl - means!.center) / ranges!.center).toBeCloseTo(a2, 2.7)
      expect(ranges!.lcl / ranges!.center).toBeCloseTo(d3, 2.6)
      expect(ranges!.ucl / ranges!.center).toBeCloseTo(d4, 2.6)
      expect(deviations!.lcl / deviations!.center).toBeCloseTo(b3, 2.6)
      expect(deviations!.ucl / deviations!.center).toBeCloseTo(b4, 2.6)
    }
  })

  it('the range has its tabulated quantiles, mean and deviation', () => {
    // R qtukey(.95, c(2, 5, 10), Inf).
    expect(rangeQuantile(0.95, 2)).toBeCloseTo(2.771808, 5)
    expect(rangeQuantile(0.95, 5)).toBeCloseTo(3.857656, 5)
    expect(rangeQuantile(0.95, 10)).toBeCloseTo(4.474124, 5)
    expect(rangeQuantile(0.95, 2)).toBeCloseTo(1.959963984540054 * Math.SQRT2, 10)
    expect(meanRange(30)).toBeCloseTo(4.0855, 3)
    expect(() => rangeDeviation(51)).toThrow(RangeError)
  })

  it('of one value, without a name, or too large for the tables are refused with their line', () => {
    expect(faults(() => run('xbar-chart', table(['x', 'sample'], [1, 'a'], [2, 'a'], [3, 'b'])))).toEqual([
      { code: 'too_small_sample', line: 4, column: 'x' },
    ])
    expect(faults(() => run('s-chart', table(['x', 'sample'], [1, 'a'], [2, ''])))).toEqual([
      { code: 'missing_value', line: 3, column: 'sample' },
    ])
    const large = table(['x', 'sample'], ...Array.from({ length: 51 }, (_, i) => [i, 'a'] as (string | number)[]))
    expect(faults(() => run('r-chart', large))).toMatchObject([{ code: 'too_large_sample', line: 2 }])
    expect(run('xbar-chart', large).stdDev).toBeGreaterThan(0)
  })

  it('missing values leave their sample smaller', () => {
    const got = run('xbar-chart', table(['x', 'sample'], [1, 'a'], [2, 'a'], ['', 'b'], [3, 'b'], [5, 'b']))
    expect(got.rows).toMatchObject([{ n: 2 }, { n: 2, value: 4 }])
  })
})

describe('charts with a memory', () => {
  const steady = { center: 10, stdDev: 1 }
  // Montgomery, table 9.1 (30 observations, the last ten shifted by one): 9.45, 7.99, 9.29 …
  const montgomery = [
    9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47, 10.51, 9.4, 10.08, 9.37, 10.62, 10.31,
    8.52, 10.84, 10.9, 9.33, 12.29, 11.5, 10.6, 11.08, 10.38, 11.62, 11.31, 10.52,
  ].map((value) => ({ value, size: 1 }))

  it('the CUSUM of Montgomery’s table 9.2 passes 5 at point 29', () => {
    const points = cusumChart(montgomery, steady, { shift: 1 })
    expect(points.findIndex(({ pos }) => pos > 5) + 1).toBe(29)
    expect(points[28]!.pos).toBeCloseTo(5.28, 10)
    expect(points[0]!.neg).toBeCloseTo(-0.05, 10)
    expect(points.every(({ neg }) => neg > -5)).toBe(true)
  })

  it('the EWMA of the same series (λ .1, L 2.7) leaves its limits at the same point', () => {
    const points = ewmaChart(montgomery, steady, { lambda: 0.1, sigmas: 2.7 })
    expect(points[0]!.ewma).toBeCloseTo(9.945, 10)
    expect(points.findIndex(({ ewma, ucl }) => ewma > ucl) + 1).toBe(29)
  })

  it('an EWMA with λ = 1 is a Shewhart chart; both charts mirror a mirrored series', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(values, (list) => {
        const samples = list.map((value) => ({ value, size: 1 }))
        const mirrored = samples.map(({ value }) => ({ value: -value, size: 1 }))
        const process = { center: 0, stdDev: 10 }
        ewmaChart(samples, process, { lambda: 1, sigmas: 3 }).forEach((point) =>
          expect(point).toMatchObject({ ewma: point.value, lcl: -30, ucl: 30 }),
        )
        const [up, down] = [samples, mirrored].map((of) => cusumChart(of, process, { shift: 1 }))
        up!.forEach(({ pos }, i) => expect(pos).toBeCloseTo(-down![i]!.neg, 10))
      }),
    )
  })
})
