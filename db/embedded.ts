import { resolve } from 'node:path'
import postgres from 'postgres'
import { type Binaries, findBinaries } from './embedded/binaries.ts'
import { makeDataDirectory } from './data-dir.ts'
import { adoptFiles, checkVersion, createCluster, ownerRole, resetOwnerPassword } from './embedded/cluster.ts'
import { findLauncher, type Launcher } from './embedded/launcher.ts'
import { liveOwner, type OwnerLock, takeOwnership } from './embedded/owner-lock.ts'
import { until } from './embedded/process.ts'
import { newSecrets, readSecrets, type Secrets, writeSecrets } from './embedded/secrets.ts'
import { clearRemains, launch, readPostmaster, shutDown } from './embedded/server.ts'
import { StartupError } from './startup-error.ts'

/** The role the application signs in with: no superuser, subject to row-level security. */
export const appRole = 'lang_nghe_app'
const database = 'lang_nghe'

/** Where a database is reached. */
export interface DatabaseUrls {
  /** As the application's role. */
  readonly url: string
  /** As the owner of the tables: migrations, backup, tests. */
  readonly ownerUrl: string
  readonly port: number
}

/** A database server that this process started. */
export interface EmbeddedDatabase extends DatabaseUrls {
  /** Ends the server in order and gives the data directory free. Idempotent. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  readonly dataDir: string
  /** false only for data that may be lost with the machine (tests): nothing is forced to disk. */
  readonly durable?: boolean
  /** Additional server settings. */
  readonly settings?: Readonly<Record<string, string>>
  /** Told in one line when the server died and was started again, or could not be. Default: standard error. */
  readonly report?: (line: string) => void
  /** Tries only this way of running PostgreSQL (tests). */
  readonly launcher?: Launcher['name']
  /** Other programs than those of this platform's own package (tests). */
  readonly binaries?: Binaries
}

/**
 * Starts the PostgreSQL that npm installed, on the data in `dataDir` or on a new empty database there, and keeps it
 * running: a server that dies is started again on the same port. What a dead process of ours left behind (a server
 * still running, a lock, a pid file, half a new cluster) is cleared first.
 *
 * @throws StartupError `data_dir_in_use` (a live process owns it), `data_dir_too_new`, `data_dir_too_old`,
 *   `data_dir_not_writable`, `initdb_failed`, `database_start_failed`, `platform_unsupported`, `postgres_not_installed`
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const dataDir = resolve(options.dataDir)
  const binaries = options.binaries ?? findBinaries()
  makeDataDirectory(dataDir)
  const lock = takeOwnership(dataDir)
  try {
    return await start(dataDir, binaries, lock, options)
  } catch (error) {
    lock.release()
    throw error
  }
}

/**
 * The database of another live process that owns `dataDir`, waiting for it when that process is still starting.
 *
 * @returns null when no live process owns the directory, or its server does not come up within `waitMs`
 */
export async function findRunning(directory: string, waitMs = 60_000): Promise<DatabaseUrls | null> {
  const dataDir = resolve(directory)
  const owned = (): boolean => liveOwner(dataDir) !== null
  const ready = (): boolean => readPostmaster(dataDir)?.ready === true
  await until(() => !owned() || ready(), waitMs)
  const secrets = readSecrets(dataDir)
  const port = readPostmaster(dataDir)?.port
  return owned() && ready() && secrets !== null && port !== undefined ? urls(secrets, port) : null
}

async function start(
  dataDir: string,
  installed: Binaries,
  lock: OwnerLock,
  options: EmbeddedOptions,
): Promise<EmbeddedDatabase> {
  const version = checkVersion(dataDir, installed)
  const { launcher, binaries } = findLauncher(installed, dataDir, options.launcher)
  const stored = readSecrets(dataDir)
  const secrets = stored ?? newSecrets()
  if (stored === null) writeSecrets(dataDir, secrets)
  if (version === null) {
    await createCluster(dataDir, binaries, launcher, secrets)
  } else {
    await clearRemains(dataDir)
    adoptFiles(dataDir, launcher)
    if (stored === null) await resetOwnerPassword(dataDir, binaries, launcher, secrets)
  }
  const settings = { ...serverSettings, ...(options.durable === false ? lossySettings : {}), ...options.settings }
  const first = await launch(dataDir, binaries, launcher, { port: secrets.port, settings })
  const { port } = first
  let { child } = first
  const report = options.report ?? ((line: string) => void process.stderr.write(`${line}\n`))
  let stopping = false
  let restarting: Promise<void> = Promise.resolve()
  const stop = async (): Promise<void> => {
    stopping = true
    await restarting
    await shutDown(child)
    lock.release()
  }

  const watch = (): void => {
    child.once('exit', () => {
      if (!stopping) restarting = restart()
    })
  }
  const restart = async (): Promise<void> => {
    try {
      await clearRemains(dataDir)
      const next = await launch(dataDir, binaries, launcher, { port, settings })
      if (next.port !== port) {
        await shutDown(next.child)
        throw new StartupError('database_start_failed', `Port ${port} of the database was taken by another program.`)
      }
      child = next.child
      watch()
      report('The database server died and was started again.')
    } catch (error) {
      report(`The database server died and did not start again. ${error instanceof Error ? error.message : ''}`)
    }
  }

  try {
    if (port !== secrets.port) writeSecrets(dataDir, { ...secrets, port })
    await ensureDatabase(secrets, port)
    watch()
    return { ...urls(secrets, port), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * Local connections only. Statements that fail are not logged (`log` stands above `error` here): PostgreSQL quotes
 * submitted values in its messages, and the application logs its own faults without them.
 */
const serverSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

const lossySettings: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
}

function urls({ ownerPassword, appPassword }: Secrets, port: number): DatabaseUrls {
  const address = `127.0.0.1:${port}/${database}`
  return {
    url: `postgres://${appRole}:${appPassword}@${address}`,
    ownerUrl: `postgres://${ownerRole}:${ownerPassword}@${address}`,
    port,
  }
}

/** Makes the application's role and the database where they are missing, and sets the role's stored password. */
async function ensureDatabase(secrets: Secrets, port: number): Promise<void> {
  const owner = new URL(urls(secrets, port).ownerUrl)
  owner.pathname = '/postgres'
  const sql = postgres(owner.href, { max: 1, onnotice: () => undefined })
  try {
    const [role] = await sql`select 1 from pg_roles where rolname = ${appRole}`
    if (role === undefined)
      await sql.unsafe(`create role ${appRole} login nosuperuser nocreatedb nocreaterole nobypassrls`)
    await sql.unsafe(`alter role ${appRole} password '${secrets.appPassword}'`)
    const [found] = await sql`select 1 from pg_database where datname = ${database}`
    if (found === undefined) await sql.unsafe(`create database ${database}`)
  } finally {
    await sql.end()
  }
}
