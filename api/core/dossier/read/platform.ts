/**
 * The two things the readers need that are not part of the language but of all three places where core runs (workerd, Node,
 * browsers): decoding text and inflating. Neither does I/O. They are described here, narrowly, so that core compiles without the
 * types of any one platform.
 */
interface Platform {
  TextDecoder: new (
    encoding: 'utf-8' | 'utf-16le',
    options: { fatal: boolean },
  ) => { decode(bytes?: Uint8Array, options?: { stream: boolean }): string }
  DecompressionStream: new (format: 'deflate-raw') => {
    writable: { getWriter(): ByteWriter }
    readable: { getReader(): ByteReader }
  }
}

interface ByteWriter {
  readonly closed: Promise<unknown>
  write(bytes: Uint8Array): Promise<void>
  close(): Promise<void>
  abort(): Promise<void>
}

export interface ByteReader {
  readonly closed: Promise<unknown>
  read(): Promise<{ done: false; value: Uint8Array } | { done: true; value?: undefined }>
  cancel(): Promise<void>
}

const platform = globalThis as unknown as Platform

export type Decoder = InstanceType<Platform['TextDecoder']>

/** Decodes a stream of text; damaged input throws instead of becoming replacement characters. */
export function newDecoder(encoding: 'utf-8' | 'utf-16le'): Decoder {
  return new platform.TextDecoder(encoding, { fatal: true })
}

/** Unpacks raw deflate data (RFC 1951). */
export function newInflater(): { writer: ByteWriter; reader: ByteReader } {
  const stream = new platform.DecompressionStream('deflate-raw')
  return { writer: stream.writable.getWriter(), reader: stream.readable.getReader() }
}
