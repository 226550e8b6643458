import { z } from 'zod'
import { centre } from '../../../stats/centre.ts'
import { rangeSizeMax } from '../../../stats/charts/range.ts'
import { deviationChart, meanChart, type Process, rangeChart, type Width } from '../../../stats/charts/shewhart.ts'
import type { ChartPoint } from '../../../stats/charts/signals.ts'
import {
  range,
  standardDeviation,
  type WithinSpread,
  withinSpread,
  withinSpreads,
} from '../../../stats/charts/spread.ts'
import { sum } from '../../../stats/sum.ts'
import { method } from '../../method.ts'
import { columnOption } from '../columns.ts'
import { DataError } from '../../../table/data-error.ts'
import { chartOutput, chartResult } from './chart-result.ts'
import { samplesOf } from './samples.ts'
import { baselineOf, baselineOptions, centerOption, rulesOptions, widthOf, widthOptions } from './settings.ts'

type Samples = readonly (readonly number[])[]

/** What tells the three charts of samples apart. */
interface Kind {
  readonly name: string
  readonly summary: string
  readonly source: string
  readonly spreads: readonly WithinSpread[]
  readonly usual: (sizeMax: number) => WithinSpread
  readonly statistic: (sample: readonly number[]) => number
  readonly draw: (samples: Samples, process: Process, width: Width) => ChartPoint[]
}

const groupChart = (kind: Kind) =>
  method({
    name: kind.name,
    summary: kind.summary,
    options: {
      x: columnOption('x', 'values, one a row; a missing one is left out of its sample'),
      sample: columnOption('sample', 'which values were taken together; samples in the order of the file'),
      stdDev: z
        .union([z.enum(kind.spreads as [WithinSpread, ...WithinSpread[]]), z.number().gt(0)])
        .optional()
        .describe(
          `estimator of the standard deviation within samples, or a known number; default ${kind.usual(2)}` +
            (kind.usual(26) === kind.usual(2) ? '' : `, ${kind.usual(26)} when a sample has more than 25 values`),
        ),
      center: centerOption,
      ...widthOptions,
      ...rulesOptions,
      ...baselineOptions,
    },
    output: `${chartOutput}; n per row, time is the sample; stdDev is that within samples, not of the plotted statistic`,
    source: kind.source,
    run(table, options) {
      const samples = samplesOf(table, options.x, options.sample, 2)
      const inBaseline = baselineOf(
        table,
        options,
        samples.map(({ row }) => row),
      )
      const sizeMax = Math.max(...samples.map(({ values }) => values.length))
      const way = options.stdDev ?? kind.usual(sizeMax)
      const tabulated = way === 'MVLUE-R' || (kind.name === 'r-chart' && options.conf === undefined)
      if (tabulated && sizeMax > rangeSizeMax)
        throw new DataError(
          table.file,
          samples
            .filter(({ values }) => values.length > rangeSizeMax)
            .map(({ line }) => ({ code: 'too_large_sample', line, column: options.x })),
        )
      const base = samples.filter((_, i) => inBaseline[i]).map(({ values }) => values)
      const stdDev = typeof way === 'number' ? way : withinSpread(base, way)
      const center =
        options.center ??
        sum(base.map((values) => values.length * kind.statistic(values))) / sum(base.map(({ length }) => length))
      const points = kind.draw(
        samples.map(({ values }) => values),
        { center, stdDev },
        widthOf(options),
      )
      const labels = samples.map(({ line, name }) => ({ line, time: name }))
      return chartResult(
        stdDev,
        points,
        inBaseline,
        labels,
        options,
        samples.map(({ values }) => ({ n: values.length })),
      )
    },
  })

export const xbarChartMethod = groupChart({
  name: 'xbar-chart',
  summary: 'X̄ chart: means of samples, limits from the spread within samples (five estimators)',
  source: 'R qcc 2.7 type xbar; estimators of Burr 1969 and Wetherill & Brown 1991',
  spreads: withinSpreads,
  usual: (sizeMax) => (sizeMax > 25 ? 'RMSDF' : 'UWAVE-R'),
  statistic: centre,
  draw: meanChart,
})

export const sChartMethod = groupChart({
  name: 's-chart',
  summary: 'S chart: standard deviations of samples',
  source: 'R qcc 2.7 type S',
  spreads: ['UWAVE-SD', 'MVLUE-SD', 'RMSDF'],
  usual: () => 'UWAVE-SD',
  statistic: standardDeviation,
  draw: deviationChart,
})

export const rChartMethod = groupChart({
  name: 'r-chart',
  summary: 'R chart: ranges of samples',
  source: 'R qcc 2.7 type R (tabulated d2 and d3)',
  spreads: ['UWAVE-R', 'MVLUE-R'],
  usual: () => 'UWAVE-R',
  statistic: range,
  draw: rangeChart,
})
