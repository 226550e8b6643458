import { sql, type Selectable, type Transaction } from 'kysely'
import type { OfficialResultTable } from '../schema/indices.ts'
import type { DB } from '../schema/tables.ts'

export type OfficialRow = Selectable<OfficialResultTable>
const ROWS_PER_INSERT = 500

/** Stores published results; one that is there is replaced when anything of it differs. */
export async function putOfficial(
  trx: Transaction<DB>,
  tenantId: number,
  rows: readonly Omit<OfficialRow, 'tenant_id' | 'id'>[],
): Promise<{ created: number; updated: number }> {
  let created = 0
  let written = 0
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
    const stored = await trx
      .insertInto('official_result')
      .values(rows.slice(at, at + ROWS_PER_INSERT).map((row) => ({ ...row, tenant_id: tenantId })))
      .onConflict((c) =>
        c
          .columns(['tenant_id', 'index_id', 'year', 'unit', 'node', 'edition'])
          .doUpdateSet((eb) => ({
            unit_id: eb.ref('excluded.unit_id'),
            value: eb.ref('excluded.value'),
            low: eb.ref('excluded.low'),
            high: eb.ref('excluded.high'),
            n: eb.ref('excluded.n'),
            source: eb.ref('excluded.source'),
            imported_at: eb.ref('excluded.imported_at'),
            imported_by: eb.ref('excluded.imported_by'),
          }))
          .where(
            sql<boolean>`(official_result.unit_id, official_result.value, official_result.low, official_result.high, official_result.n, official_result.source)
              is distinct from (excluded.unit_id, excluded.value, excluded.low, excluded.high, excluded.n, excluded.source)`,
          ),
      )
      // xmax is 0 on a row that this statement made
      .returning(sql<boolean>`xmax = 0`.as('created'))
      .execute()
    created += stored.filter((row) => row.created).length
    written += stored.length
  }
  return { created, updated: written - created }
}

/** Published results in the order in which they came. */
export function listOfficial(
  trx: Transaction<DB>,
  tenantId: number,
  query: { index: string | null; year: number | null; node: string | null; after: number; limit: number },
): Promise<OfficialRow[]> {
  const { index, year, node } = query
  return trx
    .selectFrom('official_result')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '>', query.after)
    .$if(index !== null, (q) => q.where('index_id', '=', index ?? ''))
    .$if(year !== null, (q) => q.where('year', '=', year ?? 0))
    .$if(node !== null, (q) => q.where('node', '=', node ?? ''))
    .orderBy('id')
    .limit(query.limit)
    .execute()
}

/** What was imported of published indices: how many values of which editions, nodes and years. At most 500. */
export function officialIndices(trx: Transaction<DB>, tenantId: number) {
  return trx
    .selectFrom('official_result')
    .select([
      'index_id',
      'edition',
      sql<number>`min(year)::int`.as('from_year'),
      sql<number>`max(year)::int`.as('to_year'),
      sql<number>`count(distinct unit)::int`.as('units'),
      sql<string[]>`array_agg(distinct node order by node)`.as('nodes'),
    ])
    .where('tenant_id', '=', tenantId)
    .groupBy(['index_id', 'edition'])
    .orderBy('index_id')
    .orderBy('from_year')
    .limit(500)
    .execute()
}

/** Results of one node over the years, of some units or of all. At most 20,000. */
export function officialSeries(
  trx: Transaction<DB>,
  tenantId: number,
  query: { index: string; node: string; unitIds: readonly number[] | null },
): Promise<OfficialRow[]> {
  return trx
    .selectFrom('official_result')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('index_id', '=', query.index)
    .where('node', '=', query.node)
    .$if(query.unitIds !== null, (q) => q.where('unit_id', 'in', [...(query.unitIds ?? []), -1]))
    .orderBy('year')
    .orderBy('edition')
    .orderBy('unit')
    .limit(20_000)
    .execute()
}

/** The national provinces, past and present, with their NSO codes. */
export async function provinces(trx: Transaction<DB>) {
  const rows = await trx
    .selectFrom('unit')
    .innerJoin('unit_code', 'unit_code.unit_id', 'unit.id')
    .innerJoin('unit_name', 'unit_name.unit_id', 'unit.id')
    .select(['unit.id', 'unit.valid_from', 'unit.valid_to', 'unit_code.code', 'unit_name.name'])
    .where('unit.tenant_id', 'is', null)
    .where('unit.kind', '=', 'province')
    .where('unit_code.system', '=', 'gso_province')
    .orderBy('unit.id')
    .orderBy(sql`unit_name.valid_from desc nulls last`)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    code: row.code,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }))
}

/** Provinces that went into another one whole or in part. */
export function provinceLineage(trx: Transaction<DB>) {
  return trx
    .selectFrom('unit_lineage')
    .innerJoin('unit', 'unit.id', 'unit_lineage.old_unit_id')
    .select(['old_unit_id', 'new_unit_id', 'share', 'basis'])
    .where('unit.kind', '=', 'province')
    .orderBy('new_unit_id')
    .orderBy('old_unit_id')
    .execute()
}
