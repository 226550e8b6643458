import { z } from 'zod'
import { centre } from '../../../stats/centre.ts'
import { breakIntervals } from '../../../stats/change-points/break-interval.ts'
import { supF } from '../../../stats/change-points/f-statistics.ts'
import { bestPartitions, bic, breaksByBic } from '../../../stats/change-points/partitions.ts'
import { segmentSquares } from '../../../stats/change-points/segment-squares.ts'
import { fitRows } from '../../../stats/change-points/fit-rows.ts'
import { CollinearError } from '../../../stats/leastSquares.ts'
import { sum } from '../../../stats/sum.ts'
import { DataError } from '../../../table/data-error.ts'
import type { Table } from '../../../table/table.ts'
import { method, OptionsError } from '../../method.ts'
import { completeMeasures, rowNames } from '../cells.ts'
import { columnOption } from '../columns.ts'

/** Every pair of rows is looked at. */
const rowsMax = 3000

export const changePointsMethod = method({
  name: 'change-points',
  summary:
    'Change points of a mean, a trend or a regression: number by BIC, dates with intervals, supF test (Bai–Perron)',
  options: {
    y: columnOption('y', 'values in the order of time'),
    model: z
      .enum(['mean', 'trend'])
      .default('mean')
      .describe('what may change: the mean, or level and slope of a straight line over the rows'),
    regressors: z
      .array(z.string().min(1).max(200))
      .max(10)
      .default([])
      .describe('columns of a regression whose coefficients may change; a constant is always there'),
    h: z.number().gt(0).default(0.15).describe('smallest segment: share of the rows below 1, else number of rows'),
    breaks: z.int().min(0).max(1000).optional().describe('number of change points; without it the least BIC decides'),
    breaksMax: z.int().min(1).max(1000).optional().describe('the most to look for; default ⌈n/h⌉ − 2 as in R'),
    conf: z.number().gt(0).lt(1).default(0.95).describe('confidence of the intervals of the dates'),
    heterogeneousRegressors: z.boolean().default(true).describe('regressors differ between segments (R het.reg)'),
    heterogeneousErrors: z.boolean().default(true).describe('error variance differs between segments (R het.err)'),
    trim: z.number().gt(0).lt(0.5).default(0.15).describe('share of rows at each end without a break in the supF test'),
    time: columnOption('time', 'name of the row (year, month), carried into the result; not needed'),
  },
  output:
    '{ n, regressors, h, breaks, breakpoints, rss, bic, intervals: [{ breakpoint, lo, hi, time, timeLo, timeHi }], segments: ' +
    '[{ from, to, n, rss, mean, coefficients }], table: [{ breaks, rss, bic, breakpoints }], supF: { statistic, p, ' +
    'breakpoint, from, to } }; a breakpoint is the last row of a segment, counted from 1; bic is null for a perfect fit, ' +
    'lo and hi where no interval can be computed, p above five coefficients',
  source:
    'R strucchange 1.5-3 breakpoints, confint.breakpointsfull, Fstats and sctest (supF); Bai & Perron 2003, Hansen 1997',
  run(table, options) {
    const y = completeMeasures(table, options.y)
    const n = y.length
    if (n > rowsMax) throw new DataError(table.file, [{ code: 'too_many_rows', line: null, column: options.y }])
    const rows = regressorRows(table, options)
    const regressors = rows[0]!.length
    if (n < 2 * (regressors + 1))
      throw new DataError(table.file, [{ code: 'too_few_rows', line: null, column: options.y }])
    const h = options.h < 1 ? Math.floor(n * options.h) : Math.floor(options.h)
    if (h <= regressors) throw new OptionsError([{ path: 'h', code: 'too_small' }])
    if (h > Math.floor(n / 2)) throw new OptionsError([{ path: 'h', code: 'too_big' }])
    const room = Math.floor(n / h) - 1
    const most = Math.min(room, options.breaksMax ?? Math.max(1, Math.ceil(n / h) - 2, options.breaks ?? 0))
    if ((options.breaks ?? 0) > room) throw new OptionsError([{ path: 'breaks', code: 'too_big' }])

    // About their mean, equal values are exactly 0 and large ones keep their digits.
    const middle = centre(y)
    const centred = y.map((value) => value - middle)
    const spread = sum(centred.map((value) => value * value))
    const squares = segmentSquares(rows, centred, Math.min(h, regressors + 1))
    const partitions = bestPartitions(squares, n, h, most)
    const criteria = partitions.map((partition) => bic(partition, n, regressors, spread))
    const breaks = options.breaks ?? breaksByBic(criteria)
    const chosen = partitions[breaks]!
    const times = rowNames(table, options.time, 'time')
    const timeOf = (position: number) => times[position - 1] ?? null
    const vary = { regressors: options.heterogeneousRegressors, errors: options.heterogeneousErrors }
    return {
      n,
      regressors,
      h,
      breaks,
      breakpoints: chosen.breaks,
      rss: chosen.rss,
      bic: criteria[breaks] ?? null,
      intervals: intervals(rows, y, chosen.breaks, options.conf, vary).map((interval, i) => {
        const breakpoint = chosen.breaks[i]!
        const [lo, hi] = [interval?.lo ?? null, interval?.hi ?? null]
        const [timeLo, timeHi] = [lo, hi].map((position) => (position === null ? null : timeOf(position)))
        return { breakpoint, lo, hi, time: timeOf(breakpoint), timeLo, timeHi }
      }),
      segments: segmentsOf(rows, y, chosen.breaks),
      table: partitions.map((partition, m) => ({
        breaks: m,
        rss: partition.rss,
        bic: criteria[m] ?? null,
        breakpoints: partition.breaks,
      })),
      supF: supF(squares, n, regressors, options.trim, spread),
    }
  },
})

/** Rows of the regression: a constant, the position under `trend`, and the named columns. */
function regressorRows(
  table: Table,
  { model, regressors }: { model: 'mean' | 'trend'; regressors: readonly string[] },
) {
  const columns = regressors.map((name) => completeMeasures(table, name))
  return table.rows.map((_, i) => [1, ...(model === 'trend' ? [i + 1] : []), ...columns.map((column) => column[i]!)])
}

/** Intervals of the dates; none where a regressor does not vary within a segment. */
function intervals(
  rows: readonly number[][],
  y: readonly number[],
  breaks: readonly number[],
  conf: number,
  vary: { regressors: boolean; errors: boolean },
) {
  try {
    return breakIntervals(rows, y, breaks, conf, vary)
  } catch (error) {
    if (error instanceof CollinearError) return breaks.map(() => null)
    throw error
  }
}

function segmentsOf(rows: readonly number[][], y: readonly number[], breaks: readonly number[]) {
  const ends = [0, ...breaks, y.length]
  return ends.slice(1).map((to, i) => {
    const [x, values] = [rows.slice(ends[i], to), y.slice(ends[i], to)]
    const fit = fitOrNull(x, values)
    return {
      from: ends[i]! + 1,
      to,
      n: values.length,
      mean: values.reduce((a, b) => a + b, 0) / values.length,
      rss: fit?.squares ?? null,
      coefficients: fit?.coefficients ?? null,
    }
  })
}

function fitOrNull(rows: readonly number[][], y: readonly number[]) {
  try {
    return fitRows(rows, y)
  } catch (error) {
    if (error instanceof CollinearError) return null
    throw error
  }
}
