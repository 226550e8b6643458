import { sql, type Transaction } from 'kysely'
import type { UnitKind } from '../schema/units.ts'
import type { DB } from '../schema/tables.ts'

const among = (values: readonly (string | number)[]) =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb))`

/** A unit that one of the tenant's own codes means: its own, or the national province. */
export interface CodedUnit {
  code: string
  id: number
  /** A row of the national reference, which a tenant does not change. */
  national: boolean
  kind: UnitKind
  parent_id: number | null
  valid_from: string | null
  valid_to: string | null
  name: string | null
  h: string | null
  commune: string | null
}

/** How many units a tenant has of its own, past ones included. */
export async function countUnits(trx: Transaction<DB>, tenantId: number): Promise<number> {
  const { n } = await trx
    .selectFrom('unit')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow()
  return n
}

/** Every unit of a tenant by its own code. */
export async function unitsByOwnCode(trx: Transaction<DB>, tenantId: number): Promise<CodedUnit[]> {
  const code = (
    system: string,
  ) => sql`(select c.code from unit_code c where c.tenant_id = ${tenantId} and c.unit_id = u.id
    and c.system = ${system} order by c.valid_from desc nulls last limit 1)`
  const { rows } = await sql<CodedUnit>`
    select distinct on (o.code) o.code, u.id, u.tenant_id is null as national, u.kind, u.parent_id, u.valid_from, u.valid_to,
      (select n.name from unit_name n where n.unit_id = u.id order by n.valid_from desc nulls last limit 1) as name,
      ${code('h')} as h, ${code('gso_commune')} as commune
    from unit_code o join unit u on u.id = o.unit_id
    where o.tenant_id = ${tenantId} and o.system = 'own'
    order by o.code, o.valid_from desc nulls last`.execute(trx)
  return rows
}

/** National provinces by their codes, present and former ones. */
export function nationalProvinces(trx: Transaction<DB>) {
  return trx
    .selectFrom('unit_code')
    .innerJoin('unit', 'unit.id', 'unit_code.unit_id')
    .select(['unit_code.code', 'unit_code.system', 'unit.id', 'unit.valid_from', 'unit.valid_to'])
    .where('unit_code.tenant_id', 'is', null)
    .where('unit.kind', '=', 'province')
    .execute()
}

/** Ids for new units, taken first because children name their parents by id. */
export async function nextUnitIds(trx: Transaction<DB>, count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select nextval('unit_id_seq')::int as id from generate_series(1, ${count}::int)`.execute(trx)
  return rows.map((row) => row.id)
}

/** A unit as it is to be. */
export interface UnitWrite {
  id: number
  kind: UnitKind
  parent_id: number | null
  valid_from: string | null
  valid_to: string | null
  name: string
}

/** Writes a tenant's own units with their one name, in a statement each. */
export async function writeUnits(trx: Transaction<DB>, tenantId: number, units: UnitWrite[]): Promise<void> {
  if (units.length === 0) return
  const rows = sql`jsonb_to_recordset(${JSON.stringify(units)}::text::jsonb)
    as r (id int, kind text, parent_id int, valid_from date, valid_to date, name text)`
  await sql`
    insert into unit (id, tenant_id, kind, parent_id, valid_from, valid_to)
    select id, ${tenantId}, kind, parent_id, valid_from, valid_to from ${rows}
    on conflict (id) do update set kind = excluded.kind, parent_id = excluded.parent_id,
      valid_from = excluded.valid_from, valid_to = excluded.valid_to`.execute(trx)
  await trx
    .deleteFrom('unit_name')
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`unit_id::text in ${among(units.map((unit) => unit.id))}`)
    .execute()
  await sql`
    insert into unit_name (tenant_id, unit_id, name, valid_from, valid_to)
    select ${tenantId}, id, name, valid_from, valid_to from ${rows}`.execute(trx)
}

/** One code of a unit. */
export interface UnitCodeWrite {
  system: 'own' | 'h' | 'gso_commune'
  code: string
  unit_id: number
  valid_from: string | null
  valid_to: string | null
}

/** Replaces codes: those of the same system that these units, or other units under the same own code, had before. */
export async function replaceUnitCodes(
  trx: Transaction<DB>,
  tenantId: number,
  codes: UnitCodeWrite[],
  unitIds: number[],
  systems: UnitCodeWrite['system'][],
): Promise<void> {
  await sql`
    delete from unit_code where tenant_id = ${tenantId} and system <> 'own'
      and system in ${among(systems)} and unit_id::text in ${among(unitIds)}`.execute(trx)
  const own = codes.filter(({ system }) => system === 'own').map(({ code }) => code)
  await sql`
    delete from unit_code where tenant_id = ${tenantId} and system = 'own' and code in ${among(own)}`.execute(trx)
  await sql`
    insert into unit_code (tenant_id, system, code, unit_id, valid_from, valid_to)
    select ${tenantId}, system, code, unit_id, valid_from, valid_to
    from jsonb_to_recordset(${JSON.stringify(codes)}::text::jsonb)
      as r (system text, code text, unit_id int, valid_from date, valid_to date)`.execute(trx)
}

/** What the Procedures file says of a procedure. */
export interface ProcedureWrite {
  code: string
  name: string
  field: string
  level: string | null
  due_days: number | null
  papi_group: '5.1' | '5.3' | '5.4' | 'none' | null
}

/** A tenant's procedures by code. */
export function proceduresByCode(trx: Transaction<DB>, tenantId: number, codes: string[]) {
  return trx
    .selectFrom('procedure')
    .select(['code', 'name', 'field', 'level', 'due_days', 'papi_group', 'flagged'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`code in ${among(codes)}`)
    .execute()
}

/** Adds procedures or replaces what is known of them; none of them is flagged any more. */
export async function writeProcedures(
  trx: Transaction<DB>,
  tenantId: number,
  procedures: ProcedureWrite[],
): Promise<void> {
  if (procedures.length === 0) return
  await sql`
    insert into procedure (tenant_id, code, name, field, level, due_days, papi_group, flagged)
    select ${tenantId}, code, name, field, level, due_days, papi_group, false
    from jsonb_to_recordset(${JSON.stringify(procedures)}::text::jsonb)
      as r (code text, name text, field text, level text, due_days int, papi_group text)
    on conflict (tenant_id, code) do update set name = excluded.name, field = excluded.field, level = excluded.level,
      due_days = excluded.due_days, papi_group = excluded.papi_group, flagged = false`.execute(trx)
}
