import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { bootstrap, sampleAccess } from '../api/node/bootstrap.ts'
import { openDatabase } from '../api/node/database.ts'
import { readSettings } from '../api/node/settings.ts'
import { createServices } from '../api/services.ts'
import { createDatabase } from '../db/client.ts'
import { dataDirectory } from '../db/data-dir.ts'
import { StartupError } from '../db/startup-error.ts'
import { buildWeb, webIsCurrent } from './web.ts'
import { localWrangler } from './wrangler-env.ts'

const root = resolve(import.meta.dirname, '..')
const POLL_MS = 500
/** What was started, last first. */
const undo: (() => Promise<void> | void)[] = []
const stopping = new AbortController()

/**
 * The same application on workerd, with the same database as `npm start` (a running server's, if there is one): wrangler
 * rebuilds the Worker and reloads the browser on every change, Vite rebuilds the pages.
 */
async function main(): Promise<void> {
  process.once('SIGINT', () => void stop(0))
  process.once('SIGTERM', () => void stop(0))
  if (!webIsCurrent() && !(await buildWeb()))
    throw new StartupError('invalid_setting', 'The web pages cannot be built.')
  const settings = readSettings(process.env, dataDirectory())
  const database = await openDatabase(process.env, { beside: true })
  undo.unshift(() => database.stop())
  const db = createDatabase(database.url, { max: 2 })
  undo.unshift(() => db.close())
  const services = createServices(db, settings)
  await bootstrap(database, services, (line) => void process.stderr.write(`${line}\n`))
  const access = await sampleAccess(services, dataDirectory())

  const secrets = mkdtempSync(join(tmpdir(), 'lang-nghe-dev-'))
  undo.unshift(() => rmSync(secrets, { recursive: true, force: true }))
  const varsFile = join(secrets, 'vars')
  const vars = Object.entries(settings).filter(([, value]) => value !== undefined)
  writeFileSync(varsFile, vars.map(([name, value]) => `${name}="${value}"\n`).join(''), { mode: 0o600 })
  const port = process.env.PORT || '8787'
  if (stopping.signal.aborted) return
  tool(
    'wrangler/bin/wrangler.js',
    // warnings only: a line for each request would hold the secrets of rating links
    ['dev', '--env-file', varsFile, '--port', port, '--live-reload', '--test-scheduled', '--log-level', 'warn'],
    { ...localWrangler, CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_DB: database.url },
  )
  // The Worker serves the last whole build while the next one is made.
  tool(
    'vite/bin/vite.js',
    ['build', '--config', 'web/vite.config.ts', '--watch', '--emptyOutDir', 'false', '--logLevel', 'warn'],
    {},
  )

  const origin = `http://localhost:${port}`
  if (!(await untilHealthy(origin))) return
  const sample = access
    ? [`  Rate:    ${origin}/r/${access.token}`, `  Sign-in: ${access.email}  password: ${access.password}`]
    : []
  process.stdout.write([`Ready on workerd; every change reloads.`, `  Office:  ${origin}/`, ...sample, ''].join('\n'))
}

/** Starts a tool; one without the other is of no use, so that the end of one is the end of all. */
function tool(path: string, words: readonly string[], env: Readonly<Record<string, string>>): void {
  const child = spawn(process.execPath, [resolve(root, 'node_modules', path), ...words], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A group of its own: wrangler runs workerd as a child, which must end with it.
    detached: true,
  })
  undo.unshift(() => end(child))
  child.once('exit', (status) => void stop(status ?? 1))
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve()
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  process.kill(-child.pid, 'SIGTERM')
  return gone
}

async function untilHealthy(origin: string): Promise<boolean> {
  while (!stopping.signal.aborted) {
    const answer = await fetch(`${origin}/api/health`).catch(() => null)
    if (answer?.ok) return true
    await new Promise((done) => setTimeout(done, POLL_MS))
  }
  return false
}

async function stop(status: number): Promise<void> {
  if (stopping.signal.aborted) return
  stopping.abort()
  for (const step of undo.splice(0)) await Promise.resolve(step()).catch(() => undefined)
  process.exit(status)
}

main().catch((error: unknown) => {
  const known = error instanceof StartupError
  process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  void stop(known ? 2 : 1)
})
