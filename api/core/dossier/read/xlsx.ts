import { yearMax, yearMin } from '../../time/zone.ts'
import { DossierFileError } from '../errors.ts'
import { newDecoder } from './platform.ts'
import type { TableRecord } from './record.ts'
import { attribute, xmlScanner } from './xml.ts'
import type { XmlHandler } from './xml.ts'
import { listZip, unpackEntry } from './zip.ts'
import type { UnpackBudget, ZipEntry } from './zip.ts'

export interface XlsxLimits {
  /** All unpacked bytes that are read (sheet, shared texts and the small parts that lead to them). */
  unpackedBytesMax: number
  /** Characters of the table of shared texts, the one part that has to stay in memory while the sheet streams. */
  sharedLengthMax: number
  rowsMax: number
  cellsMax: number
}

export const xlsxLimits: XlsxLimits = {
  unpackedBytesMax: 512 * 1024 * 1024,
  sharedLengthMax: 32 * 1024 * 1024,
  rowsMax: 1_048_576,
  cellsMax: 200,
}

/** The first sheet of a workbook. */
export interface XlsxTable {
  records: AsyncGenerator<TableRecord>
  /** Days are counted from 1904 (old Macs) and not from 1900. */
  date1904: boolean
}
/** All sheets of a workbook in order, to be read one after another. */
export interface XlsxWorkbook {
  sheets: readonly { name: string; records: () => AsyncGenerator<TableRecord> }[]
  date1904: boolean
}

/** True for the magic bytes of a ZIP archive, which an XLSX file is. */
export function isXlsx(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 0x03 && head[3] === 0x04
}

/** True for the magic bytes of the old .xls format, which also wraps workbooks locked with a password. */
export function isOldWorkbook(head: Uint8Array): boolean {
  return [0xd0, 0xcf, 0x11, 0xe0].every((byte, i) => head[i] === byte)
}

/**
 * Opens the first sheet of an XLSX file. Rows stream; numbers keep the digits the file has.
 *
 * An own reader over ECMA-376 part 1 §18, because what a list needs of it is small and the packages at hand refuse the whole file
 * for one faulty cell, fill gaps between row numbers in memory (a file of a few bytes can ask for 10⁹ rows), keep every cell of
 * the sheet at once, and unpack in threads that workerd does not have. Cell formats are not read: whether a number is a date the
 * column tells (`serialToText`).
 * @throws DossierFileError `invalid_workbook`, `unsupported_workbook`, `file_too_large`; `records` also `too_many_rows`
 */
export async function openXlsx(bytes: Uint8Array, limits: XlsxLimits = xlsxLimits): Promise<XlsxTable> {
  const { sheets, date1904 } = await openSheets(bytes, limits)
  const [first] = sheets
  if (first === undefined) throw new DossierFileError('invalid_workbook')
  return { date1904, records: first.records() }
}

/** Opens every sheet of an XLSX file as `openXlsx` does the first; the limits are for all of them together. @throws as `openXlsx` */
export async function openSheets(bytes: Uint8Array, limits: XlsxLimits = xlsxLimits): Promise<XlsxWorkbook> {
  const entries = listZip(bytes)
  const budget: UnpackBudget = { bytesLeft: limits.unpackedBytesMax }
  const scan = async (path: string, handler: XmlHandler): Promise<void> => {
    for await (const _ of scanEntry(bytes, entry(entries, path), budget, handler)) continue
  }

  const workbookPath =
    (await relations(scan, '', '_rels/.rels')).find(({ type }) => type.endsWith('/officeDocument'))?.target ??
    'xl/workbook.xml'
  const folder = workbookPath.slice(0, workbookPath.lastIndexOf('/') + 1)
  const related = await relations(scan, folder, `${folder}_rels/${workbookPath.slice(folder.length)}.rels`)

  const listed: { id: string; name: string }[] = []
  let date1904 = false
  await scan(workbookPath, {
    open(name, attributes) {
      if (name === 'sheet')
        listed.push({ id: attribute(attributes, 'id') ?? '', name: attribute(attributes, 'name') ?? '' })
      if (name === 'workbookPr') date1904 = ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '')
    },
    close() {},
    text() {},
  })
  // Charts on a sheet of their own are listed among the sheets.
  const found = listed.flatMap(({ id, name }) => {
    const path = related.find((relation) => relation.id === id && relation.type.endsWith('/worksheet'))?.target
    return path === undefined ? [] : [{ name, path }]
  })

  const sharedPath = related.find(({ type }) => type.endsWith('/sharedStrings'))?.target
  const shared = sharedPath && entries.has(sharedPath.toLowerCase()) ? await readShared(scan, sharedPath, limits) : []
  const sheets = found.map(({ name, path }) => ({
    name,
    records: () => readSheet(bytes, entry(entries, path), budget, shared, limits),
  }))
  return { sheets, date1904 }
}

