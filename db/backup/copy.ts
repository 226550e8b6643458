import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import type { Session } from './session.ts'

/**
 * Streams `COPY … TO STDOUT` in pieces of at most 64 KB that end anywhere.
 *
 * The driver stops reading its socket when a piece fills the stream, also when the end of the copy came with that piece;
 * then nobody makes it read again and the next statement waits for ever, so it is told to read once more at the end.
 */
export async function* copyOut(session: Session, statement: string): AsyncGenerator<Buffer> {
  const stream: Readable = await session.sql.unsafe(statement).readable()
  let whole = false
  try {
    for await (const piece of stream) yield piece as Buffer
    whole = true
    // oxlint-disable-next-line no-underscore-dangle -- the stream's own door to its source
    stream._read(0)
  } finally {
    if (!whole) session.cut()
  }
}

/**
 * Streams into `COPY … FROM STDIN` and waits until the server has taken everything. Without any piece nothing is sent:
 * most tables are small or empty, and the end of a copy waits for the network's delayed acknowledgement.
 *
 * @throws the server's refusal; the driver loses one that comes after the last row (its stream then never finishes), so it
 *   is caught where the driver hands it to the statement
 */
export async function copyIn(session: Session, statement: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const source = pieces[Symbol.asyncIterator]()
  const first = await source.next()
  if (first.done === true) return
  const query = session.sql.unsafe(statement)
  const refused = new Promise<never>((_, reject) => {
    const hooks = query as unknown as { reject: (reason: unknown) => void }
    const told = hooks.reject
    hooks.reject = (reason) => {
      reject(reason)
      told(reason)
    }
  })
  refused.catch(() => undefined)
  const stream: Writable = await query.writable()
  // a failure of the stream reaches us through `refused`, or as the error of a write
  stream.on('error', () => undefined)
  const send = async (): Promise<void> => {
    for (let piece: IteratorResult<Uint8Array> = first; piece.done !== true; piece = await source.next())
      if (!stream.write(piece.value)) await Promise.race([once(stream, 'drain'), refused])
    const closed = once(stream, 'close')
    stream.end()
    // not `finish`: the driver says one last word on the wire after it, which must not meet the next copy
    await closed
  }
  await Promise.race([send(), refused])
}
