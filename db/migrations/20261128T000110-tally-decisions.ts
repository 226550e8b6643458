import { sql, type Kysely } from 'kysely'
import { guardTenant } from './guard-tenant.ts'

const COUNTS = 'c0, c1, c2, c3, c4, c5, c6, c7, c8, na'
const NOT_NULL = COUNTS.replaceAll(/,|$/g, ' int not null$&')
const SUMS = COUNTS.replaceAll(/\w+/g, 'sum($&)')

/**
 * What a page shows of one moment without counting or deciding anything itself. The tally job makes both in the transaction in
 * which it counts.
 *
 * `tally_total`: a province's month. Under the unit 0 the sums of all units, each answer once, apart as in `tally_sum`; under
 * each unit its overall item, what was received and who was asked, without any class.
 * `tally_decision`: what may be shown of a year. `version` and `number` of `tally_version` name the counts on which it was decided,
 * `basis` the units, items and rules; without a row that fits a page decides itself.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tally_total (
      tenant_id int not null references tenant (id) on delete cascade,
      unit_id int not null, month date not null, item text not null, main boolean not null,
      field text not null, papi_group text not null, lateness smallint not null, ${sql.raw(NOT_NULL)},
      primary key (tenant_id, month, unit_id, item, main, field, papi_group, lateness))`.execute(db)
  await sql`
    create table tally_decision (
      tenant_id int not null references tenant (id) on delete cascade,
      year int not null, version uuid not null, number bigint not null, basis text not null, hidden text not null,
      primary key (tenant_id, year))`.execute(db)
  const { rows } = await sql<{ id: number }>`select id from tenant`.execute(db)
  for (const { id } of rows) {
    await sql`select set_config('app.tenant', ${String(id)}, true)`.execute(db)
    await sql`
      insert into tally_total
      select tenant_id, 0, month, item, main, field, papi_group, lateness, ${sql.raw(SUMS)} from tally_sum
      where tenant_id = ${id} and main group by 1, 2, 3, 4, 5, 6, 7, 8`.execute(db)
    await sql`
      insert into tally_total
      select tenant_id, unit_id, month, item, main, '', '', 0, ${sql.raw(SUMS)} from tally_sum
      where tenant_id = ${id} and item in ('OVERALL', '@received', '@ask') group by 1, 2, 3, 4, 5`.execute(db)
  }
  await sql`select set_config('app.tenant', '', true)`.execute(db)
  for (const table of ['tally_total', 'tally_decision']) await guardTenant(db, table)
}

/** Forgets the totals and what was decided. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table tally_decision, tally_total`.execute(db)
}
