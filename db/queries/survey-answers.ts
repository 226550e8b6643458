import { sql, type Transaction } from 'kysely'
import type { SurveyAnswers } from '../../api/core/questionnaire/definition.ts'
import type { UnitKind } from '../schema/units.ts'
import type { DB } from '../schema/tables.ts'
import type { Send } from '../send.ts'
import type { Written } from './submissions.ts'

/**
 * One answer to a survey to be written, with everything that decides whether it may be: the hash of its secret, the questionnaire
 * it was checked against and the forms for which it was found good (empty: no forms). What is keyed stands once for each version of
 * the key, because the case says which one it is. Bytes as lower-case hexadecimal.
 */
export interface SurveyWrite {
  token_hash: string
  questionnaire_code: string
  questionnaire_version: number
  forms: string[]
  id: string
  revision: number
  complete: boolean
  /** The revision whose sensitive answers are among these; null: these were not completed by any. */
  seen: number | null
  answers: SurveyAnswers
  sensitive: SurveyAnswers
  pseudonyms: Readonly<Record<string, string>>
  content_hashes: Readonly<Record<string, string>>
  last_item: string | null
  item_ms: Readonly<Record<string, number>>
  language: string
  started_at: string
  sent_at: string
  received_at: string
  /** The day on which it was received where the province is. */
  today: string
  device_hash: string | null
}

/**
 * Writes answers to different cases of one tenant in one statement and one commit. The function finds the tenant and sets its
 * context itself.
 * @returns what was written, by hash of the secret; a case that does not take the answer is not among them
 */
export async function storeSurveyAnswers(
  send: Send,
  tenantPrefix: string,
  batch: SurveyWrite[],
): Promise<Map<string, Written>> {
  const rows = await send<{ hash: string; isFirst: boolean }>(
    'select hash, is_first as "isFirst" from store_survey_answers($1::text, $2::text::jsonb)',
    [tenantPrefix, JSON.stringify(batch)],
  )
  return new Map(rows.map((row) => [row.hash, row.isFirst ? 'first' : 'replaced']))
}

/** The answer of a case that counts, as far as going on with it needs it. */
export function findCaseAnswer(trx: Transaction<DB>, tenantId: number, caseId: number) {
  return trx
    .selectFrom('survey_answer')
    .select(['id', 'revision', 'complete', 'answers', 'content_hash'])
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .where('standing', '=', 'main')
    .executeTakeFirst()
}

/** Sensitive answers under a pseudonym; empty where there are none. */
export async function findSensitive(
  trx: Transaction<DB>,
  key: { tenantId: number; campaignId: number },
  pseudonym: Uint8Array,
): Promise<SurveyAnswers> {
  const row = await trx
    .selectFrom('survey_private')
    .select('answers')
    .where('tenant_id', '=', key.tenantId)
    .where('campaign_id', '=', key.campaignId)
    .where('pseudonym', '=', pseudonym)
    .executeTakeFirst()
  return row?.answers ?? {}
}

/** Notes the first opening of a case's form. */
export async function markCaseOpened(trx: Transaction<DB>, tenantId: number, caseId: number, now: Date): Promise<void> {
  await trx
    .updateTable('survey_case')
    .set({ opened_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', caseId)
    .where('opened_at', 'is', null)
    .execute()
}

const UNITS_MAX = 2000

/** The tenant's units of some kinds that exist on a day, by name; with `ids` only those among them. At most 2,000. */
export function unitsToChoose(
  trx: Transaction<DB>,
  tenantId: number,
  which: { kinds: readonly UnitKind[]; day: string; ids?: readonly number[] },
): Promise<{ id: number; kind: UnitKind; name: string }[]> {
  return trx
    .with('shown', (db) =>
      db
        .selectFrom('unit')
        .innerJoin('unit_name', 'unit_name.unit_id', 'unit.id')
        .distinctOn('unit.id')
        .select(['unit.id', 'unit.kind', 'unit_name.name'])
        .where('unit.tenant_id', '=', tenantId)
        .where('unit.kind', 'in', which.kinds)
        .$if(which.ids !== undefined, (q) => q.where('unit.id', 'in', which.ids ?? []))
        .where((eb) => eb.or([eb('unit.valid_from', 'is', null), eb('unit.valid_from', '<=', which.day)]))
        .where((eb) => eb.or([eb('unit.valid_to', 'is', null), eb('unit.valid_to', '>', which.day)]))
        .orderBy('unit.id')
        .orderBy(sql`unit_name.valid_from desc nulls last`),
    )
    .selectFrom('shown')
    .selectAll()
    .orderBy(sql`name collate "vi-x-icu"`)
    .orderBy('id')
    .limit(UNITS_MAX)
    .execute()
}
