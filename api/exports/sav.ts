import type { Language } from '../core/instrument/definition.ts'
import { MISSING_WORDS, type DataCell, type DataColumn } from '../core/export/columns.ts'

/** What stands in a system file for "no value". */
export const SYSTEM_MISSING = -Number.MAX_VALUE
const HIGHEST = Number.MAX_VALUE
/** The largest double below `-MAX_VALUE`'s neighbour: low end of ranges, see PSPP's manual. */
const LOWEST = -1.797_693_134_862_315_5e308
const FORMAT = { number: 5, day: 39 } as const
const MEASURE = { nominal: 1, ordinal: 2, scale: 3 } as const
/** SPSS reads no longer ones. Bytes. */
const LABEL_MAX = 252
const VALUE_LABEL_MAX = 120
/** Seconds from the first day of SPSS's calendar, 14/10/1582, to 01/01/1970. */
const EPOCH_S = 12_219_379_200

/** A system file without its cases. */
export interface SavHead {
  readonly columns: readonly DataColumn[]
  readonly language: Language
  /** Name of the column that holds weights. */
  readonly weight: string | null
  readonly cases: number
  readonly label: string
  readonly made: Date
}

/**
 * The head of an SPSS system file (`.sav`): little-endian, UTF-8, not compressed, numbers only, so that each case is eight bytes a
 * column. Cases follow as `savCells` writes them.
 *
 * Source: PSPP developers' guide, "System File Format".
 */
export function savHead(head: SavHead): Uint8Array {
  const out = new Bytes()
  fileHeader(out, head)
  for (const [at, column] of head.columns.entries()) variable(out, column, at, head.language)
  for (const [at, column] of head.columns.entries()) valueLabels(out, column, at, head.language)
  extension(out, 3, 4, (record) => {
    for (const value of [1, 0, 0, -1, 1, 1, 2, 65001]) record.int(value)
  })
  extension(out, 4, 8, (record) => {
    for (const value of [SYSTEM_MISSING, HIGHEST, LOWEST]) record.double(value)
  })
  extension(out, 11, 4, (record) => {
    for (const { measure } of head.columns) for (const value of [MEASURE[measure], 10, 1]) record.int(value)
  })
  extension(out, 13, 1, (record) =>
    record.text(head.columns.map(({ name }, at) => `${shortName(at)}=${name}`).join('\t')),
  )
  extension(out, 20, 1, (record) => record.text('UTF-8'))
  out.int(999)
  out.int(0)
  return out.done()
}

/** Cells as they stand in a case. */
export function savCells(columns: readonly DataColumn[]): (cells: readonly DataCell[], from: number) => Uint8Array {
  const numbers = columns.map(numberOf)
  return (cells, from) => {
    const view = new DataView(new ArrayBuffer(cells.length * 8))
    for (const [i, cell] of cells.entries()) view.setFloat64(8 * i, numbers[from + i]?.(cell) ?? SYSTEM_MISSING, true)
    return new Uint8Array(view.buffer)
  }
}

function numberOf({ kind, values, missing }: DataColumn): (cell: DataCell) => number {
  const numbers = new Map(values.map(({ code, number }) => [code, number]))
  return (cell) => {
    if (cell === null) return SYSTEM_MISSING
    if (typeof cell === 'object') return missing?.[cell.missing] ?? SYSTEM_MISSING
    if (values.length > 0) return numbers.get(String(cell)) ?? SYSTEM_MISSING
    if (kind === 'day') return Date.parse(`${cell}T00:00:00Z`) / 1000 + EPOCH_S
    return Number(cell)
  }
}

function fileHeader(out: Bytes, { columns, weight, cases, label, made }: SavHead): void {
  const [, day, month, year, time] = /(\d\d) (\w{3}) (\d{4}) ([\d:]{8})/.exec(made.toUTCString()) ?? []
  out.text('$FL2')
  out.padded('@(#) SPSS DATA FILE - Lang Nghe', 60)
  out.int(2)
  out.int(columns.length)
  out.int(0)
  out.int(weight === null ? 0 : columns.findIndex(({ name }) => name === weight) + 1)
  out.int(cases)
  out.double(100)
  out.padded(`${day} ${month} ${year?.slice(2)}`, 9)
  out.padded(time ?? '', 8)
  out.padded(label, 64)
  out.padded('', 3)
}

function variable(out: Bytes, { kind, label, missing, decimals }: DataColumn, at: number, language: Language): void {
  const format = kind === 'day' ? (FORMAT.day << 16) | (10 << 8) : (FORMAT.number << 16) | (12 << 8) | decimals
  const numbers = missing === null ? [] : Object.values(missing)
  for (const value of [2, 0, 1, numbers.length, format, format]) out.int(value)
  out.padded(shortName(at), 8)
  const text = cut(label[language] || '-', LABEL_MAX)
  out.int(text.length)
  out.bytes(text)
  out.zeros(-text.length & 3)
  for (const number of numbers) out.double(number)
}

function valueLabels(out: Bytes, { values, missing }: DataColumn, at: number, language: Language): void {
  const all = [
    ...values.map(({ number, label }) => [number, label[language]] as const),
    ...Object.entries(missing ?? {}).map(
      ([code, number]) => [number, MISSING_WORDS[code as keyof typeof MISSING_WORDS][language]] as const,
    ),
  ]
  if (all.length === 0) return
  out.int(3)
  out.int(all.length)
  for (const [number, label] of all) {
    const text = cut(label, VALUE_LABEL_MAX)
    out.double(number)
    out.byte(text.length)
    out.bytes(text)
    out.zeros(-(text.length + 1) & 7)
  }
  for (const value of [4, 1, at + 1]) out.int(value)
}

function extension(out: Bytes, subtype: number, size: number, write: (record: Bytes) => void): void {
  const record = new Bytes()
  write(record)
  const bytes = record.done()
  for (const value of [7, subtype, size, bytes.length / size]) out.int(value)
  out.bytes(bytes)
}

/** Names that every version reads; the real ones stand in a record of their own. */
function shortName(at: number): string {
  return `V${at + 1}`
}

/** UTF-8 of at most so many bytes, never ending within a letter. */
function cut(text: string, most: number): Uint8Array {
  const bytes = new Uint8Array(most)
  const { written } = new TextEncoder().encodeInto(text, bytes)
  return bytes.subarray(0, written)
}

/** Bytes that grow. */
class Bytes {
  #bytes = new Uint8Array(1024)
  #length = 0

  int(value: number): void {
    new DataView(this.#room(4)).setInt32(this.#length - 4, value, true)
  }
  double(value: number): void {
    new DataView(this.#room(8)).setFloat64(this.#length - 8, value, true)
  }
  byte(value: number): void {
    this.bytes(Uint8Array.of(value))
  }
  bytes(bytes: Uint8Array): void {
    this.#room(bytes.length)
    this.#bytes.set(bytes, this.#length - bytes.length)
  }
  text(text: string): void {
    this.bytes(new TextEncoder().encode(text))
  }
  padded(text: string, length: number): void {
    const bytes = cut(text, length)
    this.bytes(bytes)
    this.bytes(new Uint8Array(length - bytes.length).fill(0x20))
  }
  zeros(count: number): void {
    this.#room(count)
  }
  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }
  #room(count: number): ArrayBuffer {
    this.#length += count
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#length)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    return this.#bytes.buffer
  }
}
