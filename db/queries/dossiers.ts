import { sql, type Insertable, type Transaction } from 'kysely'
import type { ImportRunTable } from '../schema/dossiers.ts'
import type { DB } from '../schema/tables.ts'
import { columnsOf } from './columns.ts'

/** Procedures by code. */
export function findProcedures(trx: Transaction<DB>, tenantId: number, codes: string[]) {
  return trx
    .selectFrom('procedure')
    .select(['id', 'code', 'name', 'field'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`code = any(${codes}::text[])`)
    .execute()
}

/** Creates procedures that only a dossier list has named so far, flagged for a person to complete. */
export async function createFlaggedProcedures(
  trx: Transaction<DB>,
  tenantId: number,
  procedures: { code: string; name: string; field: string }[],
): Promise<void> {
  if (procedures.length === 0) return
  await trx
    .insertInto('procedure')
    .values(
      procedures.map((p) => ({
        ...p,
        tenant_id: tenantId,
        level: null,
        papi_group: null,
        due_days: null,
        flagged: true,
      })),
    )
    .onConflict((c) => c.columns(['tenant_id', 'code']).doNothing())
    .execute()
}

/** All procedures of a tenant: at most the national catalogue. */
export function allProcedures(trx: Transaction<DB>, tenantId: number) {
  return trx
    .selectFrom('procedure')
    .select(['id', 'code', 'name', 'field', 'papi_group'])
    .where('tenant_id', '=', tenantId)
    .orderBy('id')
    .limit(10_000)
    .execute()
}

/** Procedure codes by id. */
export async function procedureCodes(
  trx: Transaction<DB>,
  tenantId: number,
  ids: number[],
): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await trx
    .selectFrom('procedure')
    .select(['id', 'code'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`id = any(${ids}::int[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row.code]))
}

/** Unit codes by id, the tenant's own before H-codes. */
export async function ownCodes(
  trx: Transaction<DB>,
  tenantId: number,
  unitIds: number[],
): Promise<Map<number, string>> {
  if (unitIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('unit_code')
    .select(['unit_id', 'code'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`unit_id = any(${unitIds}::int[])`)
    .orderBy('system')
    .execute()
  // a Map keeps the last: h comes before own
  return new Map(rows.map((row) => [row.unit_id, row.code]))
}

/** What a correction changed in one field. */
export interface DossierChangeWrite {
  dossier_id: number
  field: string
  old_value: string | null
  new_value: string | null
}
const CHANGE = columnsOf({ dossier_id: 'bigint', field: 'text', old_value: 'text', new_value: 'text' })

/** Logs what one import, or one event, changed. */
export async function insertDossierChanges(
  trx: Transaction<DB>,
  by: { tenantId: number; at: Date; actor: string },
  changes: readonly DossierChangeWrite[],
): Promise<void> {
  if (changes.length === 0) return
  await sql`
    insert into dossier_change (tenant_id, at, actor, ${CHANGE.names})
    select ${by.tenantId}, ${by.at}, ${by.actor}, ${CHANGE.values} from ${CHANGE.from(changes)}`.execute(trx)
}

export async function insertImportRun(trx: Transaction<DB>, run: Insertable<ImportRunTable>): Promise<void> {
  await trx.insertInto('import_run').values(run).execute()
}

/** Who did something, as people know them: a person of this tenant by name; `key` and the command line as they are. */
const actorName = (table: 'import_run' | 'dossier_change') => sql<string>`coalesce(
  (select u.name from "user" u join membership m on m.user_id = u.id
    where u.id = ${sql.ref(`${table}.actor`)} and m.tenant_id = ${sql.ref(`${table}.tenant_id`)}),
  ${sql.ref(`${table}.actor`)})`

/** Imports, newest first. */
export function listImportRuns(trx: Transaction<DB>, tenantId: number, page: { before: number | null; limit: number }) {
  return trx
    .selectFrom('import_run')
    .selectAll()
    .select(actorName('import_run').as('by'))
    .where('tenant_id', '=', tenantId)
    .$if(page.before !== null, (q) => q.where('id', '<', page.before as number))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()
}

/** What imports have changed in dossiers, newest first. */
export function listDossierChanges(
  trx: Transaction<DB>,
  tenantId: number,
  page: { before: number | null; limit: number },
) {
  return trx
    .selectFrom('dossier_change')
    .innerJoin('dossier', (join) =>
      join
        .onRef('dossier.tenant_id', '=', 'dossier_change.tenant_id')
        .onRef('dossier.id', '=', 'dossier_change.dossier_id'),
    )
    .select(['dossier_change.id', 'dossier_change.at', 'dossier.code', 'field', 'old_value', 'new_value'])
    .select(actorName('dossier_change').as('by'))
    .where('dossier_change.tenant_id', '=', tenantId)
    .$if(page.before !== null, (q) => q.where('dossier_change.id', '<', page.before as number))
    .orderBy('dossier_change.id', 'desc')
    .limit(page.limit)
    .execute()
}

/** Unfinished dossiers of units that are past their due date at a moment. */
export async function countOverdue(
  trx: Transaction<DB>,
  tenantId: number,
  unitIds: number[] | null,
  at: Date,
): Promise<number> {
  const row = await trx
    .selectFrom('dossier')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('tenant_id', '=', tenantId)
    .where('outcome_on', 'is', null)
    .where('status', '<>', 'withdrawn')
    .where('due_at', '<', at)
    .$if(unitIds !== null, (q) => q.where('responsible_unit_id', 'in', unitIds?.length ? unitIds : [-1]))
    .executeTakeFirst()
  return row?.n ?? 0
}
