import { appRole, findRunning, startEmbedded } from '../../db/embedded.ts'
import { dataDirectory } from '../../db/data-dir.ts'
import { StartupError } from '../../db/startup-error.ts'
import { migrateToLatest, SchemaTooNewError } from '../../db/migrate.ts'
import { readServerSettings } from './server-settings.ts'
import { backUpBeforeUpgrade } from './upgrade.ts'

/** A database that is reachable and migrated, and how to let go of it. */
export interface OpenDatabase {
  url: string
  ownerUrl: string
  embedded: boolean
  stop: () => Promise<void>
}

/**
 * Finds the database of this process: `DATABASE_URL` (with `MIGRATE_DATABASE_URL` for its owner), else the embedded one
 * in the data directory, started here; `beside` a running server its database is used instead.
 * @throws StartupError with one line for the operator
 */
export async function openDatabase(env: NodeJS.ProcessEnv, options: { beside?: boolean } = {}): Promise<OpenDatabase> {
  const found = await locateDatabase(env, options)
  try {
    if (found.embedded) await backUpBeforeUpgrade(found.ownerUrl, dataDirectory(env))
    await migrateToLatest(found.ownerUrl, { appRole: new URL(found.url).username || appRole })
    return found
  } catch (error) {
    await found.stop()
    throw explain(error)
  }
}

/**
 * The same as it stands, without migrating it: for backup, restore and checks.
 * @throws StartupError with one line for the operator
 */
export async function locateDatabase(
  env: NodeJS.ProcessEnv,
  options: { beside?: boolean } = {},
): Promise<OpenDatabase> {
  const { DATABASE_URL: url, MIGRATE_DATABASE_URL: ownerUrl = url } = readServerSettings(env)
  if (url !== undefined && ownerUrl !== undefined) return { url, ownerUrl, embedded: false, stop: async () => {} }
  const dataDir = dataDirectory(env)
  const running = options.beside === true ? await findRunning(dataDir) : null
  if (running) return { ...running, embedded: true, stop: async () => {} }
  const server = await startEmbedded({ dataDir })
  return { url: server.url, ownerUrl: server.ownerUrl, embedded: true, stop: () => server.stop() }
}

/** What an operator can act on becomes one line. */
export function explain(error: unknown): unknown {
  if (error instanceof SchemaTooNewError) {
    return new StartupError(
      'schema_too_new',
      'The database was made by a newer version of Lắng Nghe; start that version.',
      { cause: error },
    )
  }
  const code = (error as { code?: unknown } | null)?.code
  if (
    typeof code === 'string' &&
    /^(CONNECT|ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|28|3D000|57P|CONNECTION_)/.test(code)
  ) {
    return new StartupError(
      'database_unreachable',
      `The database of DATABASE_URL cannot be reached or refuses the role (${code}).`,
      { cause: error },
    )
  }
  return error
}
