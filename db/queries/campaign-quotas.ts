import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'

interface Key {
  tenantId: number
  campaignId: number
}
/** At most so many complete answers of members with this class; attribute `` means the stratum. */
export interface Quota {
  attribute: string
  value: string
  most: number
}

/** Quotas of a campaign with what they have taken. */
export function quotasOf(trx: Transaction<DB>, key: Key) {
  return trx
    .selectFrom('campaign_quota')
    .select(['attribute', 'value', 'most', 'taken'])
    .where('tenant_id', '=', key.tenantId)
    .where('campaign_id', '=', key.campaignId)
    .orderBy('attribute')
    .orderBy('value')
    .execute()
}

/** Quotas that members with this stratum and these classes count towards. */
const matching = (key: Key, member: { stratum: string; attributes: Readonly<Record<string, string>> }) => sql`
  tenant_id = ${key.tenantId} and campaign_id = ${key.campaignId}
  and value = case attribute when '' then ${member.stratum} else ${JSON.stringify(member.attributes)}::text::jsonb ->> attribute end`

/** Whether a quota of this member is full, so that it need not begin to answer. */
export async function isQuotaFull(
  trx: Transaction<DB>,
  key: Key,
  member: Parameters<typeof matching>[1],
): Promise<boolean> {
  const { rows } = await sql<{ full: boolean }>`
    select exists (select from campaign_quota where ${matching(key, member)} and taken >= most) as full`.execute(trx)
  return rows[0]?.full ?? false
}

/**
 * Counts a complete answer in every quota of its member, once for each case: when its state becomes complete. The quotas are held
 * until the transaction ends, so that no two answers take the last place.
 * @returns false when one of them is full; nothing is counted then
 */
export async function takeQuota(
  trx: Transaction<DB>,
  key: Key,
  member: Parameters<typeof matching>[1],
): Promise<boolean> {
  const { rows } = await sql<{ is_full: boolean }>`
    with held as materialized (
      select attribute, value, taken >= most as is_full from campaign_quota where ${matching(key, member)}
      order by attribute, value for no key update
    ), counted as (
      update campaign_quota q set taken = q.taken + 1 from held
      where q.tenant_id = ${key.tenantId} and q.campaign_id = ${key.campaignId} and q.attribute = held.attribute
        and q.value = held.value and not exists (select from held where is_full)
    )
    select coalesce(bool_or(is_full), false) as is_full from held`.execute(trx)
  return rows[0]?.is_full !== true
}

/** Puts a campaign's quotas in place of those it had. What complete answers have taken so far is counted anew. */
export async function putQuotas(trx: Transaction<DB>, key: Key, quotas: readonly Quota[]): Promise<void> {
  await trx
    .deleteFrom('campaign_quota')
    .where('tenant_id', '=', key.tenantId)
    .where('campaign_id', '=', key.campaignId)
    .execute()
  if (quotas.length > 0) await insertQuotas(trx, key, quotas)
  await readmit(trx, key)
}

async function insertQuotas(trx: Transaction<DB>, key: Key, quotas: readonly Quota[]): Promise<void> {
  await sql`
    insert into campaign_quota (tenant_id, campaign_id, attribute, value, most, taken)
    select ${key.tenantId}, ${key.campaignId}, q.attribute, q.value, q.most, (
      select count(*) from survey_answer a
      where a.tenant_id = ${key.tenantId} and a.campaign_id = ${key.campaignId} and a.complete and a.standing = 'main'
        and q.value = case q.attribute when '' then a.stratum else a.attributes ->> q.attribute end)
    from jsonb_to_recordset(${JSON.stringify(quotas)}::text::jsonb) as q (attribute text, value text, most int)`.execute(
    trx,
  )
}

/** Notes that a full quota turned a case away, which is not of those asked then (AAPOR 4.80). */
export async function noteTurnedAway(trx: Transaction<DB>, tenantId: number, caseId: number): Promise<void> {
  await trx
    .updateTable('survey_case')
    .set({ disposition: 'quota_full' })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', caseId)
    .where('state', '<>', 'complete')
    .where('disposition', 'not in', ['ineligible', 'quota_full'])
    .execute()
}

/** Notes that a case is turned away where a quota of it is full. @returns whether one is */
export async function turnAwayIfFull(
  trx: Transaction<DB>,
  key: Key,
  found: Parameters<typeof matching>[1] & { id: number },
): Promise<boolean> {
  const isFull = await isQuotaFull(trx, key, found)
  if (isFull) await noteTurnedAway(trx, key.tenantId, found.id)
  return isFull
}

/** Of cases that were turned away and for which there is a place now nothing is known again, so that they are reminded. */
async function readmit(trx: Transaction<DB>, { tenantId, campaignId }: Key): Promise<void> {
  await sql`
    update survey_case c set disposition = 'none' from campaign_frame f
    where c.tenant_id = ${tenantId} and c.campaign_id = ${campaignId} and c.disposition = 'quota_full'
      and f.tenant_id = c.tenant_id and f.id = c.frame_id and not exists (
        select from campaign_quota q
        where q.tenant_id = c.tenant_id and q.campaign_id = c.campaign_id and q.taken >= q.most
          and q.value = case q.attribute when '' then c.stratum else f.attributes ->> q.attribute end)`.execute(trx)
}
