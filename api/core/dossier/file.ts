import { procedureCodeFromNumber } from './code.ts'
import { dateColumns } from './columns.ts'
import { DossierFileError } from './errors.ts'
import type { DossierRow } from './dossier.ts'
import type { RowIssue } from './errors.ts'
import type { HeaderMap } from './headers.ts'
import { matchHeaders } from './headers.ts'
import { csvLimits } from './read/csv.ts'
import { openRecords, type OpenRecordsOptions } from './read/open.ts'
import type { ByteSource, TableRecord } from './read/record.ts'
import { serialToText, xlsxLimits } from './read/xlsx.ts'
import { parseDossierRow } from './row.ts'
import type { DossierCells, RowOptions } from './row.ts'

/** A dossier list with its header read and its rows still to come. */
export interface DossierFile {
  format: 'csv' | 'xlsx'
  ignoredColumns: string[]
  ignoredColumnsOmitted: number
  rows: AsyncGenerator<DossierFileRow>
}

export type DossierFileRow =
  { ok: true; line: number; dossier: DossierRow } | { ok: false; line: number; issues: RowIssue[] }

export interface DossierFileOptions extends RowOptions, OpenRecordsOptions {}

/** Rows at the beginning that may be titles before the header is found. */
const titleRowsMax = 10

/**
 * Opens a dossier list, CSV or XLSX (told apart by their first bytes), and reads as far as its header. Cells of columns we do not
 * know are dropped as each row is read and reach nobody.
 * @throws DossierFileError when the file as a whole cannot be read; while reading `rows` too.
 */
export async function openDossierFile(source: ByteSource, options: DossierFileOptions = {}): Promise<DossierFile> {
  const { format, records, date1904 } = await openRecords(source, options)
  const map = await findHeader(records)
  return {
    format,
    ignoredColumns: map.ignoredColumns,
    ignoredColumnsOmitted: map.ignoredColumnsOmitted,
    rows: readRows(records, map, { strictCount: format === 'csv', date1904 }, options),
  }
}

async function findHeader(records: AsyncGenerator<TableRecord>): Promise<HeaderMap> {
  let nearest: DossierFileError | null = null
  for (let i = 0; i < titleRowsMax; i += 1) {
    const next = await records.next()
    if (next.done) break
    const { cells, problem } = next.value
    if (cells.length > Math.min(csvLimits.cellsMax, xlsxLimits.cellsMax)) throw new DossierFileError('too_many_columns')
    const match = problem === undefined ? matchHeaders(cells) : null
    if (match?.ok) return match.map
    if (match?.code === 'duplicate_column') throw new DossierFileError(match.code, match.columns)
    // The row that comes nearest to a header says best what is missing.
    const error = match ? new DossierFileError(match.code, match.columns) : new DossierFileError('not_a_table')
    if (nearest === null || nearest.columns.length === 0 || isNearer(error, nearest)) nearest = error
  }
  throw nearest ?? new DossierFileError('empty_file')
}

function isNearer(error: DossierFileError, nearest: DossierFileError): boolean {
  return error.columns.length > 0 && error.columns.length < nearest.columns.length
}

async function* readRows(
  records: AsyncGenerator<TableRecord>,
  map: HeaderMap,
  table: { strictCount: boolean; date1904: boolean },
  options: RowOptions,
): AsyncGenerator<DossierFileRow> {
  for await (const { line, cells, numeric, problem } of records) {
    if (problem) {
      yield { ok: false, line, issues: [{ line, column: null, code: problem }] }
      continue
    }
    // In a text file more cells than headers mean a stray separator, and that every cell behind it stands in a wrong column.
    if (table.strictCount && cells.slice(map.columns.length).some((cell) => cell.trim() !== '')) {
      yield { ok: false, line, issues: [{ line, column: null, code: 'cell_count' }] }
      continue
    }
    const known = pick(cells, numeric ?? [], map, table.date1904)
    if (Object.values(known).every((cell) => cell.trim() === '')) continue
    const outcome = parseDossierRow(known, line, options)
    if (outcome.ok) yield { ok: true, line, dossier: outcome.dossier }
    else yield { ok: false, line, issues: outcome.issues.map((issue) => withHeader(issue, map)) }
  }
}

/** The cells of known columns; numbers of a spreadsheet become what their column means by them. */
function pick(cells: readonly string[], numeric: readonly boolean[], map: HeaderMap, date1904: boolean): DossierCells {
  const picked: DossierCells = {}
  for (const [i, column] of map.columns.entries()) {
    const cell = cells[i]
    if (column === null || cell === undefined) continue
    if (numeric[i] !== true) picked[column] = cell
    else if (dateColumns.has(column)) picked[column] = serialToText(cell, date1904) ?? cell
    else picked[column] = column === 'ma_tthc' ? procedureCodeFromNumber(cell) : cell
  }
  return picked
}

function withHeader(issue: RowIssue, map: HeaderMap): RowIssue {
  const header = issue.column === null ? undefined : map.headers[issue.column]
  return header === undefined ? issue : { ...issue, header }
}
