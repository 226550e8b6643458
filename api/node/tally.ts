import { Worker } from 'node:worker_threads'

/** Counts in a thread of its own, which decides for tenths of a second without a pause what may be shown: requests do not wait for it. */
export interface TallyThread {
  /** Counts what waits. @throws an error with the code of what failed */
  run: () => Promise<void>
  stop: () => Promise<void>
}

/** @param url of the database, as the application's role; a thread that dies is followed by another one */
export function tallyThread(url: string): TallyThread {
  let worker: Worker | null = null
  const start = () => {
    const started = new Worker(new URL('./tally-thread.ts', import.meta.url), { workerData: url })
    started.once('exit', () => {
      if (worker === started) worker = null
    })
    return started
  }
  return {
    run: async () => {
      const thread = (worker ??= start())
      const { failed } = await new Promise<{ failed: string | null }>((resolve, reject) => {
        const finish = (settle: () => void) => {
          thread.removeAllListeners('message').removeAllListeners('error').removeListener('exit', ended)
          settle()
        }
        const ended = () => finish(() => reject(Object.assign(new Error('the thread ended'), { code: 'thread_ended' })))
        thread.once('message', (result) => finish(() => resolve(result as { failed: string | null })))
        thread.once('error', (error) => finish(() => reject(error)))
        thread.once('exit', ended)
        thread.postMessage(null, [])
      })
      if (failed !== null) throw Object.assign(new Error('the job failed'), { code: failed })
    },
    stop: async () => void (await worker?.terminate()),
  }
}
