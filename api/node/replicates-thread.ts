import { parentPort, workerData } from 'node:worker_threads'
import { bootstrapReplicates } from '../core/index/estimate/bootstrap.ts'
import type { ReplicateWork } from './replicates.ts'

/** One thread of `replicatesInThreads`: makes its range and ends. */
const { plan, range } = workerData as ReplicateWork
const replicates = bootstrapReplicates(plan, range)
parentPort?.postMessage(replicates, [replicates.buffer as ArrayBuffer])
