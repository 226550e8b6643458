import { parseProcedureCode } from '../dossier/code.ts'
import { cellReader, digits, matching, type CellIssue, type CellIssueCode, type CellRecord } from './cells.ts'
import { dayAfter, parseDay } from './day.ts'
import { parseLevels, parseUnitKind, type ProcedureLevel, type UnitKind } from './kinds.ts'
import { orderTree } from './tree.ts'

export const unitColumns = [
  'id_ngoai',
  'ten',
  'loai',
  'ma_cha',
  'ma_h',
  'ma_tinh',
  'ma_xa',
  'hieu_luc_tu',
  'hieu_luc_den',
] as const

export interface UnitRow {
  line: number
  /** the province's own code of the unit, unique in the file */
  externalId: string
  name: string
  kind: UnitKind
  /** own code of the unit above, in the file or among the known ones */
  parentExternalId: string | null
  /** `H21.17`, or the older order `000.00.17.H21` */
  hCode: string | null
  /** the statistics office's codes: 2 digits, 5 digits */
  provinceCode: string | null
  communeCode: string | null
  validFrom: string | null
  /** the first day on which the unit is no longer there: the day after the last day that the file names */
  validTo: string | null
}

export const procedureColumns = ['ma_tthc', 'ten', 'linh_vuc', 'cap', 'thoi_han_ngay', 'nhom_papi'] as const

export interface ProcedureRow {
  line: number
  /** national form `d.dddddd` */
  code: string
  name: string
  /** empty when the file names no field */
  field: string
  levels: ProcedureLevel[]
  dueDays: number | null
  /** null when the file does not say; 'none' when it says that no group applies */
  papiGroup: '5.1' | '5.3' | '5.4' | 'none' | null
}

const hCode = /^(?:[A-Z]\d{2}(?:\.\d{1,3}){0,3}|(?:\d{2,3}\.){3}[A-Z]\d{2})$/
const NAME_CHARS_MAX = 300
const CODE_CHARS_MAX = 64
const DUE_DAYS_MAX = 3650

/**
 * Reads the rows of a tenant's Units file. Bad rows are reported and left out, good ones kept; a row whose parent is nowhere,
 * refused, or below the row itself is bad. A unit's last day (`hieu_luc_den`) is read as the last day on which it is there.
 *
 * @param known parent by own code of the units the tenant already has
 * @returns rows with parents before children, and issues by line
 */
export function parseUnitRows(
  records: readonly CellRecord[],
  known: ReadonlyMap<string, string | null> = new Map(),
): { rows: UnitRow[]; issues: CellIssue[] } {
  const issues: CellIssue[] = []
  const good: UnitRow[] = []
  const ids = new Set<string>()
  const named = new Set<string>()
  for (const record of records) {
    const cell = cellReader(record, issues)
    const externalId = cell.text('id_ngoai', CODE_CHARS_MAX, true)
    const name = cell.text('ten', NAME_CHARS_MAX, true)
    const kind = cell.parsed('loai', parseUnitKind, 'unknown_kind', true)
    const parentExternalId = cell.text('ma_cha', CODE_CHARS_MAX)
    const h = cell.parsed('ma_h', (text) => matching(hCode, text.toUpperCase()), 'bad_code')
    const provinceCode = cell.parsed('ma_tinh', (text) => digits(text, 2), 'bad_code')
    const communeCode = cell.parsed('ma_xa', (text) => digits(text, 5), 'bad_code')
    const validFrom = cell.parsed('hieu_luc_tu', parseDay, 'bad_date')
    const lastDay = cell.parsed('hieu_luc_den', parseDay, 'bad_date')
    if (validFrom && lastDay && lastDay < validFrom) cell.report('hieu_luc_den', 'dates_reversed')
    if (externalId && ids.has(externalId)) cell.report('id_ngoai', 'duplicate')
    if (externalId) named.add(externalId)
    if (!cell.clean() || !externalId || !name || !kind) continue
    ids.add(externalId)
    const validTo = lastDay && dayAfter(lastDay)
    const row = { externalId, name, kind, parentExternalId, hCode: h, provinceCode, communeCode, validFrom, validTo }
    good.push({ line: record.line, ...row })
  }

  const kept = withoutSharedHCodes(good, issues)
  const nodes = kept.map((row) => ({ key: row.externalId, parent: row.parentExternalId, row }))
  const tree = orderTree(nodes, known)
  for (const row of tree.unknown)
    report(row, named.has(row.parentExternalId ?? '') ? 'rejected_parent' : 'unknown_parent')
  for (const row of tree.cycle) report(row, 'cycle')
  for (const row of tree.orphaned) report(row, 'rejected_parent')
  return {
    rows: tree.order,
    issues: issues.sort((a, b) => a.line - b.line),
  }

  function report(row: UnitRow, code: CellIssueCode): void {
    issues.push({ line: row.line, column: 'ma_cha', code })
  }
}

/** Reads the rows of a tenant's Procedures file. Bad rows are reported and left out, good ones kept in order. */
export function parseProcedureRows(records: readonly CellRecord[]): { rows: ProcedureRow[]; issues: CellIssue[] } {
  const issues: CellIssue[] = []
  const rows: ProcedureRow[] = []
  const codes = new Set<string>()
  for (const record of records) {
    const cell = cellReader(record, issues)
    const code = cell.parsed('ma_tthc', parseProcedureCode, 'bad_code', true)
    const name = cell.text('ten', NAME_CHARS_MAX * 4, true)
    const field = cell.text('linh_vuc', NAME_CHARS_MAX) ?? ''
    const levels = cell.parsed('cap', parseLevels, 'unknown_level') ?? []
    const dueDays = cell.parsed('thoi_han_ngay', wholeDays, 'bad_number')
    const papiGroup = cell.parsed('nhom_papi', parsePapiGroup, 'unknown_group')
    if (code && codes.has(code)) cell.report('ma_tthc', 'duplicate')
    if (!cell.clean() || !code || !name) continue
    codes.add(code)
    rows.push({ line: record.line, code, name, field, levels, dueDays, papiGroup })
  }
  return { rows, issues }
}

/** Two units with one H-code at one time would make the owner of a dossier a matter of chance: the later row is refused. */
function withoutSharedHCodes(rows: readonly UnitRow[], issues: CellIssue[]): UnitRow[] {
  const byCode = new Map<string, UnitRow[]>()
  return rows.filter((row) => {
    if (!row.hCode) return true
    const others = byCode.get(row.hCode) ?? []
    byCode.set(row.hCode, [...others, row])
    const shared = others.some(
      (o) => (o.validFrom ?? '') < (row.validTo ?? '9') && (row.validFrom ?? '') < (o.validTo ?? '9'),
    )
    if (shared) issues.push({ line: row.line, column: 'ma_h', code: 'duplicate' })
    return !shared
  })
}

/** `3`, `3 ngày`, `03 ngày làm việc`. Half days and ranges are no deadline a due date can be reckoned from. */
function wholeDays(text: string): number | null {
  const days = Number(/^(\d+)(?: ?ngày(?: làm việc)?)?$/i.exec(text)?.[1] ?? Number.NaN)
  return days <= DUE_DAYS_MAX ? days : null
}

function parsePapiGroup(text: string): '5.1' | '5.3' | '5.4' | 'none' | null {
  const group = text.toLowerCase().replace(',', '.')
  if (group === '5.1' || group === '5.3' || group === '5.4' || group === 'none') return group
  return group === 'không' ? 'none' : null
}
