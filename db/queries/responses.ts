import type { Insertable, Transaction } from 'kysely'
import type { ResponseTable } from '../schema/answers.ts'
import type { DB } from '../schema/tables.ts'

/** Where one response lies: its key. */
export interface ResponseKey {
  tenantId: number
  askedOn: string
  id: string
}

/** What is stored under a key, as far as deciding on the next revision needs it. */
export function findResponse(trx: Transaction<DB>, key: ResponseKey) {
  return trx
    .selectFrom('response')
    .select(['revision', 'complete', 'answers', 'content_hash', 'withdraw_hash'])
    .where('tenant_id', '=', key.tenantId)
    .where('asked_on', '=', key.askedOn)
    .where('id', '=', key.id)
    .executeTakeFirst()
}

export async function insertResponse(trx: Transaction<DB>, row: Insertable<ResponseTable>): Promise<void> {
  await trx.insertInto('response').values(row).execute()
}

/** The part of a response that a later revision replaces. */
export type Revision = Pick<
  ResponseTable,
  | 'revision'
  | 'complete'
  | 'answers'
  | 'marks'
  | 'content_hash'
  | 'respondent'
  | 'language'
  | 'sent_at'
  | 'received_at'
  | 'item_ms'
  | 'withdraw_hash'
>

export async function replaceRevision(trx: Transaction<DB>, key: ResponseKey, revision: Revision): Promise<void> {
  await trx
    .updateTable('response')
    .set(revision)
    .where('tenant_id', '=', key.tenantId)
    .where('asked_on', '=', key.askedOn)
    .where('id', '=', key.id)
    .execute()
}

export async function deleteResponse(trx: Transaction<DB>, key: ResponseKey): Promise<void> {
  await trx
    .deleteFrom('response')
    .where('tenant_id', '=', key.tenantId)
    .where('asked_on', '=', key.askedOn)
    .where('id', '=', key.id)
    .execute()
}
