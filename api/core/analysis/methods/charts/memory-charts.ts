import { z } from 'zod'
import { centre } from '../../../stats/centre.ts'
import { cusumChart } from '../../../stats/charts/cusum.ts'
import { ewmaChart } from '../../../stats/charts/ewma.ts'
import type { Process } from '../../../stats/charts/shewhart.ts'
import {
  type IndividualSpread,
  individualSpread,
  individualSpreads,
  type WithinSpread,
  withinSpread,
  withinSpreads,
} from '../../../stats/charts/spread.ts'
import { sum } from '../../../stats/sum.ts'
import type { Table } from '../../../table/table.ts'
import { method, OptionsError } from '../../method.ts'
import { rowNames } from '../cells.ts'
import { columnOption } from '../columns.ts'
import { rangeSizeMax } from '../../../stats/charts/range.ts'
import { type Sample, samplesOf, singles } from './samples.ts'
import { baselineOf, baselineOptions, centerOption, columnFault, timeOption, widthOptions } from './settings.ts'

const sampleOptions = {
  x: columnOption('x', 'values in the order of time'),
  sample: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('column: which values were taken together; without it each row is a point'),
  stdDev: z
    .union([z.enum([...individualSpreads, ...withinSpreads]), z.number().gt(0)])
    .optional()
    .describe(
      'estimator or known standard deviation; default MR for single values, UWAVE-R (RMSDF above 25) for samples',
    ),
  center: centerOption,
  ...baselineOptions,
  time: timeOption,
}

interface Given {
  readonly x: string
  readonly sample?: string | undefined
  readonly stdDev?: IndividualSpread | WithinSpread | number | undefined
  readonly center?: number | undefined
  readonly baseline?: number | undefined
  readonly trial?: string | undefined
  readonly time: string
}

/** Points of the series, the process that its baseline shows, and the rows' names. */
function series(table: Table, options: Given) {
  const read = options.sample === undefined ? singles(table, options.x) : samplesOf(table, options.x, options.sample, 1)
  const inBaseline = baselineOf(
    table,
    options,
    read.map(({ row }) => row),
  )
  const process = processOf(
    table,
    options,
    read.filter((_, i) => inBaseline[i]),
  )
  const times = options.sample === undefined ? rowNames(table, options.time, 'time') : read.map(({ name }) => name)
  const samples = read.map(({ values }) => ({ value: centre(values), size: values.length }))
  const labels = read.map(({ line, values }, i) => ({
    line,
    time: times[i] ?? null,
    n: values.length,
    baseline: inBaseline[i],
  }))
  return { process, samples, labels, baseline: inBaseline.filter(Boolean).length }
}

/** As R `qcc`: a sample of a single value anywhere makes the baseline one of individual values. */
function processOf(table: Table, { stdDev, center, x }: Given, baseline: readonly Sample[]): Process {
  const values = baseline.map((sample) => sample.values)
  const means = values.map(centre)
  const sizes = values.map(({ length }) => length)
  const individual = sizes.includes(1)
  const middle = center ?? (individual ? centre(means) : sum(means.map((m, i) => m * sizes[i]!)) / sum(sizes))
  if (typeof stdDev === 'number') return { center: middle, stdDev }
  const way = stdDev ?? (individual ? 'MR' : Math.max(...sizes) > 25 ? 'RMSDF' : 'UWAVE-R')
  if (way === 'MR' || way === 'SD') {
    if (!individual) throw new OptionsError([{ path: 'stdDev', code: 'only_for_single_values' }])
    if (means.length < 2) throw columnFault(table, 'too_few_rows', x)
    return { center: middle, stdDev: individualSpread(means, way) }
  }
  if (individual) throw new OptionsError([{ path: 'stdDev', code: 'only_for_samples' }])
  if (way === 'MVLUE-R' && Math.max(...sizes) > rangeSizeMax) throw columnFault(table, 'too_large_sample', x)
  return { center: middle, stdDev: withinSpread(values, way) }
}

export const ewmaMethod = method({
  name: 'ewma',
  summary: 'EWMA chart: exponentially weighted moving average with its widening limits; finds small lasting shifts',
  options: {
    lambda: z.number().gt(0).max(1).default(0.2).describe('weight of the newest point'),
    sigmas: widthOptions.sigmas,
    ...sampleOptions,
  },
  output:
    '{ center, stdDev, lambda, sigmas, baseline, violations, rows: [{ line, time, n, baseline, value, ewma, se, lcl, ucl, ' +
    'violation }] }; violations: positions from 1',
  source: 'R qcc 2.7 ewma; Roberts 1959, Lucas & Saccucci 1990. 2.859 with λ 0.2 makes a false alarm in 370 points',
  run(table, options) {
    const { process, samples, labels, baseline } = series(table, options)
    const points = ewmaChart(samples, process, options)
    const rows = points.map((point, i) => ({
      ...labels[i],
      ...point,
      violation: point.ewma > point.ucl ? 'above' : point.ewma < point.lcl ? 'below' : null,
    }))
    const { lambda, sigmas } = options
    const violations = rows.flatMap(({ violation }, i) => (violation === null ? [] : [i + 1]))
    return { ...process, lambda, sigmas, baseline, violations, rows }
  },
})

export const cusumMethod = method({
  name: 'cusum',
  summary: 'CUSUM chart: two one-sided cumulative sums of standardised points against a decision interval',
  options: {
    decisionInterval: z.number().gt(0).max(1000).default(5).describe('alarm beyond so many standard errors (h)'),
    shift: z
      .number()
      .min(0)
      .max(100)
      .default(1)
      .describe('shift to find, in standard errors; the reference value k is half of it (qcc se.shift)'),
    start: z.number().min(0).max(1000).default(0).describe('head start of both sums'),
    ...sampleOptions,
  },
  output:
    '{ center, stdDev, decisionInterval, shift, baseline, violationsUpper, violationsLower, rows: [{ line, time, n, ' +
    'baseline, value, z, pos, neg, violation }] }; pos ≥ 0, neg ≤ 0 in standard errors; positions from 1',
  source: 'R qcc 2.7 cusum; Page 1954',
  run(table, options) {
    const { process, samples, labels, baseline } = series(table, options)
    if (process.stdDev === 0) throw columnFault(table, 'no_variation', options.x)
    const { decisionInterval, shift } = options
    const rows = cusumChart(samples, process, options).map((point, i) => ({
      ...labels[i],
      ...point,
      violation: point.pos > decisionInterval ? 'above' : point.neg < -decisionInterval ? 'below' : null,
    }))
    const positions = (holds: (row: (typeof rows)[number]) => boolean) =>
      rows.flatMap((row, i) => (holds(row) ? [i + 1] : []))
    return {
      ...process,
      decisionInterval,
      shift,
      baseline,
      violationsUpper: positions(({ pos }) => pos > decisionInterval),
      violationsLower: positions(({ neg }) => neg < -decisionInterval),
      rows,
    }
  },
})
