import { copyOut } from '../../db/backup/copy.ts'
import type { Session } from '../../db/backup/session.ts'
import { literal } from '../../db/queries/literal.ts'
import type { CsvLook } from './csv.ts'

/** A column of an export and what it holds, for `--help` and the data dictionary. */
export interface ExportColumn {
  readonly name: string
  readonly vi: string
  readonly en: string
}

/** Some lines of a table; they end anywhere. */
export interface Piece {
  readonly text: Uint8Array
  readonly rows: number
}

/** Rows that leave as one table. */
export interface RowExport {
  readonly header: readonly string[]
  readonly pieces: AsyncIterable<Piece>
}

/** Makes an export from what one snapshot of the database holds. */
export type OpenExport = (session: Session, look: CsvLook) => Promise<RowExport>

/** An export is not whole: another number of rows came than there are. */
export class TruncatedError extends Error {
  override readonly name = 'TruncatedError'

  constructor(came: number, expected: number) {
    super(`${came} rows came and ${expected} are there`)
  }
}

const NEWLINE = 0x0a

/**
 * The rows of a query as the server writes them, free texts made fit by `shownText`.
 * @throws TruncatedError when it gives another number of rows than it counts in the same snapshot
 */
export async function* rowsOf(session: Session, select: string, { separator }: CsvLook): AsyncGenerator<Piece> {
  const [counted] = await session.sql.unsafe<{ n: number }[]>(`select count(*)::int as n from (${select}) q`)
  let came = 0
  for await (const text of copyOut(
    session,
    `copy (${select}) to stdout (format csv, delimiter ${literal(separator)})`,
  )) {
    const rows = newlines(text)
    came += rows
    yield { text, rows }
  }
  if (came !== counted?.n) throw new TruncatedError(came, counted?.n ?? 0)
}

/** No value holds a line break, so lines are rows. */
function newlines(piece: Uint8Array): number {
  let count = 0
  for (let at = piece.indexOf(NEWLINE); at !== -1; at = piece.indexOf(NEWLINE, at + 1)) count += 1
  return count
}
