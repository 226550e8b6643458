import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'

interface Key {
  tenantId: number
  campaignId: number
}
const complete = ({ tenantId, campaignId }: Key) => sql`
  a.tenant_id = ${tenantId} and a.campaign_id = ${campaignId} and a.standing = 'main' and a.complete`

/** Values of complete answers' strata, first-stage units and attributes, each once. */
export async function designValues(trx: Transaction<DB>, key: Key, attributes: readonly string[]) {
  const { rows } = await sql<{ name: string; value: string }>`
    select distinct v.name, v.value from survey_answer a
    cross join lateral (
      select 'stratum' as name, a.stratum as value union all select 'psu', a.psu
      union all select '@' || n, coalesce(a.attributes ->> n, '') from unnest(${attributes as string[]}::text[]) n) v
    where ${complete(key)} and v.value is not null order by 1, 2`.execute(trx)
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
