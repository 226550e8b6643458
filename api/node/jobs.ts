import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { claimNightly, finishNightly } from '../../db/queries/jobs.ts'
import { runJob, type JobName } from '../jobs/run.ts'
import type { Services } from '../services.ts'
import { tallyThread, type TallyThread } from './tally.ts'

const EVERY_MS: Record<JobName, number> = { tally: 2_000, 'cut-links': 3_600_000, indices: 600_000, campaigns: 600_000 }
/** How far counting may fall behind before pages, which wait until ten seconds (`MOST_BEHIND_MS`), count themselves. */
const TALLY_BEHIND_MS = 8_000
/** When a night's work may begin, in Vietnamese time. */
const NIGHT_HOUR = 1
const HOUR_MS = 3_600_000
const ZONE_MS = 7 * HOUR_MS
const COMMAND = join(import.meta.dirname, '../cli.ts')

/**
 * Runs the recurring jobs of a Node process, each after its own pause.
 *
 * @param options.now those that do not wait for their first pause to pass
 * @param options.url of the database
 * @returns stops them and waits for one that runs
 */
export function startJobs(
  services: Services,
  { now, url }: { now: readonly JobName[]; url: string },
): () => Promise<void> {
  const tally = tallyThread(url)
  const loops = (Object.keys(EVERY_MS) as JobName[]).map((name) =>
    repeat(services, tally, name, now.includes(name) ? 0 : EVERY_MS[name]),
  )
  return async () => {
    await Promise.all(loops.map((stop) => stop()))
    await tally.stop()
  }
}

function repeat(services: Services, tally: TallyThread, name: JobName, firstMs: number): () => Promise<void> {
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()
  const stopped = new AbortController()
  const run = async () => {
    const startedMs = performance.now()
    let succeeded = true
    await runOnce(services, tally, name, stopped.signal).catch((error: unknown) => {
      if ((error as Error).name === 'AbortError') return
      succeeded = false
      // a lost race between two servers or a database that restarts: the next run finds the same changes
      const { code } = error as { code?: string }
      services.log({ level: 'error', event: 'job_failed', job: name, ...(code ? { cause: code } : {}) })
    })
    services.metrics?.job(name, (performance.now() - startedMs) / 1000, succeeded, services.now().getTime() / 1000)
    const pauseMs = name === 'tally' ? tallyPauseMs(performance.now() - startedMs) : EVERY_MS[name]
    if (!stopped.signal.aborted) schedule(pauseMs)
  }
  const schedule = (afterMs: number) => {
    timer = setTimeout(() => {
      running = run()
    }, afterMs)
  }
  schedule(firstMs)
  return async () => {
    stopped.abort()
    if (timer) clearTimeout(timer)
    await running
  }
}

/**
 * How long counting rests after a run: three times as long, so that answers that come at once have the processors for the most part,
 * and each cell is counted for more of them. What is committed just after a run has begun waits for that run, the pause and the next one.
 */
export function tallyPauseMs(tookMs: number): number {
  return Math.max(EVERY_MS.tally, Math.min(3 * tookMs, TALLY_BEHIND_MS - 2 * tookMs))
}

/**
 * Tallies are counted in a thread. The indices are a night's work of many seconds without a pause, so another process does it while this one answers, and gives
 * way to it.
 */
async function runOnce(services: Services, tally: TallyThread, name: JobName, signal: AbortSignal): Promise<void> {
  if (name === 'tally') return tally.run()
  if (name !== 'indices') return void (await runJob(services, name))
  const now = services.now()
  const night = Math.floor((now.getTime() + ZONE_MS - NIGHT_HOUR * HOUR_MS) / (24 * HOUR_MS)) * 24 * HOUR_MS
  const since = new Date(night + NIGHT_HOUR * HOUR_MS - ZONE_MS)
  if (!(await claimNightly(services.db.shared, name, { since, now, retryAfterMs: HOUR_MS }))) return
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [COMMAND, 'jobs', 'run', name], { stdio: 'ignore', signal })
    child.once('error', reject).once('exit', resolve)
    if (child.pid !== undefined) giveWay(child.pid)
  })
  if (code !== 0) throw Object.assign(new Error('the job failed'), { code: `exit_${code}` })
  await finishNightly(services.db.shared, name, services.now())
}

function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // it has ended already, or the system does not let it be changed
  }
}
