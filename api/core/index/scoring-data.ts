import { DataError, type DataFault } from '../table/data-error.ts'
import { numberOf, type Table } from '../table/table.ts'
import { type IndexDefinition, rawRange } from './definition.ts'
import { type Bounds, columnBounds } from './normalise.ts'
import type { ScoringData } from './score.ts'

/** Scoring data of one period; `period` is null when the file has no such column. */
export interface PeriodData {
  readonly period: string | null
  readonly data: ScoringData
}

/** What a scoring file holds for a definition; `ignored` names its columns or indicators that the definition does not have. */
export interface ScoringFile {
  readonly periods: readonly PeriodData[]
  readonly ignored: readonly string[]
}

/** One cell of the file that belongs to an indicator. */
interface Cell {
  readonly unit: string
  readonly period: string
  readonly indicator: string
  readonly text: string
  readonly line: number
  readonly column: string
}

/**
 * Reads scoring data: long `unit,indicator,value` or wide `unit,<indicator>,…`, both with an optional column `period` (or
 * `year`, unless that is an indicator). Empty cells and NA are missing, never zero; periods come in the order of their text.
 * @throws DataError `missing_column` (no `unit`) `no_known_indicator` (a header or list that matches nothing) `missing_value`
 *   (a row without unit or period) `duplicate_row` (a second row for the same unit and indicator) `outside_range` (beyond what the
 *   indicator can be) `not_a_number` `decimal_comma` `not_finite`
 */
export function readScoringData(table: Table, definition: IndexDefinition): ScoringFile {
  const indicators = new Map(definition.indicators.map((indicator) => [indicator.code, indicator]))
  const { cells, rows, ignored, faults } = cellsOf(table, new Set(indicators.keys()))
  const seen = new Set<string>()
  const byPeriod = new Map<string, { units: Map<string, number>; values: (Cell & { value: number })[] }>()
  for (const { unit, period } of rows) {
    const place = byPeriod.get(period) ?? { units: new Map<string, number>(), values: [] }
    byPeriod.set(period, place)
    if (!place.units.has(unit)) place.units.set(unit, place.units.size)
  }
  for (const cell of cells) {
    const { line, column } = cell
    const key = JSON.stringify([cell.period, cell.unit, cell.indicator])
    if (seen.has(key)) faults.push({ code: 'duplicate_row', line, column })
    seen.add(key)
    const value = numberOf(cell.text)
    const range = rawRange(indicators.get(cell.indicator)!)
    if (typeof value === 'string') faults.push({ code: value, line, column })
    else if (value !== null && range !== null && !(value >= range[0] && value <= range[1])) {
      faults.push({ code: 'outside_range', line, column })
    } else if (value !== null) byPeriod.get(cell.period)!.values.push({ ...cell, value })
  }
  if (faults.length > 0) throw new DataError(table.file, faults)

  const periods = [...byPeriod].map(([period, { units, values }]): PeriodData => {
    const columns = new Map<string, Float64Array>()
    for (const { unit, indicator, value } of values) {
      const column = columns.get(indicator) ?? new Float64Array(units.size).fill(NaN)
      columns.set(indicator, column)
      column[units.get(unit)!] = value
    }
    return { period: period === '' ? null : period, data: { units: [...units.keys()], columns } }
  })
  return { periods: periods.toSorted((a, b) => compareText(a.period ?? '', b.period ?? '')), ignored }
}

/** Bounds of a file by indicator; `ignored` names what the definition does not have. */
export interface BoundsFile {
  readonly bounds: Map<string, Bounds>
  readonly ignored: readonly string[]
}

/**
 * Bounds for `fixed`, `cumulative` and `pooled` indicators from a file: `indicator,min,max`, or scoring data of other periods,
 * whose smallest and largest values are taken. Which of them count, `takesBounds` says.
 * @throws DataError as `readScoringData`, and `empty_range` (min not below max) `missing_value`
 */
