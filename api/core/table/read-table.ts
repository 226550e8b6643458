import { DossierFileError } from '../dossier/errors.ts'
import { readCsv, type CsvLimits } from '../dossier/read/csv.ts'
import type { ByteSource } from '../dossier/read/record.ts'
import { DataError, type DataFault } from './data-error.ts'
import type { Table } from './table.ts'

/** Wide tables of indicators have hundreds of columns. */
const limits: CsvLimits = { recordLengthMax: 1024 * 1024, cellsMax: 5000 }

/**
 * Reads a delimited file (`,` `;` or tab, UTF-8 with or without byte order mark) whose first record is its header.
 * Every row must have as many cells as the header; a row cut off in the middle must not pass as missing values.
 * @param file name used in errors
 * @throws DataError `not_utf8` `empty_file` `no_rows` `unclosed_quote` `record_too_long` `duplicate_column` `unnamed_column`
 *   `too_many_cells` `too_few_cells`
 */
export async function readTable(source: ByteSource, file: string): Promise<Table> {
  const faults: DataFault[] = []
  const rows: { line: number; cells: string[] }[] = []
  let columns: string[] | null = null
  try {
    for await (const { line, cells, problem } of readCsv(source, limits)) {
      if (problem !== undefined) faults.push({ code: problem, line, column: null })
      else if (columns === null) {
        columns = cells.map(plain)
        faults.push(...headerFaults(columns, line))
      } else if (cells.length !== columns.length) {
        faults.push({ code: cells.length > columns.length ? 'too_many_cells' : 'too_few_cells', line, column: null })
      } else rows.push({ line, cells: cells.map(plain) })
    }
  } catch (error) {
    if (!(error instanceof DossierFileError)) throw error
    throw new DataError(file, [{ code: error.code, line: null, column: null }])
  }
  if (faults.length > 0) throw new DataError(file, faults)
  if (columns === null) throw new DataError(file, [{ code: 'empty_file', line: null, column: null }])
  if (rows.length === 0) throw new DataError(file, [{ code: 'no_rows', line: null, column: null }])
  return { file, columns, rows }
}

/** Letters with marks are written in two ways; names from two programmes must still be the same name. */
function plain(cell: string): string {
  return cell.trim().normalize('NFC')
}

function headerFaults(columns: readonly string[], line: number): DataFault[] {
  return columns.flatMap((column, index): DataFault[] => {
    if (column === '') return [{ code: 'unnamed_column', line, column: null }]
    return columns.indexOf(column) < index ? [{ code: 'duplicate_column', line, column }] : []
  })
}
