import type { Session } from './session.ts'

/** A table as the database's own catalogue describes it. */
export interface Table {
  readonly name: string
  /** In their order, without those that the server computes. */
  readonly columns: readonly string[]
  /** Row-level security hides rows of this table from the session's role. */
  readonly guarded: boolean
  readonly rowsOfTenants: boolean
}

/** Kysely's own bookkeeping: a restored database is migrated, so it makes its own. */
const NOT_OURS = ['kysely_migration', 'kysely_migration_lock']

/** Every table of the application in the order of their names, whatever the version of its schema. */
export async function listTables({ sql, seesAll }: Session): Promise<Table[]> {
  const tables = await sql<{ name: string; columns: string[]; secured: boolean; owned: boolean; forced: boolean }[]>`
    select c.relname as name, c.relrowsecurity as secured, c.relforcerowsecurity as forced,
      pg_has_role(c.relowner, 'usage') as owned,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> all (${NOT_OURS})
    order by c.relname collate "C"`
  return tables.map(({ name, columns, secured, forced, owned }) => ({
    name,
    columns: columns ?? [],
    guarded: secured && !seesAll && (forced || !owned),
    rowsOfTenants: (columns ?? []).includes('tenant_id'),
  }))
}

/** The last number given out by each sequence, and whether it was used. */
export interface SequencePosition {
  readonly name: string
  readonly last: string
  readonly used: boolean
}

/** Sequences stand outside transactions: read after the rows they are never behind them. */
export async function readSequences({ sql }: Session): Promise<SequencePosition[]> {
  const names = await listSequences(sql)
  const positions: SequencePosition[] = []
  for (const name of names) {
    const [row] = await sql<{ last: string; used: boolean }[]>`
      select last_value::text as last, is_called as used from ${sql(name)}`
    if (row) positions.push({ name, ...row })
  }
  return positions
}

/** Names of all sequences. */
export async function listSequences(sql: Session['sql']): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'
    order by relname collate "C"`
  return rows.map(({ name }) => name)
}

/** Names of the applied migrations, oldest first; none in a database that was never migrated. */
export async function appliedMigrations(sql: Session['sql']): Promise<string[]> {
  const [found] = await sql<{ here: boolean }[]>`select to_regclass('public.kysely_migration') is not null as here`
  if (found?.here !== true) return []
  const rows = await sql<{ name: string }[]>`select name from public.kysely_migration order by name collate "C"`
  return rows.map(({ name }) => name)
}

/** Ids of all tenants; none before there is the table. */
export async function tenantIds(sql: Session['sql']): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`select id from public.tenant order by id`
  return rows.map(({ id }) => id)
}

/** A name as SQL writes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
