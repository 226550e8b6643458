import { type Table, texts } from '../../../table/table.ts'
import { OptionsError } from '../../method.ts'
import { measures } from '../cells.ts'

/** Columns of a linear model. `rows` holds what is known about each unit, null where something is missing. */
export interface ModelTerms {
  readonly terms: readonly string[]
  readonly rows: readonly (readonly number[] | null)[]
}

const termsMax = 60

/**
 * An intercept, numeric covariates, and factors as indicators of every level but the first (numbers ascending, else by
 * code point), as R's treatment contrasts; without an intercept the first factor keeps all its levels.
 * @throws DataError for cells that are no numbers, OptionsError `no_terms` `too_many_terms`
 */
export function modelTerms(
  table: Table,
  { covariates, factors, intercept }: { covariates: readonly string[]; factors: readonly string[]; intercept: boolean },
): ModelTerms {
  const columns: { term: string; values: readonly (number | null)[] }[] = []
  if (intercept) columns.push({ term: '(Intercept)', values: table.rows.map(() => 1) })
  for (const name of covariates) columns.push({ term: name, values: measures(table, name) })
  for (const [at, name] of factors.entries()) {
    const cells = texts(table, name)
    const levels = [...new Set(cells.filter((cell) => cell !== null))].sort(byNumberThenText)
    for (const level of intercept || at > 0 ? levels.slice(1) : levels)
      columns.push({
        term: `${name}=${level}`,
        values: cells.map((cell) => (cell === null ? null : Number(cell === level))),
      })
  }
  if (columns.length === 0) throw new OptionsError([{ path: 'intercept', code: 'no_terms' }])
  if (columns.length > termsMax) throw new OptionsError([{ path: 'factors', code: 'too_many_terms' }])
  const rows = table.rows.map((_, i) => {
    const x = columns.map(({ values }) => values[i] ?? null)
    return x.every((value) => value !== null) ? x : null
  })
  return { terms: columns.map(({ term }) => term), rows }
}

function byNumberThenText(a: string, b: string): number {
  const difference = Number(a) - Number(b)
  if (!Number.isNaN(difference) && difference !== 0) return difference
  return a < b ? -1 : 1
}
