import { sql, type Kysely } from 'kysely'

/**
 * A paper form that was typed keeps sensitive answers apart, as an answer does: in `survey_private` under a keyed hash of
 * `private_id`. With the entry that id goes too, and nothing leads from them to a case any more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table paper_entry add column private_id uuid not null default gen_random_uuid()`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table paper_entry drop column private_id`.execute(db)
}
