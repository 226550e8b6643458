import type { WriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A file that cannot be made where it is asked for; the message is one line. */
export class NotWritableError extends Error {
  override readonly name = 'NotWritableError'
}

/**
 * Writes a file that only its owner may read. It appears under its name when it is complete and on disk; until then it has
 * another beside it, and when writing fails nothing is left.
 * @throws NotWritableError, and whatever `write` throws
 */
export async function writeWholeFile<T>(file: string, write: (out: WriteStream) => Promise<T>): Promise<T> {
  const draft = `${file}.part-${process.pid}`
  const handle = await open(draft, 'wx', 0o600).catch((cause: unknown) => {
    const { code = '' } = cause as { code?: string }
    throw new NotWritableError(`${file} cannot be written (${code}).`, { cause })
  })
  const out = handle.createWriteStream()
  try {
    const result = await write(out)
    await syncPath(draft)
    await rename(draft, file)
    await syncPath(dirname(file))
    return result
  } catch (error) {
    out.destroy()
    await rm(draft, { force: true })
    throw error
  }
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
