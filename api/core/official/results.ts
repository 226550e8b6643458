import type { Table } from '../table/table.ts'
import { readFigureRows, type FigureRows } from './row-cells.ts'

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

const COLUMNS = {
  needed: ['index', 'edition', 'year', 'unit', 'node', 'value', 'source'],
  optional: ['low', 'high', 'n'],
}
const MAX_LENGTH = { index: 64, edition: 64, unit: 200, node: 64, source: 500 } as const
const YEARS = { min: 1990, max: 2100 }

/**
 * Reads published results: `index,edition,year,unit,node,value[,low,high,n],source`. Codes: those of `RowCells` and `readFigureRows`,
 * `bad_year` `interval_reversed` `outside_interval` (the value is not between low and high).
 */
export function readOfficialResults(table: Table): FigureRows<OfficialRecord> {
  return readFigureRows(table, COLUMNS, ({ words, number, count, whole, report }, line) => {
    const index = words('index', MAX_LENGTH.index)
    const edition = words('edition', MAX_LENGTH.edition)
    const unit = words('unit', MAX_LENGTH.unit)
    const node = words('node', MAX_LENGTH.node)
    const source = words('source', MAX_LENGTH.source)
    const year = whole('year', YEARS, 'bad_year')
    const [value, low, high, n] = [number('value'), number('low'), number('high'), count('n')]
    if (low !== null && high !== null && low > high) report('high', 'interval_reversed')
    else if (value !== null && ((low !== null && value < low) || (high !== null && value > high)))
      report('value', 'outside_interval')
    if (year === null) return null
    const key = [index, edition, year, unit, node]
    return {
      key,
      value,
      record: (told) => ({ line, index, edition, year, unit, node, value: told, low, high, n, source }),
    }
  })
}
