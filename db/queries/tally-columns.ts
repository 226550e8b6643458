import { sql } from 'kysely'

const NAMES = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'na']
/** The counts of every table of tallies: by option, and of those who could not say. */
export const COLUMNS = sql.raw(NAMES.join(', '))
/** Their sums, under the same names. */
export const SUMS = sql.raw(NAMES.map((name) => `sum(${name})::int as ${name}`).join(', '))

/**
 * The parts `kept`, `gone` and `written` of a statement, after `cell` and `fresh`: puts these rows in place of those that a table has
 * for the cells. Only what has changed is written. Rows are looked up cell by cell and deleted by their place, because PostgreSQL would
 * join the cells with the whole table, and what is gone is found by grouping, which takes the same time whatever the planner guesses: `not in`
 * is hashed only where it expects few rows, and else compares each with each.
 *
 * @param cell columns by which a cell's rows are found; `key` all columns of the key but the tenant; `values` the others
 */
export function replaceRows(
  tenantId: number,
  table: 'tally' | 'tally_sum' | 'tally_total' | 'tally_overall',
  { cell, key, values = NAMES }: { cell: readonly string[]; key: readonly string[]; values?: readonly string[] },
) {
  const [keys, all] = [sql.raw(key.join(', ')), sql.raw([...key, ...values].join(', '))]
  return sql`
    kept as materialized (
      select r.* from cell cross join lateral (
        select ctid as place, ${all} from ${sql.table(table)}
        where tenant_id = ${tenantId} and ${sql.raw(cell.map((name) => `${name} = cell.${name}`).join(' and '))}
        offset 0) r
    ), gone as (
      delete from ${sql.table(table)}
      where ctid = any(array(
        select max(place) from (
          select ${keys}, place, false as again from kept union all select ${keys}, null, true from fresh) either
        group by ${keys} having not bool_or(again)))
    ), written as (
      insert into ${sql.table(table)} (tenant_id, ${all})
      select ${tenantId}::int, ${all} from (select ${all} from fresh except select ${all} from kept) changed
      on conflict (tenant_id, ${keys}) do update set ${sql.raw(values.map((name) => `${name} = excluded.${name}`).join(', '))}
    )`
}

/** A row's counts as they are stored. */
export type Packed = Record<'c0' | 'c1' | 'c2' | 'c3' | 'c4' | 'c5' | 'c6' | 'c7' | 'c8' | 'na', number>

/** The same as a list: by option, and of those who could not say. */
export function unpack<R extends object>(row: Packed & R): Omit<R, keyof Packed> & { counts: number[]; na: number } {
  const { c0, c1, c2, c3, c4, c5, c6, c7, c8, ...rest } = row
  return { ...rest, counts: [c0, c1, c2, c3, c4, c5, c6, c7, c8] } as never
}
