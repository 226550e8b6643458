import type { Insertable, Selectable, Transaction, Updateable } from 'kysely'
import type { QuestionnaireTable } from '../schema/campaigns.ts'
import type { DB } from '../schema/tables.ts'

export type QuestionnaireRow = Selectable<QuestionnaireTable>
interface Key {
  readonly code: string
  readonly version: number
}
/** The most questionnaires of its own that a tenant has. */
export const MAX_QUESTIONNAIRES = 1000

/** One questionnaire of the tenant's own; `lock` keeps others from changing it until the transaction ends. */
export function findQuestionnaire(
  trx: Transaction<DB>,
  tenantId: number,
  { code, version }: Key,
  lock = false,
): Promise<QuestionnaireRow | undefined> {
  return trx
    .selectFrom('questionnaire')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('code', '=', code)
    .where('version', '=', version)
    .$if(lock, (q) => q.forUpdate())
    .executeTakeFirst()
}

/** A part of the tenant's own questionnaires by code, newest version first. */
export function listQuestionnaires(
  trx: Transaction<DB>,
  tenantId: number,
  page: { offset: number; limit: number },
): Promise<QuestionnaireRow[]> {
  return trx
    .selectFrom('questionnaire')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('code')
    .orderBy('version', 'desc')
    .offset(page.offset)
    .limit(page.limit)
    .execute()
}

/** Code and version of all of the tenant's own questionnaires. At most `MAX_QUESTIONNAIRES`. */
export function questionnaireKeys(trx: Transaction<DB>, tenantId: number): Promise<Key[]> {
  return trx
    .selectFrom('questionnaire')
    .select(['code', 'version'])
    .where('tenant_id', '=', tenantId)
    .limit(MAX_QUESTIONNAIRES)
    .execute()
}

/** The tenant's published questionnaires by code, newest version first. */
export function publishedQuestionnaires(trx: Transaction<DB>, tenantId: number): Promise<QuestionnaireRow[]> {
  return trx
    .selectFrom('questionnaire')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'published')
    .orderBy('code')
    .orderBy('version', 'desc')
    .limit(200)
    .execute()
}

/** Stores a questionnaire; one that was there before stays as it is. @returns whether it was stored */
export async function insertQuestionnaire(trx: Transaction<DB>, row: Insertable<QuestionnaireTable>): Promise<boolean> {
  const stored = await trx
    .insertInto('questionnaire')
    .values(row)
    .onConflict((c) => c.columns(['tenant_id', 'code', 'version']).doNothing())
    .returning('code')
    .executeTakeFirst()
  return stored !== undefined
}

/** Changes a draft's definition, or a questionnaire's state. */
export async function updateQuestionnaire(
  trx: Transaction<DB>,
  tenantId: number,
  { code, version }: Key,
  change: Updateable<QuestionnaireTable>,
): Promise<void> {
  await trx
    .updateTable('questionnaire')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('code', '=', code)
    .where('version', '=', version)
    .execute()
}

/** Removes a draft. */
export async function deleteDraftQuestionnaire(
  trx: Transaction<DB>,
  tenantId: number,
  { code, version }: Key,
): Promise<void> {
  await trx
    .deleteFrom('questionnaire')
    .where('tenant_id', '=', tenantId)
    .where('code', '=', code)
    .where('version', '=', version)
    .where('state', '=', 'draft')
    .execute()
}
