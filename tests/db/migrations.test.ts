import { Kysely } from 'kysely'
import { Migrator, NO_MIGRATIONS } from 'kysely/migration'
import { PostgresJSDialect } from 'kysely-postgres-js'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appRole } from '../../db/embedded.ts'
import { isMigrated, migrateToLatest, SchemaTooNewError } from '../../db/migrate.ts'
import { migrations } from '../../db/migrations/index.ts'
import { bareDatabase } from './support.ts'

let database: Awaited<ReturnType<typeof bareDatabase>>
let sql: postgres.Sql

beforeAll(async () => {
  database = await bareDatabase()
  sql = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined })
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

/** Everything that a migration could leave in the schema, but for the migrator's own tables. */
async function schemaObjects(): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select c.relkind::text || ' ' || c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relname not like 'kysely%'
    union all select 'function ' || proname from pg_proc where pronamespace = 'public'::regnamespace
    union all select 'type ' || typname from pg_type t
      where t.typnamespace = 'public'::regnamespace and t.typtype in ('d', 'e') order by 1`
  return rows.map((row) => row.name)
}

/** The schema as text: columns, constraints, indexes, policies, view definitions. */
async function schemaText(): Promise<string> {
  const rows = await sql<{ line: string }[]>`
    select concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default, is_identity) as line
    from information_schema.columns where table_schema = 'public'
    union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
      where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select concat_ws(' ', tablename, policyname, cmd, roles::text, qual, with_check) from pg_policies
    union all select viewname || ' ' || definition from pg_views where schemaname = 'public'
    order by 1`
  return rows.map((row) => row.line).join('\n')
}

async function migrateDown(): Promise<void> {
  const client = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined })
  const db = new Kysely<unknown>({ dialect: new PostgresJSDialect({ postgres: client }) })
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateTo(
    NO_MIGRATIONS,
  )
  await client.end()
  if (error) throw error
}

describe('migrations', () => {
  test('go up from an empty database, down to nothing and up to the same schema again', async () => {
    expect(await schemaObjects()).toEqual([])
    expect(await migrateToLatest(database.ownerUrl, { appRole })).toEqual(Object.keys(migrations).toSorted())
    const first = await schemaText()
    expect(first).toContain('tenant_only')
    await migrateDown()
    expect(await schemaObjects()).toEqual([])
    await migrateToLatest(database.ownerUrl, { appRole })
    expect(await schemaText()).toBe(first)
  })

  test('change nothing when they have run, also when two servers start together', async () => {
    const before = await schemaText()
    const both = await Promise.all([1, 2].map(() => migrateToLatest(database.ownerUrl, { appRole })))
    expect(both).toEqual([[], []])
    expect(await schemaText()).toBe(before)
  })

  test('two servers that start on an empty database migrate it once', async () => {
    const fresh = await bareDatabase()
    const both = await Promise.all([1, 2].map(() => migrateToLatest(fresh.ownerUrl, { appRole })))
    expect(both.flat().toSorted()).toEqual(Object.keys(migrations).toSorted())
    await fresh.drop()
  })

  test('refuse a database that a newer program has made, and leave it as it was', async () => {
    await sql`insert into kysely_migration (name, timestamp) values ('99991231T235959-future', '')`
    const before = await schemaText()
    await expect(migrateToLatest(database.ownerUrl, { appRole })).rejects.toThrow(SchemaTooNewError)
    expect(await schemaText()).toBe(before)
    await sql`delete from kysely_migration where name like '9999%'`
  })

  test('tell whether the newest of them has run', async () => {
    const client = postgres(database.ownerUrl, { max: 1 })
    const db = new Kysely<unknown>({ dialect: new PostgresJSDialect({ postgres: client }) })
    expect(await isMigrated(db)).toBe(true)
    await migrateDown()
    expect(await isMigrated(db)).toBe(false)
    await client.end()
  })
})
