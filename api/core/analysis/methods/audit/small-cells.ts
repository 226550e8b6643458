import { z } from 'zod'
import {
  feasibleIntervals,
  GroupTooLargeError,
  InconsistentTotalsError,
  type TotalEquation,
} from '../../../disclosure/feasible-intervals.ts'
import { DataError } from '../../../table/data-error.ts'
import type { Table } from '../../../table/table.ts'
import { method, OptionsError } from '../../method.ts'
import { columnOption } from '../columns.ts'
import { publishedCells, shownMargins, totalEquations } from './table-cells.ts'

/** Each hidden cell is two linear programs. */
const hiddenMax = 5000

export const smallCellsMethod = method({
  name: 'small-cell-audit',
  summary: 'What a table with hidden cells still gives away: the feasible interval of each, by linear programming',
  options: {
    dimensions: z
      .array(z.string().min(1).max(200))
      .min(1)
      .max(6)
      .default(['row', 'column'])
      .describe('columns that say which cell a row of the file is'),
    value: columnOption('value', 'count or sum of the cell; may be empty where hidden'),
    hidden: columnOption('hidden', 'TRUE (1) for a cell that is not published'),
    total: z
      .string()
      .min(1)
      .max(200)
      .default('total')
      .describe('label of the sum of all other labels of a dimension without hierarchy'),
    hierarchy: z
      .record(z.string(), z.record(z.string(), z.string()))
      .default({})
      .describe('parents of labels by dimension, e.g. {"unit":{"A1":"A","A2":"A","A":"province"}}'),
    margins: z
      .boolean()
      .default(false)
      .describe(
        'sums over each dimension are known to everyone although the file has no rows for them; needs every value',
      ),
    lower: z.number().min(-1e12).max(1e12).default(0).describe('what every hidden cell is known to be at least'),
    upper: z.number().min(-1e12).max(1e12).optional().describe('what every hidden cell is known to be at most'),
    protection: z
      .number()
      .min(0)
      .max(100)
      .default(0)
      .describe('share of its value by which a cell’s interval must reach beyond it on both sides to be protected'),
    minWidth: z.number().min(0).default(0).describe('width that the interval of a protected cell must have'),
  },
  output:
    '{ cells, hidden, equations, exact, unprotected, rows: [{ line, <dimensions>, value, lo, hi, width, exact, protected }] }; a ' +
    'row per hidden cell; hi and width are null where nothing bounds it from above; exact: only one value is possible; ' +
    'protected: not exact and wide enough for protection and minWidth (where the value is empty, for minWidth alone); a cell ' +
    'that is not in the file does not exist',
  source: 'Hundepool et al. 2012, Statistical Disclosure Control, ch. 4; linear programs as in R lpSolve',
  run(table, options) {
    const cells = publishedCells(table, options)
    const hidden = cells.filter((cell) => cell.hidden).length
    if (hidden > hiddenMax)
      throw new DataError(table.file, [{ code: 'too_many_hidden_cells', line: null, column: options.hidden }])
    if (options.upper !== undefined && options.upper < options.lower)
      throw new OptionsError([{ path: 'upper', code: 'too_small' }])
    const missing = options.margins ? cells.filter(({ value }) => value === null) : []
    if (missing.length > 0)
      throw new DataError(
        table.file,
        missing.map(({ line }) => ({ code: 'missing_value', line, column: options.value })),
      )
    const margins = options.margins ? shownMargins(cells, options.dimensions) : { values: [], equations: [] }
    const equations = [
      ...totalEquations(cells, options.dimensions, options.total, options.hierarchy),
      ...margins.equations,
    ]
    const known = [...cells.map((cell) => (cell.hidden ? null : cell.value)), ...margins.values]
    const intervals = intervalsOf(table, known, equations, { lo: options.lower, hi: options.upper ?? null })
    const rows = intervals
      .toSorted((a, b) => a.cell - b.cell)
      .map(({ cell, lo, hi }) => {
        const { line, labels, value } = cells[cell]!
        const exact = hi !== null && hi === lo
        const reach = options.protection * Math.abs(value ?? 0)
        const wide = hi === null || hi - lo >= options.minWidth
        const around = value === null || (lo <= value - reach && (hi === null || hi >= value + reach))
        return {
          line,
          ...Object.fromEntries(options.dimensions.map((name, d) => [name, labels[d]])),
          value,
          lo,
          hi,
          width: hi === null ? null : hi - lo,
          exact,
          protected: !exact && wide && around,
        }
      })
    return {
      cells: cells.length,
      hidden,
      equations: equations.length,
      exact: rows.filter(({ exact }) => exact).length,
      unprotected: rows.filter((row) => !row.protected).length,
      rows,
    }
  },
})

/** @throws DataError `inconsistent_totals` `too_many_hidden_cells` */
function intervalsOf(
  table: Table,
  known: readonly (number | null)[],
  equations: readonly TotalEquation[],
  bounds: { lo: number; hi: number | null },
) {
  try {
    return feasibleIntervals(known, equations, bounds)
  } catch (error) {
    const fault = (code: string) => new DataError(table.file, [{ code, line: null, column: null }])
    if (error instanceof InconsistentTotalsError) throw fault('inconsistent_totals')
    if (error instanceof GroupTooLargeError) throw fault('too_many_hidden_cells')
    throw error
  }
}
