import { runJob, type JobName } from '../jobs/run.ts'
import type { Services } from '../services.ts'

const EVERY_MS: Record<JobName, number> = { tally: 2_000, 'cut-links': 3_600_000 }

/** Runs the recurring jobs of a Node process, each after its own pause. @returns stops them and waits for one that runs */
export function startJobs(services: Services): () => Promise<void> {
  const loops = (Object.keys(EVERY_MS) as JobName[]).map((name) => repeat(services, name))
  return async () => {
    await Promise.all(loops.map((stop) => stop()))
  }
}

function repeat(services: Services, name: JobName): () => Promise<void> {
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()
  let stopped = false
  const run = async () => {
    const startedMs = performance.now()
    let succeeded = true
    await runJob(services, name).catch((error: unknown) => {
      succeeded = false
      // a lost race between two servers or a database that restarts: the next run finds the same changes
      const { code } = error as { code?: string }
      services.log({ level: 'error', event: 'job_failed', job: name, ...(code ? { cause: code } : {}) })
    })
    services.metrics?.job(name, (performance.now() - startedMs) / 1000, succeeded, services.now().getTime() / 1000)
    if (!stopped) schedule()
  }
  const schedule = () => {
    timer = setTimeout(() => {
      running = run()
    }, EVERY_MS[name])
  }
  schedule()
  return async () => {
    stopped = true
    if (timer) clearTimeout(timer)
    await running
  }
}
