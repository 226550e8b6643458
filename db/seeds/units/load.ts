import { sql, type RawBuilder, type Transaction } from 'kysely'
import type { DB } from '../../schema/tables.ts'
import { readUnitFiles, type UnitFiles } from './files.ts'

/** How many rows of each table the files hold. */
export interface UnitCounts {
  unit: number
  unit_name: number
  unit_code: number
  unit_lineage: number
}

const CHUNK_ROWS = 5000

/**
 * Brings the national units into the database: 34 present and 52 former provinces, 696 former districts, 3,321 present and
 * 10,035 former communes with names, codes and lineage. About 52,000 rows in one second.
 *
 * May run again at any time: rows that are there are corrected where the files differ (a name or a day that became known),
 * nothing is removed. Starts that no source gives stay null, which means "always so far".
 * @param trx a transaction of the tables' owner; it must not be a tenant's, since this sets `app.tenant` to '0' (nobody's)
 *   for its remainder, as the policy of national rows asks
 */
export async function loadNationalUnits(trx: Transaction<DB>): Promise<UnitCounts> {
  const tables = unitRows(await readUnitFiles())
  await sql`select set_config('app.tenant', '0', true)`.execute(trx)
  await eachChunk(tables.unit, (rows) =>
    sql`
      insert into unit (id, tenant_id, kind, parent_id, valid_from, valid_to)
      select r.id, null, r.kind, r.parent_id, r.valid_from, r.valid_to
      from jsonb_to_recordset(${rows}::text::jsonb)
        as r (id int, kind text, parent_id int, valid_from date, valid_to date)
      on conflict (id) do update
      set parent_id = excluded.parent_id, valid_from = excluded.valid_from, valid_to = excluded.valid_to
      where (unit.parent_id, unit.valid_from, unit.valid_to)
        is distinct from (excluded.parent_id, excluded.valid_from, excluded.valid_to)`.execute(trx),
  )
  await eachChunk(tables.unit_name, (rows) =>
    sql`
      insert into unit_name (unit_id, tenant_id, name, valid_from, valid_to)
      select r.unit_id, null, r.name, r.valid_from, r.valid_to
      from jsonb_to_recordset(${rows}::text::jsonb) as r (unit_id int, name text, valid_from date, valid_to date)
      on conflict (unit_id, coalesce(valid_from, '-infinity'::date)) do update
      set name = excluded.name, valid_to = excluded.valid_to
      where (unit_name.name, unit_name.valid_to) is distinct from (excluded.name, excluded.valid_to)`.execute(trx),
  )
  await eachChunk(tables.unit_code, (rows) =>
    sql`
      insert into unit_code (tenant_id, system, code, unit_id, valid_from, valid_to)
      select null, r.system, r.code, r.unit_id, r.valid_from, r.valid_to
      from jsonb_to_recordset(${rows}::text::jsonb)
        as r (system text, code text, unit_id int, valid_from date, valid_to date)
      on conflict (coalesce(tenant_id, 0), system, code, unit_id, coalesce(valid_from, '-infinity'::date)) do update
      set valid_to = excluded.valid_to
      where unit_code.valid_to is distinct from excluded.valid_to`.execute(trx),
  )
  await eachChunk(tables.unit_lineage, (rows) =>
    sql`
      insert into unit_lineage (old_unit_id, new_unit_id, share, basis)
      select r.old_unit_id, r.new_unit_id, r.share, r.basis
      from jsonb_to_recordset(${rows}::text::jsonb) as r (old_unit_id int, new_unit_id int, share numeric, basis text)
      on conflict (old_unit_id, new_unit_id) do update set share = excluded.share, basis = excluded.basis
      where (unit_lineage.share, unit_lineage.basis) is distinct from (excluded.share, excluded.basis)`.execute(trx),
  )
  return {
    unit: tables.unit.length,
    unit_name: tables.unit_name.length,
    unit_code: tables.unit_code.length,
    unit_lineage: tables.unit_lineage.length,
  }
}

