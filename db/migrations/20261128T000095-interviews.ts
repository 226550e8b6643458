import { sql, type Kysely } from 'kysely'

/**
 * Interviews from tablets. A receipt outlives the link to its case, so that a device's numbers stay without gaps when links are cut;
 * it keeps how far the device's clock was off, and what it noted of the case.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table survey_receipt alter column case_id drop not null, add column skew_ms bigint not null default 0,
      add column disposition text
        check (disposition in ('none', 'reached', 'refused', 'ineligible', 'noncontact', 'other'))`.execute(db)
  // what a device noted of a case later than this; also the cut of links
  await sql`create index survey_receipt_case_idx on survey_receipt (tenant_id, case_id) where case_id is not null`.execute(
    db,
  )
  // all answers of a case, whatever their standing
  await sql`create index survey_answer_of_case_idx on survey_answer (tenant_id, case_id) where case_id is not null`.execute(
    db,
  )
  // answers beside the one that counts, for the list of conflicts
  await sql`drop index survey_answer_rival_idx`.execute(db)
  await sql`
    create index survey_answer_aside_idx on survey_answer (tenant_id, campaign_id, case_id) where standing <> 'main'`.execute(
    db,
  )
}

/** Removes what was noted with receipts, and receipts without a case. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index survey_answer_aside_idx, survey_answer_of_case_idx, survey_receipt_case_idx`.execute(db)
  await sql`
    create index survey_answer_rival_idx on survey_answer (tenant_id, campaign_id, case_id) where standing = 'rival'`.execute(
    db,
  )
  await sql`delete from survey_receipt where case_id is null`.execute(db)
  await sql`alter table survey_receipt drop column skew_ms, drop column disposition, alter column case_id set not null`.execute(
    db,
  )
}
