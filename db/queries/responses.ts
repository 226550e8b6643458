import type { Transaction } from 'kysely'
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

export async function deleteResponse(trx: Transaction<DB>, key: ResponseKey): Promise<void> {
  await trx
    .deleteFrom('response')
    .where('tenant_id', '=', key.tenantId)
    .where('asked_on', '=', key.askedOn)
    .where('id', '=', key.id)
    .execute()
}
