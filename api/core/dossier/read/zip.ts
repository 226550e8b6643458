import { DossierFileError } from '../errors.ts'
import { newInflater } from './platform.ts'
import type { ByteReader } from './platform.ts'

export interface ZipEntry {
  method: number
  encrypted: boolean
  compressedSize: number
  /** Where the entry's local header begins. */
  offset: number
}

/** How many more unpacked bytes may come out of the archive, all entries together. */
export interface UnpackBudget {
  bytesLeft: number
}

const entriesMax = 4096
/** Small enough that even the densest compression (about 1 : 1032) puts no more than 17 MB in flight. */
const feedBytes = 16 * 1024

/**
 * Entries of a ZIP archive by lower-case path, from its central directory. Only what a workbook needs: one disk, sizes below 4 GB
 * (a source this large is refused before).
 * @throws DossierFileError `invalid_workbook`
 */
export function listZip(bytes: Uint8Array): Map<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEndRecord(view)
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count > entriesMax) throw new DossierFileError('invalid_workbook')

  const entries = new Map<string, ZipEntry>()
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50)
      throw new DossierFileError('invalid_workbook')
    const nameLength = view.getUint16(at + 28, true)
    const name = entryName(bytes.subarray(at + 46, at + 46 + nameLength))
    entries.set(name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase(), {
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      compressedSize: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/**
 * The unpacked bytes of one entry, piece by piece. The sizes an archive declares are not believed: bytes are counted as they
 * come out, and past the budget unpacking stops, so that a small file cannot swell without end.
 * @throws DossierFileError `invalid_workbook`, `unsupported_workbook`, `file_too_large`
 */
export async function* unpackEntry(
  bytes: Uint8Array,
  entry: ZipEntry,
  budget: UnpackBudget,
): AsyncGenerator<Uint8Array> {
  const packed = packedBytes(bytes, entry)
  for await (const piece of entry.method === 8 ? inflate(packed) : stored(packed)) {
    budget.bytesLeft -= piece.length
    if (budget.bytesLeft < 0) throw new DossierFileError('file_too_large')
    yield piece
  }
}

function packedBytes(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  if (entry.encrypted) throw new DossierFileError('unsupported_workbook')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { offset, compressedSize, method } = entry
  if ((method !== 0 && method !== 8) || offset + 30 > bytes.length || view.getUint32(offset, true) !== 0x04034b50) {
    throw new DossierFileError('invalid_workbook')
  }
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  if (start + compressedSize > bytes.length) throw new DossierFileError('invalid_workbook')
  return bytes.subarray(start, start + compressedSize)
}

async function* stored(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += feedBytes) yield bytes.subarray(at, at + feedBytes)
}

async function* inflate(packed: Uint8Array): AsyncGenerator<Uint8Array> {
  const { writer, reader } = newInflater()
  const feed = async (): Promise<void> => {
    // A copy, since a stream may take over the buffer it is given.
    for (let at = 0; at < packed.length; at += feedBytes) await writer.write(packed.slice(at, at + feedBytes))
    await writer.close()
  }
  // Damaged data makes every one of these reject; the reader below is where it is reported.
  const ignore = (): void => undefined
  writer.closed.catch(ignore)
  reader.closed.catch(ignore)
  feed().catch(ignore)
  try {
    for (;;) {
      const { done, value } = await read(reader)
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(ignore)
    await writer.abort().catch(ignore)
  }
}

async function read(reader: ByteReader): ReturnType<ByteReader['read']> {
  try {
    return await reader.read()
  } catch {
    throw new DossierFileError('invalid_workbook')
  }
}

/** Paths of a workbook's parts are ASCII; other entries only have to stay apart from them. */
function entryName(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

/** The end record stands in the last 64 KiB, behind it only an optional comment. */
function findEndRecord(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50) return at
  }
  throw new DossierFileError('invalid_workbook')
}
