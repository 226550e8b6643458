import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'
import { appRole } from '../../db/embedded.ts'

/** A database that nothing was ever done to. */
export interface NewDatabase {
  readonly url: string
  readonly ownerUrl: string
  drop(): Promise<void>
}

/** @param owner a role without superuser's rights that is to own it; default: the embedded server's owner */
export async function newDatabase(owner?: { name: string; password: string }): Promise<NewDatabase> {
  const urls = inject('templateUrls')
  const name = `new_${randomBytes(6).toString('hex')}`
  const as = (url: string, database: string): string => {
    const changed = new URL(url)
    changed.pathname = `/${database}`
    return changed.href
  }
  await once(as(urls.ownerUrl, 'postgres'), (sql) =>
    sql.unsafe(`create database ${name} ${owner ? `owner ${owner.name}` : ''}`),
  )
  if (owner) {
    // what a database administrator does for a new owner
    await once(as(urls.ownerUrl, name), (sql) => sql.unsafe(`alter schema public owner to ${owner.name}`))
  }
  const ownerUrl = new URL(as(urls.ownerUrl, name))
  if (owner) Object.assign(ownerUrl, { username: owner.name, password: owner.password })
  return {
    url: as(urls.url, name),
    ownerUrl: ownerUrl.href,
    drop: async () =>
      void (await once(as(urls.ownerUrl, 'postgres'), (sql) =>
        sql.unsafe(`drop database if exists ${name} with (force)`),
      )),
  }
}

/** A role that owns databases and is bound by row-level security, as in a province's own data centre. */
export async function plainOwner(): Promise<{ name: string; password: string; drop(): Promise<void> }> {
  const admin = new URL(inject('templateUrls').ownerUrl)
  admin.pathname = '/postgres'
  const [name, password] = [`owner_${randomBytes(4).toString('hex')}`, randomBytes(12).toString('hex')]
  await once(admin.href, (sql) =>
    sql.unsafe(`create role ${name} login nosuperuser nobypassrls password '${password}'`),
  )
  return { name, password, drop: async () => void (await once(admin.href, (sql) => sql.unsafe(`drop role ${name}`))) }
}

/** The same database as its server's superuser. */
export function asSuperuser(ownerUrl: string): string {
  const url = new URL(inject('templateUrls').ownerUrl)
  url.pathname = new URL(ownerUrl).pathname
  return url.href
}

export async function once<T>(url: string, work: (sql: postgres.Sql) => PromiseLike<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

/**
 * Every row of every table, as one hash for each table, told by the server alone; also positions of sequences and the
 * shape of everything: columns, constraints, indexes, policies, triggers, rights.
 */
export function portrait(ownerUrl: string): Promise<Record<string, string>> {
  return once(asSuperuser(ownerUrl), async (sql) => {
    await sql`set timezone = 'UTC'`
    const told: Record<string, string> = {}
    const tables = await sql<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and relname not in ('kysely_migration', 'kysely_migration_lock') order by 1`
    for (const { name } of tables) {
      const [row] = await sql<{ told: string }[]>`
        select count(*) || ' ' || coalesce(md5(string_agg(t::text, e'\n' order by t::text collate "C")), '') as told
        from ${sql(name)} t`
      told[name] = row?.told ?? ''
    }
    const sequences = await sql<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S' order by 1`
    for (const { name } of sequences) {
      const [row] = await sql<{ told: string }[]>`select last_value || ' ' || is_called as told from ${sql(name)}`
      told[name] = row?.told ?? ''
    }
    const shapes = await sql<{ name: string; told: string }[]>`
      select 'column ' || table_name || '.' || column_name as name,
        concat_ws(' ', ordinal_position, data_type, is_nullable, column_default, identity_generation) as told
      from information_schema.columns where table_schema = 'public'
      union all
      select 'constraint ' || conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) || ' ' || convalidated
      from pg_constraint where connamespace = 'public'::regnamespace
      union all
      select 'index ' || indexname, indexdef from pg_indexes where schemaname = 'public'
      union all
      select 'policy ' || tablename || '.' || policyname, concat_ws(' ', cmd, qual, with_check)
      from pg_policies where schemaname = 'public'
      union all
      select 'table ' || relname, concat_ws(' ', relrowsecurity, relforcerowsecurity,
        has_table_privilege(${appRole}, oid, 'select, insert, update, delete'))
      from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
      union all
      select 'trigger ' || tgrelid::regclass || '.' || tgname, tgenabled::text from pg_trigger where not tgisinternal
      union all
      select 'migration', string_agg(name, ' ' order by name) from kysely_migration`
    for (const { name, told: what } of shapes) told[name] = what
    return told
  })
}
