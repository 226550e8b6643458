import { z } from 'zod'
import { centre } from '../../../stats/centre.ts'
import { meanRange, rangeDeviation } from '../../../stats/charts/range.ts'
import { individualsChart } from '../../../stats/charts/shewhart.ts'
import { individualSpread, individualSpreads, movingRanges } from '../../../stats/charts/spread.ts'
import { method } from '../../method.ts'
import { completeMeasures, rowNames } from '../cells.ts'
import { columnOption } from '../columns.ts'
import { chartOutput, chartResult } from './chart-result.ts'
import {
  baselineOf,
  baselineOptions,
  centerOption,
  columnFault,
  rulesOptions,
  timeOption,
  widthOf,
  widthOptions,
} from './settings.ts'

export const xmrMethod = method({
  name: 'xmr',
  summary: 'XmR chart of individual values: centre ± 2.66 mean moving ranges, run rules, baseline frozen if asked for',
  options: {
    x: columnOption('x', 'values in the order of time'),
    stdDev: z
      .union([z.enum(individualSpreads), z.number().gt(0)])
      .default('MR')
      .describe('standard deviation: MR mean moving range / d2, SD sample standard deviation / c4, or a known number'),
    span: z.int().min(2).max(25).default(2).describe('values in a moving range'),
    center: centerOption,
    ...widthOptions,
    ...rulesOptions,
    timeOption,
    ...baselineOptions,
    time: timeOption,
  },
  output: `${chartOutput}; also movingRange: { center, ucl }, the mean range that stdDev implies, and movingRange per row`,
  source: 'R qcc 2.7 type xbar.one (with the tabulated d2 = 1.128); Shewhart 1931, Wheeler 1993',
  run(table, options) {
    const values = completeMeasures(table, options.x)
    const inBaseline = baselineOf(table, options)
    const base = values.filter((_, i) => inBaseline[i])
    const needed = options.stdDev === 'MR' ? options.span : options.stdDev === 'SD' ? 2 : 1
    if (base.length < needed) throw columnFault(table, 'too_few_rows', options.x)
    const stdDev =
      typeof options.stdDev === 'number' ? options.stdDev : individualSpread(base, options.stdDev, options.span)
    const center = options.center ?? centre(base)
    const points = individualsChart(values, { center, stdDev }, widthOf(options))
    const times = rowNames(table, options.time, 'time')
    const labels = table.rows.map(({ line }, i) => ({ line, time: times[i] ?? null }))
    const ranges = movingRanges(values, options.span)
    const extra = ranges.map((movingRange) => ({ movingRange }))
    const rangeCentre = stdDev * meanRange(options.span)
    return {
      ...chartResult(stdDev, points, inBaseline, labels, options, extra),
      movingRange: { center: rangeCentre, ucl: rangeCentre + 3 * stdDev * rangeDeviation(options.span) },
    }
  },
})
