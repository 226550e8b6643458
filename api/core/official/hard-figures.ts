import type { Table } from '../table/table.ts'
import { calendarPeriod, type CalendarPeriod } from '../time/period.ts'
import { rowCells, type CellFault } from './row-cells.ts'

/** One hard figure as a file gives it. */
export interface HardRecord {
  readonly line: number
  readonly code: string
  readonly unit: string
  readonly period: CalendarPeriod
  readonly value: number
  readonly n: number | null
  readonly source: string
}

const COLUMNS = ['code', 'unit', 'period', 'value', 'source'] as const
const MAX_LENGTH = { code: 64, unit: 200, source: 500 } as const

/**
 * Reads hard figures: `code,unit,period,value[,n],source`, columns in any order, others ignored. `code` is what an edition's
 * indicator names as `hard`; a period is `2026`, `2026-Q3` or `2026-09`. A row without a value is missing, never zero.
 *
 * Codes: those of `RowCells`, `bad_period` `duplicate_row`.
 * @returns `missingColumns` alone when the header lacks any that is needed
 */
export function readHardFigures(table: Table): {
  records: HardRecord[]
  faults: CellFault[]
  missing: number
  missingColumns: string[]
  ignored: string[]
} {
  const at = new Map(table.columns.map((column, k) => [column.toLowerCase(), k]))
  const missingColumns = COLUMNS.filter((column) => !at.has(column))
  const known = new Set<string>([...COLUMNS, 'n'])
  const ignored = table.columns.filter((column) => !known.has(column.toLowerCase()))
  const records: HardRecord[] = []
  const faults: CellFault[] = []
  let missing = 0
  if (missingColumns.length > 0) return { records, faults, missing, missingColumns, ignored }
  const seen = new Set<string>()
  for (const row of table.rows) {
    const before = faults.length
    const { words, number, count, report } = rowCells(at, row, faults)
    const [code, unit, source] = [
      words('code', MAX_LENGTH.code),
      words('unit', MAX_LENGTH.unit),
      words('source', MAX_LENGTH.source),
    ]
    const period = periodNamed(row.cells[at.get('period') ?? -1] ?? '')
    if (period === null) report('period', 'bad_period')
    const [value, n] = [number('value'), count('n')]
    const key = JSON.stringify([code, unit, period?.from, period?.to])
    if (faults.length === before && seen.has(key)) report('unit', 'duplicate_row')
    seen.add(key)
    if (faults.length > before || period === null) continue
    if (value === null) missing += 1
    else records.push({ line: row.line, code, unit, period, value, n, source })
  }
  return { records, faults, missing, missingColumns, ignored }
}

/** `2026`, `2026-Q3` or `2026-09`; null for anything else. */
export function periodNamed(text: string): CalendarPeriod | null {
  const found = /^(\d{4})(?:-(?:Q([1-4])|(\d{2})))?$/i.exec(text.trim())
  if (!found) return null
  const [, year = '', quarter, month] = found
  if (month !== undefined) return calendarPeriod(`${year}-${month}`, `${year}-${month}`)
  if (quarter === undefined) return calendarPeriod(`${year}-01`, `${year}-12`)
  const last = Number(quarter) * 3
  return calendarPeriod(`${year}-${String(last - 2).padStart(2, '0')}`, `${year}-${String(last).padStart(2, '0')}`)
}
