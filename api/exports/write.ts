import { createHash } from 'node:crypto'
import { enterTenant, inSession } from '../../db/backup/session.ts'
import type { CsvLook } from './csv.ts'
import type { OpenExport } from './row-export.ts'

/** What was written; the hash is of all bytes. */
export interface Written {
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
}

/**
 * Writes the rows of an export as CSV (RFC 4180, UTF-8, decimal point, lines end with LF), all of one moment. Each piece waits
 * until the one before is taken, and so does the server: memory does not grow with the rows.
 *
 * @param url the application's role, so that row-level security stands
 * @param take a piece; resolves when there is room for the next
 * @throws TruncatedError when fewer or more rows came than the snapshot holds; whatever ends the connection or `take`
 */
export async function writeRows(
  url: string,
  tenantId: number,
  open: OpenExport,
  look: CsvLook,
  take: (piece: Uint8Array) => Promise<void>,
): Promise<Written> {
  const hash = createHash('sha256')
  let [rows, bytes] = [0, 0]
  const put = async (piece: Uint8Array): Promise<void> => {
    hash.update(piece)
    bytes += piece.length
    await take(piece)
  }
  await inSession(url, 'snapshot', async (session) => {
    await enterTenant(session, tenantId)
    const { header, pieces } = await open(session, look)
    await put(Buffer.from(`${look.bom ? '\uFEFF' : ''}${header.join(look.separator)}\n`))
    for await (const piece of pieces) {
      rows += piece.rows
      await put(piece.text)
    }
  })
  return { rows, bytes, sha256: hash.digest('hex') }
}
