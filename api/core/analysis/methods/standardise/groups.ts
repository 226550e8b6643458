import { DataError, type DataFault } from '../../../table/data-error.ts'
import type { Table } from '../../../table/table.ts'
import { completeTexts, rowNames } from '../cells.ts'

/** Where each unit's rows are, in order of first appearance; without a unit column all rows are one unit without a name. */
export interface UnitRows {
  readonly unit: string | null
  readonly rows: readonly number[]
}

/**
 * Rows of each unit in a table with one row per unit and group.
 * @throws DataError `missing_value` `duplicate_row` (a group twice in one unit)
 */
export function unitRows(table: Table, unitColumn: string, groupColumns: readonly string[]): UnitRows[] {
  const units = rowNames(table, unitColumn)
  const keys = groupColumns.map((column) => completeTexts(table, column))
  const found = new Map<string | null, number[]>()
  const seen = new Set<string>()
  const faults: DataFault[] = []
  units.forEach((unit, row) => {
    const { line } = table.rows[row]!
    if (unit === null && table.columns.includes(unitColumn))
      faults.push({ code: 'missing_value', line, column: unitColumn })
    const key = JSON.stringify([unit, ...keys.map((cells) => cells[row]!)])
    if (seen.has(key)) faults.push({ code: 'duplicate_row', line, column: groupColumns.at(-1)! })
    seen.add(key)
    const rows = found.get(unit)
    if (rows === undefined) found.set(unit, [row])
    else rows.push(row)
  })
  if (faults.length > 0) throw new DataError(table.file, faults)
  return [...found].map(([unit, rows]) => ({ unit, rows }))
}
