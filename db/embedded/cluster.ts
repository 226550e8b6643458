import { spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { StartupError } from '../startup-error.ts'
import type { Binaries } from './binaries.ts'
import { giveTo, type Launcher } from './launcher.ts'
import type { Secrets } from './secrets.ts'

/** The superuser, who owns every table and runs migrations. */
export const ownerRole = 'lang_nghe_owner'

/** Where the database's files are. */
export const clusterPath = (dataDir: string): string => join(dataDir, 'pg')

/**
 * The PostgreSQL major version that made the files, or null when there are none yet.
 *
 * @throws StartupError `data_dir_too_new`, `data_dir_too_old` or `data_dir_not_writable`
 */
export function checkVersion(dataDir: string, binaries: Binaries): number | null {
  let text: string
  try {
    text = readFileSync(join(clusterPath(dataDir), 'PG_VERSION'), 'utf8').trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    if (code !== 'EACCES') throw error
    throw new StartupError(
      'data_dir_not_writable',
      `The data in ${clusterPath(dataDir)} belongs to another user, as after a start with sudo. Start as that user.`,
    )
  }
  const major = Number.parseInt(text, 10)
  if (major === binaries.major) return major
  const found = `The data in ${clusterPath(dataDir)} was made by PostgreSQL ${text}`
  if (major > binaries.major) {
    throw new StartupError(
      'data_dir_too_new',
      `${found}, this version brings ${binaries.major}. Use the version of Lắng Nghe that made it.`,
    )
  }
  throw new StartupError(
    'data_dir_too_old',
    `${found}, this version brings ${binaries.major}. Take a backup with the version of Lắng Nghe that made it and restore it here.`,
  )
}

/**
 * Makes an empty database cluster (UTF-8, C.UTF-8, SCRAM passwords). It is built beside its place and moved there, so
 * that a crash leaves either a whole cluster or none.
 *
 * @throws StartupError `initdb_failed`
 */
export async function createCluster(
  dataDir: string,
  binaries: Binaries,
  launcher: Launcher,
  secrets: Secrets,
): Promise<void> {
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith('pg.new-')) rmSync(join(dataDir, name), { recursive: true, force: true })
  }
  const draft = join(dataDir, `pg.new-${process.pid}`)
  const passwordFile = join(draft, 'password')
  const files = join(draft, 'pg')
  mkdirSync(files, { recursive: true, mode: 0o700 })
  writeFileSync(passwordFile, `${secrets.ownerPassword}\n`, { mode: 0o600 })
  for (const path of [draft, files, passwordFile]) giveTo(launcher, path)
  const { status, output } = await run(
    [
      ...launcher.prefix,
      binaries.initdb,
      `--pgdata=${files}`,
      `--username=${ownerRole}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-instructions',
    ],
    draft,
  )
  if (status !== 0) {
    rmSync(draft, { recursive: true, force: true })
    throw new StartupError('initdb_failed', `PostgreSQL could not create its files in ${dataDir}: ${lastLine(output)}`)
  }
  renameSync(files, clusterPath(dataDir))
  rmSync(draft, { recursive: true, force: true })
}

/** Gives the owner the stored password again when the file that held the old one was lost. The server must be down. */
export async function resetOwnerPassword(
  dataDir: string,
  binaries: Binaries,
  launcher: Launcher,
  secrets: Secrets,
): Promise<void> {
  const { status, output } = await run(
    [...launcher.prefix, binaries.postgres, '--single', '-D', clusterPath(dataDir), 'postgres'],
    dataDir,
    `alter role ${ownerRole} password '${secrets.ownerPassword}'\n`,
  )
  if (status !== 0) throw new StartupError('database_start_failed', `PostgreSQL did not start: ${lastLine(output)}`)
}

/**
 * Makes the files usable for PostgreSQL again after an earlier start as another user (with sudo, say), or after they were
 * copied by a program that opened the directory to others, which PostgreSQL refuses.
 */
export function adoptFiles(dataDir: string, launcher: Launcher): void {
  const top = clusterPath(dataDir)
  const uid = launcher.owner?.uid ?? process.getuid?.()
  const gid = launcher.owner?.gid ?? process.getgid?.() ?? 0
  const giveAll = (path: string): void => {
    const found = lstatSync(path)
    if (found.isSymbolicLink()) return
    if (found.isDirectory()) for (const name of readdirSync(path)) giveAll(join(path, name))
    chownSync(path, uid ?? 0, gid)
  }
  if (process.getuid?.() === 0 && statSync(top).uid !== uid) giveAll(top)
  chmodSync(top, 0o700)
}

/** Runs a program to its end with a small environment. */
function run(words: readonly string[], cwd: string, input = ''): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve) => {
    const [command = '', ...rest] = words
    // Its own session: Ctrl-C in the terminal must reach Node only, which then ends this in order.
    const child = spawn(command, rest, {
      cwd,
      env: serverEnvironment(),
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    let output = ''
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-4000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => resolve({ status: null, output: error.message }))
    child.on('close', (status) => resolve({ status, output }))
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

/** The environment of PostgreSQL's programs: nothing of the operator's (PG*, LC_*, secrets) leaks into them. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' }
}

/** What PostgreSQL said last: its complaint if there is one, without its time stamp. */
export function lastLine(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const line = lines.findLast((text) => /FATAL|PANIC|error:/.test(text)) ?? lines.at(-1) ?? 'no message'
  return line.replace(/^.*?(FATAL|PANIC|error):\s*/, '').slice(0, 300)
}
