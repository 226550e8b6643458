import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { z } from 'zod'
import { scanP, scanWindows } from '../../../stats/integrity/scan.ts'
import { DataError } from '../../../table/data-error.ts'
import { method, OptionsError } from '../../method.ts'
import { counts, exposures, rowNames } from '../cells.ts'
import { columnOption } from '../columns.ts'

/** Periods × window lengths × draws, and events × draws, that are done in some seconds. */
const stepsMax = 500_000_000

export const scanMethod = method({
  name: 'scan',
  summary: 'Temporal scan: the stretch of periods with most events beyond expectation, p by Monte Carlo',
  options: {
    x: columnOption('x', 'events of each period in order, whole numbers'),
    expected: columnOption('expected', 'expected events or weights > 0, in any unit; without such a column all equal'),
    shortest: z.int().min(1).max(100_000).default(1).describe('periods of the shortest window'),
    longest: z.int().min(1).max(100_000).optional().describe('periods of the longest window; default half of all'),
    draws: z.int().min(0).max(100_000).default(999).describe('Monte Carlo draws for p; 0: none'),
    seed: z.int().min(0).max(4_294_967_295).default(1).describe('start of the random numbers'),
    top: z.int().min(1).max(100_000).default(20).describe('windows to give'),
    time: columnOption('time', 'name of the period, carried into the result; not needed'),
  },
  output:
    '{ periods, events, windows, p, best, rows: [{ from, to, lineFrom, lineTo, timeFrom, timeTo, count, expected, ratio, llr }] }; ' +
    'windows with more than expected, the highest llr = c ln(c/E) + (N − c) ln((N − c)/(N − E)) first; positions from 1; best: ' +
    'its llr, 0 without any; p of best, null without draws',
  source: 'Kulldorff 1997, A spatial scan statistic; Naus 1965',
  run(table, options) {
    const values = counts(table, options.x)
    const weights =
      options.expected === 'expected' && !table.columns.includes('expected')
        ? values.map(() => 1)
        : exposures(table, options.expected)
    const events = values.reduce((a, b) => a + b, 0)
    if (values.length < 2) throw new DataError(table.file, [{ code: 'too_few_rows', line: null, column: options.x }])
    if (events === 0) throw new DataError(table.file, [{ code: 'no_variation', line: null, column: options.x }])
    const longest = Math.min(
      values.length,
      options.longest ?? Math.max(options.shortest, Math.floor(values.length / 2)),
    )
    if (options.shortest > longest) throw new OptionsError([{ path: 'shortest', code: 'too_big' }])
    if ((values.length * longest + events) * (options.draws + 1) > stepsMax)
      throw new OptionsError([{ path: 'draws', code: 'too_big' }])
    const whole = weights.reduce((a, b) => a + b, 0)
    const expected = weights.map((weight) => (weight / whole) * events)
    const windows = scanWindows(values, expected, options.shortest, longest)
    const best = windows[0]?.llr ?? 0
    const generator = xoroshiro128plus(options.seed)
    const random = () => uniformFloat64(generator)
    const times = rowNames(table, options.time, 'time')
    return {
      periods: values.length,
      events,
      windows: windows.length,
      p: options.draws === 0 ? null : scanP(best, events, expected, options.shortest, longest, options.draws, random),
      best,
      rows: windows.slice(0, options.top).map(({ from, to, count, expected: due, llr }) => ({
        from: from + 1,
        to: to + 1,
        lineFrom: table.rows[from]!.line,
        lineTo: table.rows[to]!.line,
        timeFrom: times[from] ?? null,
        timeTo: times[to] ?? null,
        count,
        expected: due,
        ratio: count / due,
        llr,
      })),
    }
  },
})
