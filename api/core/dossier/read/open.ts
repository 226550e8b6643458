import { DossierFileError } from '../errors.ts'
import { readCsv } from './csv.ts'
import { pieces, wholeOf, type ByteSource, type TableRecord } from './record.ts'
import { isOldWorkbook, isXlsx, openXlsx, xlsxLimits } from './xlsx.ts'

/** Bounds on what is read. A CSV file streams and needs none here. */
export interface OpenRecordsOptions {
  /** Largest XLSX source in bytes. */
  xlsxBytesMax?: number
  /** See `XlsxLimits`; lower them where memory is scarce. */
  unpackedBytesMax?: number
  sharedLengthMax?: number
}

/** What an isolate of 128 MB can unpack; larger lists go through the command line. */
export const ISOLATE_LIMITS = {
  xlsxBytesMax: 20 * 1024 * 1024,
  unpackedBytesMax: 256 * 1024 * 1024,
  sharedLengthMax: 8 * 1024 * 1024,
} as const

/** The rows of a list, header and titles included. */
export interface OpenRecords {
  readonly format: 'csv' | 'xlsx'
  readonly records: AsyncGenerator<TableRecord>
  /** Days of the workbook are counted from 1904. */
  readonly date1904: boolean
}

/**
 * Opens a list, CSV or XLSX, told apart by its first bytes.
 * @throws DossierFileError when it cannot be read; while reading `records` too
 */
export async function openRecords(source: ByteSource, options: OpenRecordsOptions = {}): Promise<OpenRecords> {
  const { head, all } = await peek(source)
  if (isOldWorkbook(head)) throw new DossierFileError('unsupported_workbook')
  if (!isXlsx(head)) return { format: 'csv', records: readCsv(all), date1904: false }
  const workbook = await openXlsx(await wholeOf(all, options.xlsxBytesMax ?? 64 * 1024 * 1024, tooLarge), {
    ...xlsxLimits,
    ...(options.unpackedBytesMax === undefined ? {} : { unpackedBytesMax: options.unpackedBytesMax }),
    ...(options.sharedLengthMax === undefined ? {} : { sharedLengthMax: options.sharedLengthMax }),
  })
  return { format: 'xlsx', ...workbook }
}

/** The first bytes of a source (four, or all there are), and the source as if it had not been touched. */
async function peek(source: ByteSource): Promise<{ head: Uint8Array; all: ByteSource }> {
  if (source instanceof Uint8Array) return { head: source.subarray(0, 4), all: source }
  const iterator = pieces(source)
  const seen: Uint8Array[] = []
  const head: number[] = []
  while (head.length < 4) {
    const next = await iterator.next()
    if (next.done) break
    seen.push(next.value)
    head.push(...next.value.subarray(0, 4 - head.length))
  }
  const all = async function* (): AsyncGenerator<Uint8Array> {
    yield* seen.splice(0)
    yield* iterator
  }
  return { head: Uint8Array.from(head), all: all() }
}

const tooLarge = (): Error => new DossierFileError('file_too_large')
