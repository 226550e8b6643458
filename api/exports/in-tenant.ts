import type { Transaction } from 'kysely'
import type { Database } from '../../db/client.ts'
import type { DB } from '../../db/schema/tables.ts'

/** A reader that takes nothing for so long has gone; the transaction must not wait for it. */
const STALLED_MS = 60_000

/**
 * Streams what a tenant's transaction makes, while it lasts: all of one moment, and never faster than it is read.
 *
 * @param begin what is known before the first byte, and the bytes
 * @returns both; a failure of `begin` is thrown, one after it breaks the stream off, so that a reader knows it is not whole
 */
export async function streamInTenant<T>(
  db: Database,
  tenantId: number,
  begin: (trx: Transaction<DB>) => Promise<{ head: T; pieces: AsyncIterable<Uint8Array> }>,
): Promise<{ head: T; body: ReadableStream<Uint8Array> }> {
  const begun = Promise.withResolvers<T>()
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  db.withTenant(
    tenantId,
    async (trx) => {
      const { head, pieces } = await begin(trx)
      begun.resolve(head)
      for await (const piece of pieces) await taken(writer, piece)
    },
    { isolation: 'repeatable read' },
  )
    .then(
      () => writer.close(),
      (error: unknown) => {
        begun.reject(error)
        return writer.abort(error)
      },
    )
    .catch(() => undefined)
  return { head: await begun.promise, body: readable }
}

async function taken(writer: WritableStreamDefaultWriter<Uint8Array>, piece: Uint8Array): Promise<void> {
  const stalled = Promise.withResolvers<never>()
  const timer = setTimeout(() => stalled.reject(new Error('the reader of a stream has stalled')), STALLED_MS)
  try {
    await Promise.race([writer.write(piece), stalled.promise])
  } finally {
    clearTimeout(timer)
  }
}
