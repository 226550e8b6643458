import { describe, expect, it } from 'vitest'
import { findMethod } from '../../api/core/analysis/registry.ts'
import { oraclesPresent } from './shared.ts'
import { oracleTable } from './oracle-table.ts'

const run = (name: string, file: string, options: object) =>
  findMethod(name)!.run(oracleTable(`timeseries/input/${file}`), options) as Record<string, unknown>
const near = (got: number, want: number, tolerance: number) =>
  expect(Math.abs(got / want - 1), `${got} ${want}`).toBeLessThan(tolerance)

/** Expected values printed by R 4.2.2 with strucchange 1.5-3 and surveillance 1.20.3 at 15 digits. */
describe.skipIf(!oraclesPresent())('changes in time against R', () => {
  const deaths: readonly [
    string,
    object,
    { breaks: number[]; rss: number[]; bic: number[]; ci: number[][]; supF: [number, number] },
  ][] = [
    [
      'a mean',
      {},
      {
        breaks: [72, 156],
        rss: [
          16020030.869791666, 12386604.819444444, 11417423.708333334, 10844989.127816629, 10710707.912575986,
          10501298.733341927,
        ],
        bic: [
          2731.103557964052, 2692.231495324173, 2687.103276822218, 2687.742278646809, 2695.865110437239,
          2702.589053088368,
        ],
        ci: [
          [60, 87],
          [138, 172],
        ],
        supF: [55.73367033412275, 4.710713300918693e-12],
      },
    ],
    [
      'a trend',
      { model: 'trend' },
      {
        breaks: [60],
        rss: [
          12799248.252566654, 10819143.745357463, 10271648.796722754, 10164448.571216594, 10061669.115615297,
          9978124.69620797,
        ],
        bic: [
          2693.265994841553, 2676.769174410243, 2682.571181553129, 2696.329326895989, 2710.150491889861,
          2724.32210111014,
        ],
        ci: [[59, 76]],
        supF: [34.40749620457108, 1.228227577536786e-6],
      },
    ],
  ]
  for (const [what, options, want] of deaths) {
    it(`drivers killed or hurt in Great Britain, ${what}: breaks, intervals, table and supF`, () => {
      const got = run('change-points', 'ukdriverdeaths.csv', { y: 'deaths', ...options }) as {
        breakpoints: number[]
        intervals: { lo: number; hi: number }[]
        table: { rss: number; bic: number }[]
        supF: { statistic: number; p: number }
      }
      expect(got.breakpoints).toEqual(want.breaks)
      expect(got.intervals.map(({ lo, hi }) => [lo, hi])).toEqual(want.ci)
      // R's recursive residuals of a trend carry errors of 2e-12.
      got.table.forEach(({ rss }, i) => near(rss, want.rss[i]!, 1e-10))
      got.table.forEach(({ bic }, i) => near(bic, want.bic[i]!, 1e-10))
      near(got.supF.statistic, want.supF[0], 1e-10)
      // R subtracts from 1, which leaves five digits of such a tail.
      near(got.supF.p, want.supF[1], 1e-4)
    })
  }

  it('intervals with one variance or the same regressors for all segments', () => {
    const intervals = (options: object) =>
      (
        run('change-points', 'ukdriverdeaths.csv', { y: 'deaths', ...options }) as {
          intervals: { lo: number; hi: number }[]
        }
      ).intervals.map(({ lo, hi }) => [lo, hi])
    expect(intervals({ breaks: 3 })).toEqual([
      [12, 53],
      [65, 80],
      [138, 172],
    ])
    const alike = { heterogeneousRegressors: false, heterogeneousErrors: false }
    expect(intervals({ breaks: 5, conf: 0.9, ...alike })).toEqual([
      [19, 47],
      [68, 76],
      [83, 127],
      [115, 151],
      [145, 183],
    ])
    expect(intervals({ model: 'trend', breaks: 2, heterogeneousErrors: false })).toEqual([
      [58, 74],
      [90, 116],
    ])
  })

  it('EARS C1, C2 and C3: bounds within 1e-12, the same alarms', () => {
    const { methods } = run('ears', 'daily_counts.csv', { x: 'count', time: 'day' }) as {
      methods: { alarms: number[]; rangeStart: number; rows: { position: number; upperbound: number }[] }[]
    }
    const want = [
      { from: 8, alarms: [41], bounds: { 41: 13.2129464827342, 45: 40.23251834369593 } },
      { from: 10, alarms: [41, 42, 43], bounds: { 41: 12.62125348712, 45: 37.9400206693003 } },
      { from: 12, alarms: [42, 43, 44, 45], bounds: { 41: 25.4746447722911, 43: 0, 46: 28.9225870915511 } },
    ]
    methods.forEach(({ alarms, rangeStart, rows }, i) => {
      expect(rangeStart).toBe(want[i]!.from)
      expect(alarms).toEqual(want[i]!.alarms)
      for (const [day, bound] of Object.entries(want[i]!.bounds))
        expect(rows.find(({ position }) => position === Number(day))!.upperbound).toBeCloseTo(bound, 9)
    })
  })
})
