import { sql, type Insertable, type Transaction } from 'kysely'
import type { AskTable } from '../schema/answers.ts'
import type { DB } from '../schema/tables.ts'

/** The ask that was made under a client's id. */
export function findWalkIn(trx: Transaction<DB>, tenantId: number, walkInId: string) {
  return trx
    .selectFrom('ask')
    .innerJoin('procedure', (join) =>
      join.onRef('procedure.tenant_id', '=', 'ask.tenant_id').onRef('procedure.id', '=', 'ask.procedure_id'),
    )
    .select(['ask.receiving_unit_id', 'ask.applicant', 'ask.event', 'ask.asked_on', 'ask.expires_at'])
    .select(['procedure.code as procedure_code', 'procedure.name as procedure_name'])
    .where('ask.tenant_id', '=', tenantId)
    .where('ask.walk_in_id', '=', walkInId)
    .executeTakeFirst()
}

/** Holds a unit, so that its walk-ins are counted one after the other, and tells whether the tenant has it on a day. */
export async function holdUnit(trx: Transaction<DB>, tenantId: number, unitId: number, day: string): Promise<boolean> {
  const row = await trx
    .selectFrom('unit')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', unitId)
    .where((eb) => eb.or([eb('valid_from', 'is', null), eb('valid_from', '<=', day)]))
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', day)]))
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/** How many walk-ins of a unit were asked on a day. */
export async function countWalkIns(
  trx: Transaction<DB>,
  tenantId: number,
  unitId: number,
  day: string,
): Promise<number> {
  const row = await trx
    .selectFrom('ask')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('tenant_id', '=', tenantId)
    .where('stream', '=', 'walk_in')
    .where('receiving_unit_id', '=', unitId)
    .where('asked_on', '=', day)
    .executeTakeFirst()
  return row?.n ?? 0
}

/** Stores the ask of a walk-in. False when its id is there already. */
export async function insertWalkIn(trx: Transaction<DB>, ask: Insertable<AskTable>): Promise<boolean> {
  const row = await trx
    .insertInto('ask')
    .values(ask)
    .onConflict((c) => c.columns(['tenant_id', 'walk_in_id']).where('walk_in_id', 'is not', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Procedures by code, after a cursor, narrowed by a part of the code or name (case and accents as written). */
export function listProcedures(
  trx: Transaction<DB>,
  tenantId: number,
  page: { q: string | null; after: string; limit: number },
) {
  const like = `%${(page.q ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`
  return trx
    .selectFrom('procedure')
    .select(['id', 'code', 'name', 'field'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`code collate "C" > ${page.after}`)
    .$if(page.q !== null, (q) => q.where((eb) => eb.or([eb('name', 'ilike', like), eb('code', 'ilike', like)])))
    .orderBy(sql`code collate "C"`)
    .limit(page.limit)
    .execute()
}
