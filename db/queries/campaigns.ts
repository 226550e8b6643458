import { sql, type Selectable, type Transaction } from 'kysely'
import type { CampaignTable } from '../schema/campaigns.ts'
import type { DB } from '../schema/tables.ts'

/** A campaign as it is stored. */
export type CampaignRow = Selectable<CampaignTable>

/** One campaign; `lock` keeps others from changing it until the transaction ends; answers may come in meanwhile. */
export function findCampaign(
  trx: Transaction<DB>,
  tenantId: number,
  id: number,
  lock = false,
): Promise<CampaignRow | undefined> {
  return trx
    .selectFrom('campaign')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .$if(lock, (q) => q.forNoKeyUpdate())
    .executeTakeFirst()
}

/** Campaigns, newest first. */
export function listCampaigns(
  trx: Transaction<DB>,
  tenantId: number,
  page: { before: number | null; limit: number },
): Promise<CampaignRow[]> {
  return trx
    .selectFrom('campaign')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .$if(page.before !== null, (q) => q.where('id', '<', page.before as number))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()
}

/** What a person decides of a campaign. */
export type CampaignContent = Pick<
  CampaignRow,
  | 'title'
  | 'population'
  | 'questionnaire_code'
  | 'questionnaire_version'
  | 'opens_on'
  | 'closes_on'
  | 'from_month'
  | 'to_month'
  | 'design'
>

/** Stores a draft. @returns its id and whether it is new: the same request made it before otherwise */
export async function insertCampaign(
  trx: Transaction<DB>,
  tenantId: number,
  campaign: CampaignContent & { request_id: string; created_at: Date; created_by: string },
): Promise<{ id: number; created: boolean }> {
  const { design, ...columns } = campaign
  const made = await trx
    .insertInto('campaign')
    .values({ ...columns, tenant_id: tenantId, design: json(design), weighting: json({}) } as never)
    .onConflict((c) => c.columns(['tenant_id', 'request_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made) return { id: made.id, created: true }
  const known = await trx
    .selectFrom('campaign')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('request_id', '=', campaign.request_id)
    .executeTakeFirstOrThrow()
  return { id: known.id, created: false }
}

/** Changes a campaign; every change of what a person decides raises its revision. */
export async function updateCampaign(
  trx: Transaction<DB>,
  tenantId: number,
  id: number,
  change: Partial<Omit<CampaignRow, 'tenant_id' | 'id'>>,
): Promise<void> {
  const { design, ...columns } = change
  await trx
    .updateTable('campaign')
    .set({ ...columns, ...(design === undefined ? {} : { design: json(design) }) } as never)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** One thing that was done in a campaign. Details hold counts, dates and codes of cases, never contacts or answers. */
export interface CampaignEvent {
  at: Date
  actor: string
  action: string
  detail: Readonly<Record<string, unknown>>
}

/** Notes what was done, in the transaction that does it. */
export async function noteEvent(
  trx: Transaction<DB>,
  tenantId: number,
  campaignId: number,
  { detail, ...event }: CampaignEvent,
): Promise<void> {
  await trx
    .insertInto('campaign_event')
    .values({ ...event, tenant_id: tenantId, campaign_id: campaignId, detail: json(detail) } as never)
    .execute()
}

/** What was done in a campaign, newest first, with people by name. */
export function listEvents(
  trx: Transaction<DB>,
  tenantId: number,
  campaignId: number,
  page: { before: number | null; limit: number },
) {
  return trx
    .selectFrom('campaign_event')
    .select(['id', 'at', 'action', 'detail'])
    .select(
      sql<string>`coalesce((select u.name from "user" u join membership m on m.user_id = u.id
        where u.id = campaign_event.actor and m.tenant_id = campaign_event.tenant_id), campaign_event.actor)`.as('by'),
    )
    .where('tenant_id', '=', tenantId)
    .where('campaign_id', '=', campaignId)
    .$if(page.before !== null, (q) => q.where('id', '<', page.before as number))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()
}

/** Open campaigns whose last day is over, held so that nobody changes them. */
export function campaignsOver(trx: Transaction<DB>, tenantId: number, today: string) {
  return trx
    .selectFrom('campaign')
    .select(['id', 'closes_on'])
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'open')
    .where('closes_on', '<', today)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
}

/**
 * Cuts what leads from answers to cases in campaigns closed before a moment: the link itself, what repeats it in receipts of devices,
 * and the instants of cases, which are those of their answers. What was known of a case stays on its partial answer. Where nobody has
 * chosen between answers of one case, the one that counts goes on counting. @returns links cut
 */
export async function cutCaseLinks(trx: Transaction<DB>, tenantId: number, before: Date): Promise<number> {
  const over = sql`select id from campaign where tenant_id = ${tenantId} and state = 'closed' and closed_at < ${before}`
  const cases = sql`select id from survey_case where tenant_id = ${tenantId} and campaign_id in (${over})`
  await sql`
    update survey_receipt set case_id = null, answer_id = null
    where tenant_id = ${tenantId} and case_id in (${cases})`.execute(trx)
  await sql`
    update survey_case set opened_at = null, answered_at = null
    where tenant_id = ${tenantId} and campaign_id in (${over}) and state <> 'open' and opened_at is not null`.execute(
    trx,
  )
  const { numAffectedRows } = await sql`
    update survey_answer a set case_id = null, disposition = case when not a.complete then k.disposition end
    from survey_case k
    where a.tenant_id = ${tenantId} and a.campaign_id in (${over}) and k.tenant_id = a.tenant_id and k.id = a.case_id`.execute(
    trx,
  )
  return Number(numAffectedRows ?? 0)
}

/** JSON as text, so that a list is not taken for an array of PostgreSQL's. */
const json = (value: unknown) => sql`${JSON.stringify(value)}::text::jsonb`
