import type { SequencePosition } from './catalog.ts'
import type { TableSum } from './digest.ts'

/**
 * A backup is one zstd stream of text. Its first line is the header; then, for each table in the header's order, a line
 * with its name, the rows as `COPY … TO STDOUT` writes them, `\.` alone on a line (which is never a row), and a line with
 * their sum; then the positions of sequences; then an end line with the SHA-256 of everything before it. A file that
 * was cut has no end line. After the stream stands a seal over its compressed bytes. `zstd -dc FILE` shows all of it to a
 * person, who can COPY it by hand.
 */
export const FORMAT = 1

/** Secrets without which printed links and signed-in sessions end; stored in the data directory, not in the database. */
export interface Keys {
  readonly TOKEN_KEYS: string
  readonly AUTH_SECRET: string
}
export interface Header {
  readonly langNgheBackup: number
  readonly createdAt: string
  /** Version of the server the rows come from. */
  readonly postgres: string
  /** Applied migrations, oldest first. */
  readonly migrations: readonly string[]
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[] }[]
  readonly keys: Keys | null
}
export interface TableLine {
  readonly table: string
}
export type SumLine = TableSum
export interface SequencesLine {
  readonly sequences: readonly SequencePosition[]
}
export interface EndLine {
  readonly end: true
  readonly rows: number
  readonly sha256: string
}

/** The line that closes the rows of a table. */
export const ROWS_END = '\\.'

export type BackupErrorCode =
  'not_writable' | 'not_a_backup' | 'unknown_format' | 'cut' | 'damaged' | 'newer_schema' | 'not_empty' | 'differs'

/** Why a backup cannot be made, read or restored, in one line for the operator. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
  readonly code: BackupErrorCode
  constructor(code: BackupErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
