import { existsSync } from 'node:fs'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { writeWholeFile } from '../../db/whole-file.ts'
import type { Language } from '../core/instrument/definition.ts'
import type { CsvLook } from '../exports/csv.ts'
import type { Written } from '../exports/write.ts'
import { explain } from '../node/database.ts'
import { type Call, type Result, UsageError } from './command.ts'
import { OutputClosedError } from './io.ts'

/** Options of every export. */
export const LOOK = { bom: { type: 'boolean' }, separator: { type: 'string' } } as const
export const LOOK_HELP = [
  ['--bom', 'begin with the mark of UTF-8 by which Excel knows Vietnamese letters'],
  ['--separator S', 'comma (default) or semicolon'],
] as const

export function csvLook({ values: { bom, separator = ',' } }: Call): CsvLook {
  if (separator !== ',' && separator !== ';') throw new UsageError("--separator takes ',' or ';'.")
  return { bom: bom === true, separator }
}

/** Whose words stand in place of codes; null: codes. */
export function wordsLanguage(given: string | boolean | undefined): Language | null {
  if (given === undefined) return null
  if (given !== 'vi' && given !== 'en') throw new UsageError('--labels takes vi or en.')
  return given
}

/**
 * Writes an export into the file, which appears when it is whole, or on standard output.
 * @param write gives pieces to `take`, each when the one before has left
 * @throws UsageError for a file that is there, and for --json without one; whatever ends the export early
 */
export async function saveExport(
  { io, files: [file], json }: Call,
  write: (take: (piece: Uint8Array) => Promise<void>) => Promise<Written>,
): Promise<Written> {
  if (json && file === undefined) throw new UsageError('--json tells about a file; name one.')
  if (file !== undefined && existsSync(file))
    throw new UsageError(`${file} exists already; an export never replaces a file.`)
  try {
    if (file !== undefined)
      return await writeWholeFile(file, async (out) => {
        // a failure reaches whoever writes
        out.on('error', () => undefined)
        const written = await write((piece) => taken(out, piece))
        await finished(out.end())
        return written
      })
    // a letter may end in the next piece
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    return await write((piece) => io.out(decoder.decode(piece, { stream: true })))
  } catch (error) {
    // elsewhere a reader may go when it has seen enough; whoever takes an export for whole must learn that it is not
    if (error instanceof OutputClosedError)
      throw new Error('whoever read it has gone before the export was whole.', { cause: error })
    throw explain(error)
  }
}

/** What is said at the end: beside a file as the result, beside standard output as a message. */
export function toldExport({ io, files: [file] }: Call, done: Written, more: object = {}): Result | null {
  if (file !== undefined)
    return {
      json: { file, ...done, ...more },
      text: `${done.rows} rows in ${file}: ${done.bytes} bytes, SHA-256 ${done.sha256}.\n`,
    }
  io.err(`${done.rows} rows, ${done.bytes} bytes, SHA-256 ${done.sha256}`)
  return null
}

/** Writes a piece and waits until it has left. */
function taken(out: Writable, piece: Uint8Array): Promise<void> {
  return new Promise((done, fail) => void out.write(piece, (error) => (error ? fail(error) : done())))
}
