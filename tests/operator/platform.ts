import { quietPort } from '../support/port.ts'
import { type Child, startChild, untilAnswers } from '../support/child.ts'

/** A platform started as an operator starts it. */
export interface Platform extends Child {
  readonly origin: string
  readonly port: number
  /** Resolves when it is healthy; rejects with what it said when it ends first. */
  readonly healthy: Promise<void>
}

/**
 * `npm start` on a data directory of its own.
 *
 * @param env additional settings; PORT is a free one by default
 */
export async function npmStart(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<Platform> {
  const port = Number(env.PORT ?? (await quietPort()))
  const child = startChild('npm', ['start'], { env: { DATA_DIR: dataDir, PORT: String(port), ...env } })
  const origin = `http://127.0.0.1:${port}`
  // The first start loads the sample data set.
  const healthy = untilAnswers(`${origin}/api/health`, child, 240_000)
  // A test that wants the failure awaits `ended` instead.
  healthy.catch(() => undefined)
  return { ...child, origin, port, healthy }
}

/**
 * What it said to its operator: without the two lines with which npm names the script, and without the log lines of the
 * requests that came meanwhile, which are as many as the health check was quick.
 */
export function spoken(platform: Child): string[] {
  return platform
    .output()
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('> ') && !isRequestLine(line))
}

const isRequestLine = (line: string): boolean =>
  line.startsWith('{') && (JSON.parse(line) as { event?: string }).event === 'request'
