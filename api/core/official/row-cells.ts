import { isMissing, numberOf } from '../table/table.ts'

/** What is wrong with one cell. */
export interface CellFault {
  readonly line: number
  readonly column: string
  readonly code: string
}

/** The cells of one row, by column. What is wrong is told on the way; a faulty cell is then '' or null like an empty one. */
export interface RowCells {
  /** A text that must be there. Codes: `required` `too_long` `bad_character` (a control character). */
  words(column: string, maxLength: number): string
  /** Codes: `not_a_number` `decimal_comma` `not_finite`. */
  number(column: string): number | null
  /** A whole number from 0 on. Also `bad_count`. */
  count(column: string): number | null
  report(column: string, code: string): void
}

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/
/** As large as the database keeps. */
const MAX_COUNT = 2_147_483_647

/** @param columns lower-case names of the columns in the order of the cells */
export function rowCells(
  columns: ReadonlyMap<string, number>,
  { line, cells }: { line: number; cells: readonly string[] },
  faults: CellFault[],
): RowCells {
  const cell = (column: string) => cells[columns.get(column) ?? -1] ?? ''
  const report = (column: string, code: string): void => void faults.push({ line, column, code })
  const number = (column: string): number | null => {
    const value = numberOf(cell(column))
    if (typeof value !== 'string') return value
    report(column, value)
    return null
  }
  return {
    report,
    number,
    words: (column, maxLength) => {
      const text = cell(column)
      if (isMissing(text)) report(column, 'required')
      else if (text.length > maxLength) report(column, 'too_long')
      else if (CONTROL.test(text)) report(column, 'bad_character')
      else return text
      return ''
    },
    count: (column) => {
      const value = number(column)
      if (value === null || (Number.isInteger(value) && value >= 0 && value <= MAX_COUNT)) return value
      report(column, 'bad_count')
      return null
    },
  }
}
