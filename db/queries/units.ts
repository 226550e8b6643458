import { sql, type Transaction } from 'kysely'
import type { UnitKind } from '../schema/units.ts'
import type { DB } from '../schema/tables.ts'

/** Current or last names of units by id. */
export async function unitNames(trx: Transaction<DB>, ids: number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await trx
    .selectFrom('unit_name')
    .distinctOn('unit_id')
    .select(['unit_id', 'name'])
    .where('unit_id', 'in', ids)
    .orderBy('unit_id')
    .orderBy(sql`valid_from desc nulls last`)
    .execute()
  return new Map(rows.map((row) => [row.unit_id, row.name]))
}

/** A unit of this tenant, or of the national reference, with its last name. */
export function findUnit(trx: Transaction<DB>, id: number) {
  return trx
    .selectFrom('unit')
    .select(['unit.id', 'unit.tenant_id', 'unit.kind', 'unit.parent_id', 'unit.valid_from', 'unit.valid_to'])
    .select((eb) =>
      eb
        .selectFrom('unit_name')
        .select('name')
        .whereRef('unit_name.unit_id', '=', 'unit.id')
        .orderBy(sql`valid_from desc nulls last`)
        .limit(1)
        .as('name'),
    )
    .where('unit.id', '=', id)
    .executeTakeFirst()
}

/** Đ after D, ă after a, â after ă: as people look names up. PostgreSQL has it wherever it was built with ICU, its default. */
const asInDictionaries = sql`collate "vi-x-icu"`

/**
 * The tenant's own units by name, narrowed by kind and by a part of the name (case and accents as written).
 * @param page.after the last unit of the page before; its name is read again, so that a cursor holds no text
 */
export function listUnits(
  trx: Transaction<DB>,
  tenantId: number,
  page: { kind: UnitKind | null; q: string | null; after: number | null; limit: number },
) {
  return trx
    .with('shown', (db) =>
      db
        .selectFrom('unit')
        .innerJoin('unit_name', 'unit_name.unit_id', 'unit.id')
        .distinctOn('unit.id')
        .select(['unit.id', 'unit.kind', 'unit.parent_id', 'unit.valid_from', 'unit.valid_to', 'unit_name.name'])
        .where('unit.tenant_id', '=', tenantId)
        .$if(page.kind !== null, (q) => q.where('unit.kind', '=', page.kind as UnitKind))
        .$if(page.q !== null, (q) => q.where('unit_name.name', 'ilike', `%${escapeLike(page.q as string)}%`))
        .orderBy('unit.id')
        .orderBy(sql`unit_name.valid_from desc nulls last`),
    )
    .selectFrom('shown')
    .selectAll()
    .$if(page.after !== null, (q) =>
      q.where(
        sql<boolean>`(name ${asInDictionaries}, id) > (select last.name, last.id from shown as last where last.id = ${page.after})`,
      ),
    )
    .orderBy(sql`name ${asInDictionaries}`)
    .orderBy('id')
    .limit(page.limit)
    .execute()
}

/**
 * The most own units of a tenant, past ones included: figures and suppression are decided over all of them at once. The import of
 * units refuses more, so that no query leaves some out.
 */
export const UNITS_MAX = 2000

/** All own units of a tenant: the cube over which suppression is decided. */
export function allUnits(trx: Transaction<DB>, tenantId: number) {
  return trx
    .selectFrom('unit')
    .select(['id', 'kind', 'parent_id'])
    .where('tenant_id', '=', tenantId)
    .orderBy('id')
    .limit(UNITS_MAX)
    .execute()
}

/** Units that went into, and came out of, a unit. */
export async function lineageOf(
  trx: Transaction<DB>,
  id: number,
): Promise<{ predecessors: number[]; successors: number[] }> {
  const rows = await trx
    .selectFrom('unit_lineage')
    .select(['old_unit_id', 'new_unit_id'])
    .where((eb) => eb.or([eb('new_unit_id', '=', id), eb('old_unit_id', '=', id)]))
    .limit(500)
    .execute()
  return {
    predecessors: rows.filter((row) => row.new_unit_id === id).map((row) => row.old_unit_id),
    successors: rows.filter((row) => row.old_unit_id === id).map((row) => row.new_unit_id),
  }
}

/** What a code meant from when to when. */
export type UnitMeaning = Awaited<ReturnType<typeof findUnitsByCode>>[number]

/** Units by code: the tenant's own codes and its H-codes, with the days on which each code meant which unit. */
export function findUnitsByCode(trx: Transaction<DB>, tenantId: number, codes: string[]) {
  return trx
    .selectFrom('unit_code')
    .select(['code', 'unit_id', 'valid_from', 'valid_to'])
    .where('tenant_id', '=', tenantId)
    .where('system', 'in', ['own', 'h'])
    .where(sql<boolean>`code = any(${codes}::text[])`)
    .orderBy('system', 'desc')
    .orderBy(sql`valid_from desc nulls last`)
    .execute()
}

function escapeLike(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('%', '\\%').replaceAll('_', '\\_')
}
