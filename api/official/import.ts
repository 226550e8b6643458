import type { Transaction } from 'kysely'
import { provinces, putOfficial } from '../../db/queries/official.ts'
import { lockTenant } from '../../db/queries/accounts.ts'
import { findUnitsByCode, unitNames } from '../../db/queries/units.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { Principal } from '../accounts/principal.ts'
import { isWithin, publishedSpan } from '../core/index/spans.ts'
import { provinceFinder } from '../core/official/provinces.ts'
import { readOfficialResults, type OfficialRecord } from '../core/official/results.ts'
import type { CellFault } from '../core/official/row-cells.ts'
import type { Table } from '../core/table/table.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { shippedEdition } from './series.ts'

/** What an import of figures did. `missing` rows had no value: they are neither stored nor faults. */
export interface FigureImportReport {
  rows: number
  created: number
  updated: number
  unchanged: number
  missing: number
  rejected: number
  ignoredColumns: string[]
  issues: CellFault[]
  issuesOmitted: number
}
const MAX_ISSUES = 200
const MAX_ROWS = 100_000
/** Names of units in one file: a country has a few thousand. */
const MAX_UNITS = 10_000

/**
 * Imports published results. A unit is a province by name or NSO code (before the merger until 2024, after it from 2025), or a
 * unit of the tenant by its own code. Good rows are kept and bad ones told (`outside_range`: the shipped edition of that name says
 * what the value can be); the same file again changes nothing.
 * @throws AppError invalid_file with the columns that the header lacks, not_found for an unknown tenant
 */
export async function importOfficial(
  services: Services,
  { tenantId, actor }: Pick<Principal, 'tenantId' | 'actor'>,
  table: Table,
): Promise<FigureImportReport> {
  const read = readOfficialResults(table)
  refuseTable(table, read)
  const now = services.now()
  return services.db.withTenant(tenantId, async (trx) => {
    if (!(await lockTenant(trx, tenantId))) throw new AppError('not_found')
    const findProvince = provinceFinder(await provinces(trx))
    const own = await ownUnitsNamed(trx, tenantId, read.records)
    const names = await unitNames(trx, [...own.values()])
    const faults: CellFault[] = [...read.faults]
    const unitOf = ({ line, unit, year }: OfficialRecord) => {
      const ownId = own.get(unit)
      if (ownId !== undefined) return { id: ownId, name: names.get(ownId) ?? unit }
      const province = findProvince(unit, year)
      if (province === null) faults.push({ line, column: 'unit', code: 'unknown_unit' })
      return province
    }
    const rows = new Map<string, Parameters<typeof putOfficial>[2][number]>()
    for (const record of read.records) {
      const unit = unitOf(record)
      if (unit === null) continue
      const { index, edition, year, node, value, low, high, n, source, line } = record
      if (!isWithin(spanOf(index, edition, node), value)) {
        faults.push({ line, column: 'value', code: 'outside_range' })
        continue
      }
      const key = JSON.stringify([index, edition, year, unit.id, node])
      if (rows.has(key)) {
        faults.push({ line, column: 'unit', code: 'duplicate_row' })
        continue
      }
      rows.set(key, {
        index_id: index,
        edition,
        year,
        unit: unit.name,
        unit_id: unit.id,
        node,
        value,
        low,
        high,
        n,
        source,
        imported_at: now,
        imported_by: actor,
      })
    }
    const { created, updated } = await putOfficial(trx, tenantId, [...rows.values()])
    return figureReport(table, { ...read, faults }, { created, updated, kept: rows.size })
  })
}

/** What a published value can be, where the edition ships. */
function spanOf(index: string, edition: string, node: string) {
  const definition = shippedEdition(index.toLowerCase(), edition)
  return definition === undefined ? null : publishedSpan(definition, node)
}

/** A report of an import in which every fault is told, the first ones in full. */
export function figureReport(
  table: Table,
  { missing, faults, ignored }: { missing: number; faults: readonly CellFault[]; ignored: string[] },
  { created, updated, kept }: { created: number; updated: number; kept: number },
): FigureImportReport {
  const ordered = faults.toSorted((a, b) => a.line - b.line)
  return {
    rows: table.rows.length,
    created,
    updated,
    unchanged: kept - created - updated,
    missing,
    rejected: new Set(faults.map(({ line }) => line)).size,
    ignoredColumns: ignored,
    issues: ordered.slice(0, MAX_ISSUES),
    issuesOmitted: Math.max(0, ordered.length - MAX_ISSUES),
  }
}

/** @throws AppError invalid_file for a header that lacks columns, or more rows or units than a file may have */
export function refuseTable(
  table: Table,
  { missingColumns, records }: { missingColumns: readonly string[]; records: readonly { unit: string }[] },
): void {
  const tooMany = table.rows.length > MAX_ROWS || new Set(records.map(({ unit }) => unit)).size > MAX_UNITS
  const issues = [
    ...missingColumns.map((column) => ({ path: column, code: 'missing_column' })),
    ...(tooMany ? [{ path: 'file', code: 'too_many_rows' }] : []),
  ]
  if (issues.length > 0) throw new AppError('invalid_file', issues)
}

/** The tenant's units that rows name by their own code or H-code. */
export async function ownUnitsNamed(
  trx: Transaction<DB>,
  tenantId: number,
  records: readonly { unit: string }[],
): Promise<Map<string, number>> {
  const codes = [...new Set(records.map(({ unit }) => unit))]
  if (codes.length === 0) return new Map()
  return new Map((await findUnitsByCode(trx, tenantId, codes)).map((row) => [row.code, row.unit_id]))
}
