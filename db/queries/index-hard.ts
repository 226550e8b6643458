import { sql, type Selectable, type Transaction } from 'kysely'
import type { IndexHardTable } from '../schema/indices.ts'
import type { DB } from '../schema/tables.ts'

export type HardRow = Selectable<IndexHardTable>
type NewHard = Omit<HardRow, 'tenant_id' | 'id'>
const ROWS_PER_INSERT = 500

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
  let created = 0
  let written = 0
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
    const stored = await storeHard(
      trx,
      rows.slice(at, at + ROWS_PER_INSERT).map((row) => ({ ...row, tenant_id: tenantId })),
    )
    created += stored.filter((row) => row.created).length
    written += stored.length
  }
  return { created, updated: written - created }
}

function storeHard(trx: Transaction<DB>, rows: Omit<HardRow, 'id'>[]) {
  return (
    trx
      .insertInto('index_hard')
      .values(rows)
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
  )
}

/** Codes of which a tenant has hard figures. */
export async function hardCodes(trx: Transaction<DB>, tenantId: number): Promise<Set<string>> {
  const rows = await trx.selectFrom('index_hard').select('code').distinct().where('tenant_id', '=', tenantId).execute()
  return new Set(rows.map((row) => row.code))
}

/** The newest hard figure of a code by unit. At most 5,000. */
export async function newestHard(trx: Transaction<DB>, tenantId: number, code: string): Promise<Map<number, number>> {
  const rows = await trx
    .selectFrom('index_hard')
    .select(['unit_id', 'value'])
    .where('tenant_id', '=', tenantId)
    .where('code', '=', code)
    .orderBy('to_month')
    .orderBy('from_month')
    .limit(5000)
    .execute()
  return new Map(rows.map((row) => [row.unit_id, row.value]))
}

/** Hard figures in the order in which they came, with the unit's last name. */
export function listHard(
  trx: Transaction<DB>,
  tenantId: number,
  query: { code: string | null; after: number; limit: number },
) {
  const { code } = query
  return trx
    .selectFrom('index_hard')
    .selectAll('index_hard')
    .select((eb) =>
      eb
        .selectFrom('unit_name')
        .select('name')
        .whereRef('unit_name.unit_id', '=', 'index_hard.unit_id')
        .orderBy(sql`valid_from desc nulls last`)
        .limit(1)
        .as('name'),
    )
    .where('tenant_id', '=', tenantId)
    .where('id', '>', query.after)
    .$if(code !== null, (q) => q.where('code', '=', code ?? ''))
    .orderBy('id')
    .limit(query.limit)
    .execute()
}
