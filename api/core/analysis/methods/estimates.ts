import { z } from 'zod'
import { DataError, type DataFault } from '../../table/data-error.ts'
import type { Table } from '../../table/table.ts'
import { OptionsError } from '../method.ts'
import { measures, refuse, rowNames } from './cells.ts'
import { columnOption, unitOption } from './columns.ts'

/** Options of a method that takes one estimate per unit with its sampling error. */
export const estimateOptions = {
  est: columnOption('est', 'the direct estimate; a unit without one is left out and its results are null'),
  se: z.string().min(1).max(200).optional().describe('column: standard error > 0; "se" unless variance is named'),
  variance: z.string().min(1).max(200).optional().describe('column: sampling variance > 0, in place of se'),
  unit: unitOption,
}

/** Below this a variance is taken for 0: its inverse could not be raised to the powers that errors of τ² need. */
const smallestVariance = 1e-80

export interface UnitEstimate {
  readonly line: number
  readonly unit: string | null
  readonly est: number | null
  /** Sampling variance; null without an estimate. */
  readonly variance: number | null
}

/**
 * One estimate per row with its sampling variance.
 * @param least the smallest variance allowed: `positive` or also `zero`
 * @throws DataError `duplicate_unit` `missing_value` (an estimate without its error) `not_positive` `negative` `no_values`;
 *   OptionsError `se_or_variance`
 */
export function unitEstimates(
  table: Table,
  given: { est: string; se?: string | undefined; variance?: string | undefined; unit: string },
  least: 'positive' | 'zero' = 'positive',
): UnitEstimate[] {
  if (given.se !== undefined && given.variance !== undefined)
    throw new OptionsError([{ path: 'variance', code: 'se_or_variance' }])
  const units = distinctUnits(table, given.unit)
  const estimates = measures(table, given.est)
  const column = given.variance ?? given.se ?? 'se'
  const variances = measures(table, column).map((error) =>
    error === null || given.variance !== undefined ? error : Math.sign(error) * error * error,
  )
  const used = variances.map((variance, i) => (estimates[i] === null ? null : variance))
  const lacking = table.rows.filter((_, i) => estimates[i] !== null && used[i] === null)
  if (lacking.length > 0)
    throw new DataError(
      table.file,
      lacking.map(({ line }) => ({ code: 'missing_value', line, column })),
    )
  refuse(table, column, used, (variance) => {
    if (least === 'zero') return variance >= 0 ? null : 'negative'
    return variance > smallestVariance ? null : 'not_positive'
  })
  if (!estimates.some((estimate) => estimate !== null))
    throw new DataError(table.file, [{ code: 'no_values', line: null, column: given.est }])
  return table.rows.map(({ line }, i) => ({
    line,
    unit: units[i] ?? null,
    est: estimates[i] ?? null,
    variance: used[i] ?? null,
  }))
}

/** Names of the rows, of which no two may be the same. @throws DataError `duplicate_unit` and those of `rowNames` */
export function distinctUnits(table: Table, column: string): (string | null)[] {
  const units = rowNames(table, column)
  const seen = new Set<string>()
  const faults = units.flatMap((unit, i): DataFault[] => {
    if (unit === null || !seen.has(unit)) {
      if (unit !== null) seen.add(unit)
      return []
    }
    return [{ code: 'duplicate_unit', line: table.rows[i]?.line ?? null, column }]
  })
  if (faults.length > 0) throw new DataError(table.file, faults)
  return units
}
