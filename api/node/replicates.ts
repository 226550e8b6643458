import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { BootstrapPlan, ReplicateRange } from '../core/index/estimate/bootstrap.ts'

/** What a thread is given. */
export interface ReplicateWork {
  readonly plan: BootstrapPlan
  readonly range: ReplicateRange
}

/**
 * Bootstrap replicates 0 … `replicates` − 1, shared among threads; the digits are those of one thread.
 * @param threads default: as many as the machine has processors
 * @returns the parts in order, for `bootstrapEstimates`
 * @throws what a thread throws
 */
export async function replicatesInThreads(
  plan: BootstrapPlan,
  { seed, replicates, threads = availableParallelism() }: { seed: number; replicates: number; threads?: number },
): Promise<Float64Array[]> {
  const bound = (part: number) => Math.round((part * replicates) / threads)
  const ranges = Array.from({ length: threads }, (_, part) => ({ seed, from: bound(part), to: bound(part + 1) }))
  return Promise.all(ranges.filter(({ from, to }) => from < to).map((range) => inThread({ plan, range })))
}

function inThread(work: ReplicateWork): Promise<Float64Array> {
  const worker = new Worker(new URL('./replicates-thread.ts', import.meta.url), { workerData: work })
  return new Promise((done, failed) => {
    worker.once('message', done)
    worker.once('error', failed)
    worker.once('exit', (code) => failed(new Error(`a thread of the bootstrap ended with ${code}`)))
  })
}
