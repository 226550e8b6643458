import { sql, type Kysely } from 'kysely'
import { guardTenant } from './guard-tenant.ts'

/**
 * Single items of all units at a procedure over a month, quarter or year, as pages compare them. The tally job makes them in the
 * transaction in which it counts, or later; `state` names the counts and `basis` the units and rules on which they rest, and
 * where either is another one, pages add the units up themselves.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // the key serves a page, which reads a period whole
  await sql`
    create table tally_spot_total (
      tenant_id int not null references tenant (id) on delete cascade,
      from_month date not null, to_month date not null, procedure_id int not null,
      state text not null, basis text not null, spots text not null,
      primary key (tenant_id, from_month, to_month, procedure_id))`.execute(db)
  await guardTenant(db, 'tally_spot_total')
}

/** Forgets them. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table tally_spot_total`.execute(db)
}
