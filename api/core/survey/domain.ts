import { OptionsError } from '../analysis/method.ts'
import { DataError } from '../table/data-error.ts'
import { numberOf, numbers, type Table, texts } from '../table/table.ts'
import type { Design } from './design.ts'
import type { Where } from './spec.ts'

/** The most groups one ask may make. */
const groupsMax = 20_000

/** A part of the population: the rows of the sample that belong to it and count. */
export interface Domain {
  readonly rows: Int32Array
  /** Value of each column it was grouped by. */
  readonly by: Readonly<Record<string, string>>
}

/**
 * Rows with a positive weight that pass a filter, split by columns; groups in ascending order (numbers as numbers). Rows
 * without a value in a column of `by` belong to no group.
 * @throws DataError `missing_column` and faults of cells that a number is compared with; OptionsError `too_many_groups`
 */
export function domains(table: Table, design: Design, where: Where | undefined, by: readonly string[]): Domain[] {
  const tests = Object.entries(where ?? {}).map(([column, wanted]) => condition(table, column, wanted))
  const groupCells = by.map((column) => texts(table, column))
  const groups = new Map<string, { cells: string[]; rows: number[] }>()
  if (by.length === 0) groups.set('', { cells: [], rows: [] })
  for (let row = 0; row < design.size; row += 1) {
    if (!(design.weight[row]! > 0) || !tests.every((test) => test(row))) continue
    const cells = groupCells.map((column) => column[row])
    if (!cells.every((cell) => typeof cell === 'string')) continue
    const key = cells.join('\u0000')
    const group = groups.get(key)
    if (group) group.rows.push(row)
    else groups.set(key, { cells, rows: [row] })
    if (groups.size > groupsMax) throw new OptionsError([{ path: 'by', code: 'too_many_groups' }])
  }
  const order = by.map((_, i) => comparison([...groups.values()].map(({ cells }) => cells[i]!)))
  return [...groups.values()]
    .sort((a, b) => order.reduce((sign, compare, i) => (sign === 0 ? compare(a.cells[i]!, b.cells[i]!) : sign), 0))
    .map(({ cells, rows }) => ({
      rows: Int32Array.from(rows),
      by: Object.fromEntries(by.map((column, i) => [column, cells[i]!])),
    }))
}

/** Sampling units less strata among the rows: degrees of freedom as R survey `degf` of a subset counts them. */
export function degreesOfFreedom(design: Design, rows: Int32Array): number {
  const stage = design.stages[0]!
  const units = new Uint8Array(stage.units)
  const strata = new Uint8Array(stage.sampled.length)
  let df = 0
  for (const row of rows) {
    const unit = stage.unit[row]!
    if (!(design.weight[row]! > 0) || units[unit] === 1) continue
    units[unit] = 1
    df += 1
    const stratum = stage.stratumOfUnit[unit]!
    if (strata[stratum] === 0) {
      strata[stratum] = 1
      df -= 1
    }
  }
  return df
}

/** The test of a cell that one part of a filter makes. A number matches the cell's number, a text its text. */
function condition(table: Table, column: string, wanted: Where[string]): (row: number) => boolean {
  if (typeof wanted === 'object' && !Array.isArray(wanted)) {
    const values = numbers(table, column)
    const { ge = -Infinity, gt = -Infinity, le = Infinity, lt = Infinity } = wanted
    return (row) => {
      const value = values[row] ?? null
      return (
        value !== null &&
        value >= ge &&
        value <= le &&
        (value > gt || gt === -Infinity) &&
        (value < lt || lt === Infinity)
      )
    }
  }
  const cells = texts(table, column)
  const choices = [wanted].flat()
  return (row) => {
    const cell = cells[row] ?? null
    return cell !== null && choices.some((choice) => matches(cell, choice))
  }
}

/** Whether a cell holds a value, numbers compared as numbers. */
export function matches(cell: string, value: string | number | boolean): boolean {
  if (typeof value === 'string') return cell === value
  return numberOf(cell) === Number(value)
}

function comparison(cells: readonly string[]): (a: string, b: string) => number {
  if (cells.every((cell) => typeof numberOf(cell) === 'number'))
    return (a, b) => Number(numberOf(a)) - Number(numberOf(b))
  return (a, b) => (a < b ? -1 : Number(a > b))
}

/**
 * Whether each row counts as chosen (1), not chosen (0) or has no answer (null). With `chosen` the cell is compared with
 * these values; without it the column must hold 0 and 1, TRUE and FALSE, or yes and no.
 * @throws DataError `missing_column`, and `not_a_share` for the first cells that are none of these
 */
export function indicator(
  table: Table,
  column: string,
  chosen: readonly (string | number | boolean)[] | null,
): (number | null)[] {
  const cells = texts(table, column)
  if (chosen !== null) {
    return cells.map((cell) => (cell === null ? null : Number(chosen.some((value) => matches(cell, value)))))
  }
  const values = cells.map((cell) => (cell === null ? null : logical(cell)))
  const faults = values.flatMap((value, i) =>
    value === undefined ? [{ code: 'not_a_share', line: table.rows[i]!.line, column }] : [],
  )
  if (faults.length > 0) throw new DataError(table.file, faults)
  return values.map((value) => value ?? null)
}

function logical(cell: string): 0 | 1 | undefined {
  const text = cell.toLowerCase()
  if (text === 'yes' || text === 'true') return 1
  if (text === 'no' || text === 'false') return 0
  const value = numberOf(cell)
  return value === 0 || value === 1 ? value : undefined
}
