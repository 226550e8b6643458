import { readFileSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { OUTSIDE_RLS } from './support.ts'

const folder = resolve(import.meta.dirname, '../../db/schema')
/** Tables of which the product declares only what it reads itself; the rest is better-auth's. */
const PARTLY_OURS = new Set(['user'])
/** Tables that only a library reads and writes. */
const NOT_OURS = new Set(['session', 'account', 'verification', 'kysely_migration', 'kysely_migration_lock'])
const VIEWS = new Set(['mark'])

interface Column {
  name: string
  nullable: boolean
  generated: boolean
}

let database: TestDatabase
let sql: postgres.Sql
beforeAll(async () => {
  database = await testDatabase()
  sql = postgres(database.ownerUrl, { max: 1 })
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

/** The interfaces of db/schema by name, read from their source, because types are gone when a test runs. */
function declared(): Map<string, Column[]> {
  const source = readdirSync(folder).map((file) => readFileSync(resolve(folder, file), 'utf8'))
  const interfaces = source.join('\n').matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}/gm)
  return new Map(
    [...interfaces].map(([, name = '', body = '']) => [
      name,
      [...body.matchAll(/^ {2}(\w+): (.+)$/gm)].map(([, column = '', type = '']) => ({
        name: column,
        nullable: /\| null>?$/.test(type),
        // the column may be left out when a row is written
        generated: /^Generated<|\| undefined\b/.test(type),
      })),
    ]),
  )
}

/** The interface of each table, from `DB`. */
function tables(): Map<string, Column[]> {
  const interfaces = declared()
  const body = /export interface DB \{\n([\s\S]*?)^\}/m.exec(readFileSync(resolve(folder, 'tables.ts'), 'utf8'))?.[1]
  return new Map(
    [...(body ?? '').matchAll(/^ {2}(\w+): (\w+)$/gm)].map(([, table = '', name = '']) => [
      table,
      interfaces.get(name) ?? [],
    ]),
  )
}

describe('the declared schema', () => {
  test('has every table and view of the database', async () => {
    const rows = await sql<{ name: string }[]>`
      select table_name as name from information_schema.tables where table_schema = 'public'`
    const ours = rows.map((row) => row.name).filter((name) => !NOT_OURS.has(name))
    expect([...tables().keys()].toSorted()).toEqual(ours.toSorted())
  })

  test('has exactly the columns of each table, nullable and generated as they are', async () => {
    const rows = await sql<{ table: string; name: string; nullable: boolean; generated: boolean }[]>`
      select table_name as table, column_name as name, is_nullable = 'YES' as nullable,
        column_default is not null or is_identity = 'YES' as generated
      from information_schema.columns where table_schema = 'public'`
    const byTable = Map.groupBy(rows, (row) => row.table)
    let compared = 0
    for (const [table, columns] of tables()) {
      expect(columns.length, table).toBeGreaterThan(0)
      const known = new Set(columns.map((column) => column.name))
      const stored = (byTable.get(table) ?? []).filter((row) => !PARTLY_OURS.has(table) || known.has(row.name))
      const view = (column: Column) =>
        VIEWS.has(table) ? column.name : `${column.name} ${column.nullable} ${column.generated}`
      expect(columns.map(view).toSorted(), table).toEqual(stored.map(view).toSorted())
      compared += columns.length
    }
    expect(compared).toBeGreaterThan(150)
  })
})

describe('row-level security', () => {
  test('is forced on every table but the named ones', async () => {
    const rows = await sql<{ name: string; enabled: boolean; forced: boolean; policies: number }[]>`
      select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
        (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
      from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`
    const forced = rows.filter((row) => row.enabled && row.forced && row.policies > 0).map((row) => row.name)
    const outside = rows.map((row) => row.name).filter((name) => !forced.includes(name))
    expect(outside.toSorted()).toEqual(Object.keys(OUTSIDE_RLS).toSorted())
  })

  test('the tenant comes first in the key of every table that grows', async () => {
    const rows = await sql<{ name: string; first: string }[]>`
      select c.relname as name, a.attname as first from pg_class c
      join pg_index i on i.indrelid = c.oid and i.indisprimary
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where c.relforcerowsecurity and c.relnamespace = 'public'::regnamespace`
    // units and their names and codes also hold the national reference, which has no tenant
    const others = rows.filter((row) => row.first !== 'tenant_id').map((row) => row.name)
    expect(others).toEqual(['unit'])
    expect(rows.length).toBeGreaterThan(9)
  })

  test('views read with the rights of whoever asks', async () => {
    const rows = await sql<{ name: string; options: string[] | null }[]>`
      select relname as name, reloptions as options from pg_class
      where relkind = 'v' and relnamespace = 'public'::regnamespace`
    expect(rows.map((row) => row.name)).toEqual([...VIEWS])
    for (const row of rows) expect(row.options).toContain('security_invoker=true')
  })

  test('the application’s role neither owns a table nor may pass by the policies', async () => {
    const role = decodeURIComponent(new URL(database.url).username)
    const [found] = await sql`
      select rolsuper or rolbypassrls or rolcreaterole as above,
        exists (select from pg_class where relowner = r.oid) as owns from pg_roles r where rolname = ${role}`
    expect(found).toEqual({ above: false, owns: false })
  })
})
