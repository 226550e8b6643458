import { runCli } from '../../../api/cli/run.ts'
import { testSettings } from '../../support/settings.ts'
import { serve } from './worker.ts'

/** One command line in a process of its own, on the database of a benchmark. */
export interface CliLoad {
  readonly url: string
  readonly ownerUrl: string
  readonly words: readonly string[]
}
/** What it did and took. */
export interface CliTaken {
  readonly status: number
  readonly out: string
  readonly seconds: number
  /** Processor time of its own, without the database's. */
  readonly cpuSeconds: number
  /** The most memory the process ever had. */
  readonly peakMb: number
}

serve<CliLoad, CliTaken>(async ({ url, ownerUrl, words }) => {
  const out: string[] = []
  const started = performance.now()
  const status = await runCli(words, {
    env: { ...testSettings, DATABASE_URL: url, MIGRATE_DATABASE_URL: ownerUrl },
    stdin: nothing(),
    out: async (text) => void out.push(text),
    err: (line) => void process.stderr.write(`${line}\n`),
  })
  const seconds = (performance.now() - started) / 1000
  return {
    status,
    out: out.join(''),
    seconds,
    cpuSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
    peakMb: process.resourceUsage().maxRSS / 1024,
  }
})

async function* nothing(): AsyncGenerator<string> {}
