import { sql } from 'kysely'

const NAMES = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'na']
/** The counts of every table of tallies: by option, and of those who could not say. */
export const COLUMNS = sql.raw(NAMES.join(', '))
/** Their sums, under the same names. */
export const SUMS = sql.raw(NAMES.map((name) => `sum(${name})::int as ${name}`).join(', '))
/** Takes over new counts of a row, if they are new: what has not changed is not written again. */
export const replaceIfNew = (table: 'tally' | 'tally_sum' | 'tally_total') =>
  sql.raw(
    `${NAMES.map((name) => `${name} = excluded.${name}`).join(', ')}
    where (${NAMES.map((name) => `${table}.${name}`).join(', ')})
      is distinct from (${NAMES.map((name) => `excluded.${name}`).join(', ')})`,
  )

/** A row's counts as they are stored. */
export type Packed = Record<'c0' | 'c1' | 'c2' | 'c3' | 'c4' | 'c5' | 'c6' | 'c7' | 'c8' | 'na', number>

/** The same as a list: by option, and of those who could not say. */
export function unpack<R extends object>(row: Packed & R): Omit<R, keyof Packed> & { counts: number[]; na: number } {
  const { c0, c1, c2, c3, c4, c5, c6, c7, c8, ...rest } = row
  return { ...rest, counts: [c0, c1, c2, c3, c4, c5, c6, c7, c8] } as never
}
