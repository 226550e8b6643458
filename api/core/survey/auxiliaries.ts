import { OptionsError } from '../analysis/method.ts'
import { DataError } from '../table/data-error.ts'
import { completeNumbers, type Table, texts } from '../table/table.ts'
import type { Design } from './design.ts'
import { matches } from './domain.ts'
import type { CalibrateSpec } from './spec.ts'

/** Known totals and where each row stands in them; see `Projection` for the layout. */
export interface Auxiliaries {
  readonly width: number
  readonly columns: number
  readonly index: Int32Array
  readonly value: Float64Array
  readonly totals: Float64Array
  /** Path of each column of the auxiliaries in the design file. */
  readonly names: readonly string[]
  /** Columns of the auxiliaries that make up each margin. */
  readonly margins: readonly { readonly first: number; readonly levels: number }[]
}

interface Entry {
  readonly index: Int32Array
  readonly value: Float64Array | null
}

/**
 * Reads the margins of a design file against the table. A margin of levels must name every level of the sample, and each
 * of its levels must occur. The name of a level written behind its column (`stypeH`, as R's model matrix has it) is known too.
 * @param levelsOnly when totals of numbers have no meaning
 */
export function auxiliaries(
  table: Table,
  design: Design,
  margins: CalibrateSpec['margins'],
  levelsOnly: boolean,
): Auxiliaries {
  const totals: number[] = []
  const names: string[] = []
  const spans: { first: number; levels: number }[] = []
  const faults: { path: string; code: string }[] = []
  const entries = Object.entries(margins).map(([column, wanted]): Entry => {
    const path = `calibrate.margins.${column}`
    const first = totals.length
    if (typeof wanted === 'number') {
      if (levelsOnly) faults.push({ path, code: 'levels_needed' })
      totals.push(wanted)
      names.push(path)
      spans.push({ first, levels: 0 })
      return { index: new Int32Array(design.size).fill(first), value: numeric(table, design, column, path) }
    }
    const levels = Object.keys(wanted)
    for (const level of levels) {
      if (levelsOnly && !(wanted[level]! > 0)) faults.push({ path: `${path}.${level}`, code: 'not_a_positive_total' })
      totals.push(wanted[level]!)
      names.push(`${path}.${level}`)
    }
    spans.push({ first, levels: levels.length })
    const index = placed(table, design, column, levels).map((level) => (level === -1 ? -1 : first + level))
    for (const [i, level] of levels.entries()) {
      if (!index.includes(first + i) && wanted[level] !== 0)
        faults.push({ path: `${path}.${level}`, code: 'level_not_in_sample' })
    }
    return { index, value: null }
  })
  const sums = spans
    .filter(({ levels }) => levels > 0)
    .map(({ first, levels }) => totals.slice(first, first + levels).reduce((sum, total) => sum + total, 0))
  const intercept = margins['(Intercept)']
  if (typeof intercept === 'number') sums.push(intercept)
  if (sums.some((sum) => Math.abs(sum - sums[0]!) > 1e-6 * Math.abs(sums[0]!))) {
    faults.push({ path: 'calibrate.margins', code: 'totals_disagree' })
  }
  if (entries.length === 0) faults.push({ path: 'calibrate.margins', code: 'too_small' })
  if (faults.length > 0) throw new OptionsError(faults)
  return {
    ...interleave(design.size, entries),
    columns: totals.length,
    totals: Float64Array.from(totals),
    names,
    margins: spans,
  }
}

function interleave(size: number, entries: readonly Entry[]) {
  const width = entries.length
  const index = new Int32Array(size * width)
  const value = new Float64Array(size * width)
  for (const [e, entry] of entries.entries()) {
    for (let row = 0; row < size; row += 1) {
      index[row * width + e] = entry.index[row]!
      value[row * width + e] = entry.value === null ? 1 : entry.value[row]!
    }
  }
  return { width, index, value }
}

/** The level each row has. @throws DataError `missing_value` `level_without_total` */
function placed(table: Table, design: Design, column: string, levels: readonly string[]): Int32Array {
  const codes = new Map(levels.map((level, i) => [level, i]))
  const faults: { code: string; line: number; column: string }[] = []
  const index = Int32Array.from(texts(table, column), (cell, row) => {
    if (cell === null || !codes.has(cell)) {
      if (design.weight[row]! > 0) {
        const code = cell === null ? 'missing_value' : 'level_without_total'
        faults.push({ code, line: table.rows[row]!.line, column })
      }
      return -1
    }
    return codes.get(cell)!
  })
  if (faults.length > 0) throw new DataError(table.file, faults)
  return index
}

function numeric(table: Table, design: Design, column: string, path: string): Float64Array {
  if (column === '(Intercept)') return new Float64Array(design.size).fill(1)
  if (table.columns.includes(column)) return Float64Array.from(completeNumbers(table, column))
  const source = table.columns
    .filter((name) => column.startsWith(name))
    .sort((a, b) => b.length - a.length)
    .find((name) => texts(table, name).some((cell) => cell !== null && matches(cell, column.slice(name.length))))
  if (source === undefined) throw new OptionsError([{ path, code: 'unknown_column' }])
  const level = column.slice(source.length)
  return Float64Array.from(texts(table, source), (cell) => Number(cell === level))
}
