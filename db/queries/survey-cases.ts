import { sql, type Transaction } from 'kysely'
import type { CaseState, Disposition } from '../schema/campaigns.ts'
import type { DB } from '../schema/tables.ts'
import { columnsOf } from './columns.ts'

interface Key {
  tenantId: number
  campaignId: number
}
const SECRET = columnsOf({ id: 'bigint', token_hash: 'bytea' })

/** Released cases that have no secret yet, by id. */
export async function casesWithoutSecret(
  trx: Transaction<DB>,
  key: Key,
  after: number,
  limit: number,
): Promise<number[]> {
  const rows = await trx
    .selectFrom('survey_case')
    .select('id')
    .where('tenant_id', '=', key.tenantId)
    .where('campaign_id', '=', key.campaignId)
    .where('released', '=', true)
    .where('token_hash', 'is', null)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Stores the hashes of secrets, which from then on open the form. */
export async function giveSecrets(
  trx: Transaction<DB>,
  tenantId: number,
  keyVersion: number,
  secrets: readonly { id: number; token_hash: string }[],
): Promise<void> {
  await sql`
    update survey_case set token_hash = r.token_hash, key_version = ${keyVersion} from ${SECRET.from(secrets)}
    where survey_case.tenant_id = ${tenantId} and survey_case.id = r.id`.execute(trx)
}

/** What a secret opens: the case, its member of the frame, and its campaign. */
function opened(trx: Transaction<DB>, tenantId: number) {
  return trx
    .selectFrom('survey_case')
    .innerJoin('campaign_frame', (join) =>
      join
        .onRef('campaign_frame.tenant_id', '=', 'survey_case.tenant_id')
        .onRef('campaign_frame.id', '=', 'survey_case.frame_id'),
    )
    .innerJoin('campaign', (join) =>
      join
        .onRef('campaign.tenant_id', '=', 'survey_case.tenant_id')
        .onRef('campaign.id', '=', 'survey_case.campaign_id'),
    )
    .selectAll('survey_case')
    .select(['campaign_frame.code', 'campaign_frame.unit_id', 'campaign_frame.attributes'])
    .select(['campaign.title', 'campaign.state as campaign_state', 'campaign.opens_on', 'campaign.closes_on'])
    .select(['campaign.questionnaire_code', 'campaign.questionnaire_version'])
    .where('survey_case.tenant_id', '=', tenantId)
    .where('survey_case.released', '=', true)
}
export type OpenedCase = NonNullable<Awaited<ReturnType<ReturnType<typeof opened>['executeTakeFirst']>>>

/** The released case behind a secret. */
export function findCaseByToken(
  trx: Transaction<DB>,
  tenantId: number,
  tokenHash: Uint8Array,
): Promise<OpenedCase | undefined> {
  return opened(trx, tenantId).where('survey_case.token_hash', '=', tokenHash).executeTakeFirst()
}

/** A released case of a campaign. */
export function findReleasedCase(trx: Transaction<DB>, key: Key, id: number): Promise<OpenedCase | undefined> {
  return opened(trx, key.tenantId)
    .where('survey_case.campaign_id', '=', key.campaignId)
    .where('survey_case.id', '=', id)
    .executeTakeFirst()
}

/** The released case of a firm or household, by its own code. */
export function findReleasedCaseByCode(trx: Transaction<DB>, key: Key, code: string): Promise<OpenedCase | undefined> {
  return opened(trx, key.tenantId)
    .where('survey_case.campaign_id', '=', key.campaignId)
    .where('campaign_frame.campaign_id', '=', key.campaignId)
    .where('campaign_frame.code', '=', code)
    .executeTakeFirst()
}

/** A released case by its id, held. */
export function holdOpenedCase(trx: Transaction<DB>, tenantId: number, id: number): Promise<OpenedCase | undefined> {
  return opened(trx, tenantId).where('survey_case.id', '=', id).forNoKeyUpdate('survey_case').executeTakeFirst()
}

/** The released case behind a typed code, by the code's possible hashes. */
export function caseByShortCode(
  trx: Transaction<DB>,
  tenantId: number,
  hashes: Uint8Array[],
): Promise<OpenedCase | undefined> {
  return opened(trx, tenantId)
    .where('survey_case.short_hash', 'in', hashes)
    .where('survey_case.token_hash', 'is not', null)
    .executeTakeFirst()
}

/** Which cases a list shows. */
export interface CaseFilter {
  /** Beginning of the code of the firm or household. */
  code: string | null
  stratum: string | null
  state: CaseState | null
  disposition: Disposition | null
  /** Id of a user; `none`: assigned to nobody. */
  interviewer: string | null
}

function filtered(trx: Transaction<DB>, key: Key, { code, stratum, state, disposition, interviewer }: CaseFilter) {
  return trx
    .selectFrom('survey_case')
    .where('survey_case.tenant_id', '=', key.tenantId)
    .where('survey_case.campaign_id', '=', key.campaignId)
    .where('survey_case.released', '=', true)
    .$if(code !== null, (q) =>
      q.where('survey_case.frame_id', 'in', (eb) =>
        eb
          .selectFrom('campaign_frame')
          .select('campaign_frame.id')
          .where('campaign_frame.tenant_id', '=', key.tenantId)
          .where('campaign_frame.campaign_id', '=', key.campaignId)
          .where(sql<boolean>`starts_with(campaign_frame.code, ${code})`),
      ),
    )
    .$if(stratum !== null, (q) => q.where('survey_case.stratum', '=', stratum as string))
    .$if(state !== null, (q) => q.where('survey_case.state', '=', state as CaseState))
    .$if(disposition !== null, (q) => q.where('survey_case.disposition', '=', disposition as Disposition))
    .$if(interviewer === 'none', (q) => q.where('survey_case.interviewer', 'is', null))
    .$if(interviewer !== null && interviewer !== 'none', (q) =>
      q.where('survey_case.interviewer', '=', interviewer as string),
    )
}

/** Released cases by id, with the codes of their members and who interviews them. */
export function listCases(trx: Transaction<DB>, key: Key, filter: CaseFilter, page: { after: number; limit: number }) {
  return filtered(trx, key, filter)
    .innerJoin('campaign_frame', (join) =>
      join
        .onRef('campaign_frame.tenant_id', '=', 'survey_case.tenant_id')
        .onRef('campaign_frame.id', '=', 'survey_case.frame_id'),
    )
    .leftJoin('user', 'user.id', 'survey_case.interviewer')
    .select(['survey_case.id', 'campaign_frame.code', 'survey_case.stratum', 'survey_case.psu', 'survey_case.role'])
    .select(['campaign_frame.unit_id', 'survey_case.state', 'survey_case.disposition', 'survey_case.letters'])
    .select(['survey_case.last_letter_at', 'survey_case.opened_at', 'survey_case.answered_at'])
    .select(['survey_case.interviewer', 'user.name as interviewer_name'])
    .where('survey_case.id', '>', page.after)
    .orderBy('survey_case.id')
    .limit(page.limit)
    .execute()
}

/** A case of a campaign with its member's code, held. */
export function holdCase(trx: Transaction<DB>, key: Key, id: number) {
  return trx
    .selectFrom('survey_case')
    .select(['id', 'state', 'disposition', 'released', 'frame_id'])
    .select((eb) =>
      eb
        .selectFrom('campaign_frame')
        .select('code')
        .whereRef('campaign_frame.tenant_id', '=', 'survey_case.tenant_id')
        .whereRef('campaign_frame.id', '=', 'survey_case.frame_id')
        .as('code'),
    )
    .where('tenant_id', '=', key.tenantId)
    .where('campaign_id', '=', key.campaignId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

export async function setDisposition(
  trx: Transaction<DB>,
  tenantId: number,
  id: number,
  disposition: Disposition,
): Promise<void> {
  await trx
    .updateTable('survey_case')
    .set({ disposition })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** Gives released cases that are not complete to an interviewer, or back. @returns how many changed hands */
export async function assignCases(
  trx: Transaction<DB>,
  key: Key,
  to: string | null,
  which:
    { cases: readonly number[] } | { filter: CaseFilter & { unitId: number | null; psu: string | null }; most: number },
): Promise<number> {
  const chosen =
    'cases' in which
      ? sql`select id from survey_case where tenant_id = ${key.tenantId} and campaign_id = ${key.campaignId}
          and id = any(${which.cases}::bigint[])`
      : filtered(trx, key, which.filter)
          .select('survey_case.id')
          .where('survey_case.state', '<>', 'complete')
          .$if(which.filter.psu !== null, (q) => q.where('survey_case.psu', '=', which.filter.psu))
          .$if(which.filter.unitId !== null, (q) =>
            q.where('survey_case.frame_id', 'in', (eb) =>
              eb
                .selectFrom('campaign_frame')
                .select('campaign_frame.id')
                .where('campaign_frame.tenant_id', '=', key.tenantId)
                .where('campaign_frame.campaign_id', '=', key.campaignId)
                .where('campaign_frame.unit_id', '=', which.filter.unitId),
            ),
          )
          .orderBy('survey_case.id')
          .limit(which.most)
  const { numAffectedRows } = await sql`
    with chosen as (${chosen})
    update survey_case c set interviewer = ${to} from chosen
    where c.tenant_id = ${key.tenantId} and c.id = chosen.id and c.released and c.state <> 'complete'
      and c.interviewer is distinct from ${to}`.execute(trx)
  return Number(numAffectedRows ?? 0)
}
