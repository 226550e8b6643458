import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { quietPort } from './port.ts'
import { localWrangler } from '../../scripts/wrangler-env.ts'
import { startChild, untilAnswers } from './child.ts'
import { testSettings } from './settings.ts'

const root = resolve(import.meta.dirname, '../..')

/** An instance of the application behind its Workers front door. */
export interface WorkerdServer {
  readonly url: string
  /** Everything wrangler and the Worker have written so far. */
  output(): string
  /** Runs the scheduled handler once, as the cron trigger does, and waits for it. */
  scheduled(cron?: string): Promise<Response>
  stop(): Promise<void>
}

/**
 * Starts the Worker on workerd through `wrangler dev`, with the Hyperdrive binding pointing at a database, and waits
 * until it is healthy (the first start bundles, which takes a few seconds).
 *
 * @param options.url the application's role; it must contain a password
 * @param options.config another wrangler configuration than the repository's
 */
export async function startWorkerd(options: {
  readonly url: string
  readonly config?: string
  readonly vars?: Readonly<Record<string, string>>
}): Promise<WorkerdServer> {
  const [port, inspectorPort] = [await quietPort(), await quietPort()]
  const url = `http://127.0.0.1:${port}`
  const home = mkdtempSync(join(tmpdir(), 'lang-nghe-workerd-'))
  const varsFile = join(home, 'vars')
  const vars = Object.entries({ ...testSettings, ...options.vars })
  writeFileSync(varsFile, vars.map(([name, value]) => `${name}="${value}"\n`).join(''), { mode: 0o600 })
  const words = [
    ['dev', '--config', options.config ?? 'wrangler.toml', '--env-file', varsFile],
    ['--ip', '127.0.0.1', '--port', String(port), '--inspector-port', String(inspectorPort)],
    ['--persist-to', join(home, 'state'), '--test-scheduled', '--show-interactive-dev-session=false'],
  ].flat()
  const child = startChild(process.execPath, [resolve(root, 'node_modules/wrangler/bin/wrangler.js'), ...words], {
    env: {
      CI: '1',
      ...localWrangler,
      XDG_CONFIG_HOME: home,
      CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_DB: options.url,
      CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_DB_CACHED: options.url,
    },
  })
  const stop = async (): Promise<void> => {
    await child.killGroup()
    rmSync(home, { recursive: true, force: true })
  }
  try {
    await untilAnswers(`${url}/api/health`, child, 90_000)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    url,
    output: child.output,
    scheduled: (cron = '* * * * *') => fetch(`${url}/__scheduled?cron=${encodeURIComponent(cron)}`),
    stop,
  }
}
