import { sql, type Kysely } from 'kysely'

/**
 * How the answers of a campaign are weighed (classes of non-response, margins, cap) and by which rules answers are kept out of
 * results. Rules are applied whenever results are made, so that they hold for answers that come in later too: nothing about
 * them is written at an answer.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table campaign rename column margins to weighting`.execute(db)
  await sql`alter table campaign add column quality_rules jsonb not null default '[]'`.execute(db)
  await sql`alter table survey_answer drop column excluded_by`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table survey_answer add column excluded_by text`.execute(db)
  await sql`alter table campaign drop column quality_rules`.execute(db)
  await sql`alter table campaign rename column weighting to margins`.execute(db)
}
