import type { Table } from '../../../table/table.ts'
import { completeMeasures, completeTexts, measures } from '../cells.ts'
import { DataError } from '../../../table/data-error.ts'

/** Values that were taken together. */
export interface Sample {
  readonly name: string
  readonly line: number
  /** Index of its first row. */
  readonly row: number
  readonly values: readonly number[]
}

/**
 * Samples in the order in which the file first names them; missing values are left out.
 * @param least values a sample must have
 * @throws DataError `missing_value` (a row without sample), `too_small_sample`
 */
export function samplesOf(table: Table, x: string, sample: string, least: number): Sample[] {
  const names = completeTexts(table, sample)
  const values = measures(table, x)
  const found = new Map<string, { row: number; values: number[] }>()
  names.forEach((name, row) => {
    const of = found.get(name) ?? { row, values: [] }
    found.set(name, of)
    const value = values[row]
    if (value !== null && value !== undefined) of.values.push(value)
  })
  const samples = [...found].map(([name, of]) => ({ name, line: table.rows[of.row]!.line, ...of }))
  const small = samples.filter((of) => of.values.length < least)
  if (small.length > 0)
    throw new DataError(
      table.file,
      small.map(({ line }) => ({ code: 'too_small_sample', line, column: x })),
    )
  return samples
}

/** Each row as a sample of one value. @throws DataError */
export function singles(table: Table, x: string): Sample[] {
  return completeMeasures(table, x).map((value, row) => ({
    name: String(row + 1),
    line: table.rows[row]!.line,
    row,
    values: [value],
  }))
}
