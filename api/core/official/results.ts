import type { Table } from '../table/table.ts'
import { rowCells, type CellFault } from './row-cells.ts'

/** One published value as a file gives it. */
export interface OfficialRecord {
  readonly line: number
  readonly index: string
  readonly edition: string
  readonly year: number
  readonly unit: string
  readonly node: string
  readonly value: number
  readonly low: number | null
  readonly high: number | null
  readonly n: number | null
  readonly source: string
}

const COLUMNS = ['index', 'edition', 'year', 'unit', 'node', 'value', 'source'] as const
const OPTIONAL = ['low', 'high', 'n'] as const
const MAX_LENGTH = { index: 64, edition: 64, unit: 200, node: 64, source: 500 } as const
const YEARS = { min: 1990, max: 2100 }

/**
 * Reads published results: `index,edition,year,unit,node,value[,low,high,n],source`, columns in any order, others ignored. A
 * row without a value is a missing result, never zero: it is counted and left out. Good rows are given and every fault told.
 *
 * Codes: those of `RowCells`, `bad_year` `interval_reversed` `outside_interval` (the value is not between low and high)
 * `duplicate_row`.
 * @returns `missingColumns` alone when the header lacks any that is needed
 */
export function readOfficialResults(table: Table): {
  records: OfficialRecord[]
  faults: CellFault[]
  missing: number
  missingColumns: string[]
  ignored: string[]
} {
  const at = new Map(table.columns.map((column, k) => [column.toLowerCase(), k]))
  const missingColumns = COLUMNS.filter((column) => !at.has(column))
  const known = new Set<string>([...COLUMNS, ...OPTIONAL])
  const ignored = table.columns.filter((column) => !known.has(column.toLowerCase()))
  const records: OfficialRecord[] = []
  const faults: CellFault[] = []
  let missing = 0
  if (missingColumns.length > 0) return { records, faults, missing, missingColumns, ignored }
  const seen = new Set<string>()
  for (const row of table.rows) {
    const before = faults.length
    const { words, number, count, report } = rowCells(at, row, faults)
    const [index, edition, unit, node, source] = [
      words('index', MAX_LENGTH.index),
      words('edition', MAX_LENGTH.edition),
      words('unit', MAX_LENGTH.unit),
      words('node', MAX_LENGTH.node),
      words('source', MAX_LENGTH.source),
    ]
    const year = number('year')
    const isYear = year !== null && Number.isInteger(year) && year >= YEARS.min && year <= YEARS.max
    if (!isYear && !faults.slice(before).some(({ column }) => column === 'year')) report('year', 'bad_year')
    const [value, low, high, n] = [number('value'), number('low'), number('high'), count('n')]
    if (low !== null && high !== null && low > high) report('high', 'interval_reversed')
    else if (value !== null && ((low !== null && value < low) || (high !== null && value > high)))
      report('value', 'outside_interval')
    const key = JSON.stringify([index, edition, year, unit, node])
    if (faults.length === before && seen.has(key)) report('unit', 'duplicate_row')
    seen.add(key)
    if (faults.length > before || year === null) continue
    if (value === null) missing += 1
    else records.push({ line: row.line, index, edition, year, unit, node, value, low, high, n, source })
  }
  return { records, faults, missing, missingColumns, ignored }
}
