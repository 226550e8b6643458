import type { Selectable, Transaction } from 'kysely'
import type { QuestionnaireTable } from '../schema/campaigns.ts'
import type { DB } from '../schema/tables.ts'

export type QuestionnaireRow = Selectable<QuestionnaireTable>

/** One questionnaire of the tenant's own. */
export function findQuestionnaire(
  trx: Transaction<DB>,
  tenantId: number,
  { code, version }: { code: string; version: number },
): Promise<QuestionnaireRow | undefined> {
  return trx
    .selectFrom('questionnaire')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('code', '=', code)
    .where('version', '=', version)
    .executeTakeFirst()
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

/** Takes a shipped questionnaire over as published; one that was taken before stays as it is. */
export async function takeOver(trx: Transaction<DB>, row: QuestionnaireRow): Promise<void> {
  await trx
    .insertInto('questionnaire')
    .values(row)
    .onConflict((c) => c.columns(['tenant_id', 'code', 'version']).doNothing())
    .execute()
}
