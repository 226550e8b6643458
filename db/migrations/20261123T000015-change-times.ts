import { sql, type Kysely } from 'kysely'

/** When a change of a cell was noted, so that operators see how far counting is behind. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table tally_change add column at timestamptz not null default now()`.execute(db)
}

/** Forgets the times. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table tally_change drop column at`.execute(db)
}
