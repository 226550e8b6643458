import { sql, type Transaction } from 'kysely'
import type { AnswerMode } from '../schema/campaigns.ts'
import type { DB } from '../schema/tables.ts'
import { cursorRows } from './cursor.ts'

interface Key {
  tenantId: number
  campaignId: number
}
const complete = ({ tenantId, campaignId }: Key) => sql`
  a.tenant_id = ${tenantId} and a.campaign_id = ${campaignId} and a.standing = 'main' and a.complete`

/** A complete answer as it leaves. What was said and the attributes are JSON as the server writes it: read when its turn comes. */
export interface LeavingAnswer {
  id: string
  mode: AnswerMode
  form: string | null
  said: string
  stratum: string
  psu: string
  attributes: string
}

const ANSWERS_AT_ONCE = 250

/** Complete answers that stand, by id, some at a time, without sensitive items. */
export function leavingAnswers(trx: Transaction<DB>, key: Key): AsyncGenerator<LeavingAnswer[]> {
  const query = sql<LeavingAnswer>`
    select a.id, a.mode, a.form, a.answers::text as said, a.stratum, coalesce(a.psu, '') as psu, a.attributes::text as attributes
    from survey_answer a where ${complete(key)} order by a.id`
  return cursorRows(trx, 'leaving_answers', query, ANSWERS_AT_ONCE)
}

/** How many of them there are. */
export async function countComplete(trx: Transaction<DB>, key: Key): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from survey_answer a where ${complete(key)}`.execute(trx)
  return rows[0]?.n ?? 0
}

/** Values of complete answers' strata, first-stage units and attributes, each once. */
export async function designValues(trx: Transaction<DB>, key: Key, attributes: readonly string[]) {
  const { rows } = await sql<{ name: string; value: string }>`
    with cell as materialized (select distinct a.stratum, a.psu, a.attributes from survey_answer a where ${complete(key)})
    select distinct v.name, v.value from cell
    cross join lateral (
      select 'stratum' as name, cell.stratum as value union all select 'psu', cell.psu
      union all select '@' || n, coalesce(cell.attributes ->> n, '') from unnest(${attributes as string[]}::text[]) n) v
    where v.value is not null order by 1, 2`.execute(trx)
  return rows
}

/** Members of the frame by stratum. */
export async function stratumSizes(trx: Transaction<DB>, key: Key): Promise<Map<string, number>> {
  const rows = await trx
    .selectFrom('campaign_stratum')
    .select(['stratum', 'members'])
    .where('tenant_id', '=', key.tenantId)
    .where('campaign_id', '=', key.campaignId)
    .execute()
  return new Map(rows.map(({ stratum, members }) => [stratum, members]))
}

/** Complete answers, how many of them share stratum and attributes with fewer than `minimum`, and how many are alone with them. */
export async function smallCells(
  trx: Transaction<DB>,
  key: Key,
  attributes: readonly string[],
  minimum: number,
): Promise<{ answers: number; small: number; alone: number }> {
  const { rows } = await sql<{ answers: number; small: number; alone: number }>`
    select coalesce(sum(n), 0)::int as answers, coalesce(sum(n) filter (where n < ${minimum}), 0)::int as small,
      (count(*) filter (where n = 1))::int as alone
    from (
      select count(*) as n from survey_answer a where ${complete(key)}
      group by a.stratum, (select array_agg(coalesce(a.attributes ->> n, '') order by n) from unnest(${attributes as string[]}::text[]) n)
    ) cells`.execute(trx)
  return rows[0] ?? { answers: 0, small: 0, alone: 0 }
}

/** The tenant's units with their last names, for answers that name units. At most 2,000, as everywhere. */
export async function unitLabels(trx: Transaction<DB>, tenantId: number): Promise<{ id: number; name: string }[]> {
  const { rows } = await sql<{ id: number; name: string }>`
    select distinct on (n.unit_id) n.unit_id as id, n.name from unit_name n join unit u on u.id = n.unit_id
    where u.tenant_id = ${tenantId} order by n.unit_id, n.valid_from desc nulls last limit 2000`.execute(trx)
  return rows
}
