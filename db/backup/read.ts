import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import { RowSum, type TableSum } from './digest.ts'
import {
  BackupError,
  type EndLine,
  FORMAT,
  type Header,
  ROWS_END,
  type SequencesLine,
  type SumLine,
  type TableLine,
} from './format.ts'
import type { SequencePosition } from './catalog.ts'
import { readSeal, sealHolds } from './seal.ts'

const NEWLINE = 10
const BACKSLASH = 92
const DOT = 46
/** A header or a line about a table is never longer. */
const LINE_BYTES_MAX = 4_000_000

/** What a backup file holds, told while it is read. */
export interface BackupReader {
  header: (header: Header) => Promise<void> | void
  /** Must read the rows to their end. */
  table: (name: string, rows: AsyncIterable<Buffer>) => Promise<void>
}
export interface BackupContent {
  readonly header: Header
  readonly tables: readonly ({ readonly name: string } & TableSum)[]
  readonly rows: number
  readonly sequences: readonly SequencePosition[]
}

/**
 * Reads a backup from beginning to end, with constant memory, and checks it against its own sums.
 *
 * @throws BackupError not_a_backup | unknown_format | cut | damaged
 */
export async function readBackup(file: string, reader: BackupReader): Promise<BackupContent> {
  const sealed = await readSeal(file)
  const source = createReadStream(file, sealed ? { end: Math.max(sealed.length - 1, 0) } : {})
  const plain = createZstdDecompress()
  source.on('error', (error) => plain.destroy(error))
  // what lies behind the end may be found wrong only after the reader has let go
  plain.on('error', () => undefined)
  const parts = new Parts(source.pipe(plain), file)
  try {
    const content = await readParts(parts, reader, file)
    await finished(plain).catch((cause: unknown) => {
      throw damaged(file, 'something after its end', cause)
    })
    if (sealed === null) throw cutOff(file)
    if (!(await sealHolds(file, sealed))) throw damaged(file, 'its seal')
    return content
  } catch (error) {
    throw explain(error, file, parts.understood)
  } finally {
    source.destroy()
    plain.destroy()
  }
}

async function readParts(parts: Parts, reader: BackupReader, file: string): Promise<BackupContent> {
  const header = await parts.json<Header>()
  if (typeof header.langNgheBackup !== 'number') throw new BackupError('not_a_backup', `${file} is not a backup.`)
  if (header.langNgheBackup !== FORMAT)
    throw new BackupError('unknown_format', `${file} was written in another format, by another version.`)
  parts.understood = true
  await reader.header(header)
  const tables: ({ name: string } & TableSum)[] = []
  for (const { name } of header.tables) {
    const begin = await parts.json<TableLine>()
    if (begin.table !== name) throw damaged(file, name)
    const sum = new RowSum()
    await reader.table(name, parts.rows(sum))
    await parts.finishRows()
    const told = await parts.json<SumLine>()
    const { rows, digest } = sum.sum()
    if (told.rows !== rows || told.digest !== digest) throw damaged(file, name)
    tables.push({ name, rows, digest })
  }
  const { sequences } = await parts.json<SequencesLine>()
  const sha256 = parts.sha256()
  const end = await parts.json<EndLine>()
  const rows = tables.reduce((total, table) => total + table.rows, 0)
  if (end.end !== true || end.sha256 !== sha256 || end.rows !== rows || !Array.isArray(sequences))
    throw damaged(file, 'the end line')
  if (!(await parts.ended())) throw damaged(file, 'something after its end')
  return { header, tables, rows, sequences }
}

/** The stream cut into lines; rows are handed on in pieces of whole lines. */
class Parts {
  /** The header was one of ours. */
  understood = false
  readonly #source: AsyncIterator<Buffer>
  readonly #file: string
  readonly #hash = createHash('sha256')
  #rest: Buffer = Buffer.alloc(0)
  #inRows = false

  constructor(source: AsyncIterable<Buffer>, file: string) {
    this.#source = source[Symbol.asyncIterator]()
    this.#file = file
  }

  /** Of everything taken so far. */
  sha256(): string {
    return this.#hash.copy().digest('hex')
  }

  async ended(): Promise<boolean> {
    return this.#rest.length === 0 && !(await this.#more())
  }

  async json<T>(): Promise<Partial<T> & T> {
    let end = this.#rest.indexOf(NEWLINE)
    while (end < 0) {
      if (this.#rest.length > LINE_BYTES_MAX) throw new BackupError('not_a_backup', `${this.#file} is not a backup.`)
      if (!(await this.#more())) throw cutOff(this.#file)
      end = this.#rest.indexOf(NEWLINE)
    }
    const text = this.#take(end + 1).toString('utf8')
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) throw new SyntaxError('not an object')
    return value as Partial<T> & T
  }

  /** Whole lines up to the line that closes the rows, added to `sum`. */
  async *rows(sum: RowSum): AsyncGenerator<Buffer> {
    this.#inRows = true
    while (this.#inRows) {
      const taken = this.#scanRows(sum)
      if (taken > 0) yield this.#take(taken)
      if (!this.#inRows) this.#take(ROWS_END.length + 1)
      else if (!(await this.#more())) throw cutOff(this.#file)
    }
  }

  /** @throws when the reader left rows unread */
  finishRows(): void {
    if (this.#inRows) throw new Error('rows of a table were not read to their end')
  }

  /** Length of the whole lines that are rows; notes when the closing line follows them. */
  #scanRows(sum: RowSum): number {
    const bytes = this.#rest
    let start = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      if (end - start === ROWS_END.length && bytes[start] === BACKSLASH && bytes[start + 1] === DOT) {
        this.#inRows = false
        return start
      }
      sum.row(bytes.subarray(start, end))
      start = end + 1
    }
    return start
  }

  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length)
    this.#rest = this.#rest.subarray(length)
    this.#hash.update(taken)
    return taken
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next()
    if (next.done === true) return false
    this.#rest = this.#rest.length === 0 ? next.value : Buffer.concat([this.#rest, next.value])
    return true
  }
}

function cutOff(file: string): BackupError {
  return new BackupError('cut', `${file} is not complete: its end is missing.`)
}

function damaged(file: string, what: string, cause?: unknown): BackupError {
  return new BackupError('damaged', `${file} is damaged (${what}).`, { cause })
}

/** What decompression or parsing says, in the operator's words. */
function explain(error: unknown, file: string, understood: boolean): unknown {
  const { code = '' } = error as { code?: string }
  if (error instanceof SyntaxError)
    return understood ? damaged(file, 'a line') : new BackupError('not_a_backup', `${file} is not a backup.`)
  if (code === 'ERR_ZSTD_PREFIX_UNKNOWN' || code === 'ZSTD_error_prefix_unknown')
    return new BackupError('not_a_backup', `${file} is not a backup.`, { cause: error })
  if (/^(ZSTD_|ERR_ZSTD|Z_)/.test(code)) {
    return code === 'Z_BUF_ERROR'
      ? cutOff(file)
      : new BackupError('damaged', `${file} is damaged (${code}).`, { cause: error })
  }
  return error
}
