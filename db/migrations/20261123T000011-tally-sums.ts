import { sql, type Kysely } from 'kysely'
import { guardTenant } from './guard-tenant.ts'

const COUNTS = 'c0, c1, c2, c3, c4, c5, c6, c7, c8, na'
const NOT_NULL =
  'c0 int not null, c1 int not null, c2 int not null, c3 int not null, c4 int not null, c5 int not null, c6 int not null, c7 int not null, c8 int not null, na int not null'
const SUMS = COUNTS.split(', ')
  .map((column) => `sum(${column})`)
  .join(', ')

/**
 * Tallies summed as pages read them, of finished dossiers and of what was received. The job that rebuilds a cell of `tally`
 * rebuilds its sums in the same transaction, from `tally` and never by adding.
 *
 * `tally_sum`: a unit's month, without its procedures. An item's rows are kept apart by field (overall item, @received), by PAPI
 * group (qualities, their joint items, register counts) and by lateness (overall item, @outcome), and by nothing else.
 * `tally_spot`: a unit's month by procedure, single items only; what rates another unit only for the overall item.
 * `tally_version`: a new value whenever the tallies of a year have changed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tally_sum (
      tenant_id int not null references tenant (id) on delete cascade,
      unit_id int not null, month date not null, item text not null, main boolean not null,
      field text not null, papi_group text not null, lateness smallint not null, ${sql.raw(NOT_NULL)},
      primary key (tenant_id, unit_id, month, item, main, field, papi_group, lateness))`.execute(db)
  await sql`
    create table tally_spot (
      tenant_id int not null references tenant (id) on delete cascade,
      unit_id int not null, month date not null, procedure_id int not null, item text not null, main boolean not null,
      ${sql.raw(NOT_NULL)},
      primary key (tenant_id, unit_id, month, procedure_id, item, main))`.execute(db)
  await sql`
    create table tally_version (
      tenant_id int not null references tenant (id) on delete cascade,
      year int not null, version uuid not null, primary key (tenant_id, year))`.execute(db)
  const { rows } = await sql<{ id: number }>`select id from tenant`.execute(db)
  for (const { id } of rows) {
    await sql`select set_config('app.tenant', ${String(id)}, true)`.execute(db)
    await sql`
      insert into tally_sum
      select t.tenant_id, unit_id, month, item, main, case when item in ('OVERALL', '@received') then p.field else '' end,
        case when item like 'Q\\_%' or item in ('@received', '@ask', '@outcome') then coalesce(p.papi_group, '') else '' end,
        case when item in ('OVERALL', '@outcome') then lateness else 0 end, ${sql.raw(SUMS)}
      from tally t join procedure p on p.tenant_id = t.tenant_id and p.id = t.procedure_id
      where t.tenant_id = ${id} and stream = 'dossier' and counted and (item = '@received' or event in ('returned', 'refused'))
      group by 1, 2, 3, 4, 5, 6, 7, 8`.execute(db)
    await sql`
      insert into tally_spot
      select tenant_id, unit_id, month, procedure_id, item, main, ${sql.raw(SUMS)}
      from tally where tenant_id = ${id} and stream = 'dossier' and counted and event in ('returned', 'refused')
        and item not like '@%' and item not like '%*%' and (main or item = 'OVERALL')
      group by 1, 2, 3, 4, 5, 6`.execute(db)
    await sql`
      insert into tally_version select ${id}::int, year, gen_random_uuid()
      from (select distinct extract(year from month)::int as year from tally_sum where tenant_id = ${id}) y`.execute(db)
  }
  await sql`select set_config('app.tenant', '', true)`.execute(db)
  // which units share procedures of the overall item, over a year of all units
  await sql`create index tally_spot_overall_idx on tally_spot (tenant_id, month) where item = 'OVERALL'`.execute(db)
  // A procedure that changes field or group moves its counts: all its cells are rebuilt.
  await sql`
    create function recount_moved_procedures() returns trigger language plpgsql as $$
    begin
      insert into tally_change (tenant_id, unit_id, month, procedure_id)
      select distinct t.tenant_id, t.unit_id, t.month, t.procedure_id
      from changed n join former o on o.tenant_id = n.tenant_id and o.id = n.id
      join tally t on t.tenant_id = n.tenant_id and t.procedure_id = n.id
      where (n.field, n.papi_group) is distinct from (o.field, o.papi_group);
      return null;
    end $$`.execute(db)
  await sql`
    create trigger procedure_moved after update on procedure referencing new table as changed old table as former
    for each statement execute function recount_moved_procedures()`.execute(db)
  for (const table of ['tally_sum', 'tally_spot', 'tally_version']) await guardTenant(db, table)
}

/** Removes the sums. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop trigger procedure_moved on procedure`.execute(db)
  await sql`drop function recount_moved_procedures`.execute(db)
  await sql`drop table tally_version, tally_spot, tally_sum`.execute(db)
}
