import { sql, type Kysely } from 'kysely'

const KNOWN = `'none', 'reached', 'refused', 'ineligible', 'noncontact', 'other'`

/**
 * What became of a case may be that its quota was full; and what was known of it stays on its partial answer when the link between
 * the two is cut, so that the field report goes on saying what it said.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table survey_case drop constraint survey_case_disposition_check`.execute(db)
  await sql`
    alter table survey_case add constraint survey_case_disposition_check
      check (disposition in (${sql.raw(KNOWN)}, 'quota_full'))`.execute(db)
  await sql`alter table survey_answer add column disposition text`.execute(db)
}

/** Cases that a full quota turned away are as if nothing were known of them. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table survey_answer drop column disposition`.execute(db)
  await sql`update survey_case set disposition = 'none' where disposition = 'quota_full'`.execute(db)
  await sql`alter table survey_case drop constraint survey_case_disposition_check`.execute(db)
  await sql`
    alter table survey_case add constraint survey_case_disposition_check check (disposition in (${sql.raw(KNOWN)}))`.execute(
    db,
  )
}
