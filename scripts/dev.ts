import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { bootstrap } from '../api/node/bootstrap.ts'
import { openDatabase } from '../api/node/database.ts'
import { readSettings } from '../api/node/settings.ts'
import { createServices } from '../api/services.ts'
import { createDatabase } from '../db/client.ts'
import { dataDirectory } from '../db/data-dir.ts'
import { StartupError } from '../db/startup-error.ts'
import { buildWeb, webIsCurrent } from './web.ts'

const root = resolve(import.meta.dirname, '..')

/**
 * The same application on workerd, with the same database as `npm start` (a running server's, if there is one): wrangler
 * rebuilds the Worker and reloads the browser on every change, Vite rebuilds the pages.
 */
async function main(): Promise<void> {
  if (!webIsCurrent() && !(await buildWeb())) throw new Error('the web pages could not be built')
  const settings = readSettings(process.env, dataDirectory())
  const database = await openDatabase(process.env, { beside: true })
  const db = createDatabase(database.url, { max: 2 })
  await bootstrap(database, createServices(db, settings))
  await db.close()

  const secrets = mkdtempSync(join(tmpdir(), 'lang-nghe-dev-'))
  const varsFile = join(secrets, 'vars')
  const vars = Object.entries(settings).filter(([, value]) => value !== undefined)
  writeFileSync(varsFile, vars.map(([name, value]) => `${name}="${value}"\n`).join(''), { mode: 0o600 })
  const port = process.env.PORT || '8787'
  const tools = [
    tool(
      'wrangler/bin/wrangler.js',
      ['dev', '--env-file', varsFile, '--port', port, '--live-reload', '--test-scheduled'],
      {
        WRANGLER_SEND_METRICS: 'false',
        CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_DB: database.url,
      },
    ),
    // The Worker serves the last whole build while the next one is made.
    tool('vite/bin/vite.js', ['build', '--config', 'web/vite.config.ts', '--watch', '--emptyOutDir', 'false'], {}),
  ]

  let stopping = false
  const stop = async (status: number): Promise<void> => {
    if (stopping) return
    stopping = true
    await Promise.all(tools.map(end))
    await database.stop()
    rmSync(secrets, { recursive: true, force: true })
    process.exit(status)
  }
  process.once('SIGINT', () => void stop(0))
  process.once('SIGTERM', () => void stop(0))
  // One without the other is of no use.
  for (const child of tools) child.once('exit', (status) => void stop(status ?? 1))
}

function tool(path: string, words: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [resolve(root, 'node_modules', path), ...words], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A group of its own: wrangler runs workerd as a child, which must end with it.
    detached: true,
  })
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve()
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  process.kill(-child.pid, 'SIGTERM')
  return gone
}

main().catch((error: unknown) => {
  if (!(error instanceof StartupError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(2)
})