interface Valid {
  valid_from: string | null
  valid_to: string | null
}
/** Rows of the four tables, parents before children. */
export interface UnitRows {
  unit: ({ id: number; kind: 'province' | 'district' | 'commune'; parent_id: number | null } & Valid)[]
  unit_name: ({ unit_id: number; name: string } & Valid)[]
  unit_code: ({ system: 'gso_province' | 'gso_commune' | 'h'; code: string; unit_id: number } & Valid)[]
  unit_lineage: { old_unit_id: number; new_unit_id: number; share: number | null; basis: string }[]
}

/** Spreads the compact files into table rows. */
export function unitRows({ provinces, communes, lineage }: UnitFiles): UnitRows {
  const rows: UnitRows = { unit: [], unit_name: [], unit_code: [], unit_lineage: [] }
  const until: Valid = { valid_from: null, valid_to: communes.merger }
  const since: Valid = { valid_from: communes.merger, valid_to: null }

  const earlier = new Map(provinces.earlierNames.map((row) => [row[0], row]))
  const present = new Map<string, number>()
  const former = new Map<string, number>()
  for (const [id, code, name, valid_from, valid_to, h] of provinces.provinces) {
    const valid = { valid_from, valid_to }
    if (valid_to === null) present.set(code, id)
    if (valid_from === null) former.set(code, id)
    rows.unit.push({ id, kind: 'province', parent_id: null, ...valid })
    pushNames(rows, id, name, valid, earlier.get(id)?.[2], earlier.get(id)?.[1])
    rows.unit_code.push({ system: 'gso_province', code, unit_id: id, ...valid })
    if (h) rows.unit_code.push({ system: 'h', code: h, unit_id: id, ...valid })
  }
  for (const [id, name, provinceCode] of communes.districts) {
    rows.unit.push({ id, kind: 'district', parent_id: known(former, provinceCode), ...until })
    pushNames(rows, id, name, until)
  }
  const renamed = new Map(communes.renamed.map((row) => [row[0], row]))
  const currentIds = new Map<string, number>()
  for (const [id, code, name, provinceCode] of communes.current) {
    currentIds.set(code, id)
    rows.unit.push({ id, kind: 'commune', parent_id: known(present, provinceCode), ...since })
    const change = renamed.get(id)
    pushNames(rows, id, change?.[1] ?? name, since, change?.[2], change && name)
    rows.unit_code.push({ system: 'gso_commune', code, unit_id: id, ...since })
  }
  const formerIds = new Map<string, number>()
  for (const [id, code, name, districtId] of communes.former) {
    formerIds.set(code, id)
    rows.unit.push({ id, kind: 'commune', parent_id: districtId, ...until })
    pushNames(rows, id, name, until)
    rows.unit_code.push({ system: 'gso_commune', code, unit_id: id, ...until })
  }
  for (const [old_unit_id, new_unit_id] of lineage.whole)
    rows.unit_lineage.push({ old_unit_id, new_unit_id, share: 1, basis: 'whole' })
  for (const [oldCode, newCode, basis] of lineage.communes) {
    const [old_unit_id, new_unit_id] = [known(formerIds, oldCode), known(currentIds, newCode)]
    rows.unit_lineage.push({ old_unit_id, new_unit_id, share: null, basis })
  }
  return rows
}

/** A name for the unit's whole time, or the earlier name up to the day of change and the present one after. */
function pushNames(
  rows: UnitRows,
  unit_id: number,
  name: string,
  valid: Valid,
  changed?: string,
  earlierName?: string,
): void {
  if (changed && earlierName) {
    rows.unit_name.push({ unit_id, name: earlierName, valid_from: valid.valid_from, valid_to: changed })
    rows.unit_name.push({ unit_id, name, valid_from: changed, valid_to: valid.valid_to })
  } else rows.unit_name.push({ unit_id, name, ...valid })
}

function known(ids: ReadonlyMap<string, number>, code: string): number {
  const id = ids.get(code)
  if (id === undefined) throw new Error(`unit files name the unknown code ${code}`)
  return id
}

/** Rows travel as text and are cast in the statement: handed over as jsonb the driver would encode them twice. */
async function eachChunk(
  rows: readonly object[],
  insert: (rows: RawBuilder<string>) => Promise<unknown>,
): Promise<void> {
  for (let i = 0; i < rows.length; i += CHUNK_ROWS) await insert(sql`${JSON.stringify(rows.slice(i, i + CHUNK_ROWS))}`)
}
