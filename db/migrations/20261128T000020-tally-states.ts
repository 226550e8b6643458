import { sql, type Kysely } from 'kysely'
import { guardTenant } from './guard-tenant.ts'

/**
 * What has changed since a page was made last, so that it reads only that anew. `tally_version` counts how often tallies of a
 * year were rebuilt; `tally_state` says at which count the cells of a procedure's month were rebuilt last (absent: before
 * the first). `tally_version.version` stays the same while the count goes on.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table tally_version add column number bigint not null default 0`.execute(db)
  await sql`
    create table tally_state (
      tenant_id int not null references tenant (id) on delete cascade,
      month date not null, procedure_id int not null, number bigint not null,
      primary key (tenant_id, month, procedure_id))`.execute(db)
  await guardTenant(db, 'tally_state')
  // the counts of all units in the months that have changed
  await sql`create index tally_sum_month_idx on tally_sum (tenant_id, month)`.execute(db)
  // which months there are, and how many answered in each
  await sql`
    create index tally_sum_answered_idx on tally_sum (tenant_id, month) include (c2)
    where item = '@ask' and main`.execute(db)
  // the counts of all units of the procedures that have changed
  await sql`create index tally_spot_procedure_idx on tally_spot (tenant_id, procedure_id, month)`.execute(db)
}

/** Forgets when cells were rebuilt. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index tally_spot_procedure_idx`.execute(db)
  await sql`drop index tally_sum_answered_idx`.execute(db)
  await sql`drop index tally_sum_month_idx`.execute(db)
  await sql`drop table tally_state`.execute(db)
  await sql`alter table tally_version drop column number`.execute(db)
}
