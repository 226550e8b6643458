import { quoted } from './catalog.ts'
import type { Session } from './session.ts'

/**
 * Takes off, within the transaction, what would slow a load down or stand in its way: foreign keys and indexes that are
 * cheaper made at the end from all rows (and so checked by them), triggers, and forced row-level security, under which
 * not even the owner may COPY into a table.
 *
 * @returns puts everything back as it was; foreign keys are then checked
 */
export async function setAside(sql: Session['sql'], tables: readonly string[]): Promise<() => Promise<void>> {
  const keys = await sql<{ table: string; name: string; definition: string }[]>`
    select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where connamespace = 'public'::regnamespace and contype = 'f' and conparentid = 0
    order by conrelid::regclass::text, conname`
  const indexes = await sql<{ name: string; definition: string }[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class c on c.oid = i.indrelid
    where c.relnamespace = 'public'::regnamespace and not i.indisprimary and not c.relispartition
      and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
    order by 1`
  const forced = await sql<{ name: string }[]>`
    select oid::regclass::text as name from pg_class
    where relnamespace = 'public'::regnamespace and relforcerowsecurity order by 1`
  for (const { table, name } of keys) await sql.unsafe(`alter table ${table} drop constraint ${name}`)
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`)
  for (const { name } of forced) await sql.unsafe(`alter table ${name} no force row level security`)
  for (const name of tables) await sql.unsafe(`alter table public.${quoted(name)} disable trigger user`)
  return async () => {
    for (const { definition } of indexes) await sql.unsafe(definition)
    for (const { table, name, definition } of keys)
      await sql.unsafe(`alter table ${table} add constraint ${name} ${definition}`)
    for (const name of tables) await sql.unsafe(`alter table public.${quoted(name)} enable trigger user`)
    for (const { name } of forced) await sql.unsafe(`alter table ${name} force row level security`)
  }
}
