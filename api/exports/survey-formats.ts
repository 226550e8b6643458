import type { DataCell, DataColumn } from '../core/export/columns.ts'
import { MISSING_WORDS } from '../core/export/columns.ts'
import { savCells, savHead } from './sav.ts'
import type { Language } from '../core/instrument/definition.ts'
import { csvText, type CsvLook } from './csv.ts'
import type { DataRow, DataRows } from './survey-rows.ts'
import { sheetCells, xlsx } from './xlsx.ts'

export const FORMATS = ['csv', 'xlsx', 'sav'] as const
export type Format = (typeof FORMATS)[number]
export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  sav: 'application/x-spss-sav',
}

/** A table that leaves. */
export interface DataTable {
  readonly columns: readonly DataColumn[]
  readonly rows: AsyncIterable<DataRows>
  /** Rows there are: known before for a system file. */
  readonly count: number
  readonly title: string
  readonly made: Date
}

/** How cells are written: codes, or words of a language. */
export interface Look extends CsvLook {
  readonly labels: Language | null
}

/** Characters of text in one piece. */
const PIECE_LENGTH = 64 * 1024

/** CSV in pieces: as `writeRows` has it. */
export async function* csvPieces({ columns, rows }: DataTable, look: Look): AsyncGenerator<Uint8Array> {
  const { separator } = look
  const texts = columns.map((column) => textOf(column, look.labels))
  const written = (cells: readonly DataCell[], from: number) =>
    cells.map((cell, i) => texts[from + i]?.(cell) ?? '').join(separator)
  let text = `${look.bom ? '\uFEFF' : ''}${columns.map(({ name }) => name).join(separator)}\n`
  for await (const batch of rows)
    for (const row of batch) {
      text += `${stretchesOf(row, written).join(separator)}\n`
      if (text.length < PIECE_LENGTH) continue
      yield Buffer.from(text)
      text = ''
    }
  if (text !== '') yield Buffer.from(text)
}

/** How the stretches of a row are written, each made once. @param write cells, and the place of their first column */
export function stretchesOf<Written>(
  row: DataRow,
  write: (cells: readonly DataCell[], from: number) => Written,
): Written[] {
  const all: Written[] = []
  let from = 0
  for (const stretch of row) {
    stretch.written ??= write(stretch.cells, from)
    from += stretch.cells.length
    all.push(stretch.written as Written)
  }
  return all
}

/** Text of a column's cells; those of codes are made once. */
function textOf(column: DataColumn, language: Language | null): (cell: DataCell) => string {
  const kept = new Map<string | number, string>()
  for (const { code, label } of column.values) kept.set(code, csvText(language === null ? code : label[language]))
  const missing = Object.fromEntries(
    Object.entries(MISSING_WORDS).map(([code, words]) => [code, language === null ? code : csvText(words[language])]),
  )
  const isNumber = column.values.length === 0
  return (cell) => {
    if (typeof cell === 'string') return kept.get(cell) ?? csvText(cell)
    if (typeof cell === 'number') return isNumber ? String(cell) : (kept.get(String(cell)) ?? String(cell))
    return cell === null ? '' : (missing[cell.missing] ?? '')
  }
}

/** A system file of SPSS in pieces. */
export async function* savPieces(table: DataTable, language: Language): AsyncGenerator<Uint8Array> {
  const { columns, count: cases, title: label, made } = table
  const weight = columns.some(({ name }) => name === 'weight') ? 'weight' : null
  yield savHead({ columns, language, weight, cases, label, made })
  const written = savCells(columns)
  for await (const batch of table.rows)
    yield Buffer.concat(Array.from(batch, (row) => stretchesOf(row, written)).flat())
}

/** A workbook in pieces: the rows, and what the columns mean on a second sheet. */
export function xlsxPieces(table: DataTable, labels: Language | null): AsyncGenerator<Uint8Array> {
  return xlsx([
    { name: 'data', rows: sheetRows(table, labels) },
    { name: 'codebook', rows: once(codebookRows([{ part: '', columns: table.columns }]).map(sheetCells)) },
  ])
}

async function* sheetRows({ columns, rows }: DataTable, labels: Language | null) {
  yield [sheetCells(columns.map(({ name }) => name))]
  const values = columns.map((column) => sheetValue(column, labels))
  const written = (cells: readonly DataCell[], from: number) =>
    sheetCells(cells.map((cell, i) => values[from + i]?.(cell) ?? null))
  for await (const batch of rows) yield Array.from(batch, (row) => stretchesOf(row, written).join(''))
}

/** What stands in a column's cells of a sheet. */
function sheetValue({ values }: DataColumn, labels: Language | null): (cell: DataCell) => string | number | null {
  const words = new Map(labels === null ? [] : values.map(({ code, label }) => [code, label[labels]]))
  return (cell) => {
    if (cell === null) return null
    if (typeof cell === 'object') return labels === null ? cell.missing : MISSING_WORDS[cell.missing][labels]
    return words.get(String(cell)) ?? cell
  }
}

async function* once<T>(rows: T): AsyncGenerator<T> {
  yield rows
}

const CODEBOOK_COLUMNS = [
  'part',
  'column',
  'label_vi',
  'label_en',
  'kind',
  'code',
  'number',
  'code_vi',
  'code_en',
] as const

/** The data dictionary as a table: a row for each column, then one for each of its codes and of what may be missing. */
export function codebookRows(
  parts: readonly { readonly part: string; readonly columns: readonly DataColumn[] }[],
): (string | number | null)[][] {
  const rows: (string | number | null)[][] = [[...CODEBOOK_COLUMNS]]
  for (const { part, columns } of parts)
    for (const { name, label, kind, measure, values, missing } of columns) {
      rows.push([part, name, label.vi, label.en, kind === 'number' ? measure : kind, null, null, null, null])
      const line = (code: string, number: number, words: { vi: string; en: string }) =>
        rows.push([part, name, null, null, null, code, number, words.vi, words.en])
      for (const value of values) line(value.code, value.number, value.label)
      for (const [code, number] of Object.entries(missing ?? {}))
        line(code, number, MISSING_WORDS[code as keyof typeof MISSING_WORDS])
    }
  return rows
}

/** The same as CSV with the mark of UTF-8, since people open it. */
export function codebookCsv(parts: Parameters<typeof codebookRows>[0]): string {
  const lines = codebookRows(parts).map((row) =>
    row.map((cell) => (typeof cell === 'string' ? csvText(cell) : cell)).join(','),
  )
  return `\uFEFF${lines.join('\n')}\n`
}
