import { type Counted, type Process, rateProcess, shareProcess } from '../../../stats/charts/shewhart.ts'
import type { ChartPoint, RunRules } from '../../../stats/charts/signals.ts'
import type { Table } from '../../../table/table.ts'
import { counts, exposures, rowNames, shareCells } from '../cells.ts'
import { columnOption } from '../columns.ts'
import { chartResult } from './chart-result.ts'
import { baselineOf, baselineOptions, rulesOptions, timeOption } from './settings.ts'

export const countedOptions = {
  x: columnOption('x', 'counted, whole numbers'),
  ...rulesOptions,
  ...baselineOptions,
  time: timeOption,
}
export const sizeOption = columnOption('n', 'size of the sample > 0: cases, hours, dossiers; need not be whole')
export const casesOption = columnOption('n', 'cases, whole numbers ≥ 1')

type BaselineChoice = RunRules & { baseline?: number | undefined; trial?: string | undefined; time: string }

/** Favourable cases of all cases in each row. @throws DataError */
export function shareSamples(table: Table, { x, n }: { x: string; n: string }): Counted[] {
  return shareCells(table, x, n).map((cell) => ({ count: cell.x, size: cell.n }))
}

/** Events and exposures of each row. @throws DataError */
export function rateSamples(table: Table, { x, n }: { x: string; n: string }): Counted[] {
  const sizes = exposures(table, n)
  return counts(table, x).map((count, i) => ({ count, size: sizes[i]! }))
}

/** A known centre, if given, stands in for that of the baseline. */
export function processOf(kind: 'share' | 'rate', baseline: readonly Counted[], center: number | undefined): Process {
  const found = kind === 'share' ? shareProcess(baseline) : rateProcess(baseline)
  if (center === undefined) return found
  return { center, stdDev: Math.sqrt(kind === 'share' ? center * (1 - center) : center) }
}

/** Reads the baseline, draws the chart from it, and names the rows. */
export function countedResult(
  table: Table,
  samples: readonly Counted[],
  options: BaselineChoice,
  draw: (baseline: readonly Counted[]) => { points: readonly ChartPoint[]; stdDev: number | null },
) {
  const inBaseline = baselineOf(table, options)
  const { points, stdDev } = draw(samples.filter((_, i) => inBaseline[i]))
  const times = rowNames(table, options.time, 'time')
  const labels = table.rows.map(({ line }, i) => ({ line, time: times[i] ?? null }))
  const extra = samples.map(({ count, size }) => ({ x: count, n: size }))
  return chartResult(stdDev, points, inBaseline, labels, options, extra)
}
