import { DataError, type DataFault } from '../../table/data-error.ts'
import { completeNumbers, numbers, type Table, texts } from '../../table/table.ts'

/**
 * Refuses the values of a column that a method cannot use, all of them at once.
 * @param code says what is wrong with a value, null when nothing is
 * @throws DataError
 */
export function refuse(
  table: Table,
  column: string,
  values: readonly (number | null)[],
  code: (value: number) => string | null,
): void {
  const faults = values.flatMap((value, index): DataFault[] => {
    const found = value === null ? null : code(value)
    return found === null ? [] : [{ code: found, line: table.rows[index]?.line ?? null, column }]
  })
  if (faults.length > 0) throw new DataError(table.file, faults)
}

/** Beyond this, squares and products of a few values overflow. */
const measureMax = 1e40

/** A column of measured values, missing as null. @throws DataError `too_large` (beyond ±1e40) and those of `numbers` */
export function measures(table: Table, column: string): (number | null)[] {
  const values = numbers(table, column)
  refuse(table, column, values, (value) => (Math.abs(value) <= measureMax ? null : 'too_large'))
  return values
}

/** As `measures`, where no cell may be missing. @throws DataError `missing_value` and those of `measures` */
export function completeMeasures(table: Table, column: string): number[] {
  measures(table, column)
  return completeNumbers(table, column)
}

/** A column of whole numbers ≥ `least`. @throws DataError `not_a_count` and those of `completeNumbers` */
export function counts(table: Table, column: string, least = 0): number[] {
  const values = completeNumbers(table, column)
  refuse(table, column, values, (value) => (Number.isSafeInteger(value) && value >= least ? null : 'not_a_count'))
  return values
}

/** A column of numbers above 0. @throws DataError `not_positive` and those of `completeNumbers` */
export function positives(table: Table, column: string): number[] {
  const values = completeNumbers(table, column)
  refuse(table, column, values, (value) => (value > 0 ? null : 'not_positive'))
  return values
}

/** A column of exposures or expected events, 1e-9 … 1e15. @throws DataError `impossible_argument` and those of `positives` */
export function exposures(table: Table, column: string): number[] {
  const values = positives(table, column)
  refuse(table, column, values, (value) => (value >= 1e-9 && value <= 1e15 ? null : 'impossible_argument'))
  return values
}

/**
 * Favourable answers x of n, a pair for each row.
 * @throws DataError `not_a_count` `more_than_n` and those of `completeNumbers`
 */
export function shareCells(table: Table, x: string, n: string): { line: number; x: number; n: number }[] {
  const favourable = counts(table, x)
  const sizes = counts(table, n, 1)
  const pairs = table.rows.map(({ line }, i) => ({ line, x: favourable[i] ?? 0, n: sizes[i] ?? 0 }))
  const over = pairs.filter((pair) => pair.x > pair.n)
  if (over.length > 0)
    throw new DataError(
      table.file,
      over.map(({ line }) => ({ code: 'more_than_n', line, column: x })),
    )
  return pairs
}

/**
 * Names of the rows: the cells of `column`, or null for each where the file has no such column and it was not asked for by
 * another name than the usual one. A missing name is null.
 * @throws DataError `missing_column`
 */
export function rowNames(table: Table, column: string, usual = 'unit'): (string | null)[] {
  if (column === usual && !table.columns.includes(column)) return table.rows.map(() => null)
  return texts(table, column)
}

/** The cells of a column as they are written, none of which may be missing. @throws DataError `missing_value` `missing_column` */
export function completeTexts(table: Table, column: string): string[] {
  const cells = texts(table, column)
  const faults = cells.flatMap((cell, i): DataFault[] =>
    cell === null ? [{ code: 'missing_value', line: table.rows[i]?.line ?? null, column }] : [],
  )
  if (faults.length > 0) throw new DataError(table.file, faults)
  return cells.map((cell) => cell!)
}
