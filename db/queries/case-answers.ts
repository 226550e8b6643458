import { sql, type Selectable, type Transaction } from 'kysely'
import type { SurveyAnswerTable } from '../schema/campaigns.ts'
import type { DB } from '../schema/tables.ts'
import type { SurveyWrite } from './survey-answers.ts'

interface Key {
  tenantId: number
  campaignId: number
}
/** An answer beside the one of its case that counts. */
export type Aside = 'rival' | 'set_aside'

/**
 * The latest answer that a device gave for a case, whatever its standing; one that somebody went on with in a browser is no longer its
 * own. An earlier one is there when it counts and the later came too late.
 */
export function findAnswerOfDevice(trx: Transaction<DB>, tenantId: number, caseId: number, deviceId: string) {
  return trx
    .selectFrom('survey_answer')
    .select(['id', 'standing', 'revision', 'complete', 'content_hash'])
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .where('device_id', '=', deviceId)
    .where('mode', '=', 'interviewer')
    .orderBy('received_at', 'desc')
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Whether an answer has this id. */
export async function isAnswerId(trx: Transaction<DB>, key: Key, id: string): Promise<boolean> {
  const row = await trx
    .selectFrom('survey_answer')
    .select('id')
    .where('tenant_id', '=', key.tenantId)
    .where('campaign_id', '=', key.campaignId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

/** Says of an answer that was just written by which device and number it came. */
export async function markInterview(
  trx: Transaction<DB>,
  key: Key,
  id: string,
  from: { device: string; seq: number },
): Promise<void> {
  await trx
    .updateTable('survey_answer')
    .set({ mode: 'interviewer', device_id: from.device, device_seq: from.seq })
    .where('tenant_id', '=', key.tenantId)
    .where('campaign_id', '=', key.campaignId)
    .where('id', '=', id)
    .execute()
}

/** Where an answer beside the one that counts belongs, and how it came: from a tablet, or (null) on paper. */
export interface AsidePlace {
  readonly tenantId: number
  readonly caseId: number
  readonly keyVersion: number
  readonly standing: Aside
  readonly from: { readonly device: string; readonly seq: number } | null
}

/** Keeps an answer beside the one that counts, or a higher revision of it; its sensitive answers apart, as with any other. */
export async function keepAside(trx: Transaction<DB>, place: AsidePlace, write: SurveyWrite): Promise<void> {
  const { [place.keyVersion]: pseudonym } = write.pseudonyms
  const { [place.keyVersion]: contentHash } = write.content_hashes
  if (pseudonym === undefined || contentHash === undefined) throw new RangeError('unknown token key version')
  const { device, seq } = place.from ?? { device: null, seq: null }
  const mode = place.from === null ? 'paper' : 'interviewer'
  const json = (value: unknown) => sql`${JSON.stringify(value)}::text::jsonb`
  await sql`
    with kept as (
      insert into survey_answer (tenant_id, campaign_id, id, case_id, standing, mode, revision, complete, form, answers, last_item,
        item_ms, language, started_at, sent_at, received_at, content_hash, device_id, device_seq, stratum, psu, weight, attributes,
        unit_id)
      select c.tenant_id, c.campaign_id, ${write.id}::uuid, c.id, ${place.standing}, ${mode}, ${write.revision}::smallint,
        ${write.complete}::boolean, c.form, ${json(write.answers)}, ${write.last_item}::text, ${json(write.item_ms)},
        ${write.language}, ${write.started_at}::timestamptz, ${write.sent_at}::timestamptz, ${write.received_at}::timestamptz,
        decode(${contentHash}, 'hex'), ${device}::uuid, ${seq}::int, c.stratum, c.psu, c.weight, f.attributes, f.unit_id
      from survey_case c
        join campaign_frame f on f.tenant_id = c.tenant_id and f.campaign_id = c.campaign_id and f.id = c.frame_id
      where c.tenant_id = ${place.tenantId} and c.id = ${place.caseId}
      on conflict (tenant_id, campaign_id, id) do update set revision = excluded.revision, complete = excluded.complete,
        answers = excluded.answers, last_item = excluded.last_item, item_ms = excluded.item_ms, language = excluded.language,
        sent_at = excluded.sent_at, received_at = excluded.received_at, content_hash = excluded.content_hash,
        device_seq = excluded.device_seq
      returning tenant_id, campaign_id
    )
    insert into survey_private (tenant_id, campaign_id, pseudonym, key_version, answers)
    select tenant_id, campaign_id, decode(${pseudonym}, 'hex'), ${place.keyVersion}::smallint, ${json(write.sensitive)} from kept
    where ${write.seen !== null || Object.keys(write.sensitive).length > 0}::boolean
    on conflict (tenant_id, campaign_id, pseudonym) do update set answers = excluded.answers`.execute(trx)
}

/** All answers of a case, first come first. */
export function answersOfCase(trx: Transaction<DB>, tenantId: number, caseId: number) {
  return trx
    .selectFrom('survey_answer')
    .select(['id', 'standing', 'complete', 'received_at', 'stratum', 'attributes'])
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .orderBy('received_at')
    .orderBy('id')
    .execute()
}

/** Lets one answer of a case stand; the others are set aside, and the case is what the chosen one makes it. */
export async function letStand(
  trx: Transaction<DB>,
  tenantId: number,
  caseId: number,
  chosen: Pick<Selectable<SurveyAnswerTable>, 'id' | 'complete' | 'received_at'>,
): Promise<void> {
  const of = sql`tenant_id = ${tenantId} and case_id = ${caseId}`
  // one after the other: at most one may stand at any time
  await sql`update survey_answer set standing = 'set_aside' where ${of} and id <> ${chosen.id}`.execute(trx)
  await sql`update survey_answer set standing = 'main' where ${of} and id = ${chosen.id}`.execute(trx)
  await trx
    .updateTable('survey_case')
    .set({
      state: chosen.complete ? 'complete' : 'partial',
      answered_at: chosen.complete ? chosen.received_at : null,
      opened_at: (eb) => eb.fn.coalesce('opened_at', eb.val(chosen.received_at)),
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', caseId)
    .execute()
}

/** Cases that somebody must decide on: with rivals, or with nothing but answers set aside. */
const undecided = ({ tenantId, campaignId }: Key) => sql`
  select distinct a.case_id from survey_answer a
  where a.tenant_id = ${tenantId} and a.campaign_id = ${campaignId} and a.standing <> 'main' and a.case_id is not null
    and (a.standing = 'rival' or not exists (
      select from survey_answer m where m.tenant_id = a.tenant_id and m.case_id = a.case_id and m.standing = 'main'))`

/** How many cases wait for a decision. */
export async function countConflicts(trx: Transaction<DB>, key: Key): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (${undecided(key)}) u`.execute(trx)
  return rows[0]?.n ?? 0
}

/** One answer of a case in conflict: never what it says. */
export interface ConflictRow {
  case_id: number
  code: string
  id: string
  standing: 'main' | Aside
  mode: 'web' | 'interviewer' | 'paper'
  complete: boolean
  device: string | null
  interviewer: string | null
  started_at: Date
  sent_at: Date
  received_at: Date
}

/** Cases that wait for a decision, by id, each with all of its answers. */
export async function listConflicts(
  trx: Transaction<DB>,
  key: Key,
  page: { after: number; limit: number },
): Promise<ConflictRow[]> {
  const { rows } = await sql<ConflictRow>`
    with waiting as (
      select case_id from (${undecided(key)}) u where case_id > ${page.after} order by case_id limit ${page.limit})
    select a.case_id, f.code, a.id, a.standing, a.mode, a.complete, d.label as device, u.name as interviewer, a.started_at, a.sent_at,
      a.received_at
    from waiting w
      join survey_answer a on a.tenant_id = ${key.tenantId} and a.case_id = w.case_id
      join survey_case c on c.tenant_id = a.tenant_id and c.id = a.case_id
      join campaign_frame f on f.tenant_id = c.tenant_id and f.campaign_id = c.campaign_id and f.id = c.frame_id
      left join survey_device d on d.tenant_id = a.tenant_id and d.id = a.device_id
      left join "user" u on u.id = d.user_id
    order by a.case_id, a.received_at, a.id`.execute(trx)
  return rows
}
