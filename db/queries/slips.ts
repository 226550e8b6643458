import { sql, type Transaction } from 'kysely'
import type { EventType } from '../schema/dossiers.ts'
import type { DB } from '../schema/tables.ts'

/** What is printed of asks that can still be answered. Sample rows without a secret are left out. */
function printable(trx: Transaction<DB>, tenantId: number, now: Date) {
  return trx
    .selectFrom('ask')
    .leftJoin('dossier', (join) =>
      join.onRef('dossier.tenant_id', '=', 'ask.tenant_id').onRef('dossier.id', '=', 'ask.dossier_id'),
    )
    .select(['ask.id', 'ask.key_version', 'ask.short_n', 'ask.event', 'ask.asked_on'])
    .select(['ask.created_at', 'ask.expires_at', 'ask.responsible_unit_id', 'ask.receiving_unit_id'])
    .select('dossier.code as dossier_code')
    .where('ask.tenant_id', '=', tenantId)
    .where('ask.token_hash', 'is not', null)
    .where('ask.state', 'in', ['open', 'partial'])
    .where('ask.expires_at', '>', now)
}
export type PrintableAsk = Awaited<ReturnType<ReturnType<typeof printable>['execute']>>[number]

/** Asks about dossiers made from a moment on and after a cursor, oldest first. */
export function listPrintable(
  trx: Transaction<DB>,
  tenantId: number,
  page: {
    since: Date | null
    events: EventType[]
    unitId: number | null
    after: { at: Date; id: number } | null
    limit: number
    now: Date
  },
) {
  return printable(trx, tenantId, page.now)
    .where('ask.dossier_id', 'is not', null)
    .where('ask.event', 'in', page.events)
    .$if(page.since !== null, (q) => q.where('ask.created_at', '>=', page.since as Date))
    .$if(page.unitId !== null, (q) => q.where('ask.receiving_unit_id', '=', page.unitId as number))
    .$if(page.after !== null, (q) =>
      q.where(
        sql<boolean>`(ask.created_at, ask.id) > (${page.after?.at ?? null}::timestamptz, ${page.after?.id ?? null}::bigint)`,
      ),
    )
    .orderBy('ask.created_at')
    .orderBy('ask.id')
    .limit(page.limit)
    .execute()
}

/** The newest ask of one dossier that can still be answered. */
export function printableOfDossier(trx: Transaction<DB>, tenantId: number, code: string, now: Date) {
  return printable(trx, tenantId, now)
    .where('dossier.code', '=', code)
    .orderBy('ask.asked_on', 'desc')
    .orderBy('ask.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The ask of a walk-in, while it can be answered. */
export function printableOfWalkIn(trx: Transaction<DB>, tenantId: number, walkInId: string, now: Date) {
  return printable(trx, tenantId, now).where('ask.walk_in_id', '=', walkInId).executeTakeFirst()
}
