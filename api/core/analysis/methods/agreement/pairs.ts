import { DataError } from '../../../table/data-error.ts'
import type { Table } from '../../../table/table.ts'
import { measures } from '../cells.ts'
import { columnOption } from '../columns.ts'

/** Options of a method that takes two measurements of the same things. */
export const pairOptions = {
  x: columnOption('x', 'the first measurement'),
  y: columnOption('y', 'the second measurement'),
}

/** Rows that have both; the others are counted. @throws DataError `no_pairs` and those of `measures` */
export function pairs(table: Table, options: { x: string; y: string }): { x: number[]; y: number[]; missing: number } {
  const [first, second] = [measures(table, options.x), measures(table, options.y)]
  const both = [...table.rows.keys()].filter((i) => first[i] !== null && second[i] !== null)
  if (both.length === 0) throw new DataError(table.file, [{ code: 'no_pairs', line: null, column: options.x }])
  return {
    x: both.map((i) => first[i]!),
    y: both.map((i) => second[i]!),
    missing: table.rows.length - both.length,
  }
}
