import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { BackupError } from './format.ts'

/** A frame that every zstd reader skips (RFC 8878, 3.1.2), holding the SHA-256 of all bytes before it. */
const HEAD = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 32, 0, 0, 0])
const SEAL_BYTES = HEAD.length + 32

/**
 * Passes compressed bytes on and closes them with the seal. Node's zstd reader may stop before the last bytes of a
 * stream, its checksum among them; with the seal each byte of a file counts.
 */
export async function* seal(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const sum = createHash('sha256')
  for await (const piece of bytes) {
    sum.update(piece)
    yield piece
  }
  yield Buffer.concat([HEAD, sum.digest()])
}

/** The seal at the end of a file. */
export interface Seal {
  /** Bytes before it. */
  readonly length: number
  readonly digest: Buffer
}

/** @returns the seal of a file, or null when something else stands at its end @throws BackupError not_a_backup for a folder */
export async function readSeal(file: string): Promise<Seal | null> {
  const handle = await open(file, 'r')
  try {
    const stat = await handle.stat()
    if (stat.isDirectory()) throw new BackupError('not_a_backup', `${file} is a folder, not a backup.`)
    const { size } = stat
    if (size < SEAL_BYTES) return null
    const { buffer } = await handle.read(Buffer.alloc(SEAL_BYTES), 0, SEAL_BYTES, size - SEAL_BYTES)
    const mine = buffer.subarray(0, HEAD.length).equals(HEAD)
    return mine ? { length: size - SEAL_BYTES, digest: buffer.subarray(HEAD.length) } : null
  } finally {
    await handle.close()
  }
}

/** Whether the bytes before the seal are those that were sealed. */
export async function sealHolds(file: string, { length, digest }: Seal): Promise<boolean> {
  const sum = createHash('sha256')
  for await (const piece of createReadStream(file, { end: length - 1 })) sum.update(piece as Buffer)
  return sum.digest().equals(digest)
}
