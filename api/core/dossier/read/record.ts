/** One record of a table, from whichever kind of file. */
export interface TableRecord {
  /** Physical line on which the record begins (sheet row for XLSX), from 1. */
  line: number
  cells: string[]
  /** XLSX only: by position, true where the cell is a number and not text. */
  numeric?: boolean[]
  /** The record could not be read; `cells` is then empty. */
  problem?: 'unclosed_quote' | 'record_too_long'
}

/** Bytes in one piece or as they arrive. */
export type ByteSource = Uint8Array | AsyncIterable<Uint8Array>

const pieceBytes = 64 * 1024

/** The pieces of a source, none larger than 64 KiB, so that no later step holds more than that at a time. */
export async function* pieces(source: ByteSource): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) {
    for (let at = 0; at < source.length; at += pieceBytes) yield source.subarray(at, at + pieceBytes)
    return
  }
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += pieceBytes) yield chunk.subarray(at, at + pieceBytes)
  }
}

/**
 * All bytes of a source in one array.
 * @param tooLarge makes the error of a source with more than `bytesMax`
 */
export async function wholeOf(source: ByteSource, bytesMax: number, tooLarge: () => Error): Promise<Uint8Array> {
  if (source instanceof Uint8Array) {
    if (source.length > bytesMax) throw tooLarge()
    return source
  }
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of source) {
    length += part.length
    if (length > bytesMax) throw tooLarge()
    parts.push(part)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
