import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { StartupError } from '../startup-error.ts'
import type { Binaries } from './binaries.ts'
import { clusterPath, lastLine, serverEnvironment } from './cluster.ts'
import type { Launcher } from './launcher.ts'
import { serverProcesses, signal, until } from './process.ts'

/** A crash may leave much to replay. */
const startLimitMs = 120_000
const stopLimitMs = 30_000
const logBytesMax = 10_000_000

const logPath = (dataDir: string): string => join(dataDir, 'postgres.log')

/** What `postmaster.pid` says about a server that may be running. */
export function readPostmaster(dataDir: string): { pid: number; port: number; ready: boolean } | null {
  try {
    const lines = readFileSync(join(clusterPath(dataDir), 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    const port = Number(lines[3])
    return pid > 0 && port > 0 ? { pid, port, ready: lines[7]?.trim() === 'ready' } : null
  } catch {
    return null
  }
}

/**
 * Ends whatever a dead owner left running on these files, and the pid file of a server that was killed. PostgreSQL
 * itself would refuse to start while a reused pid or a surviving child is about. The caller owns the data directory.
 */
export async function clearRemains(dataDir: string): Promise<void> {
  const postmaster = readPostmaster(dataDir)
  const left = (): number[] => serverProcesses(realpathSync(clusterPath(dataDir)), postmaster?.pid ?? null)
  if (postmaster !== null && left().includes(postmaster.pid)) {
    signal(postmaster.pid, 'SIGINT')
    await until(() => left().length === 0, stopLimitMs)
  }
  // Children without a postmaster have nobody to answer to; whatever they had not committed is rolled back on start.
  for (const pid of left()) signal(pid, 'SIGKILL')
  await until(() => left().length === 0, stopLimitMs)
  rmSync(join(clusterPath(dataDir), 'postmaster.pid'), { force: true })
}

/** Port and settings of a start. */
export interface ServerOptions {
  /** Preferred port; another one is taken when it is not free. */
  readonly port: number | null
  readonly settings: Readonly<Record<string, string>>
}

/**
 * Starts PostgreSQL and waits until it takes connections.
 *
 * @returns the server's process and the port it listens on, at 127.0.0.1 only
 * @throws StartupError `database_start_failed`
 */
export async function launch(
  dataDir: string,
  binaries: Binaries,
  launcher: Launcher,
  options: ServerOptions,
): Promise<{ child: ChildProcess; port: number }> {
  turnLog(dataDir)
  let preferred = options.port
  // Between finding a free port and listening on it another program may take it.
  for (let attempt = 1; ; attempt++) {
    const port = preferred !== null && (await isFree(preferred)) ? preferred : await freePort()
    const child = spawnServer(dataDir, binaries, launcher, port, options.settings)
    const exit = new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.once('error', () => resolve())
    })
    let ended = false
    void exit.then(() => {
      ended = true
    })
    const ready = (): boolean => {
      const postmaster = readPostmaster(dataDir)
      return postmaster !== null && postmaster.pid === child.pid && postmaster.ready
    }
    await until(() => ended || ready(), startLimitMs)
    if (!ended && ready()) return { child, port }
    child.kill('SIGQUIT')
    await exit
    const complaint = tailOfLog(dataDir)
    if (attempt === 3 || !/could not create any TCP\/IP sockets|Address already in use/.test(complaint)) {
      throw new StartupError(
        'database_start_failed',
        `PostgreSQL did not start: ${lastLine(complaint)} (see ${logPath(dataDir)})`,
      )
    }
    preferred = null
  }
}

function spawnServer(
  dataDir: string,
  binaries: Binaries,
  launcher: Launcher,
  port: number,
  settings: Readonly<Record<string, string>>,
): ChildProcess {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [command = '', ...words] = [
    ...launcher.prefix,
    binaries.postgres,
    '-D',
    clusterPath(dataDir),
    '-p',
    String(port),
    ...flags,
  ]
  const log = openSync(logPath(dataDir), 'a', 0o600)
  try {
    // Its own session, so that Ctrl-C in the terminal reaches Node only; its own log, so that it outlives Node's pipes.
    const child = spawn(command, words, {
      cwd: dataDir,
      env: serverEnvironment(),
      stdio: ['ignore', log, log],
      detached: true,
    })
    endWithNode(child)
    return child
  } finally {
    closeSync(log)
  }
}

/** Node may end without stopping the server, even while it starts: it then shuts down in order and is not left behind. */
function endWithNode(child: ChildProcess): void {
  const end = (): void => {
    child.kill('SIGINT')
  }
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
}

/**
 * Ends a server as PostgreSQL's "fast" mode does: connections are cut, everything committed is on disk.
 */
export async function shutDown(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGINT')
  const timer = setTimeout(() => child.kill('SIGQUIT'), stopLimitMs)
  await exit
  clearTimeout(timer)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** A TCP port of 127.0.0.1 that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port)
        else reject(new Error('no port'))
      })
    })
  })
}

function turnLog(dataDir: string): void {
  const path = logPath(dataDir)
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (bytes > logBytesMax) renameSync(path, `${path}.1`)
}

function tailOfLog(dataDir: string): string {
  return readFileSync(logPath(dataDir), 'utf8').slice(-4000)
}
