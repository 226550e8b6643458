import type { CodedUnit, nationalProvinces, UnitCodeWrite, UnitWrite } from '../../db/queries/unit-import.ts'
import type { CellIssue } from '../core/units/cells.ts'
import type { UnitRow } from '../core/units/csv.ts'

type Province = Awaited<ReturnType<typeof nationalProvinces>>[number]
/** What is there already. */
export interface KnownUnits {
  units: readonly CodedUnit[]
  provinces: readonly Province[]
}
/** Stands for the nth new unit until ids are taken. */
type Reference = { id: number } | { fresh: number }
interface Planned {
  row: UnitRow
  self: Reference
  parent: Reference | null
  before: CodedUnit | undefined
  /** A row for the province itself: the national unit gets the tenant's codes and is not changed. */
  national: boolean
}

/**
 * Decides what each row of a Units file does. The tenant's own row of its province means the national unit; a unit without
 * one above it lies below the province of its `ma_tinh`.
 * @param rows parents before children
 * @param columns those that the file has; others keep what is known
 */
export function planUnits(rows: readonly UnitRow[], known: KnownUnits, columns: ReadonlySet<string>) {
  const byCode = new Map(known.units.map((unit) => [unit.code, unit]))
  const byHCode = Map.groupBy(known.units, (unit) => unit.h)
  const inFile = new Set(rows.map((row) => row.externalId))
  const issues: CellIssue[] = []
  const planned: Planned[] = []
  const refused = new Set<string>()
  const references = new Map<string, Reference>(known.units.map((unit) => [unit.code, { id: unit.id }]))
  let newUnits = 0
  for (const row of rows) {
    const fault = faultOf(row)
    if (fault) {
      refused.add(row.externalId)
      issues.push({ line: row.line, ...fault })
      continue
    }
    const province = row.kind === 'province' ? provinceOf(row, row.provinceCode ?? row.hCode) : null
    const before = byCode.get(row.externalId)
    const self = province ? { id: province.id } : before && !before.national ? { id: before.id } : { fresh: newUnits++ }
    references.set(row.externalId, self)
    planned.push({ row, self, parent: parentOf(row, before), before, national: province !== null })
  }
  const changed = planned.filter(isChanged)
  const created = changed.filter(({ before }) => before === undefined).length
  const systems = (['own', 'h', 'gso_commune'] as const)
    .filter((system) => system !== 'h' || columns.has('ma_h'))
    .filter((system) => system !== 'gso_commune' || columns.has('ma_xa'))
  return {
    issues,
    newUnits,
    systems,
    counts: { created, updated: changed.length - created, unchanged: planned.length - changed.length },
    /** The rows to write, once new units have ids. */
    resolve: (ids: readonly number[]) => {
      const idOf = (reference: Reference) => ('id' in reference ? reference.id : (ids[reference.fresh] ?? 0))
      const own = changed.filter(({ national }) => !national)
      return {
        units: own.map((plan): UnitWrite => ({
          ...unitOf(plan),
          id: idOf(plan.self),
          parent_id: plan.parent && idOf(plan.parent),
        })),
        codes: changed.flatMap((plan) => codesOf(plan, idOf(plan.self))),
        touched: changed.map(({ self }) => idOf(self)),
      }
    },
  }

  /** Two units under one H-code at one time would make the owner of a dossier a matter of chance. */
  function faultOf(row: UnitRow): Pick<CellIssue, 'column' | 'code'> | null {
    if (row.parentExternalId !== null && refused.has(row.parentExternalId) && !byCode.has(row.parentExternalId)) {
      return { column: 'ma_cha', code: 'rejected_parent' }
    }
    if (
      row.parentExternalId === null &&
      row.kind !== 'province' &&
      row.provinceCode !== null &&
      !provinceOf(row, row.provinceCode)
    ) {
      return { column: 'ma_tinh', code: 'unknown_parent' }
    }
    const taken = (byHCode.get(row.hCode ?? '') ?? []).some((unit) => !inFile.has(unit.code) && overlaps(unit, row))
    return taken ? { column: 'ma_h', code: 'duplicate' } : null
  }

  function parentOf(row: UnitRow, before: CodedUnit | undefined): Reference | null {
    if (row.parentExternalId !== null) {
      const province = references.has(row.parentExternalId) ? null : provinceOf(row, row.parentExternalId)
      return province ? { id: province.id } : (references.get(row.parentExternalId) ?? null)
    }
    if (row.kind === 'province') return null
    const province = row.provinceCode === null ? null : provinceOf(row, row.provinceCode)
    if (province) return { id: province.id }
    const stated = columns.has('ma_cha') || columns.has('ma_tinh')
    return stated || !before || before.parent_id === null ? null : { id: before.parent_id }
  }

  /** The province that a code meant on the unit's last day: a former unit belonged to the province of its time. */
  function provinceOf(row: UnitRow, code: string | null): Province | null {
    const meanings = known.provinces.filter((province) => province.code === code)
    const { validTo } = row
    const then = meanings.find(({ valid_from, valid_to }) =>
      validTo === null
        ? valid_to === null
        : (valid_from === null || valid_from < validTo) && (valid_to === null || validTo <= valid_to),
    )
    return then ?? meanings[0] ?? null
  }

  function unitOf({ row, before }: Planned) {
    return {
      kind: row.kind,
      name: row.name,
      valid_from: columns.has('hieu_luc_tu') ? row.validFrom : (before?.valid_from ?? null),
      valid_to: columns.has('hieu_luc_den') ? row.validTo : (before?.valid_to ?? null),
    }
  }

  function isChanged(plan: Planned): boolean {
    const { row, self, parent, before, national } = plan
    if (!before || !('id' in self) || self.id !== before.id) return true
    if ((columns.has('ma_h') && row.hCode !== before.h) || (columns.has('ma_xa') && row.communeCode !== before.commune))
      return true
    if (national) return false
    const unit = unitOf(plan)
    if (parent === null ? before.parent_id !== null : !('id' in parent) || parent.id !== before.parent_id) return true
    return (
      unit.kind !== before.kind ||
      unit.name !== before.name ||
      unit.valid_from !== before.valid_from ||
      unit.valid_to !== before.valid_to
    )
  }

  function codesOf(plan: Planned, unit_id: number): UnitCodeWrite[] {
    const { valid_from, valid_to } = plan.national ? { valid_from: null, valid_to: null } : unitOf(plan)
    const code = (system: UnitCodeWrite['system'], text: string | null) =>
      text === null ? [] : [{ system, code: text, unit_id, valid_from, valid_to }]
    return [
      ...code('own', plan.row.externalId),
      ...code('h', columns.has('ma_h') ? plan.row.hCode : null),
      ...code('gso_commune', columns.has('ma_xa') ? plan.row.communeCode : null),
    ]
  }
}

function overlaps(unit: CodedUnit, row: UnitRow): boolean {
  return (unit.valid_from ?? '') < (row.validTo ?? '9') && (row.validFrom ?? '') < (unit.valid_to ?? '9')
}
