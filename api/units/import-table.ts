import { procedureCodeFromNumber } from '../core/dossier/code.ts'
import { DossierFileError, type RowIssueCode } from '../core/dossier/errors.ts'
import { readCsv } from '../core/dossier/read/csv.ts'
import { wholeOf, type ByteSource, type TableRecord } from '../core/dossier/read/record.ts'
import { isOldWorkbook, isXlsx, openXlsx, serialToText } from '../core/dossier/read/xlsx.ts'
import type { CellRecord } from '../core/units/cells.ts'
import { matchNamedColumns, type HeaderRow, type NamedColumn } from '../core/units/headers.ts'
import { AppError } from '../errors.ts'

/** A file read whole: its rows under our column names. */
export interface Table {
  records: CellRecord[]
  /** Columns that the file has; what a file does not name, it does not change. */
  columns: ReadonlySet<string>
  headers: Readonly<Record<string, string>>
  ignoredColumns: string[]
  /** Lines that could not be read at all. */
  broken: { line: number; column: null; code: RowIssueCode }[]
}
/** Units and procedures of a province are a few thousand rows. */
const BYTES_MAX = 32 * 1024 * 1024
const TITLE_ROWS_MAX = 10
const DATES = new Set(['hieu_luc_tu', 'hieu_luc_den'])

/**
 * Reads a Units or Procedures file, CSV or XLSX (told apart by their first bytes).
 * @throws AppError invalid_file | too_large with the reason
 */
export async function readTable(source: ByteSource, known: readonly NamedColumn[]): Promise<Table> {
  try {
    const bytes = await wholeOf(source, BYTES_MAX, () => new DossierFileError('file_too_large'))
    if (isOldWorkbook(bytes)) throw new DossierFileError('unsupported_workbook')
    const workbook = isXlsx(bytes) ? await openXlsx(bytes) : null
    const rows = workbook?.records ?? readCsv(bytes)
    const header = await findHeader(rows, known)
    const table: Table = {
      records: [],
      columns: new Set(),
      headers: header.headers,
      ignoredColumns: header.ignored,
      broken: [],
    }
    table.columns = new Set(Object.keys(header.headers))
    for await (const row of rows) {
      if (row.problem) table.broken.push({ line: row.line, column: null, code: row.problem })
      else if (!workbook && row.cells.slice(header.columns.length).some((cell) => cell.trim() !== '')) {
        table.broken.push({ line: row.line, column: null, code: 'cell_count' })
      } else table.records.push({ line: row.line, cells: cellsOf(row, header.columns, workbook?.date1904 ?? false) })
    }
    return table
  } catch (error) {
    if (!(error instanceof DossierFileError)) throw error
    throw new AppError(error.code === 'file_too_large' ? 'too_large' : 'invalid_file', [
      { path: 'file', code: error.code },
    ])
  }
}

async function findHeader(rows: AsyncGenerator<TableRecord>, known: readonly NamedColumn[]) {
  let nearest: Extract<HeaderRow, { ok: false }> | null = null
  for (let i = 0; i < TITLE_ROWS_MAX; i += 1) {
    const next = await rows.next()
    if (next.done) break
    const match = matchNamedColumns(next.value.cells, known)
    if (match.ok) return match
    if (nearest === null || match.columns.length < nearest.columns.length) nearest = match
  }
  if (nearest === null) throw new DossierFileError('empty_file')
  const { code } = nearest
  throw new AppError(
    'invalid_file',
    nearest.columns.map((column) => ({ path: column, code })),
  )
}

/** Numbers of a spreadsheet become what their column means by them. */
function cellsOf({ cells, numeric }: TableRecord, columns: readonly (string | null)[], date1904: boolean) {
  const picked: Record<string, string> = {}
  for (const [i, column] of columns.entries()) {
    const cell = cells[i]
    if (column === null || cell === undefined) continue
    if (numeric?.[i] !== true) picked[column] = cell
    else if (DATES.has(column)) picked[column] = serialToText(cell, date1904) ?? cell
    else picked[column] = column === 'ma_tthc' ? procedureCodeFromNumber(cell) : cell
  }
  return picked
}