/**
 * The local day or time that a spreadsheet keeps as a number of days: `46303` → `2026-10-08`, `46303.5` → `2026-10-08 12:00:00`.
 * Null for numbers outside 2000–2100, which are no dates of a dossier. Times are rounded to the second, as fractions of a day
 * are never exact.
 */
export function serialToText(raw: string, date1904: boolean): string | null {
  const days = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(days)) return null
  const seconds = Math.round((days + (date1904 ? 1462 : 0) - 25569) * 86400)
  if (seconds < Date.UTC(yearMin, 0, 1) / 1000 || seconds >= Date.UTC(yearMax + 1, 0, 1) / 1000) return null
  const [day, time] = new Date(seconds * 1000).toISOString().slice(0, 19).split('T')
  return Number.isInteger(days) ? (day ?? null) : `${day} ${time}`
}

type Scan = (path: string, handler: XmlHandler) => Promise<void>

interface Relation {
  id: string
  type: string
  target: string
}

async function relations(scan: Scan, folder: string, path: string): Promise<Relation[]> {
  const found: Relation[] = []
  await scan(path, {
    open(name, attributes) {
      if (name !== 'Relationship') return
      const target = attribute(attributes, 'Target') ?? ''
      found.push({
        id: attribute(attributes, 'Id') ?? '',
        type: attribute(attributes, 'Type') ?? '',
        target: target.startsWith('/') ? target.slice(1) : folder + target.replace(/^\.\//, ''),
      })
    },
    close() {},
    text() {},
  })
  return found
}

function entry(entries: Map<string, ZipEntry>, path: string): ZipEntry {
  const found = entries.get(path.toLowerCase())
  if (!found) throw new DossierFileError('invalid_workbook')
  return found
}

/** Scans an entry; pauses after each piece so that the caller can take what the handler has gathered. */
async function* scanEntry(
  bytes: Uint8Array,
  zipEntry: ZipEntry,
  budget: UnpackBudget,
  handler: XmlHandler,
): AsyncGenerator<void> {
  const scanner = xmlScanner(handler)
  const decoder = newDecoder('utf-8')
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode()
    } catch {
      throw new DossierFileError('invalid_workbook')
    }
  }
  for await (const piece of unpackEntry(bytes, zipEntry, budget)) {
    scanner.push(decode(piece))
    yield
  }
  scanner.push(decode())
  scanner.end()
  yield
}

/** Gathers the text of `t` elements (several in formatted text), without the readings (`rPh`) that East Asian texts carry. */
function richText(): XmlHandler & { take(): string } {
  let inText = false
  let inReading = false
  let value = ''
  return {
    open(name) {
      if (name === 't') inText = true
      if (name === 'rPh') inReading = true
    },
    close(name) {
      if (name === 't') inText = false
      if (name === 'rPh') inReading = false
    },
    text(part) {
      if (inText && !inReading) value += part
    },
    take() {
      const taken = value.includes('_x') ? unescapeControls(value) : value
      value = ''
      return taken
    },
  }
}

