import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'
import { columnsOf } from './columns.ts'

/** A member of a frame as it is written. */
export interface FrameWrite {
  id: number
  code: string
  stratum: string
  psu: string | null
  size: number | null
  unit_id: number | null
  /** JSON of the classes by header. */
  attributes: string
}
const FRAME = columnsOf({
  id: 'bigint',
  code: 'text',
  stratum: 'text',
  psu: 'text',
  size: 'double precision',
  unit_id: 'int',
  attributes: 'text',
})
const CONTACT = columnsOf({ frame_id: 'bigint', key_version: 'smallint', sealed: 'bytea' })
const STRATUM = columnsOf({ stratum: 'text', members: 'int' })

interface Key {
  tenantId: number
  campaignId: number
}

/** Forgets a campaign's frame with its contacts, and whatever was drawn from it. */
export async function deleteFrame(trx: Transaction<DB>, key: Key): Promise<void> {
  for (const table of [
    'survey_case',
    'campaign_cell',
    'campaign_contact',
    'campaign_frame',
    'campaign_stratum',
  ] as const)
    await trx
      .deleteFrom(table)
      .where('tenant_id', '=', key.tenantId)
      .where('campaign_id', '=', key.campaignId)
      .execute()
}

/** Writes members of a frame. @returns the codes that were there already, which are not written */
export async function insertFrame(trx: Transaction<DB>, key: Key, rows: readonly FrameWrite[]): Promise<Set<string>> {
  const { rows: written } = await sql<{ code: string }>`
    insert into campaign_frame (tenant_id, campaign_id, id, code, stratum, psu, size, unit_id, attributes)
    overriding system value
    select ${key.tenantId}, ${key.campaignId}, r.id, r.code, r.stratum, r.psu, r.size, r.unit_id, r.attributes::jsonb
    from ${FRAME.from(rows as never)}
    on conflict (tenant_id, campaign_id, code) do nothing returning code`.execute(trx)
  if (written.length === rows.length) return new Set()
  const kept = new Set(written.map(({ code }) => code))
  return new Set(rows.map(({ code }) => code).filter((code) => !kept.has(code)))
}

/** Keeps sealed contacts. */
export async function insertContacts(
  trx: Transaction<DB>,
  key: Key,
  rows: readonly { frame_id: number; key_version: number; sealed: string }[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into campaign_contact (tenant_id, campaign_id, ${CONTACT.names})
    select ${key.tenantId}, ${key.campaignId}, ${CONTACT.values} from ${CONTACT.from(rows)}`.execute(trx)
}

/** Writes how many members each stratum has. */
export async function insertStrata(
  trx: Transaction<DB>,
  key: Key,
  strata: readonly { stratum: string; members: number }[],
): Promise<void> {
  await sql`
    insert into campaign_stratum (tenant_id, campaign_id, ${STRATUM.names})
    select ${key.tenantId}, ${key.campaignId}, ${STRATUM.values} from ${STRATUM.from(strata)}`.execute(trx)
}

/**
 * SHA-256 of what a sample depends on, in hexadecimal: code, stratum, first-stage unit and size of every member in order of codes.
 * The order of the file does not matter; anybody with the database can make it again.
 */
export async function frameDigest(trx: Transaction<DB>, key: Key): Promise<string> {
  const { rows } = await sql<{ sha256: string }>`
    select encode(sha256(convert_to(string_agg(concat_ws(E'\\t', code, stratum, coalesce(psu, ''), coalesce(size::text, '')), E'\\n'
      order by code collate "C"), 'UTF8')), 'hex') as sha256
    from campaign_frame where tenant_id = ${key.tenantId} and campaign_id = ${key.campaignId}`.execute(trx)
  return rows[0]?.sha256 ?? ''
}

/** Strata by name, as many members as each has. At most `STRATA_MAX`. */
export function allStrata(trx: Transaction<DB>, key: Key) {
  return trx
    .selectFrom('campaign_stratum')
    .select(['stratum', 'members'])
    .where('tenant_id', '=', key.tenantId)
    .where('campaign_id', '=', key.campaignId)
    .orderBy(sql`stratum collate "C"`)
    .execute()
}

/** First-stage units of every stratum with their members and sizes: every member bears its unit's; without any it is how many they are. */
export async function firstStageUnits(trx: Transaction<DB>, key: Key) {
  const { rows } = await sql<{ stratum: string; psu: string; members: number; size: number }>`
    select stratum, psu, count(*)::int as members, coalesce(max(size), count(*))::double precision as size
    from campaign_frame where tenant_id = ${key.tenantId} and campaign_id = ${key.campaignId} and psu is not null
    group by stratum, psu`.execute(trx)
  return rows
}

/** Communes that a frame may name: the tenant's own, and the national ones of its province, by every code and name they have. */
export async function communesByName(trx: Transaction<DB>, tenantId: number, today: string) {
  const { rows } = await sql<{ id: number; own: boolean; name: string; codes: string[] }>`
    select u.id, u.tenant_id is not null as own,
      coalesce((select n.name from unit_name n where n.unit_id = u.id order by n.valid_from desc nulls last limit 1), '') as name,
      array(select c.code from unit_code c where c.unit_id = u.id and c.system in ('own', 'h', 'gso_commune')
        and (c.valid_to is null or c.valid_to > ${today})) as codes
    from unit u
    where u.kind = 'commune' and (u.valid_to is null or u.valid_to > ${today})
      and (u.tenant_id = ${tenantId} or (u.tenant_id is null and u.parent_id in (
        select o.parent_id from unit o where o.tenant_id = ${tenantId} and o.parent_id is not null)))`.execute(trx)
  return rows
}

/** How many members a frame has, in how many strata. */
export async function countFrame(trx: Transaction<DB>, key: Key) {
  const { rows } = await sql<{ members: number; strata: number }>`
    select coalesce(sum(members), 0)::int as members, count(*)::int as strata
    from campaign_stratum where tenant_id = ${key.tenantId} and campaign_id = ${key.campaignId}`.execute(trx)
  return rows[0] ?? { members: 0, strata: 0 }
}

/** How many members of a frame have a contact. */
export async function countContacts(trx: Transaction<DB>, key: Key): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from campaign_contact
    where tenant_id = ${key.tenantId} and campaign_id = ${key.campaignId}`.execute(trx)
  return rows[0]?.n ?? 0
}
