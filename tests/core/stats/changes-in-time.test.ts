import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findMethod } from '../../../api/core/analysis/registry.ts'
import { bestPartitions } from '../../../api/core/stats/change-points/partitions.ts'
import { segmentSquares } from '../../../api/core/stats/change-points/segment-squares.ts'
import { supFPValue } from '../../../api/core/stats/change-points/sup-f-p-value.ts'
import { earsBounds } from '../../../api/core/stats/ears.ts'
import { correlation } from '../../../api/core/stats/agreement/correlation.ts'
import { kendallScore } from '../../../api/core/stats/agreement/kendallScore.ts'
import { logNormalCdf } from '../../../api/core/stats/logNormalCdf.ts'
import { DataError } from '../../../api/core/table/data-error.ts'

const table = (columns: string[], ...rows: (string | number)[][]) => ({
  file: 't.csv',
  columns,
  rows: rows.map((cells, i) => ({ line: i + 2, cells: cells.map(String) })),
})
const run = (name: string, data: ReturnType<typeof table>, options: object = {}) =>
  findMethod(name)!.run(data, options) as Record<string, unknown>
const faults = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof DataError) return error.faults
    throw error
  }
  return []
}

/** Yearly flow of the Nile at Aswan 1871–1970, 10⁸ m³. Source: Cobb, Biometrika 65 (1978); R `Nile`. */
const nile = [
  1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140, 1100,
  1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456,
  824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897,
  822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975,
  815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
]
const nileTable = table(['time', 'y'], ...nile.map((flow, i) => [1871 + i, flow]))

