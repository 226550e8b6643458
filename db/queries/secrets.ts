import type { Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'

/** The newest asks whose link was given out, with the hash of its secret. */
export async function newestSecrets(trx: Transaction<DB>, tenantId: number, limit: number) {
  const rows = await trx
    .selectFrom('ask')
    .select(['id', 'key_version', 'token_hash'])
    .where('tenant_id', '=', tenantId)
    .where('token_hash', 'is not', null)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.flatMap(({ token_hash, ...ask }) => (token_hash === null ? [] : [{ ...ask, token_hash }]))
}
