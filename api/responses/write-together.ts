import type { AnswerWrite } from '../../db/queries/submissions.ts'

/** Writes one answer; true when it was written, false when its ask has moved on and must be looked at again. */
export type WriteAnswer = (tenantId: number, write: AnswerWrite) => Promise<boolean>
type WriteBatch = (tenantId: number, batch: AnswerWrite[]) => Promise<Set<number>>

interface Waiting {
  write: AnswerWrite
  resolve: (written: boolean) => void
  reject: (error: unknown) => void
}
/** As many as one statement takes without making the first of them wait. */
const MAX_BATCH = 128
/** While one batch is being forced to disk, another is on its way. */
const IN_FLIGHT = 2

/**
 * Commits answers that arrive at the same time together: while statements are under way, new answers wait and then go as
 * one. Each caller is answered only after the commit that holds its own answer, and gets its own error: when a batch
 * fails, its answers are written one by one. An ask is at most once in a batch.
 */
export function writeTogether(writeBatch: WriteBatch): WriteAnswer {
  const queues = new Map<number, Waiting[]>()
  let flying = 0

  const take = (queue: Waiting[]): Waiting[] => {
    const asks = new Set<number>()
    const batch: Waiting[] = []
    for (let at = 0; at < queue.length && batch.length < MAX_BATCH;) {
      const waiting = queue[at]
      if (waiting === undefined || asks.has(waiting.write.ask_id)) at += 1
      else {
        asks.add(waiting.write.ask_id)
        batch.push(waiting)
        queue.splice(at, 1)
      }
    }
    return batch
  }
  const send = async (tenantId: number, batch: Waiting[]): Promise<void> => {
    try {
      const written = await writeBatch(
        tenantId,
        batch.map(({ write }) => write),
      )
      for (const { write, resolve } of batch) resolve(written.has(write.ask_id))
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error)
      else for (const one of batch) await send(tenantId, [one])
    }
  }
  const pump = (): void => {
    for (const [tenantId, queue] of queues) {
      if (flying >= IN_FLIGHT) return
      const batch = take(queue)
      if (queue.length === 0) queues.delete(tenantId)
      if (batch.length === 0) continue
      flying += 1
      void send(tenantId, batch).finally(() => {
        flying -= 1
        pump()
      })
    }
  }
  return (tenantId, write) =>
    new Promise((resolve, reject) => {
      const queue = queues.get(tenantId)
      const waiting = { write, resolve, reject }
      if (queue) queue.push(waiting)
      else queues.set(tenantId, [waiting])
      // answers of one turn of the event loop go together
      setImmediate(pump)
    })
}

/** Writes each answer by itself: for Workers, where a request cannot wait for another one's statement. */
export function writeAlone(writeBatch: WriteBatch): WriteAnswer {
  return async (tenantId, write) => (await writeBatch(tenantId, [write])).has(write.ask_id)
}