describe('change points', () => {
  it('find 1898 in the Nile with the interval 1895–1902 (strucchange, Zeileis et al. 2003)', () => {
    expect(run('change-points', nileTable)).toMatchObject({
      breaks: 1,
      h: 15,
      breakpoints: [28],
      intervals: [{ lo: 25, hi: 32, time: '1898', timeLo: '1895', timeHi: '1902' }],
      segments: [
        { from: 1, to: 28, mean: expect.closeTo(1097.75, 10) },
        { from: 29, to: 100, mean: expect.closeTo(849.97222222, 6) },
      ],
      supF: { statistic: expect.closeTo(75.92976942748543, 9), breakpoint: 28, from: 15, to: 85 },
    })
  })

  it('give the table of R summary(breakpoints): RSS, BIC and breaks for every number', () => {
    const { table: rows } = run('change-points', nileTable) as {
      table: { rss: number; bic: number; breakpoints: number[] }[]
    }
    const want: [number, number, number[]][] = [
      [2835156.75, 1318.241806876181, []],
      [1597457.1944444445, 1270.083735739566, [28]],
      [1552923.6157754012, 1276.466700755351, [28, 83]],
      [1538096.5127450982, 1284.717667448914, [28, 68, 83]],
      [1507888.4759164536, 1291.944476887274, [28, 45, 68, 83]],
      [1659993.5004262575, 1310.765154765902, [15, 30, 45, 68, 83]],
    ]
    expect(rows).toHaveLength(want.length)
    want.forEach(([rss, bic, breaks], i) => {
      expect(Math.abs(rows[i]!.rss / rss - 1)).toBeLessThan(1e-12)
      expect(Math.abs(rows[i]!.bic / bic - 1)).toBeLessThan(1e-12)
      expect(rows[i]!.breakpoints).toEqual(breaks)
    })
  })

  it('equal an exhaustive search over all partitions, for means and trends', () => {
    const series = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 9, maxLength: 13 })
    fc.assert(
      fc.property(series, fc.boolean(), (y, trend) => {
        const rows = y.map((_, i) => (trend ? [1, i + 1] : [1]))
        const h = 3
        const most = Math.floor(y.length / h) - 1
        const squares = segmentSquares(rows, y, h)
        const found = bestPartitions(squares, y.length, h, most)
        for (let m = 0; m <= most; m += 1) expect(found[m]!.rss).toBeCloseTo(exhaustive(y, trend, h, m), 6)
      }),
      { numRuns: 60 },
    )
  })

  it('leave a series without variation whole, and find a perfect step exactly', () => {
    const flat = run('change-points', table(['y'], ...Array.from({ length: 20 }, () => [4.1])))
    expect(flat).toMatchObject({ breaks: 0, breakpoints: [], bic: null, supF: { statistic: 0, p: 1 } })
    const line = run('change-points', table(['y'], ...Array.from({ length: 20 }, (_, i) => [0.1 * i])), {
      model: 'trend',
    })
    expect(line).toMatchObject({ breaks: 0, bic: null, supF: { statistic: 0, p: 1 } })
    const step = run('change-points', table(['y'], ...Array.from({ length: 30 }, (_, i) => [i < 12 ? 0.1 : 0.7])))
    expect(step).toMatchObject({
      breaks: 1,
      breakpoints: [12],
      bic: null,
      supF: { statistic: null, p: 0, breakpoint: 12 },
    })
  })

  it('take the number of breaks, the segment and other regressors that are asked for', () => {
    expect(run('change-points', nileTable, { breaks: 2 })).toMatchObject({ breakpoints: [28, 83] })
    expect(run('change-points', nileTable, { breaks: 0 })).toMatchObject({ breakpoints: [], intervals: [] })
    expect(run('change-points', nileTable, { h: 10 })['table']).toHaveLength(9)
    const trend = run('change-points', nileTable, { model: 'trend' })
    const named = run('change-points', table(['y', 'i'], ...nile.map((flow, i) => [flow, i + 1])), {
      regressors: ['i'],
    })
    expect(named['breakpoints']).toEqual(trend['breakpoints'])
    expect((named['rss'] as number) / (trend['rss'] as number)).toBeCloseTo(1, 10)
  })

  it('refuse what cannot be cut, with the option or the place', () => {
    expect(() => run('change-points', nileTable, { h: 60 })).toThrow('h: too_big')
    expect(() => run('change-points', nileTable, { h: 1 })).toThrow('h: too_small')
    expect(() => run('change-points', nileTable, { breaks: 6 })).toThrow('breaks: too_big')
    expect(faults(() => run('change-points', table(['y'], [1])))).toMatchObject([{ code: 'too_few_rows' }])
    expect(faults(() => run('change-points', table(['y'], [1], [''], ['1e99'])))).toMatchObject([{ line: 4 }])
    expect(faults(() => run('change-points', table(['z'], [1])))).toMatchObject([
      { code: 'missing_column', column: 'y' },
    ])
  })

  it('a regressor that repeats another changes nothing but the intervals, which it leaves open', () => {
    const doubled = table(['y', 'a', 'b'], ...nile.map((flow, i) => [flow, i + 1, 2 * i + 2]))
    const one = run('change-points', doubled, { regressors: ['a'], breaks: 1 })
    const two = run('change-points', doubled, { regressors: ['a', 'b'], breaks: 1 })
    expect((two['rss'] as number) / (one['rss'] as number)).toBeCloseTo(1, 9)
    expect(two).toMatchObject({ intervals: [{ lo: null, hi: null }], segments: [{ coefficients: null }, {}] })
  })

  it('have Hansen’s p values (R pvalue.Fstats), none where his constants are not kept', () => {
    const lambda = (85 * 85) / (15 * 15)
    const near = (got: number | null, want: number) => expect(Math.abs(got! / want - 1)).toBeLessThan(1e-9)
    near(supFPValue(20, 1, lambda), 0.000224647941724831)
    near(supFPValue(12, 2, lambda), 0.041571553725391)
    near(supFPValue(8, 1, 3), 0.0272677159080866)
    near(supFPValue(8, 1, 1.05), 0.00638572403165435)
    near(supFPValue(8, 1, 1e5), 0.13969253511226)
    near(supFPValue(8, 5, 30), 0.767426776797837)
    near(supFPValue(75.92976942748543, 1, lambda), 2.220446049250313e-16)
    expect(supFPValue(200, 1, lambda)).toBeGreaterThan(0)
    expect(supFPValue(0.05, 1, lambda)).toBe(1)
    expect(supFPValue(8, 6, 30)).toBeNull()
  })

  it('log Φ joins its series without a step and follows it far out', () => {
    expect(logNormalCdf(-30.0001) - logNormalCdf(-29.9999)).toBeCloseTo(-0.0002 * 30.033, 5)
    expect(logNormalCdf(-100)).toBeCloseTo(-5005.524208694205, 8)
  })
})

