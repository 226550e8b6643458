import { isMissing, numberOf, type Table } from '../table/table.ts'

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
  /** A whole number that must be there; `code` where it is missing or out of range. */
  whole(column: string, range: { readonly min: number; readonly max: number }, code: string): number | null
  /** As it is written. */
  cell(column: string): string
  report(column: string, code: string): void
}

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/
/** As large as the database keeps. */
const MAX_COUNT = 2_147_483_647

/** What a table of figures says. */
export interface FigureRows<Row> {
  readonly records: Row[]
  readonly faults: CellFault[]
  /** Rows without a value: missing, never zero. */
  readonly missing: number
  /** Alone, when the header lacks any that is needed. */
  readonly missingColumns: string[]
  readonly ignored: string[]
}

/**
 * Reads a table of figures, columns in any order, others ignored. Good rows are given and every fault told; code of its own:
 * `duplicate_row` for a second row of one key.
 * @param read what tells a row from all others, its value, and the record that a value makes; null after a fault that leaves none
 */
export function readFigureRows<Row>(
  table: Table,
  columns: { readonly needed: readonly string[]; readonly optional: readonly string[] },
  read: (
    cells: RowCells,
    line: number,
  ) => { readonly key: readonly unknown[]; readonly value: number | null; record(value: number): Row } | null,
): FigureRows<Row> {
  const at = new Map(table.columns.map((column, k) => [column.toLowerCase(), k]))
  const missingColumns = columns.needed.filter((column) => !at.has(column))
  const known = new Set([...columns.needed, ...columns.optional])
  const ignored = table.columns.filter((column) => !known.has(column.toLowerCase()))
  const records: Row[] = []
  const faults: CellFault[] = []
  let missing = 0
  const seen = new Set<string>()
  for (const row of missingColumns.length > 0 ? [] : table.rows) {
    const before = faults.length
    const cells = rowCells(at, row, faults)
    const found = read(cells, row.line)
    if (found === null) continue
    const key = JSON.stringify(found.key)
    if (faults.length === before && seen.has(key)) cells.report('unit', 'duplicate_row')
    seen.add(key)
    if (faults.length > before) continue
    if (found.value === null) missing += 1
    else records.push(found.record(found.value))
  }
  return { records, faults, missing, missingColumns, ignored }
}

/** @param columns lower-case names of the columns in the order of the cells */
function rowCells(
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
    cell,
    number,
    whole: (column, { min, max }, code) => {
      const value = numberOf(cell(column))
      if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
      report(column, typeof value === 'string' ? value : code)
      return null
    },
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
