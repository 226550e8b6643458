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
    .innerJoin('procedure', (join) =>
      join.onRef('procedure.tenant_id', '=', 'ask.tenant_id').onRef('procedure.id', '=', 'ask.procedure_id'),
    )
    .select(['ask.id', 'ask.key_version', 'ask.short_n', 'ask.event', 'ask.asked_on'])
    .select(['ask.created_at', 'ask.expires_at', 'ask.responsible_unit_id', 'ask.receiving_unit_id'])
    .select(['dossier.code as dossier_code', 'procedure.code as procedure_code', 'procedure.name as procedure_name'])
    .where('ask.tenant_id', '=', tenantId)
    .where('ask.token_hash', 'is not', null)
    .where('ask.state', 'in', ['open', 'partial'])
    .where('ask.expires_at', '>', now)
}
export type PrintableAsk = Awaited<ReturnType<ReturnType<typeof printable>['execute']>>[number]

/** Which asks about dossiers: made in a time, about which events, handed out where. */
export interface PrintableFilter {
  since: Date | null
  /** The first moment that does not count any more. */
  before: Date | null
  events: readonly EventType[]
  unitId: number | null
}

/** Asks about dossiers after a cursor, oldest first. */
export function listPrintable(
  trx: Transaction<DB>,
  tenantId: number,
  page: PrintableFilter & { after: { at: Date; id: number } | null; limit: number; now: Date },
) {
  return printable(trx, tenantId, page.now)
    .where('ask.dossier_id', 'is not', null)
    .where('ask.event', 'in', page.events)
    .$if(page.since !== null, (q) => q.where('ask.created_at', '>=', page.since as Date))
    .$if(page.before !== null, (q) => q.where('ask.created_at', '<', page.before as Date))
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

/** Those of the named asks about dossiers that can still be answered, oldest first. */
export function printableAsks(trx: Transaction<DB>, tenantId: number, ids: readonly number[], now: Date) {
  return printable(trx, tenantId, now)
    .where('ask.dossier_id', 'is not', null)
    .where('ask.id', 'in', ids)
    .orderBy('ask.created_at')
    .orderBy('ask.id')
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
