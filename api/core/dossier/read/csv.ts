import { decodeText } from './decode.ts'
import { pieces } from './record.ts'
import type { ByteSource, TableRecord } from './record.ts'

export interface CsvLimits {
  /** Longest record, in characters, quoted line breaks included. */
  recordLengthMax: number
  /** Cells kept of one record; what follows is dropped, and the record shows one cell more than this. */
  cellsMax: number
}

export const csvLimits: CsvLimits = { recordLengthMax: 64 * 1024, cellsMax: 200 }

/** Lines at the beginning among which the separator is looked for: lists often begin with a title. */
const titleLinesMax = 10

/**
 * Records of a delimited text file (`;` `,` or tab, RFC 4180 quoting, line ends CRLF, LF or CR), one at a time.
 *
 * An own reader, because the packages that stream need Node's streams (or drag in a copy of them) and stop at the first
 * misplaced quotation mark, whereas here one bad row must not cost the good ones: a quote that is not closed properly, or not
 * within `recordLengthMax`, makes that one line a problem record, and reading goes on with the next physical line. Memory is
 * bounded by one piece of the source and one record, whatever the file.
 *
 * Blank lines are skipped. Cells are as written; trimming is for the reader of values.
 * @throws DossierFileError `not_utf8`
 */
export async function* readCsv(source: ByteSource, limits: CsvLimits = csvLimits): AsyncGenerator<TableRecord> {
  let buffer = ''
  let line = 1
  let format: CsvFormat | null = null
  /** Within a line that is too long: dropping everything up to its end. */
  let skipping = false

  const drain = function* (atEnd: boolean): Generator<TableRecord> {
    if (format === null) {
      if (!atEnd && buffer.length < limits.recordLengthMax) return
      format = detectFormat(buffer)
      if (format.skip > 0) line += 1
      buffer = buffer.slice(format.skip)
    }
    let at = 0
    while (at < buffer.length) {
      if (skipping) {
        const end = buffer.indexOf(format.newline, at)
        if (end === -1) {
          at = buffer.length
          break
        }
        at = end + 1
        line += 1
        skipping = false
        continue
      }
      const scan = scanRecord(buffer, at, format, limits, atEnd)
      if (scan.kind === 'incomplete') {
        if (buffer.length - at <= limits.recordLengthMax) break
        yield { line, cells: [], problem: scan.quoted ? 'unclosed_quote' : 'record_too_long' }
        skipping = true
        continue
      }
      if (scan.kind === 'bad_quote') {
        yield { line, cells: [], problem: 'unclosed_quote' }
        skipping = true
        continue
      }
      if (scan.next - at > limits.recordLengthMax) yield { line, cells: [], problem: 'record_too_long' }
      else if (scan.cells.some((cell) => cell.trim() !== '')) yield { line, cells: scan.cells }
      at = scan.next
      line += scan.lines
    }
    buffer = buffer.slice(at)
  }

  for await (const text of decodeText(pieces(source))) {
    buffer += text
    yield* drain(false)
  }
  yield* drain(true)
}

interface CsvFormat {
  separator: string
  newline: '\n' | '\r'
  /** Characters at the beginning that are not part of the table (`sep=;` and its line end). */
  skip: number
}

function detectFormat(head: string): CsvFormat {
  // Files of old Macs end lines with CR alone.
  const newline = head.includes('\n') || !head.includes('\r') ? '\n' : '\r'
  const lines = head.split(newline, titleLinesMax)
  const declared = /^sep=([;,\t])\r?$/i.exec(lines[0] ?? '')
  if (declared) return { separator: declared[1] ?? ';', newline, skip: (lines[0] ?? '').length + 1 }
  for (const text of lines) {
    const bare = text.replace(/"[^"]*"/g, '')
    const counts = [';', ',', '\t'].map((separator) => ({ separator, count: bare.split(separator).length - 1 }))
    const best = counts.reduce((a, b) => (b.count > a.count ? b : a))
    if (best.count > 0) return { separator: best.separator, newline, skip: 0 }
  }
  return { separator: ';', newline, skip: 0 }
}

type Scan =
  | { kind: 'record'; cells: string[]; next: number; lines: number }
  | { kind: 'incomplete'; quoted: boolean }
  | { kind: 'bad_quote' }

function scanRecord(text: string, start: number, format: CsvFormat, limits: CsvLimits, atEnd: boolean): Scan {
  const { separator, newline } = format
  const eol = text.indexOf(newline, start)
  const lineEnd = eol === -1 ? text.length : eol
  const quote = text.indexOf('"', start)
  if (quote === -1 || quote >= lineEnd) {
    if (eol === -1 && !atEnd) return { kind: 'incomplete', quoted: false }
    const cells = withoutReturn(text.slice(start, lineEnd)).split(separator, limits.cellsMax + 1)
    return { kind: 'record', cells, next: lineEnd + 1, lines: 1 }
  }
  return scanQuoted(text, start, format, limits, atEnd)
}

/** As `scanRecord`, for a record that holds a quotation mark. A mark inside an unquoted cell is an ordinary character. */
function scanQuoted(text: string, start: number, format: CsvFormat, limits: CsvLimits, atEnd: boolean): Scan {
  const { separator, newline } = format
  const cells: string[] = []
  const keep = (cell: string) => {
    if (cells.length <= limits.cellsMax) cells.push(cell)
  }
  let at = start
  let lines = 1
  for (;;) {
    // At the beginning of a cell; blanks before an opening quote are tolerated.
    let open = at
    while (text[open] === ' ') open += 1
    if (text[open] !== '"') {
      const nextSeparator = indexOrEnd(text, separator, at)
      const nextLine = indexOrEnd(text, newline, at)
      const end = Math.min(nextSeparator, nextLine)
      if (end === text.length && !atEnd) return { kind: 'incomplete', quoted: false }
      keep(nextSeparator < nextLine ? text.slice(at, end) : withoutReturn(text.slice(at, end)))
      if (nextSeparator >= nextLine) return { kind: 'record', cells, next: end + 1, lines }
      at = end + 1
      continue
    }

    let close = text.indexOf('"', open + 1)
    while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
    if (close - start > limits.recordLengthMax) return { kind: 'bad_quote' }
    if (close === -1) return atEnd ? { kind: 'bad_quote' } : { kind: 'incomplete', quoted: true }
    // Whether the mark closes the cell or is the first of a pair only the next character tells.
    if (close + 1 === text.length && !atEnd) return { kind: 'incomplete', quoted: true }

    const value = text.slice(open + 1, close)
    keep(value.replaceAll('""', '"'))
    for (let i = value.indexOf(newline); i !== -1; i = value.indexOf(newline, i + 1)) lines += 1

    let after = close + 1
    while (text[after] === ' ') after += 1
    if (text[after] === '\r' && newline === '\n') after += 1
    if (after >= text.length) {
      return atEnd ? { kind: 'record', cells, next: after + 1, lines } : { kind: 'incomplete', quoted: false }
    }
    if (text[after] === newline) return { kind: 'record', cells, next: after + 1, lines }
    if (text[after] !== separator) return { kind: 'bad_quote' }
    at = after + 1
  }
}

function indexOrEnd(text: string, part: string, from: number): number {
  const index = text.indexOf(part, from)
  return index === -1 ? text.length : index
}

function withoutReturn(cell: string): string {
  return cell.endsWith('\r') ? cell.slice(0, -1) : cell
}
