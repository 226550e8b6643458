import { z } from 'zod'
import { criticalValue } from '../../../stats/charts/critical-value.ts'
import {
  cusumRunLength,
  ewmaRunLength,
  runLengthMax,
  shewhartRunLength,
  wideningEwmaRunLength,
} from '../../../stats/charts/run-length.ts'
import { DataError } from '../../../table/data-error.ts'
import { numbers, type Table, texts } from '../../../table/table.ts'
import { method } from '../../method.ts'
import { columnOption } from '../columns.ts'

const charts = ['shewhart', 'ewma', 'cusum'] as const
type ChartName = (typeof charts)[number]

const caseOptions = {
  chart: columnOption('chart', `${charts.join(', ')}`),
  lambda: columnOption('lambda', 'weight of an EWMA chart, 0 < λ ≤ 1; needed for it'),
  k: columnOption('k', 'reference value of a CUSUM chart (half the shift to find) ≥ 0; needed for it'),
  shift: columnOption('shift', 'lasting shift of the mean in standard errors; default 0: false alarms'),
  headStart: columnOption(
    'headStart',
    'where the chart starts: CUSUM in standard errors, EWMA in long-run standard deviations of the average; default 0',
  ),
  sided: columnOption('sided', 'one (upper side only) or two; default two'),
  widening: z
    .boolean()
    .default(false)
    .describe('two-sided EWMA with limits that widen from the start, as charts are drawn (spc limits "vacl")'),
}

/** One row of the data: a chart whose run length is asked for. */
interface Case {
  readonly line: number
  readonly chart: ChartName
  readonly lambda: number | null
  readonly k: number | null
  readonly shift: number
  readonly headStart: number
  readonly sided: 'one' | 'two'
}

type CaseOptions = Readonly<Record<Exclude<keyof typeof caseOptions, 'widening'>, string>> & { widening: boolean }

/** A widening chart with a smaller weight takes too many steps to follow. */
const wideningLambdaMin = 0.01

function cases(table: Table, options: CaseOptions): Case[] {
  const names = texts(table, options.chart)
  const optional = (column: string) => (table.columns.includes(column) ? numbers(table, column) : [])
  const [lambdas, ks, shifts, starts] = [options.lambda, options.k, options.shift, options.headStart].map(optional)
  const sides = table.columns.includes(options.sided) ? texts(table, options.sided) : []
  return table.rows.map(({ line }, i) => {
    const fault = (code: string, column: string) => new DataError(table.file, [{ code, line, column }])
    const within = (value: number | null, column: string, fits: (value: number) => boolean) => {
      if (value === null) throw fault('missing_value', column)
      if (!fits(value)) throw fault('impossible_argument', column)
      return value
    }
    const chart = charts.find((name) => name === names[i])
    if (chart === undefined) throw fault('unknown_chart', options.chart)
    const sided = sides[i] ?? 'two'
    if (sided !== 'one' && sided !== 'two') throw fault('not_one_or_two', options.sided)
    const smallest = options.widening && sided === 'two' ? wideningLambdaMin : 0.0005
    return {
      line,
      chart,
      lambda: chart === 'ewma' ? within(lambdas![i] ?? null, options.lambda, (v) => v >= smallest && v <= 1) : null,
      k: chart === 'cusum' ? within(ks![i] ?? null, options.k, (v) => v >= 0 && v <= 20) : null,
      shift: within(shifts![i] ?? 0, options.shift, (v) => Math.abs(v) <= 100),
      headStart: within(starts![i] ?? 0, options.headStart, (v) => v >= 0 && v <= 100),
      sided,
    }
  })
}

function runLength({ chart, lambda, k, shift, headStart, sided }: Case, limit: number, widening: boolean): number {
  if (chart === 'shewhart') return shewhartRunLength(limit, shift, sided)
  if (chart === 'cusum') return cusumRunLength({ k: k!, limit, headStart, sided }, shift)
  const rule = { lambda: lambda!, limit, headStart, sided }
  return widening && sided === 'two' ? wideningEwmaRunLength(rule, shift) : ewmaRunLength(rule, shift)
}

export const runLengthMethod = method({
  name: 'average-run-length',
  summary: 'Average run length of Shewhart, EWMA and CUSUM charts: points until an alarm, with and without a shift',
  options: {
    ...caseOptions,
    limit: columnOption('limit', 'limit of the chart: sigmas of Shewhart and EWMA, decision interval h of CUSUM'),
  },
  output: `{ rows: [{ line, chart, lambda, k, limit, shift, headStart, sided, arl }] }; arl is null above ${runLengthMax}`,
  source: 'R spc xewma.arl, xcusum.arl (Gauss–Legendre quadrature); Crowder 1987, Goel & Wu 1971, Kemp 1961',
  run(table, options) {
    const limits = numbers(table, options.limit)
    const rows = cases(table, options).map((of, i) => {
      const limit = limits[i] ?? null
      if (limit === null || !(limit > 0 && limit <= 100) || of.headStart > limit) {
        const code = limit === null ? 'missing_value' : 'impossible_argument'
        throw new DataError(table.file, [{ code, line: of.line, column: options.limit }])
      }
      const arl = runLength(of, limit, options.widening)
      const { line, chart, lambda, k, ...rest } = of
      return { line, chart, lambda, k, limit, ...rest, arl: arl >= 1 && arl <= runLengthMax ? arl : null }
    })
    return { rows }
  },
})

export const criticalValueMethod = method({
  name: 'critical-value',
  summary: 'Limit of a Shewhart, EWMA or CUSUM chart that has a wanted average run length',
  options: { ...caseOptions, arl: columnOption('arl', 'wanted average run length > 1') },
  output:
    '{ rows: [{ line, chart, lambda, k, shift, headStart, sided, arl, limit }] }; limit is null where none reaches it',
  source: 'R spc xewma.crit, xcusum.crit',
  run(table, options) {
    const wanted = numbers(table, options.arl)
    const rows = cases(table, options).map((of, i) => {
      const arl = wanted[i] ?? null
      if (arl === null || !(arl > 1 && arl <= 1e9)) {
        const code = arl === null ? 'missing_value' : 'impossible_argument'
        throw new DataError(table.file, [{ code, line: of.line, column: options.arl }])
      }
      return { ...of, arl, limit: criticalValue((limit) => runLength(of, limit, options.widening), arl) }
    })
    return { rows }
  },
})
