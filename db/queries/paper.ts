import { sql, type Transaction } from 'kysely'
import type { SurveyAnswers } from '../../api/core/questionnaire/definition.ts'
import type { DB } from '../schema/tables.ts'

/** What was typed of a paper form, by pass, with the names of those who typed it. */
export function paperEntries(trx: Transaction<DB>, tenantId: number, caseId: number) {
  return trx
    .selectFrom('paper_entry')
    .leftJoin('user', 'user.id', 'paper_entry.entered_by')
    .select(['paper_entry.pass', 'paper_entry.answers', 'paper_entry.private_id'])
    .select(['paper_entry.entered_at', 'paper_entry.entered_by', 'user.name as typist'])
    .where('paper_entry.tenant_id', '=', tenantId)
    .where('paper_entry.case_id', '=', caseId)
    .orderBy('paper_entry.pass')
    .execute()
}
export type PaperEntry = Awaited<ReturnType<typeof paperEntries>>[number]

/** Stores a pass in place of what it was before. @returns the id under which its sensitive answers are kept */
export async function savePaperEntry(
  trx: Transaction<DB>,
  tenantId: number,
  entry: { caseId: number; pass: 1 | 2; answers: SurveyAnswers; at: Date; by: string },
): Promise<string> {
  const { rows } = await sql<{ private_id: string }>`
    insert into paper_entry (tenant_id, case_id, pass, answers, entered_at, entered_by)
    values (${tenantId}, ${entry.caseId}, ${entry.pass}, ${JSON.stringify(entry.answers)}::text::jsonb, ${entry.at}, ${entry.by})
    on conflict (tenant_id, case_id, pass) do update
      set answers = excluded.answers, entered_at = excluded.entered_at, entered_by = excluded.entered_by
    returning private_id`.execute(trx)
  const [row] = rows
  if (!row) throw new Error('a paper form was not stored')
  return row.private_id
}

interface Key {
  tenantId: number
  campaignId: number
}

/** Stores sensitive answers under a pseudonym in place of what was there; none: nothing stays. */
export async function savePrivate(
  trx: Transaction<DB>,
  key: Key,
  { pseudonym, keyVersion, answers }: { pseudonym: Uint8Array; keyVersion: number; answers: SurveyAnswers },
): Promise<void> {
  if (Object.keys(answers).length === 0) return dropPrivate(trx, key, [pseudonym])
  await sql`
    insert into survey_private (tenant_id, campaign_id, pseudonym, key_version, answers)
    values (${key.tenantId}, ${key.campaignId}, ${pseudonym}, ${keyVersion}, ${JSON.stringify(answers)}::text::jsonb)
    on conflict (tenant_id, campaign_id, pseudonym) do update set answers = excluded.answers`.execute(trx)
}

/** Forgets sensitive answers. */
export async function dropPrivate(trx: Transaction<DB>, key: Key, pseudonyms: Uint8Array[]): Promise<void> {
  await trx
    .deleteFrom('survey_private')
    .where('tenant_id', '=', key.tenantId)
    .where('campaign_id', '=', key.campaignId)
    .where('pseudonym', 'in', pseudonyms)
    .execute()
}

/** Typed passes of campaigns closed before a moment, with what the ids of their sensitive answers are made from. At most `limit`. */
export async function passesOver(trx: Transaction<DB>, tenantId: number, before: Date, limit: number) {
  const { rows } = await sql<PassOver>`
    select e.case_id, e.pass, e.private_id, c.campaign_id, c.key_version from campaign g
    join survey_case c on c.tenant_id = g.tenant_id and c.campaign_id = g.id
    join paper_entry e on e.tenant_id = c.tenant_id and e.case_id = c.id
    where g.tenant_id = ${tenantId} and g.state = 'closed' and g.closed_at < ${before} limit ${limit}`.execute(trx)
  return rows
}
export interface PassOver {
  case_id: number
  pass: 1 | 2
  private_id: string
  campaign_id: number
  key_version: number
}

/** Forgets typed passes of some cases. */
export async function dropPasses(trx: Transaction<DB>, tenantId: number, cases: number[]): Promise<void> {
  await trx.deleteFrom('paper_entry').where('tenant_id', '=', tenantId).where('case_id', 'in', cases).execute()
}

/** Notes of an answer that it came on paper. */
export async function markPaper(trx: Transaction<DB>, key: Key, answerId: string): Promise<void> {
  await trx
    .updateTable('survey_answer')
    .set({ mode: 'paper' })
    .where('tenant_id', '=', key.tenantId)
    .where('campaign_id', '=', key.campaignId)
    .where('id', '=', answerId)
    .execute()
}

/** The answer of a case that came on paper, whatever its standing; one that somebody went on with in a browser is no longer it. */
export function findPaperAnswer(trx: Transaction<DB>, tenantId: number, caseId: number) {
  return trx
    .selectFrom('survey_answer')
    .select(['id', 'standing', 'revision', 'complete'])
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .where('mode', '=', 'paper')
    .orderBy('received_at')
    .limit(1)
    .executeTakeFirst()
}