/** Characters that XML cannot hold are written `_x000D_` in a workbook (ECMA-376 part 1 §22.9.2.19). */
function unescapeControls(text: string): string {
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

async function readShared(scan: Scan, path: string, limits: XlsxLimits): Promise<string[]> {
  const shared: string[] = []
  const rich = richText()
  let length = 0
  await scan(path, {
    open: rich.open,
    text: rich.text,
    close(name) {
      rich.close(name)
      if (name !== 'si') return
      const text = rich.take()
      // An entry costs memory even when it is empty.
      length += text.length + 16
      if (length > limits.sharedLengthMax) throw new DossierFileError('file_too_large')
      shared.push(text)
    },
  })
  return shared
}

async function* readSheet(
  bytes: Uint8Array,
  zipEntry: ZipEntry,
  budget: UnpackBudget,
  shared: readonly string[],
  limits: XlsxLimits,
): AsyncGenerator<TableRecord> {
  const rich = richText()
  let ready: TableRecord[] = []
  let record: TableRecord | null = null
  let line = 0
  let column = -1
  let type = 'n'
  let value: string | null = null
  let inValue = false

  const handler: XmlHandler = {
    open(name, attributes) {
      if (name === 'row') {
        line = nextRow(attribute(attributes, 'r'), line, limits)
        column = -1
        record = { line, cells: [], numeric: [] }
      } else if (name === 'c') {
        column = columnOf(attribute(attributes, 'r')) ?? column + 1
        type = attribute(attributes, 't') ?? 'n'
        value = null
        rich.take()
      } else if (name === 'v') {
        inValue = true
        value = ''
      }
      rich.open(name, attributes)
    },
    close(name) {
      rich.close(name)
      if (name === 'v') inValue = false
      else if (name === 'c' && record) {
        const text = cellText(type, value, rich.take(), shared)
        if (text !== '' && column < limits.cellsMax) {
          while (record.cells.length < column) record.cells.push('')
          record.cells[column] = text
          // Sparse on purpose: most cells are text.
          if (type === 'n' && record.numeric) record.numeric[column] = true
        }
      } else if (name === 'row' && record) {
        if (record.cells.some((cell) => cell.trim() !== '')) ready.push(record)
        record = null
      }
    },
    text(part) {
      if (inValue) value = (value ?? '') + part
      else rich.text(part)
    },
  }
  for await (const _ of scanEntry(bytes, zipEntry, budget, handler)) {
    const batch = ready
    ready = []
    yield* batch
  }
}

function nextRow(reference: string | null, previous: number, limits: XlsxLimits): number {
  const row = reference === null ? previous + 1 : Number(reference)
  if (!Number.isInteger(row) || row <= previous) throw new DossierFileError('invalid_workbook')
  if (row > limits.rowsMax) throw new DossierFileError('too_many_rows')
  return row
}

/** Position from 0 of a cell reference: `A1` → 0, `AB7` → 27. Null when there is none. */
function columnOf(reference: string | null): number | null {
  const letters = reference === null ? null : /^\$?([A-Z]{1,3})\$?\d+$/.exec(reference)?.[1]
  if (!letters) return null
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

/** Text of a cell; a formula's is its last result. What Excel shows as an error (`#N/A`) stays as such, to be refused as a value. */
function cellText(type: string, value: string | null, inline: string, shared: readonly string[]): string {
  if (type === 'inlineStr') return inline
  if (value === null) return ''
  if (type === 's') return shared[Number(value)] ?? ''
  if (type === 'n') return plainDigits(value.trim())
  return type === 'str' ? unescapeControls(value) : value
}

/** Long whole numbers may be kept as `1.2E+5`. */
function plainDigits(raw: string): string {
  const number = Number(raw)
  return /e/i.test(raw) && Number.isSafeInteger(number) ? String(number) : raw
}
