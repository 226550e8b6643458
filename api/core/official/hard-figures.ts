import type { Table } from '../table/table.ts'
import { calendarPeriod, type CalendarPeriod } from '../time/period.ts'
import { readFigureRows, type FigureRows } from './row-cells.ts'

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

const COLUMNS = { needed: ['code', 'unit', 'period', 'value', 'source'], optional: ['n'] }
const MAX_LENGTH = { code: 64, unit: 200, source: 500 } as const

/**
 * Reads hard figures: `code,unit,period,value[,n],source`. `code` is what an edition's indicator names as `hard`; a period is `2026`,
 * `2026-Q3` or `2026-09`. Codes: those of `RowCells` and `readFigureRows`, `bad_period`.
 */
export function readHardFigures(table: Table): FigureRows<HardRecord> {
  return readFigureRows(table, COLUMNS, ({ words, number, count, cell, report }, line) => {
    const code = words('code', MAX_LENGTH.code)
    const unit = words('unit', MAX_LENGTH.unit)
    const source = words('source', MAX_LENGTH.source)
    const period = periodNamed(cell('period'))
    if (period === null) report('period', 'bad_period')
    const [value, n] = [number('value'), count('n')]
    if (period === null) return null
    const key = [code, unit, period.from, period.to]
    return { key, value, record: (told) => ({ line, code, unit, period, value: told, n, source }) }
  })
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
