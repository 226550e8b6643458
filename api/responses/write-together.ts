import type { Written } from '../../db/queries/submissions.ts'
import { AppError } from '../errors.ts'

/** An answer to be written, of a rating or a survey: found by the hash of its secret. */
interface Secret {
  token_hash: string
}
/** Writes one answer of a tenant, named by its prefix; null when whoever was asked does not take it and must be looked at. */
export type WriteOne<Write extends Secret> = (tenantPrefix: string, write: Write) => Promise<Written | null>
type WriteBatch<Write extends Secret> = (tenantPrefix: string, batch: Write[]) => Promise<Map<string, Written>>

interface Waiting<Write> {
  write: Write
  resolve: (written: Written | null) => void
  reject: (error: unknown) => void
}
/** As many as one statement takes without making the first of them wait. */
const MAX_BATCH = 128
/** While one batch is being forced to disk, others are on their way, and PostgreSQL forces those together. */
const IN_FLIGHT = 4
/** A statement on a connection that was lost may never come back. Its senders are told, and the next ones go on. */
const LIMIT_MS = 6_000

/**
 * Commits answers that arrive at the same time together: while statements are under way, new answers wait and then go as
 * one. Each caller is answered only after the commit that holds its own answer, and gets its own error: when a batch
 * fails, its halves are written by themselves, down to the answer at fault. An ask is at most once in a batch. An answer
 * whose statement does not come back in time is refused as `unavailable`; it may be stored, and sending it again is safe.
 */
export function writeTogether<Write extends Secret>(writeBatch: WriteBatch<Write>): WriteOne<Write> {
  const queues = new Map<string, Waiting<Write>[]>()
  let flying = 0

  const take = (queue: Waiting<Write>[]): Waiting<Write>[] => {
    const asks = new Set<string>()
    const batch: Waiting<Write>[] = []
    for (let at = 0; at < queue.length && batch.length < MAX_BATCH;) {
      const waiting = queue[at]
      if (waiting === undefined || asks.has(waiting.write.token_hash)) at += 1
      else {
        asks.add(waiting.write.token_hash)
        batch.push(waiting)
        queue.splice(at, 1)
      }
    }
    return batch
  }
  const send = async (tenantPrefix: string, batch: Waiting<Write>[]): Promise<void> => {
    try {
      const written = await inTime(
        writeBatch(
          tenantPrefix,
          batch.map(({ write }) => write),
        ),
      )
      for (const { write, resolve } of batch) resolve(written.get(write.token_hash) ?? null)
    } catch (error) {
      const half = Math.ceil(batch.length / 2)
      if (batch.length === 1 || error === LATE) for (const { reject } of batch) reject(error)
      else for (const part of [batch.slice(0, half), batch.slice(half)]) await send(tenantPrefix, part)
    }
  }
  const pump = (): void => {
    for (const [tenantPrefix, queue] of queues) {
      if (flying >= IN_FLIGHT) return
      const batch = take(queue)
      // to the end of the line, so that no tenant waits for ever behind a busier one
      queues.delete(tenantPrefix)
      if (queue.length > 0) queues.set(tenantPrefix, queue)
      if (batch.length === 0) continue
      flying += 1
      void send(tenantPrefix, batch).finally(() => {
        flying -= 1
        pump()
      })
    }
  }
  return (tenantPrefix, write) =>
    new Promise((resolve, reject) => {
      const queue = queues.get(tenantPrefix)
      const waiting = { write, resolve, reject }
      if (queue) queue.push(waiting)
      else queues.set(tenantPrefix, [waiting])
      // answers of one turn of the event loop go together
      setImmediate(pump)
    })
}

const LATE = new AppError('unavailable')

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(LATE), LIMIT_MS)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/** Writes each answer by itself: for Workers, where a request cannot wait for another one's statement. */
export function writeAlone<Write extends Secret>(writeBatch: WriteBatch<Write>): WriteOne<Write> {
  return async (tenantPrefix, write) => (await writeBatch(tenantPrefix, [write])).get(write.token_hash) ?? null
}
