import { ISOLATE_LIMITS, openRecords } from '../../../api/core/dossier/read/open.ts'

/** Headers of a list, and of its first row what stands below each; nothing of it leaves the browser. */
export interface Peek {
  readonly headers: readonly string[]
  readonly example: readonly string[]
}
const ROWS_SEEN = 11
/** A text file's beginning is enough; a workbook can only be read whole. */
const CSV_BYTES_SEEN = 512 * 1024

/**
 * Reads the header of a list, CSV or XLSX: of its first rows the first with the most cells, since titles have few.
 * @throws DossierFileError when the file cannot be read
 */
export async function peekFile(file: File): Promise<Peek> {
  const seen = /\.xlsx$/i.test(file.name) ? file : file.slice(0, CSV_BYTES_SEEN)
  const { records } = await openRecords(new Uint8Array(await seen.arrayBuffer()), ISOLATE_LIMITS)
  const rows: string[][] = []
  while (rows.length < ROWS_SEEN) {
    const next = await records.next()
    if (next.done) break
    rows.push(next.value.cells.map((cell) => cell.replaceAll(/\s+/g, ' ').trim()))
  }
  const filled = (row: readonly string[]) => row.filter((cell) => cell !== '').length
  const most = Math.max(0, ...rows.map(filled))
  const at = rows.findIndex((row) => filled(row) === most)
  const places = (rows[at] ?? []).flatMap((header, place) => (header === '' ? [] : [{ header, place }]))
  return {
    headers: places.map(({ header }) => header.slice(0, 200)),
    example: places.map(({ place }) => rows[at + 1]?.[place] ?? ''),
  }
}
