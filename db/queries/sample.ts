import { sql, type Kysely, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'

/** How many dossiers of the sample tenant came in or were changed after it was loaded, but for codes like this (SQL). */
export async function countImported(trx: Transaction<DB>, tenantId: number, exceptLike: string): Promise<number> {
  const row = await trx
    .selectFrom('dossier')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('tenant_id', '=', tenantId)
    .where('imported_at', '>', (eb) =>
      eb
        .selectFrom('import_run')
        .select(sql<Date>`min(at)`.as('at'))
        .where('tenant_id', '=', tenantId),
    )
    .where('code', 'not like', exceptLike)
    .executeTakeFirst()
  return row?.n ?? 0
}

/** The people who work for this tenant and no other. */
export async function usersOnlyOf(db: Kysely<DB>, tenantId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('membership')
    .select('user_id')
    .groupBy('user_id')
    .having(sql<boolean>`bool_and(tenant_id = ${tenantId})`)
    .execute()
  return rows.map((row) => row.user_id)
}

/** Deletes people with their passwords and sessions. */
export async function deleteUsers(db: Kysely<DB>, ids: string[]): Promise<void> {
  if (ids.length > 0) await db.deleteFrom('user').where('id', 'in', ids).execute()
}
