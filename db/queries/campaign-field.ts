import { sql, type Transaction } from 'kysely'
import type { SurveyAnswers } from '../../api/core/questionnaire/definition.ts'
import type { CaseState, Disposition } from '../schema/campaigns.ts'
import type { DB } from '../schema/tables.ts'

interface Key {
  tenantId: number
  campaignId: number
}
/** Cases that are alike, in one stratum or in all. */
export interface CaseGroupRow {
  stratum: string
  state: CaseState
  disposition: Disposition
  opened: boolean
  cases: number
}
/**
 * Released cases in groups. @param by.stratum else all together, and stratum empty @param by.partial those with a partial answer too,
 * which are of different outcomes by how far it got
 */
export async function caseGroups(
  trx: Transaction<DB>,
  key: Key,
  by: { stratum: boolean; partial: boolean },
): Promise<CaseGroupRow[]> {
  const stratum = by.stratum ? sql`c.stratum` : sql`''`
  const { rows } = await sql<CaseGroupRow>`
    select ${stratum} as stratum, c.state, c.disposition, c.opened_at is not null as opened, count(*)::int as cases
    from survey_case c
    where c.tenant_id = ${key.tenantId} and c.campaign_id = ${key.campaignId} and c.released
      ${by.partial ? sql`` : sql`and c.state <> 'partial'`}
    group by 1, 2, 3, 4`.execute(trx)
  return rows
}

/** A partial answer with what is known of its case. */
export interface PartialRow {
  id: string
  stratum: string
  disposition: Disposition
  answers: SurveyAnswers
  /** Last answered question. */
  last_item: string | null
}

/** Partial answers that stand, by id. Once links have been cut, what was known of their cases is what was known then. */
export async function partialAnswers(
  trx: Transaction<DB>,
  key: Key,
  page: { after: string | null; limit: number },
): Promise<PartialRow[]> {
  const { rows } = await sql<PartialRow>`
    select a.id, a.stratum, coalesce(k.disposition, a.disposition, 'none') as disposition, a.answers, a.last_item
    from survey_answer a left join survey_case k on k.tenant_id = a.tenant_id and k.id = a.case_id
    where a.tenant_id = ${key.tenantId} and a.campaign_id = ${key.campaignId} and a.standing = 'main' and not a.complete
      and (${page.after}::uuid is null or a.id > ${page.after}::uuid)
    order by a.id limit ${page.limit}`.execute(trx)
  return rows
}

/** Strata by name with members and cases asked for. */
export async function sampledStrata(trx: Transaction<DB>, key: Key, page: { offset: number; limit: number }) {
  const { rows } = await sql<{ stratum: string; members: number; sampled: number }>`
    select s.stratum, s.members, coalesce((select sum(c.main + c.released) from campaign_cell c
      where c.tenant_id = s.tenant_id and c.campaign_id = s.campaign_id and c.stratum = s.stratum), 0)::int as sampled
    from campaign_stratum s where s.tenant_id = ${key.tenantId} and s.campaign_id = ${key.campaignId}
    order by s.stratum collate "C" offset ${page.offset} limit ${page.limit}`.execute(trx)
  return rows
}

/** Complete answers by the Vietnamese day on which they arrived, and by how. At most so many days, the last ones. */
export async function answersByDay(trx: Transaction<DB>, key: Key, days: number) {
  const { rows } = await sql<{ day: string; web: number; interviewer: number; paper: number }>`
    select * from (
      select (received_at at time zone 'Asia/Ho_Chi_Minh')::date as day,
        (count(*) filter (where mode = 'web'))::int as web,
        (count(*) filter (where mode = 'interviewer'))::int as interviewer, (count(*) filter (where mode = 'paper'))::int as paper
      from survey_answer
      where tenant_id = ${key.tenantId} and campaign_id = ${key.campaignId} and standing = 'main' and complete
      group by 1 order by 1 desc limit ${days}) d order by day`.execute(trx)
  return rows
}

/**
 * Milliseconds by question of at most `limit` complete answers that were not typed from paper: those with the smallest hashes,
 * which is a sample by chance and the same every time.
 */
export async function timedAnswers(trx: Transaction<DB>, key: Key, limit: number): Promise<Record<string, number>[]> {
  const { rows } = await sql<{ item_ms: Record<string, number> }>`
    select item_ms from survey_answer
    where tenant_id = ${key.tenantId} and campaign_id = ${key.campaignId} and standing = 'main' and complete and mode <> 'paper'
    order by content_hash limit ${limit}`.execute(trx)
  return rows.map((row) => row.item_ms)
}
