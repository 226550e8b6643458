import { fork } from 'node:child_process'
import { resolve } from 'node:path'

/**
 * Runs a job in a process of its own, so that making load does not share an event loop with anything measured.
 *
 * @param file a module beside this one that calls `serve`
 */
export function inChild<Job, Result>(file: string, job: Job): Promise<Result> {
  const child = fork(resolve(import.meta.dirname, file), { serialization: 'advanced' })
  return new Promise((done, fail) => {
    child.once('message', (message) => {
      done(message as Result)
      child.disconnect()
    })
    child.once('error', fail)
    child.once('exit', (status) => fail(new Error(`${file} ended with ${status} before it answered`)))
    child.send(job as object)
  })
}

/** The other end: waits for the one job, does it, answers and ends. */
export function serve<Job, Result>(work: (job: Job) => Promise<Result>): void {
  process.once('message', (job) => {
    work(job as Job).then(
      (result) => process.send?.(result),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
        process.exit(1)
      },
    )
  })
}
