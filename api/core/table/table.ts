import { DataError, type DataFault } from './data-error.ts'

/** A rectangular data file of an analyst, all cells as text; an empty cell is a missing value. */
export interface Table {
  readonly file: string
  readonly columns: readonly string[]
  /** `line` is the physical line on which the row begins. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
}

/** Texts that analysts' programmes write for "no value". */
const missingTexts = new Set(['', 'NA'])
/** A number as R, PostgreSQL and spreadsheets of English locale write it; hexadecimal, spaces and thousands marks are not numbers. */
const numeral = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

export const isMissing = (cell: string): boolean => missingTexts.has(cell)

/**
 * The cells of a column as they are written, missing as null.
 * @throws DataError `missing_column`
 */
export function texts(table: Table, column: string): (string | null)[] {
  const at = position(table, column)
  return table.rows.map(({ cells }) => (isMissing(cells[at] ?? '') ? null : (cells[at] ?? null)))
}

/**
 * The cells of a column as numbers, missing as null; TRUE and FALSE are 1 and 0, as R writes them.
 * @throws DataError `missing_column` `not_a_number` `decimal_comma` `not_finite`
 */
export function numbers(table: Table, column: string): (number | null)[] {
  const at = position(table, column)
  const faults: DataFault[] = []
  const values = table.rows.map(({ line, cells }) => {
    const value = numberOf(cells[at] ?? '')
    if (typeof value !== 'string') return value
    faults.push({ code: value, line, column })
    return null
  })
  if (faults.length > 0) throw new DataError(table.file, faults)
  return values
}

/**
 * As `numbers`, where no cell may be missing.
 * @throws DataError as `numbers`, and `missing_value`
 */
export function completeNumbers(table: Table, column: string): number[] {
  const faults: DataFault[] = []
  const complete: number[] = []
  for (const [index, value] of numbers(table, column).entries()) {
    if (value === null) faults.push({ code: 'missing_value', line: table.rows[index]?.line ?? null, column })
    else complete.push(value)
  }
  if (faults.length > 0) throw new DataError(table.file, faults)
  return complete
}

/** The number a cell holds, null when it is missing, else the code of what is wrong with it. */
export function numberOf(cell: string): number | null | 'not_a_number' | 'decimal_comma' | 'not_finite' {
  const text = cell.trim()
  if (isMissing(text)) return null
  if (text === 'TRUE') return 1
  if (text === 'FALSE') return 0
  if (numeral.test(text)) {
    const value = Number(text)
    return Number.isFinite(value) ? value : 'not_finite'
  }
  if (/^[+-]?\d+,\d+$/.test(text)) return 'decimal_comma'
  return /^[+-]?(nan|inf(inity)?)$/i.test(text) ? 'not_finite' : 'not_a_number'
}

function position(table: Table, column: string): number {
  const at = table.columns.indexOf(column)
  if (at === -1) throw new DataError(table.file, [{ code: 'missing_column', line: 1, column }])
  return at
}
