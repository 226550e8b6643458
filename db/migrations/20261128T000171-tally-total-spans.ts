import { sql, type Kysely } from 'kysely'
import { guardTenant } from './guard-tenant.ts'

const COUNTS = ['na', 'c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8']
const SUMS = COUNTS.map((name) => `sum(${name}) as ${name}`).join(', ')
const LIST = `json_agg(json_build_array(unit_id, item, main, field, papi_group, lateness, ${COUNTS.join(', ')}))`

/**
 * A province's months, quarters and years as its page reads them: `tally_total` summed over the span, as lists of unit, item, main,
 * field, PAPI group, lateness, those who could not say and the nine counts. `of_all`: all units together; `of_units`: each unit.
 * The tally job makes them anew with the months in them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tally_total_span (
      tenant_id int not null references tenant (id) on delete cascade,
      from_month date not null, to_month date not null, of_all text not null, of_units text not null,
      primary key (tenant_id, from_month, to_month))`.execute(db)
  const { rows } = await sql<{ id: number }>`select id from tenant`.execute(db)
  for (const { id } of rows) {
    await sql`select set_config('app.tenant', ${String(id)}, true)`.execute(db)
    await sql`
      insert into tally_total_span
      select ${id}::int, s.from_month, s.to_month,
        coalesce(${sql.raw(LIST)} filter (where unit_id = 0), '[]'), coalesce(${sql.raw(LIST)} filter (where unit_id <> 0), '[]')
      from (
        select distinct date_trunc(kind, month::timestamp)::date as from_month, (date_trunc(kind, month::timestamp) + more)::date as to_month
        from tally_total, (values ('month', interval '0 months'), ('quarter', '2 months'), ('year', '11 months')) k (kind, more)
        where tenant_id = ${id}) s
      cross join lateral (
        select unit_id, item, main, field, papi_group, lateness, ${sql.raw(SUMS)} from tally_total
        where tenant_id = ${id} and month between s.from_month and s.to_month group by 1, 2, 3, 4, 5, 6) t
      group by 1, 2, 3`.execute(db)
  }
  await sql`select set_config('app.tenant', '', true)`.execute(db)
  await guardTenant(db, 'tally_total_span')
}

/** Forgets the spans. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table tally_total_span`.execute(db)
}
