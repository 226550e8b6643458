import type { Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'

/** The newest unanswered, unexpired asks about dossiers whose code is like this (SQL). At most ten. */
export function openAsksByCode(trx: Transaction<DB>, tenantId: number, codeLike: string, now: Date) {
  return trx
    .selectFrom('ask')
    .innerJoin('dossier', (join) =>
      join.onRef('dossier.tenant_id', '=', 'ask.tenant_id').onRef('dossier.id', '=', 'ask.dossier_id'),
    )
    .select(['ask.id', 'ask.key_version', 'ask.token_hash'])
    .where('ask.tenant_id', '=', tenantId)
    .where('ask.token_hash', 'is not', null)
    .where('ask.state', '=', 'open')
    .where('ask.expires_at', '>', now)
    .where('dossier.code', 'like', codeLike)
    .orderBy('ask.id', 'desc')
    .limit(10)
    .execute()
}

/** How many dossiers have a code that begins so. */
export async function countDossiersByCode(trx: Transaction<DB>, tenantId: number, codePrefix: string): Promise<number> {
  const row = await trx
    .selectFrom('dossier')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('tenant_id', '=', tenantId)
    .where('code', 'like', `${codePrefix}%`)
    .executeTakeFirst()
  return row?.n ?? 0
}
