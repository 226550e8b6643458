import { z } from 'zod'
import { type JointMoments, weightedCovariance } from '../../../stats/drivers/covariance.ts'
import { DataError, type DataFault } from '../../../table/data-error.ts'
import { numberOf, type Table } from '../../../table/table.ts'
import { OptionsError } from '../../method.ts'
import { completeMeasures, completeTexts, measures, refuse } from '../cells.ts'
import { columnOption } from '../columns.ts'

const columnList = z.array(z.string().min(1).max(200)).max(100)

/** Where the variables of a linear model come from. */
export const modelOptions = {
  y: columnOption('y', 'outcome'),
  drivers: columnList
    .optional()
    .describe('columns that may explain it; default all other columns of numbers but weight (and those of always)'),
  weight: z.string().min(1).max(200).optional().describe('column: weight of a row ≥ 0'),
  input: z
    .enum(['rows', 'covariance', 'correlation'])
    .default('rows')
    .describe('what the file holds: a row per answer, or a square matrix whose column "variable" names its rows'),
  n: z.int().min(3).optional().describe('number of answers behind a matrix'),
}

export interface ModelChoice {
  readonly y: string
  readonly drivers?: readonly string[] | undefined
  readonly weight?: string | undefined
  readonly input: 'rows' | 'covariance' | 'correlation'
  readonly n?: number | undefined
}

/** Outcome and regressors, and the rows they came from (none behind a matrix). */
export interface Model {
  /** The outcome first. */
  readonly names: readonly string[]
  readonly moments: JointMoments
  readonly missing: number
  readonly rows: { readonly columns: readonly (readonly number[])[]; readonly weights: readonly number[] } | null
}

/**
 * Reads a model; rows with a missing value are left out and counted.
 * @param always columns that are also regressors
 * @throws DataError, OptionsError
 */
export function readModel(table: Table, options: ModelChoice, always: readonly string[] = []): Model {
  const names = namesOf(table, options, always)
  if (options.input !== 'rows') return readMatrix(table, options, names)
  if (options.n !== undefined) throw new OptionsError([{ path: 'n', code: 'only_for_a_matrix' }])
  const all = names.map((name) => measures(table, name))
  const given = options.weight === undefined ? table.rows.map(() => 1) : measures(table, options.weight)
  if (options.weight !== undefined) refuse(table, options.weight, given, (weight) => (weight < 0 ? 'negative' : null))
  const used = table.rows.flatMap((_, i) =>
    given[i] === null || given[i] === 0 || all.some((column) => column[i] === null) ? [] : [i],
  )
  const left = given.filter((weight) => weight === 0).length
  if (used.length < names.length + 1)
    throw new DataError(table.file, [{ code: 'too_few_rows', line: null, column: null }])
  const columns = all.map((column) => used.map((i) => column[i]!))
  columns.forEach((column, j) => {
    if (column.every((value) => value === column[0]))
      throw new DataError(table.file, [{ code: 'no_variation', line: null, column: names[j]! }])
  })
  const weights = used.map((i) => given[i]!)
  return {
    names,
    moments: weightedCovariance(columns, weights),
    missing: table.rows.length - used.length - left,
    rows: { columns, weights },
  }
}

function namesOf(table: Table, { y, drivers, weight, input }: ModelChoice, always: readonly string[]): string[] {
  const taken = new Set([y, weight, 'variable', ...always])
  const numeric = (at: number) => table.rows.every(({ cells }) => typeof numberOf(cells[at] ?? '') !== 'string')
  const chosen = drivers ?? table.columns.filter((name, at) => !taken.has(name) && (input !== 'rows' || numeric(at)))
  const names = [y, ...chosen, ...always]
  if (chosen.length === 0) throw new OptionsError([{ path: 'drivers', code: 'too_small' }])
  if (new Set(names).size < names.length) throw new OptionsError([{ path: 'drivers', code: 'named_twice' }])
  return names
}

/** Rows of a matrix in the order of `names`, after checking that it is one. */
function readMatrix(table: Table, { input, n, weight }: ModelChoice, names: readonly string[]): Model {
  if (n === undefined) throw new OptionsError([{ path: 'n', code: 'needed_for_a_matrix' }])
  if (weight !== undefined) throw new OptionsError([{ path: 'weight', code: 'only_for_rows' }])
  if (n < names.length + 1) throw new OptionsError([{ path: 'n', code: 'too_small' }])
  const labels = completeTexts(table, 'variable')
  const columns = names.map((name) => completeMeasures(table, name))
  const places = names.map((name) => labels.indexOf(name))
  const absent = places.indexOf(-1)
  if (absent !== -1)
    throw new DataError(table.file, [{ code: 'no_row_of_variable', line: null, column: names[absent]! }])
  const covariance = places.map((place) => columns.map((column) => column[place]!))
  const faults = covariance.flatMap((row, i) =>
    row.flatMap((value, j): DataFault[] => {
      const place = { line: table.rows[places[i]!]!.line, column: names[j]! }
      if (i === j && !(value > 0)) return [{ code: 'not_positive', ...place }]
      if (i === j && input === 'correlation' && value !== 1) return [{ code: 'not_one', ...place }]
      const scale = Math.sqrt(Math.abs(covariance[i]![i]! * covariance[j]![j]!))
      return Math.abs(value - covariance[j]![i]!) > 1e-9 * scale ? [{ code: 'not_symmetric', ...place }] : []
    }),
  )
  if (faults.length > 0) throw new DataError(table.file, faults)
  return { names, moments: { n, means: null, covariance, spread: n - 1, weight: n }, missing: 0, rows: null }
}