/** Least sum of squares with m breaks, by trying every partition with the textbook formulas. */
function exhaustive(y: readonly number[], trend: boolean, h: number, m: number): number {
  const squares = (from: number, to: number) => {
    const part = y.slice(from, to)
    const n = part.length
    const [my, mt] = [part.reduce((a, b) => a + b, 0) / n, (n - 1) / 2]
    const syy = part.reduce((total, value) => total + (value - my) ** 2, 0)
    if (!trend) return syy
    const sty = part.reduce((total, value, t) => total + (t - mt) * (value - my), 0)
    const stt = part.reduce((total, _, t) => total + (t - mt) ** 2, 0)
    return syy - (sty * sty) / stt
  }
  const best = (from: number, breaks: number): number => {
    if (breaks === 0) return squares(from, y.length)
    let least = Infinity
    for (let at = from + h; at <= y.length - breaks * h; at += 1)
      least = Math.min(least, squares(from, at) + best(at, breaks - 1))
    return least
  }
  return best(0, m)
}

describe('EARS', () => {
  const quiet = [6, 1, 8, 3, 4, 13, 4, 6, 11, 5, 5, 7, 12, 11]
  it('C1 is mean + 3.09 sd of the seven days before, C2 of those two days earlier', () => {
    const sd = (list: number[]) => {
      const mean = list.reduce((a, b) => a + b, 0) / list.length
      return { mean, sd: Math.sqrt(list.reduce((a, b) => a + (b - mean) ** 2, 0) / (list.length - 1)) }
    }
    const [c1, c2] = (['C1', 'C2'] as const).map((name) =>
      earsBounds(quiet, name, { baseline: 7, alpha: 0.001, minSigma: 0 }),
    )
    const [near, far] = [sd(quiet.slice(4, 11)), sd(quiet.slice(2, 9))]
    expect(c1![11]).toBeCloseTo(near.mean + 3.090232306167813 * near.sd, 10)
    expect(c2![11]).toBeCloseTo(far.mean + 3.090232306167813 * far.sd, 10)
    expect([c1!.indexOf(null), c1!.lastIndexOf(null), c2!.lastIndexOf(null)]).toEqual([0, 6, 8])
  })

  it('never alarm on constant counts, and always on a rise above them, C3 from the day after', () => {
    const flat = Array.from({ length: 30 }, (_, i) => [i < 25 ? 5 : 6])
    const { methods } = run('ears', table(['x'], ...flat)) as { methods: { method: string; alarms: number[] }[] }
    expect(methods.map(({ alarms }) => alarms[0])).toEqual([26, 26, 27])
    const { methods: quietOnes } = run('ears', table(['x'], ...flat.slice(0, 25))) as {
      methods: { alarms: number[] }[]
    }
    expect(quietOnes.flatMap(({ alarms }) => alarms)).toEqual([])
  })

  it('refuse a series shorter than their baseline, and counts that are none', () => {
    expect(faults(() => run('ears', table(['x'], ...quiet.slice(0, 9).map((x) => [x]))))).toMatchObject([
      { code: 'too_few_rows', column: 'x' },
    ])
    expect(faults(() => run('ears', table(['x'], [1.5], [-1], ['']), {}))).toMatchObject([{ line: 4 }])
  })
})

describe('rank correlations', () => {
  const orders = (n: number): number[][] =>
    n === 0 ? [[]] : orders(n - 1).flatMap((rest) => Array.from({ length: n }, (_, at) => rest.toSpliced(at, 0, n)))

  it('have the exact p values of counting all 720 orders of six', () => {
    const t = [1, 2, 3, 4, 5, 6]
    for (const name of ['kendall', 'spearman'] as const) {
      const all = orders(6).map((y) => correlation(t, y, name))
      for (const { est, p } of all.filter((_, i) => i % 37 === 0)) {
        const share = all.filter((other) => Math.abs(other.est!) >= Math.abs(est!) - 1e-12).length / all.length
        expect(p).toBeCloseTo(share, 12)
      }
    }
  })

  it('of the Nile are those of R cor.test; its score is −1387', () => {
    const years = nile.map((_, i) => i)
    expect(kendallScore(years, nile)).toMatchObject({ score: -1387, ties: true })
    expect(correlation(years, nile, 'kendall').p! / 3.61117991948162e-5).toBeCloseTo(1, 9)
    expect(correlation(years, nile, 'spearman').p! / 5.33919305332999e-6).toBeCloseTo(1, 9)
  })
})

