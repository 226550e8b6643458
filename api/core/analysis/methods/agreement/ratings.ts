import { z } from 'zod'
import { DataError } from '../../../table/data-error.ts'
import type { Table } from '../../../table/table.ts'
import { OptionsError } from '../../method.ts'
import { measures } from '../cells.ts'

/** The columns of the raters, one row for each subject. */
export const ratersOption = z
  .array(z.string().min(1).max(200))
  .max(500)
  .optional()
  .describe('columns of the raters, a row for each subject; default every column but unit and subject')

/**
 * Complete rows of subjects by raters; rows with a missing rating are left out and counted.
 * @throws OptionsError `two_raters_needed`; DataError `two_subjects_needed` and those of `measures`
 */
export function ratings(table: Table, raters: readonly string[] | undefined): { rows: number[][]; missing: number } {
  const chosen = raters ?? table.columns.filter((column) => column !== 'unit' && column !== 'subject')
  if (chosen.length < 2 || new Set(chosen).size < chosen.length)
    throw new OptionsError([{ path: 'raters', code: 'two_raters_needed' }])
  const columns = chosen.map((column) => measures(table, column))
  const rows = table.rows.flatMap((_, i) => {
    const row = columns.map((column) => column[i] ?? null)
    return row.every((value) => value !== null) ? [row] : []
  })
  if (rows.length < 2)
    throw new DataError(table.file, [{ code: 'two_subjects_needed', line: null, column: chosen[0]! }])
  return { rows, missing: table.rows.length - rows.length }
}
