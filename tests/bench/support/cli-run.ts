import type { BenchDatabase } from './database.ts'
import type { CliLoad, CliTaken } from './cli-load.ts'
import { inChild } from './worker.ts'

/** Runs a command line in a process of its own; one that fails ends the benchmark. */
export async function runCliAlone({ url, ownerUrl }: BenchDatabase, ...words: string[]): Promise<CliTaken> {
  const taken = await inChild<CliLoad, CliTaken>('cli-load.ts', { url, ownerUrl, words })
  if (taken.status !== 0) throw new Error(`cli ${words.join(' ')} ended with ${taken.status}`)
  return taken
}