describe('trend', () => {
  it('of the Nile is that of R lm, cor.test and trend', () => {
    expect(run('trend', nileTable)).toMatchObject({
      n: 100,
      linear: {
        intercept: expect.closeTo(1056.42242424242386, 8),
        interceptSe: expect.closeTo(30.33768558123819, 9),
        slope: expect.closeTo(-2.71430543054305, 11),
        se: expect.closeTo(0.521554090157457, 12),
        t: expect.closeTo(-5.20426448908416, 11),
        df: 98,
        p: expect.closeTo(1.07169488632501e-6, 16),
        lo: expect.closeTo(-3.74931254822631, 10),
        hi: expect.closeTo(-1.6792983128598, 10),
        r2: expect.closeTo(0.216528804650116, 12),
      },
      kendall: { tau: expect.closeTo(-0.280741334724613, 12) },
      sen: { slope: -2.6 },
      spearman: { rho: expect.closeTo(-0.437449930079709, 12) },
    })
  })

  it('does not change when years are counted from 1871 but for the intercepts', () => {
    const years = run('trend', nileTable, { t: 'time' })
    const positions = run('trend', nileTable)
    expect(years['mannKendall']).toEqual(positions['mannKendall'])
    expect((years['linear'] as { se: number }).se).toBeCloseTo((positions['linear'] as { se: number }).se, 12)
  })

  it('of constant values is flat with nothing to test; missing values are left out', () => {
    expect(run('trend', table(['y'], [0.1], [0.1], [''], [0.1], [0.1]))).toMatchObject({
      n: 4,
      missing: 1,
      linear: { slope: 0, se: 0, t: null, p: null, r2: null },
      mannKendall: { s: 0, p: 1 },
      kendall: { tau: null, p: null },
      sen: { slope: 0 },
    })
    expect(faults(() => run('trend', table(['y'], [''], [''])))).toMatchObject([{ code: 'no_values' }])
    expect(faults(() => run('trend', table(['y'], [1])))).toMatchObject([{ code: 'too_few_rows' }])
    expect(faults(() => run('trend', table(['y', 't'], [1, 5], [2, 5], [3, 5])))).toMatchObject([
      { code: 'no_variation', column: 't' },
    ])
  })
})

describe('Cochran–Armitage', () => {
  it('is R prop.trend.test', () => {
    const got = run('cochran-armitage', table(['x', 'n'], [15, 50], [10, 40], [25, 60], [30, 55]))
    expect(got).toMatchObject({
      statistic: expect.closeTo(8.68603286385, 9),
      p: expect.closeTo(0.00320657809967, 12),
      df: 1,
    })
  })

  it('with two groups is the score test of two shares; it depends on scores only up to scale', () => {
    const cells = [
      [12, 40],
      [25, 50],
    ]
    const { z } = run('cochran-armitage', table(['x', 'n'], ...cells)) as { z: number }
    const two = run('share-difference', table(['x1', 'n1', 'x2', 'n2'], [25, 50, 12, 40])) as { rows: { z: number }[] }
    expect(z).toBeCloseTo(two.rows[0]!.z, 12)
    const scored = run('cochran-armitage', table(['x', 'n', 'score'], [12, 40, 3], [25, 50, 11])) as {
      z: number
      slope: number
    }
    expect(scored.z).toBeCloseTo(z, 12)
    expect(scored.slope).toBeCloseTo((0.5 - 0.3) / 8, 12)
  })

  it('refuses groups that cannot differ', () => {
    expect(faults(() => run('cochran-armitage', table(['x', 'n'], [0, 9], [0, 9])))).toMatchObject([
      { code: 'no_variation', column: 'x' },
    ])
    expect(faults(() => run('cochran-armitage', table(['x', 'n'], [3, 9])))).toMatchObject([{ code: 'too_few_rows' }])
    expect(faults(() => run('cochran-armitage', table(['x', 'n', 'score'], [3, 9, 1], [4, 9, 1])))).toMatchObject([
      { code: 'no_variation', column: 'score' },
    ])
  })
})
