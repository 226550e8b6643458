import { Kysely, sql } from 'kysely'
import { type MigrationResultSet, Migrator, type NO_MIGRATIONS } from 'kysely/migration'
import postgres from 'postgres'
import { Dialect } from './dialect.ts'
import { migrations } from './migrations/index.ts'

/** Thrown when the database was made by a newer version of this program. */
export class SchemaTooNewError extends Error {
  override name = 'SchemaTooNewError'
  code = 'schema_too_new' as const
}

/** Any number that nothing else in the database locks. */
export const GRANT_LOCK = 20_261_123
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
  return asMigrator(ownerUrl, async (db, migrator) => {
    if ((await unknownMigrations(db)).length > 0)
      throw new SchemaTooNewError('database schema is newer than this program')
    const { error, results } = await migrator.migrateToLatest()
    if (error) throw error
    if (appRole) await grantRows(db, appRole)
    return namesOf(results)
  })
}

/** Brings the schema to one migration, up or down; going down loses what later ones added. For restoring and tests. */
export async function migrateTo(ownerUrl: string, name: string | typeof NO_MIGRATIONS): Promise<string[]> {
  return asMigrator(ownerUrl, async (_db, migrator) => {
    const { error, results } = await migrator.migrateTo(name)
    if (error) throw error
    return namesOf(results)
  })
}

/** Migrations of this program that the database lacks, oldest first. Changes nothing. */
export async function pendingMigrations(ownerUrl: string): Promise<string[]> {
  return asMigrator(ownerUrl, async (db) => {
    const applied = await appliedNames(db)
    return Object.keys(migrations)
      .sort()
      .filter((name) => !applied.includes(name))
  })
}

/** Whether this program has a migration of this name. */
export function isKnownMigration(name: string): boolean {
  return Object.hasOwn(migrations, name)
}

/** True when the newest migration of this program is applied. Needs only the application role. */
export async function isMigrated<T>(db: Kysely<T>): Promise<boolean> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name desc limit 1`.execute(db)
  return rows[0]?.name === newest
}

async function asMigrator<T>(
  ownerUrl: string,
  work: (db: Kysely<unknown>, migrator: Migrator) => Promise<T>,
): Promise<T> {
  const client = postgres(ownerUrl, { max: 1, connect_timeout: 10, onnotice: () => {} })
  const db = new Kysely<unknown>({ dialect: new Dialect({ postgres: client }) })
  try {
    return await work(db, new Migrator({ db, provider: { getMigrations: async () => migrations } }))
  } finally {
    await client.end({ timeout: 5 })
  }
}

async function unknownMigrations(db: Kysely<unknown>): Promise<string[]> {
  return (await appliedNames(db)).filter((name) => !isKnownMigration(name))
}

/** Of a database that was never migrated: none. */
async function appliedNames(db: Kysely<unknown>): Promise<string[]> {
  const { rows: found } = await sql<{
    found: boolean
  }>`select to_regclass('kysely_migration') is not null as found`.execute(db)
  if (!found[0]?.found) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  return rows.map((r) => r.name)
}

function namesOf(results: MigrationResultSet['results']): string[] {
  return (results ?? []).map((r) => r.migrationName)
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
