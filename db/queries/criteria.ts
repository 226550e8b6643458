import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'

/** Criteria of TT 01/2018 entered for a unit and period, as points 0, 1 or 2. */
export function findCriteria(
  trx: Transaction<DB>,
  tenantId: number,
  key: { unitId: number; fromMonth: string; toMonth: string },
) {
  return trx
    .selectFrom('entered_criterion')
    .select(['criterion', 'points'])
    .where('tenant_id', '=', tenantId)
    .where('unit_id', '=', key.unitId)
    .where('from_month', '=', key.fromMonth)
    .where('to_month', '=', key.toMonth)
    .execute()
}

/** Writes entered criteria; null points take one back. */
export async function putCriteria(
  trx: Transaction<DB>,
  tenantId: number,
  key: { unitId: number; fromMonth: string; toMonth: string; actor: string; at: Date },
  points: { criterion: string; points: number | null }[],
): Promise<void> {
  for (const one of points) {
    if (one.points === null) {
      await sql`
        delete from entered_criterion where tenant_id = ${tenantId} and unit_id = ${key.unitId}
          and from_month = ${key.fromMonth}::date and to_month = ${key.toMonth}::date and criterion = ${one.criterion}`.execute(
        trx,
      )
      continue
    }
    await trx
      .insertInto('entered_criterion')
      .values({
        tenant_id: tenantId,
        unit_id: key.unitId,
        from_month: key.fromMonth,
        to_month: key.toMonth,
        criterion: one.criterion,
        points: one.points,
        actor: key.actor,
        at: key.at,
      })
      .onConflict((c) =>
        c
          .columns(['tenant_id', 'unit_id', 'from_month', 'to_month', 'criterion'])
          .doUpdateSet({ points: one.points ?? 0, actor: key.actor, at: key.at }),
      )
      .execute()
  }
}
