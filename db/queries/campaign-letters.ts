import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'

interface Key {
  tenantId: number
  campaignId: number
}
/** Whom a letter is for: who has got none yet, or who has got one and not answered. */
export type Mailing = 'invitation' | 'reminder'

/**
 * Released cases that a letter is for. Nobody who has answered, refused or is not of the population is written to.
 * @param before only who got the last letter before this day; null: whenever, for printing again
 */
function due(trx: Transaction<DB>, key: Key, mailing: Mailing, before: string | null) {
  return trx
    .selectFrom('survey_case')
    .where('survey_case.tenant_id', '=', key.tenantId)
    .where('survey_case.campaign_id', '=', key.campaignId)
    .where('survey_case.released', '=', true)
    .where('survey_case.token_hash', 'is not', null)
    .where('survey_case.state', '<>', 'complete')
    .where('survey_case.disposition', 'in', ['none', 'reached', 'noncontact'])
    .$if(mailing === 'invitation' && before !== null, (q) => q.where('survey_case.letters', '=', 0))
    .$if(mailing === 'reminder', (q) => q.where('survey_case.letters', '>', 0))
    .$if(mailing === 'reminder' && before !== null, (q) =>
      q.where(sql<boolean>`(survey_case.last_letter_at at time zone 'Asia/Ho_Chi_Minh')::date < ${before}::date`),
    )
}

/** Cases to print, by id, with their sealed contacts. */
export function casesToPrint(
  trx: Transaction<DB>,
  key: Key,
  mailing: Mailing,
  page: { before: string | null; after: number; limit: number },
) {
  return due(trx, key, mailing, page.before)
    .innerJoin('campaign_frame', (join) =>
      join
        .onRef('campaign_frame.tenant_id', '=', 'survey_case.tenant_id')
        .onRef('campaign_frame.id', '=', 'survey_case.frame_id'),
    )
    .leftJoin('campaign_contact', (join) =>
      join
        .onRef('campaign_contact.tenant_id', '=', 'survey_case.tenant_id')
        .onRef('campaign_contact.campaign_id', '=', 'survey_case.campaign_id')
        .onRef('campaign_contact.frame_id', '=', 'survey_case.frame_id'),
    )
    .select(['survey_case.id', 'survey_case.key_version', 'survey_case.short_n', 'survey_case.frame_id'])
    .select('survey_case.form')
    .select(['campaign_frame.code', 'campaign_contact.key_version as contact_key', 'campaign_contact.sealed'])
    .where('survey_case.id', '>', page.after)
    .orderBy('survey_case.id')
    .limit(page.limit)
    .execute()
}
export type PrintableCase = Awaited<ReturnType<typeof casesToPrint>>[number]

/**
 * Where each batch of so many letters begins: the id before its first case, and how many are in it.
 * @param page.after only cases behind this id; `limit` batches at most
 */
export async function letterBatches(
  trx: Transaction<DB>,
  key: Key,
  mailing: Mailing,
  {
    before,
    size,
    after = 0,
    limit = null,
  }: { before: string | null; size: number; after?: number; limit?: number | null },
) {
  const ids = due(trx, key, mailing, before).where('survey_case.id', '>', after).select('survey_case.id')
  const { rows } = await sql<{ after: number; cases: number }>`
    select (min(id) - 1)::bigint as after, count(*)::int as cases from (
      select id, (row_number() over (order by id) - 1) / ${size}::int as batch from (${ids}) d) numbered
    group by batch order by batch limit ${limit}::int`.execute(trx)
  return rows
}

/** Notes that a letter of this kind went out on a day. @returns to how many */
export async function markSent(
  trx: Transaction<DB>,
  key: Key,
  mailing: Mailing,
  sent: { day: string; at: Date },
): Promise<number> {
  const ids = due(trx, key, mailing, sent.day).select('survey_case.id')
  const { numAffectedRows } = await sql`
    update survey_case c set letters = c.letters + 1, last_letter_at = ${sent.at}
    from (${ids}) d where c.tenant_id = ${key.tenantId} and c.id = d.id`.execute(trx)
  return Number(numAffectedRows ?? 0)
}