export function readBounds(table: Table, definition: IndexDefinition): BoundsFile {
  const [name, min, max] = ['indicator', 'min', 'max'].map((column) => columnAt(table, column))
  if (name === undefined || min === undefined || max === undefined) {
    const { periods, ignored } = readScoringData(table, definition)
    const bounds = new Map<string, Bounds>()
    for (const { data } of periods) addBounds(bounds, data)
    return { bounds, ignored }
  }
  const faults: DataFault[] = []
  const bounds = new Map<string, Bounds>()
  const ignored = new Set<string>()
  const known = new Set(definition.indicators.map((indicator) => indicator.code))
  for (const { line, cells } of table.rows) {
    const indicator = cells[name] ?? ''
    if (!known.has(indicator)) {
      ignored.add(indicator)
      continue
    }
    if (bounds.has(indicator)) faults.push({ code: 'duplicate_row', line, column: 'indicator' })
    const [low, high] = [min, max].map((at) => {
      const value = numberOf(cells[at] ?? '') ?? 'missing_value'
      if (typeof value === 'string') faults.push({ code: value, line, column: table.columns[at] ?? null })
      return value
    })
    if (typeof low !== 'number' || typeof high !== 'number') continue
    if (low < high) bounds.set(indicator, { min: low, max: high })
    else faults.push({ code: 'empty_range', line, column: 'max' })
  }
  if (bounds.size === 0 && faults.length === 0)
    faults.push({ code: 'no_known_indicator', line: 1, column: 'indicator' })
  if (faults.length > 0) throw new DataError(table.file, faults)
  return { bounds, ignored: [...ignored] }
}

/** Widens bounds by the values of more data. */
export function addBounds(bounds: Map<string, Bounds>, data: ScoringData): void {
  for (const [indicator, column] of data.columns) {
    const found = columnBounds(column)
    const known = bounds.get(indicator) ?? found
    if (found === null || known === null) continue
    bounds.set(indicator, { min: Math.min(known.min, found.min), max: Math.max(known.max, found.max) })
  }
}

function cellsOf(table: Table, indicators: ReadonlySet<string>) {
  const unitAt = columnAt(table, 'unit')
  if (unitAt === undefined) throw new DataError(table.file, [{ code: 'missing_column', line: 1, column: 'unit' }])
  const periodAt = ['period', 'year']
    .filter((name) => !indicators.has(name))
    .flatMap((name) => columnAt(table, name) ?? [])[0]
  const [nameAt, valueAt] = ['indicator', 'value'].map((name) => columnAt(table, name))
  const faults: DataFault[] = []
  const cells: Cell[] = []
  const rows: { unit: string; period: string }[] = []
  const ignored = new Set<string>()
  const wide = [...table.columns.entries()].filter(([, column]) => indicators.has(column))
  const isLong = nameAt !== undefined && valueAt !== undefined
  if (!isLong) {
    const used = new Set([unitAt, periodAt, ...wide.map(([at]) => at)])
    for (const [at, column] of table.columns.entries()) if (!used.has(at)) ignored.add(column)
    if (wide.length === 0) throw new DataError(table.file, [{ code: 'no_known_indicator', line: 1, column: null }])
  }

  const lines = new Map<string, number>()
  for (const { line, cells: texts } of table.rows) {
    const unit = texts[unitAt] ?? ''
    const period = periodAt === undefined ? '' : (texts[periodAt] ?? '')
    if (unit === '') {
      faults.push({ code: 'missing_value', line, column: table.columns[unitAt] ?? null })
      continue
    }
    if (periodAt !== undefined && period === '') {
      faults.push({ code: 'missing_value', line, column: table.columns[periodAt] ?? null })
      continue
    }
    rows.push({ unit, period })
    if (isLong) {
      const indicator = texts[nameAt] ?? ''
      const column = table.columns[valueAt] ?? ''
      if (indicators.has(indicator)) cells.push({ unit, period, indicator, text: texts[valueAt] ?? '', line, column })
      else ignored.add(indicator)
      continue
    }
    const key = JSON.stringify([unit, period])
    if (lines.has(key)) faults.push({ code: 'duplicate_row', line, column: table.columns[unitAt] ?? null })
    else
      for (const [at, indicator] of wide)
        cells.push({ unit, period, indicator, text: texts[at] ?? '', line, column: indicator })
    lines.set(key, line)
  }
  if (isLong && cells.length === 0 && faults.length === 0) {
    faults.push({ code: 'no_known_indicator', line: null, column: table.columns[nameAt] ?? null })
  }
  return { cells, rows, ignored: [...ignored], faults }
}

/** Place of a column of ours, without regard to case. */
function columnAt(table: Table, name: string): number | undefined {
  const at = table.columns.findIndex((column) => column.toLowerCase() === name)
  return at === -1 ? undefined : at
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
