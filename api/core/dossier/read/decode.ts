import { DossierFileError } from '../errors.ts'
import { newDecoder } from './platform.ts'
import type { Decoder } from './platform.ts'

/** Characters to gather before they are handed on, so that a source of tiny pieces costs no more than one of large ones. */
const gatherLength = 16 * 1024

/**
 * Text of a byte stream: UTF-8 with or without byte order mark, or UTF-16 LE with one (what a spreadsheet calls "Unicode text").
 * @throws DossierFileError `not_utf8` for any other bytes.
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: Decoder | null = null
  let head: Uint8Array = new Uint8Array(0)
  let gathered = ''
  for await (const piece of bytes) {
    if (decoder === null) {
      head = join(head, piece)
      if (head.length < 2) continue
      decoder = decoderFor(head)
      gathered += decode(decoder, head, true)
    } else {
      gathered += decode(decoder, piece, true)
    }
    if (gathered.length >= gatherLength) {
      yield gathered
      gathered = ''
    }
  }
  decoder ??= decoderFor(head)
  gathered += head.length < 2 ? decode(decoder, head, false) : decode(decoder, new Uint8Array(0), false)
  if (gathered !== '') yield gathered
}

function decoderFor(head: Uint8Array): Decoder {
  const utf16 = head[0] === 0xff && head[1] === 0xfe
  return newDecoder(utf16 ? 'utf-16le' : 'utf-8')
}

function decode(decoder: Decoder, bytes: Uint8Array, stream: boolean): string {
  try {
    return decoder.decode(bytes, { stream })
  } catch {
    throw new DossierFileError('not_utf8')
  }
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
