import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * Names one life of a process: a pid alone is reused after a crash or a reboot.
 *
 * @returns text that no other process of this machine has had, or null when the process is gone (or a zombie)
 */
export function processIdentity(pid: number): string | null {
  return process.platform === 'linux' ? linuxIdentity(pid) : psIdentity(pid)
}

function linuxIdentity(pid: number): string | null {
  const stat = readOrNull(`/proc/${pid}/stat`)
  if (stat === null) return null
  // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const state = fields[0]
  const startTicks = fields[19]
  if (state === 'Z' || state === 'X' || startTicks === undefined) return null
  return `${readOrNull('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}:${startTicks}`
}

function psIdentity(pid: number): string | null {
  try {
    const line = execFileSync('ps', ['-p', String(pid), '-o', 'stat=,lstart='], { encoding: 'utf8' }).trim()
    const [state = '', ...started] = line.split(/\s+/)
    return started.length === 0 || state.startsWith('Z') ? null : started.join(' ')
  } catch {
    return null
  }
}

/**
 * The server processes that work in a PostgreSQL data directory, the postmaster and its children alike. Every
 * PostgreSQL process keeps its data directory as working directory, which no reused pid can imitate.
 *
 * @param pgDir absolute path with symbolic links resolved
 * @param hint pid named by `postmaster.pid`; all there is to go by where `/proc` does not exist
 */
export function serverProcesses(pgDir: string, hint: number | null): number[] {
  if (process.platform !== 'linux') return hint !== null && isPostgres(hint) ? [hint] : []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingDirectory(pid) === pgDir && processIdentity(pid) !== null && isPostgres(pid))
}

function workingDirectory(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null
  }
}

function isPostgres(pid: number): boolean {
  if (process.platform === 'linux') return readOrNull(`/proc/${pid}/comm`)?.trim() === 'postgres'
  try {
    return /postgres/.test(execFileSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' }))
  } catch {
    return false
  }
}

/** Sends a signal to a process that may be gone already. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/**
 * Polls until `done` holds.
 *
 * @returns whether it held within `limitMs`
 */
export async function until(done: () => boolean, limitMs: number, everyMs = 20): Promise<boolean> {
  const deadline = performance.now() + limitMs
  while (!done()) {
    if (performance.now() > deadline) return false
    await wait(everyMs)
  }
  return true
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
