import { spawnSync } from 'node:child_process'
import { chownSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { StartupError } from '../startup-error.ts'
import { type Binaries, publicBinaries } from './binaries.ts'

/** How PostgreSQL's programs are run: PostgreSQL refuses to start when its effective user is root. */
export interface Launcher {
  readonly name: 'direct' | 'unshare' | 'setpriv'
  /** Words put before the program; each replaces itself by the next, so the child's pid is PostgreSQL's. */
  readonly prefix: readonly string[]
  /** Who must own the database's files, as seen from here; null when they are this process's own. */
  readonly owner: { readonly uid: number; readonly gid: number } | null
}

interface User {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/**
 * Finds a way to run PostgreSQL on this machine that really can run its programs and write below `dataDir`.
 *
 * An ordinary user runs it directly. Root runs it in a user namespace in which its own id looks like another one, so
 * that a root-owned home (0700) stays readable to it; where namespaces are forbidden (many containers) it becomes
 * another user that keeps one capability, passing through directories that are not its own.
 *
 * @param only tries just this way (tests)
 * @returns the way, and the programs to run with it
 * @throws StartupError `data_dir_not_writable`
 */
export function findLauncher(
  installed: Binaries,
  dataDir: string,
  only?: Launcher['name'],
): { launcher: Launcher; binaries: Binaries } {
  for (const launcher of candidates()) {
    if (only !== undefined && launcher.name !== only) continue
    const binaries = launcher.owner === null ? installed : publicBinaries(installed)
    if (works(launcher, binaries.postgres, dataDir)) return { launcher, binaries }
  }
  throw new StartupError(
    'data_dir_not_writable',
    `PostgreSQL cannot run with its data in ${dataDir}${process.getuid?.() === 0 ? ' as root on this machine' : ''}. ` +
      'Start as an ordinary user that may write there, or set DATABASE_URL to a PostgreSQL of your own.',
  )
}

function candidates(): Launcher[] {
  const user = standIn()
  const namespace: Launcher = {
    name: 'unshare',
    prefix: ['unshare', '--user', `--map-user=${user.uid}`, `--map-group=${user.gid}`, '--'],
    owner: null,
  }
  if (process.getuid?.() !== 0) {
    // initdb needs a name for its user, and a container may run under an id that has none.
    return hasName() ? [{ name: 'direct', prefix: [], owner: null }] : [namespace]
  }
  const capability = '+dac_override'
  return [
    namespace,
    {
      name: 'setpriv',
      prefix: [
        'setpriv',
        `--reuid=${user.uid}`,
        `--regid=${user.gid}`,
        '--clear-groups',
        `--inh-caps=${capability}`,
        `--ambient-caps=${capability}`,
        '--',
      ],
      owner: { uid: user.uid, gid: user.gid },
    },
  ]
}

function works(launcher: Launcher, program: string, dataDir: string): boolean {
  const probe = join(dataDir, `probe-${process.pid}`)
  mkdirSync(probe, { recursive: true, mode: 0o700 })
  try {
    giveTo(launcher, probe)
    const script = '"$0" --version && : > "$1/file"'
    const [command = '', ...words] = [...launcher.prefix, 'sh', '-c', script, program, probe]
    return spawnSync(command, words, { stdio: 'ignore' }).status === 0
  } finally {
    rmSync(probe, { recursive: true, force: true })
  }
}

/** Hands a path to the user PostgreSQL runs as. */
export function giveTo(launcher: Launcher, path: string): void {
  if (launcher.owner !== null) chownSync(path, launcher.owner.uid, launcher.owner.gid)
}

/** The user PostgreSQL appears as: one of its own if the machine has it, else one without rights. */
function standIn(): User {
  const users = readUsers().filter((user) => user.uid !== 0)
  const preferred = ['postgres', 'nobody', 'daemon'].map((name) => users.find((user) => user.name === name))
  return preferred.find((user) => user !== undefined) ?? users[0] ?? { name: 'nobody', uid: 65534, gid: 65534 }
}

function readUsers(): User[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .filter((fields) => fields.length >= 4)
      .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
      .filter((user) => Number.isInteger(user.uid) && Number.isInteger(user.gid))
  } catch {
    return []
  }
}

function hasName(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}
