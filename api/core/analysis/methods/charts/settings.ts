import { z } from 'zod'
import type { Width } from '../../../stats/charts/shewhart.ts'
import { DataError } from '../../../table/data-error.ts'
import { completeNumbers, type Table } from '../../../table/table.ts'
import { OptionsError } from '../../method.ts'
import { columnOption } from '../columns.ts'

/** Which points set the centre and the limits. */
export const baselineOptions = {
  baseline: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('the first so many points set centre and limits, the rest is monitored; without it all points set them'),
  trial: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('column: TRUE (1) for points that set centre and limits, in place of baseline'),
}

export const timeOption = columnOption('time', 'name of the point, carried into the result; not needed')

export const widthOptions = {
  sigmas: z.number().gt(0).max(100).default(3).describe('distance of the limits from the centre in standard errors'),
  conf: z
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .describe('in place of sigmas: share of the points of a stable process inside the limits'),
}

export const rulesOptions = {
  runLength: z.int().min(0).max(1000).default(7).describe('points on one side of the centre that make a run; 0: none'),
  trendLength: z.int().min(0).max(1000).default(6).describe('points rising (or falling) that make a trend; 0: none'),
}

export const centerOption = z.number().optional().describe('centre known beforehand, in place of the baseline’s')

export const widthOf = ({ sigmas, conf }: { sigmas: number; conf?: number | undefined }): Width =>
  conf === undefined ? { sigmas } : { conf }

/**
 * Which of the points set centre and limits.
 * @param firstRows index of the first row of each point
 * @throws OptionsError, DataError `no_baseline` and `not_true_or_false`
 */
export function baselineOf(
  table: Table,
  options: { baseline?: number | undefined; trial?: string | undefined },
  firstRows: readonly number[] = table.rows.map((_, i) => i),
): boolean[] {
  const { baseline, trial } = options
  if (baseline !== undefined && trial !== undefined)
    throw new OptionsError([{ path: 'trial', code: 'excludes_baseline' }])
  if (trial === undefined) {
    if (baseline !== undefined && baseline > firstRows.length)
      throw new OptionsError([{ path: 'baseline', code: 'too_big' }])
    return firstRows.map((_, i) => i < (baseline ?? firstRows.length))
  }
  const marks = completeNumbers(table, trial)
  const wrong = marks.flatMap((mark, i) => (mark === 0 || mark === 1 ? [] : [table.rows[i]!.line]))
  if (wrong.length > 0)
    throw new DataError(
      table.file,
      wrong.map((line) => ({ code: 'not_true_or_false', line, column: trial })),
    )
  const inside = firstRows.map((row) => marks[row] === 1)
  if (!inside.includes(true)) throw new DataError(table.file, [{ code: 'no_baseline', line: null, column: trial }])
  return inside
}

/** A fault of a whole column, for example of too few points. */
export const columnFault = (table: Table, code: string, column: string) =>
  new DataError(table.file, [{ code, line: null, column }])
