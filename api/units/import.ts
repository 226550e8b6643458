import { lockTenant } from '../../db/queries/accounts.ts'
import {
  countUnits,
  nationalProvinces,
  nextUnitIds,
  proceduresByCode,
  replaceUnitCodes,
  unitsByOwnCode,
  writeProcedures,
  writeUnits,
} from '../../db/queries/unit-import.ts'
import { UNITS_MAX } from '../../db/queries/units.ts'
import type { RowIssueCode } from '../core/dossier/errors.ts'
import type { ByteSource } from '../core/dossier/read/record.ts'
import type { CellIssueCode } from '../core/units/cells.ts'
import { parseProcedureRows, parseUnitRows } from '../core/units/csv.ts'
import { procedureHeaders, unitHeaders } from '../core/units/headers.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { planUnits } from './import-plan.ts'
import { readTable, type Table } from './import-table.ts'

/** What an import of units or procedures did. */
export interface TableImportReport {
  rows: number
  created: number
  updated: number
  unchanged: number
  rejected: number
  ignoredColumns: string[]
  issues: { line: number; column: string | null; code: CellIssueCode | RowIssueCode; header?: string }[]
  issuesOmitted: number
}

/**
 * Imports a Units file: units are found again by the tenant's own code. Good rows are kept and bad ones reported, in one
 * transaction. What a column says replaces what was known; a column that the file does not have changes nothing.
 * @throws AppError invalid_file | too_large for a file that cannot be read, not_found for an unknown tenant, invalid_input when the
 * tenant would have more than `UNITS_MAX` units
 */
export async function importUnits(
  services: Services,
  tenantId: number,
  source: ByteSource,
): Promise<TableImportReport> {
  const table = await readTable(source, unitHeaders)
  return services.db.withTenant(tenantId, async (trx) => {
    if (!(await lockTenant(trx, tenantId))) throw new AppError('not_found')
    const known = { units: await unitsByOwnCode(trx, tenantId), provinces: await nationalProvinces(trx) }
    const above = new Map<string, string | null>(known.provinces.map(({ code }) => [code, null]))
    const codeOf = new Map(known.units.map((unit) => [unit.id, unit.code]))
    for (const unit of known.units)
      above.set(unit.code, (unit.parent_id !== null && codeOf.get(unit.parent_id)) || null)
    const parsed = parseUnitRows(table.records, above)
    const plan = planUnits(parsed.rows, known, table.columns)
    const ids = await nextUnitIds(trx, plan.newUnits)
    const { units, codes, touched } = plan.resolve(ids)
    await writeUnits(trx, tenantId, units)
    await replaceUnitCodes(trx, tenantId, codes, touched, plan.systems)
    if ((await countUnits(trx, tenantId)) > UNITS_MAX)
      throw new AppError('invalid_input', [{ path: 'file', code: 'too_many_units' }])
    return report(table, plan.counts, [...parsed.issues, ...plan.issues])
  })
}

/**
 * Imports a Procedures file: procedures are found again by their national code, and those that only a dossier list had
 * named so far are no longer flagged.
 * @throws AppError invalid_file | too_large for a file that cannot be read, not_found for an unknown tenant
 */
export async function importProcedures(
  services: Services,
  tenantId: number,
  source: ByteSource,
): Promise<TableImportReport> {
  const table = await readTable(source, procedureHeaders)
  const { rows, issues } = parseProcedureRows(table.records)
  const has = (column: string) => table.columns.has(column)
  return services.db.withTenant(tenantId, async (trx) => {
    if (!(await lockTenant(trx, tenantId))) throw new AppError('not_found')
    const stored = await proceduresByCode(
      trx,
      tenantId,
      rows.map((row) => row.code),
    )
    const byCode = new Map(stored.map((procedure) => [procedure.code, procedure]))
    const writes = rows.map((row) => {
      const before = byCode.get(row.code)
      return {
        code: row.code,
        name: row.name,
        field: has('linh_vuc') ? row.field : (before?.field ?? ''),
        level: has('cap') ? row.levels.join(',') || null : (before?.level ?? null),
        due_days: has('thoi_han_ngay') ? row.dueDays : (before?.due_days ?? null),
        papi_group: has('nhom_papi') ? row.papiGroup : (before?.papi_group ?? null),
      }
    })
    const changed = writes.filter((write) => {
      const before = byCode.get(write.code)
      return (
        !before ||
        before.flagged ||
        (Object.keys(write) as (keyof typeof write)[]).some((key) => before[key] !== write[key])
      )
    })
    await writeProcedures(trx, tenantId, changed)
    const created = writes.length - stored.length
    return report(
      table,
      { created, updated: changed.length - created, unchanged: writes.length - changed.length },
      issues,
    )
  })
}

type Counts = Pick<TableImportReport, 'created' | 'updated' | 'unchanged'>

function report(table: Table, counts: Counts, issues: TableImportReport['issues']): TableImportReport {
  const all = [...table.broken, ...issues].sort((a, b) => a.line - b.line)
  return {
    rows: table.records.length + table.broken.length,
    ...counts,
    rejected: table.records.length + table.broken.length - counts.created - counts.updated - counts.unchanged,
    ignoredColumns: table.ignoredColumns,
    issues: all.map((issue) => {
      const header = issue.column === null ? undefined : table.headers[issue.column]
      return header === undefined ? issue : { ...issue, header }
    }),
    issuesOmitted: 0,
  }
}
