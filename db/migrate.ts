import { Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { PostgresJSDialect } from 'kysely-postgres-js'
import postgres from 'postgres'
import { migrations } from './migrations/index.ts'

/** Thrown when the database was made by a newer version of this program. */
export class SchemaTooNewError extends Error {
  override name = 'SchemaTooNewError'
  code = 'schema_too_new' as const
}

/** Any number that nothing else in the database locks. */
const GRANT_LOCK = 20_261_123
const newest = Object.keys(migrations).sort().at(-1) ?? ''

/**
 * Brings the schema up to this program's version and gives the application role its rights.
 *
 * Connects straight to PostgreSQL as the owner, never through Hyperdrive: the migrator takes an advisory lock, so two
 * servers that start together migrate once. Each migration is one transaction.
 * @param appRole the role the application connects with; it gets rows, never tables
 * @throws SchemaTooNewError when the database knows migrations that this program does not
 */
export async function migrateToLatest(ownerUrl: string, { appRole }: { appRole?: string } = {}): Promise<string[]> {
  const client = postgres(ownerUrl, { max: 1, connect_timeout: 10, onnotice: () => {} })
  const db = new Kysely<unknown>({ dialect: new PostgresJSDialect({ postgres: client }) })
  try {
    if ((await unknownMigrations(db)).length > 0)
      throw new SchemaTooNewError('database schema is newer than this program')
    const { error, results } = await new Migrator({
      db,
      provider: { getMigrations: async () => migrations },
    }).migrateToLatest()
    if (error) throw error
    if (appRole) await grantRows(db, appRole)
    return (results ?? []).map((r) => r.migrationName)
  } finally {
    await client.end({ timeout: 5 })
  }
}

/** True when the newest migration of this program is applied. Needs only the application role. */
export async function isMigrated<T>(db: Kysely<T>): Promise<boolean> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name desc limit 1`.execute(db)
  return rows[0]?.name === newest
}

async function unknownMigrations(db: Kysely<unknown>): Promise<string[]> {
  const { rows: found } = await sql<{
    found: boolean
  }>`select to_regclass('kysely_migration') is not null as found`.execute(db)
  if (!found[0]?.found) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  return rows.map((r) => r.name).filter((name) => !(name in migrations))
}

/** In one transaction behind a lock: two servers that grant at the same moment would fail on one another's catalogue rows. */
async function grantRows(db: Kysely<unknown>, role: string): Promise<void> {
  const to = sql.id(role)
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${GRANT_LOCK})`.execute(trx)
    await sql`grant usage on schema public to ${to}`.execute(trx)
    await sql`grant select, insert, update, delete on all tables in schema public to ${to}`.execute(trx)
    await sql`grant usage, select on all sequences in schema public to ${to}`.execute(trx)
  })
}
