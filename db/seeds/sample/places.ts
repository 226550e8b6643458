import { sql, type Transaction } from 'kysely'
import type { DB } from '../../schema/tables.ts'
import { dayText, MERGER_DAY } from './calendar.ts'
import { SAMPLE_PROCEDURES } from './procedures.ts'
import { SAMPLE_UNITS, unitIndex, type SampleUnit } from './units.ts'

const MERGER = dayText(MERGER_DAY)

/** Codes of the statistics office: Hưng Yên keeps 33 through the merger, Thái Bình's 34 ended. */
const PROVINCES = { present: ['33', MERGER], former_hung_yen: ['33', null], former_thai_binh: ['34', null] } as const

/**
 * Adds the sample's units with names, codes and lineage.
 * @returns their ids in the order of `SAMPLE_UNITS`
 * @throws when the national units are not loaded
 */
export async function insertUnits(trx: Transaction<DB>, tenantId: number): Promise<number[]> {
  const parents = {
    present: await provinceId(trx, ...PROVINCES.present),
    former_hung_yen: await provinceId(trx, ...PROVINCES.former_hung_yen),
    former_thai_binh: await provinceId(trx, ...PROVINCES.former_thai_binh),
  }
  const rows = await trx
    .insertInto('unit')
    .values(
      SAMPLE_UNITS.map((unit) => ({
        tenant_id: tenantId,
        kind: unit.kind,
        parent_id: parents[unit.province],
        valid_from: unit.oldPrefix === null ? MERGER : null,
        valid_to: unit.prefix === null ? MERGER : null,
      })),
    )
    .returning('id')
    .execute()
  const ids = rows.map((row) => row.id).sort((a, b) => a - b)
  const each = <T>(make: (unit: SampleUnit, id: number) => T) => SAMPLE_UNITS.map((unit, i) => make(unit, ids[i] ?? 0))
  await trx
    .insertInto('unit_name')
    .values(each(({ name }, id) => ({ unit_id: id, tenant_id: tenantId, name, valid_from: null, valid_to: null })))
    .execute()
  await trx
    .insertInto('unit_code')
    .values(each((unit, id) => codesOf(unit).map((code) => ({ ...code, unit_id: id, tenant_id: tenantId }))).flat())
    .execute()
  await trx
    .insertInto('unit_lineage')
    .values(
      each(({ successor, kind }, id) =>
        successor === null
          ? []
          : [{ old_unit_id: id, new_unit_id: ids[unitIndex(successor)] ?? 0, share: null, basis: basisOf(kind) }],
      ).flat(),
    )
    .execute()
  return ids
}

/** Adds the sample's procedures. @returns their ids in the order of `SAMPLE_PROCEDURES` */
export async function insertProcedures(trx: Transaction<DB>, tenantId: number): Promise<number[]> {
  const rows = await trx
    .insertInto('procedure')
    .values(
      SAMPLE_PROCEDURES.map(({ code, name, field, level, papiGroup, dueDays }) => ({
        tenant_id: tenantId,
        code,
        name,
        field,
        level,
        papi_group: papiGroup,
        due_days: dueDays,
        sample: true,
      })),
    )
    .returning(['id', 'code'])
    .execute()
  const ids = new Map(rows.map((row) => [row.code, row.id]))
  return SAMPLE_PROCEDURES.map(({ code }) => ids.get(code) ?? 0)
}

/** The national province that a code of the statistics office means on the day `validOn`, or meant before the merger. */
async function provinceId(trx: Transaction<DB>, code: string, validOn: string | null): Promise<number> {
  const found = await trx
    .selectFrom('unit_code')
    .innerJoin('unit', 'unit.id', 'unit_code.unit_id')
    .select('unit.id')
    .where('unit_code.tenant_id', 'is', null)
    .where('unit_code.system', '=', 'gso_province')
    .where('unit_code.code', '=', code)
    .where('unit.kind', '=', 'province')
    .where(
      validOn === null
        ? sql<boolean>`(unit.valid_from is null or unit.valid_from < ${MERGER}::date)`
        : sql<boolean>`(unit.valid_to is null or unit.valid_to > ${validOn}::date)`,
    )
    .orderBy('unit.id')
    .limit(1)
    .executeTakeFirst()
  if (!found) throw new Error(`the sample needs the national province ${code}: load the reference units first`)
  return found.id
}

/** H-codes are known in both grammars: as one-stop systems name the unit now, and as dossier codes named it then. */
function codesOf(unit: SampleUnit) {
  const own = { system: 'own' as const, code: unit.own, valid_from: null, valid_to: null }
  const old = unit.oldPrefix && { system: 'h' as const, code: unit.oldPrefix, valid_from: null, valid_to: MERGER }
  const now = unit.prefix && { system: 'h' as const, code: unit.prefix, valid_from: MERGER, valid_to: null }
  return [own, ...(old ? [old] : []), ...(now ? [now] : [])]
}

function basisOf(kind: SampleUnit['kind']): string {
  return kind === 'one_stop' ? 'Sáp nhập đơn vị cấp xã 01/07/2025' : 'NQ 202/2025/QH15'
}
