import { sql, type Kysely } from 'kysely'
import { guardTenant } from './guard-tenant.ts'

const NAMES = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'na']
const COUNTS = NAMES.join(', ')
const NOT_NULL = NAMES.map((name) => `${name} int not null`).join(', ')
const SUMS = NAMES.map((name) => `sum(${name})`).join(', ')

/**
 * Single items by procedure as pages read them: a unit's year at a procedure is one row instead of one for each item of each month.
 *
 * `tally_spot_year.months`: by month (`01` to `12`) a text of its items with answers, in the order of their codes, joined by
 * commas; each is the code, the number of those who could not say, and the counts of its options, after the last answer nothing.
 * Only what rates the unit itself.
 * `tally_overall`: how many valid answers the overall item has, from which is decided what units that take in for others may show.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tally_spot_year (
      tenant_id int not null references tenant (id) on delete cascade,
      unit_id int not null, year int not null, procedure_id int not null, months jsonb not null,
      primary key (tenant_id, unit_id, year, procedure_id))`.execute(db)
  await sql`
    create table tally_overall (
      tenant_id int not null references tenant (id) on delete cascade,
      month date not null, unit_id int not null, procedure_id int not null, main boolean not null, n int not null,
      primary key (tenant_id, month, unit_id, procedure_id, main))`.execute(db)
  const { rows } = await sql<{ id: number }>`select id from tenant`.execute(db)
  for (const { id } of rows) {
    await sql`select set_config('app.tenant', ${String(id)}, true)`.execute(db)
    await sql`
      insert into tally_spot_year
      select tenant_id, unit_id, extract(year from month)::int, procedure_id, jsonb_object_agg(to_char(month, 'MM'), line)
      from (
        select tenant_id, unit_id, month, procedure_id, string_agg(
          item || regexp_replace(concat(' ', na, ' ', c0, ' ', c1, ' ', c2, ' ', c3, ' ', c4, ' ', c5, ' ', c6, ' ', c7, ' ', c8), '( 0)+$', ''),
          ',' order by item collate "C") as line
        from tally_spot where tenant_id = ${id} and main group by 1, 2, 3, 4) m
      group by 1, 2, 3, 4 order by 2, 3, 4`.execute(db)
    await sql`
      insert into tally_overall
      select tenant_id, month, unit_id, procedure_id, main, n from (
        select *, c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 as n from tally_spot where tenant_id = ${id} and item = 'OVERALL') t
      where n > 0 order by 2, 3, 4`.execute(db)
  }
  await sql`select set_config('app.tenant', '', true)`.execute(db)
  // the counts of all units of the procedures that have changed
  await sql`create index tally_spot_year_procedure_idx on tally_spot_year (tenant_id, procedure_id, year)`.execute(db)
  for (const table of ['tally_spot_year', 'tally_overall']) await guardTenant(db, table)
  await sql`drop table tally_spot`.execute(db)
}

/** Keeps single items in rows again, counted from the tallies. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tally_spot (
      tenant_id int not null references tenant (id) on delete cascade,
      unit_id int not null, month date not null, procedure_id int not null, item text not null, main boolean not null,
      ${sql.raw(NOT_NULL)},
      primary key (tenant_id, unit_id, month, procedure_id, item, main))`.execute(db)
  const { rows } = await sql<{ id: number }>`select id from tenant`.execute(db)
  for (const { id } of rows) {
    await sql`select set_config('app.tenant', ${String(id)}, true)`.execute(db)
    await sql`
      insert into tally_spot (tenant_id, unit_id, month, procedure_id, item, main, ${sql.raw(COUNTS)})
      select tenant_id, unit_id, month, procedure_id, item, main, ${sql.raw(SUMS)}
      from tally where tenant_id = ${id} and stream = 'dossier' and counted and event in ('returned', 'refused')
        and item not like '@%' and item not like '%*%' and (main or item = 'OVERALL')
      group by 1, 2, 3, 4, 5, 6`.execute(db)
  }
  await sql`select set_config('app.tenant', '', true)`.execute(db)
  await sql`create index tally_spot_overall_idx on tally_spot (tenant_id, month) where item = 'OVERALL'`.execute(db)
  await sql`create index tally_spot_procedure_idx on tally_spot (tenant_id, procedure_id, month)`.execute(db)
  await guardTenant(db, 'tally_spot')
  await sql`drop table tally_overall, tally_spot_year`.execute(db)
}
