import { sql, type Selectable, type Transaction } from 'kysely'
import type { IndexHardTable } from '../schema/indices.ts'
import type { DB } from '../schema/tables.ts'

export type HardRow = Selectable<IndexHardTable>
type NewHard = Omit<HardRow, 'tenant_id'>

/** Hard figures of some codes whose period contains a period, the shortest period first, then by code and unit. */
export function hardFigures(
  trx: Transaction<DB>,
  tenantId: number,
  query: { codes: readonly string[]; fromMonth: string; toMonth: string },
): Promise<HardRow[]> {
  if (query.codes.length === 0) return Promise.resolve([])
  return trx
    .selectFrom('index_hard')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('code', 'in', [...query.codes])
    .where('from_month', '<=', query.fromMonth)
    .where('to_month', '>=', query.toMonth)
    .orderBy('from_month', 'desc')
    .orderBy('to_month')
    .orderBy('code')
    .orderBy('unit_id')
    .execute()
}

/** Stores hard figures; one of the same code, unit and period is replaced when anything of it differs. */
export async function putHard(
  trx: Transaction<DB>,
  tenantId: number,
  rows: readonly NewHard[],
): Promise<{ created: number; updated: number }> {
  if (rows.length === 0) return { created: 0, updated: 0 }
  const stored = await trx
    .insertInto('index_hard')
    .values(rows.map((row) => ({ ...row, tenant_id: tenantId })))
    .onConflict((c) =>
      c
        .columns(['tenant_id', 'from_month', 'to_month', 'code', 'unit_id'])
        .doUpdateSet((eb) => ({
          value: eb.ref('excluded.value'),
          n: eb.ref('excluded.n'),
          source: eb.ref('excluded.source'),
          imported_at: eb.ref('excluded.imported_at'),
          imported_by: eb.ref('excluded.imported_by'),
        }))
        .where(
          sql<boolean>`(index_hard.value, index_hard.n, index_hard.source) is distinct from (excluded.value, excluded.n, excluded.source)`,
        ),
    )
    // xmax is 0 on a row that this statement made
    .returning(sql<boolean>`xmax = 0`.as('created'))
    .execute()
  const created = stored.filter((row) => row.created).length
  return { created, updated: stored.length - created }
}

/** Codes of which a tenant has hard figures. */
export async function hardCodes(trx: Transaction<DB>, tenantId: number): Promise<Set<string>> {
  const rows = await trx.selectFrom('index_hard').select('code').distinct().where('tenant_id', '=', tenantId).execute()
  return new Set(rows.map((row) => row.code))
}
