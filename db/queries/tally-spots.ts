import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'
import { COUNTS } from './marks.ts'
import { replaceRows, SUMS } from './tally-columns.ts'
import type { Reading } from './tally-states.ts'
import type { Cell } from './tallies.ts'

const CELL_KEY = ['unit_id', 'month', 'procedure_id']
/** Single items that answers give to their dossier's unit. */
const IN_SPOT = sql.raw(`stream = 'dossier' and counted and event in ('returned', 'refused')
  and item not like '@%' and item not like '%*%' and main`)
const IN_OVERALL = sql.raw(`stream = 'dossier' and counted and event in ('returned', 'refused') and item = 'OVERALL'`)
const VALID = sql.raw('sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8)::int')
/** A month's items as one text, from one row of counts for each; `''` without any. */
const TEXT = sql.raw(`coalesce(string_agg(item || regexp_replace(
  concat(' ', na, ' ', c0, ' ', c1, ' ', c2, ' ', c3, ' ', c4, ' ', c5, ' ', c6, ' ', c7, ' ', c8), '( 0)+$', ''),
  ',' order by item collate "C"), '')`)
const MONTHS = sql.raw(`jsonb_object_agg(to_char(month, 'MM'), items)`)

/** Makes single items by procedure anew, after these cells of `tally` have been rebuilt in the same repeatable-read transaction. */
export async function rebuildSpots(trx: Transaction<DB>, tenantId: number, cells: readonly Cell[]): Promise<void> {
  const from = sql`(select * from unnest(${cells.map((cell) => cell.unitId)}::int[], ${cells.map((cell) => cell.month)}::date[],
    ${cells.map((cell) => cell.procedureId)}::int[]) as cell (unit_id, month, procedure_id))`
  const ofCell = sql`(
    select * from tally
    where tenant_id = ${tenantId} and unit_id = cell.unit_id and month = cell.month and procedure_id = cell.procedure_id
    offset 0) of_cell`
  await sql`
    with cell as materialized ${from}, fresh as (
      select cell.*, t.items from cell cross join lateral (
        select ${TEXT} as items from (select item, ${SUMS} from ${ofCell} where ${IN_SPOT} group by item) i) t
    )
    insert into tally_spot_year as kept (tenant_id, unit_id, year, procedure_id, months)
    select ${tenantId}, unit_id, extract(year from month)::int, procedure_id, ${MONTHS} from fresh group by 2, 3, 4
    on conflict (tenant_id, unit_id, year, procedure_id) do update set months = kept.months || excluded.months
      where kept.months is distinct from kept.months || excluded.months`.execute(trx)
  await sql`
    with cell as materialized ${from}, fresh as materialized (
      select cell.*, t.main, t.n from cell cross join lateral (
        select main, ${VALID} as n from ${ofCell} where ${IN_OVERALL} group by main) t where n > 0
    ), ${replaceRows(tenantId, 'tally_overall', { cell: CELL_KEY, key: [...CELL_KEY, 'main'], values: ['n'] })}
    select`.execute(trx)
}

/** Makes all of a tenant anew, what a unit's page reads lying together. */
export async function rebuildAllSpots(trx: Transaction<DB>, tenantId: number): Promise<void> {
  for (const table of ['tally_spot_year', 'tally_overall'] as const)
    await trx.deleteFrom(table).where('tenant_id', '=', tenantId).execute()
  await sql`
    insert into tally_spot_year (tenant_id, unit_id, year, procedure_id, months)
    select ${tenantId}, unit_id, extract(year from month)::int, procedure_id, ${MONTHS} from (
      select unit_id, month, procedure_id, ${TEXT} as items from (
        select unit_id, month, procedure_id, item, ${SUMS} from tally
        where tenant_id = ${tenantId} and ${IN_SPOT} group by 1, 2, 3, 4) i
      group by 1, 2, 3) m
    group by 2, 3, 4 order by 2, 3, 4`.execute(trx)
  await sql`
    insert into tally_overall (tenant_id, month, unit_id, procedure_id, main, n)
    select ${tenantId}, month, unit_id, procedure_id, main, n from (
      select month, unit_id, procedure_id, main, ${VALID} as n from tally
      where tenant_id = ${tenantId} and ${IN_OVERALL} group by 1, 2, 3, 4) t
    where n > 0 order by 2, 3, 4`.execute(trx)
}

/** A unit's year at a procedure: by month (`01` to `12`) the counts of single items, for `eachItem`. */
export interface SpotYear {
  unitId: number
  year: number
  procedureId: number
  months: Readonly<Record<string, string>>
}
/** Which to read. Months are first days, `toMonth` inclusive: their years are read whole. */
export interface SpotQuery {
  fromMonth: string
  toMonth: string
  /** Only these units; null: all. */
  unitIds: readonly number[] | null
  /** Only these procedures; null: all. */
  procedureIds: readonly number[] | null
  /** Read live, months of a unit at a procedure that wait are counted from rows, in the same statement. */
  reading: Reading
}

/** Reads single items by procedure, as they rate the unit itself. */
export async function readSpots(trx: Transaction<DB>, tenantId: number, query: SpotQuery): Promise<SpotYear[]> {
  const { fromMonth, toMonth, unitIds, procedureIds, reading } = query
  const yearOf = (month: string) => Number(month.slice(0, 4))
  const units = unitIds === null ? sql`` : sql`and unit_id = any(${[...unitIds]}::int[])`
  const procedures = procedureIds === null ? sql`` : sql`and procedure_id = any(${[...procedureIds]}::int[])`
  const kept = sql`
    select unit_id, year, procedure_id, months from tally_spot_year
    where tenant_id = ${tenantId} and year between ${yearOf(fromMonth)} and ${yearOf(toMonth)} ${units} ${procedures}`
  const live = sql`
    with waiting as materialized (
      select distinct unit_id, month, procedure_id from tally_change
      where tenant_id = ${tenantId} and month between ${fromMonth}::date and ${toMonth}::date ${units} ${procedures}
    ), counted as (
      select unit_id, extract(year from month)::int as year, procedure_id, ${MONTHS} as months from (
        select w.*, t.items from waiting w cross join lateral (
          select ${TEXT} as items from (
            select item, ${COUNTS} from mark m
            where m.tenant_id = ${tenantId} and m.unit_id = w.unit_id and m.procedure_id = w.procedure_id
              and m.day >= w.month and m.day < (w.month + interval '1 month')::date and ${IN_SPOT}
            group by item) i) t) c
      group by 1, 2, 3
    )
    select unit_id, year, procedure_id, coalesce(k.months, '{}') || coalesce(c.months, '{}') as months
    from (${kept}) k full join counted c using (unit_id, year, procedure_id)`
  const { rows } = await sql<SpotYear>`
    select unit_id as "unitId", year, procedure_id as "procedureId", months from (${reading === 'live' ? live : kept}) s`.execute(
    trx,
  )
  return rows
}

/**
 * Tells the items of a month one after the other: how many could not say, then the counts of options, as far as they are not
 * zero. The list is filled anew for each.
 */
export function eachItem(text: string, tell: (item: string, counts: readonly number[]) => void): void {
  const counts: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    const space = text.indexOf(' ', at)
    const item = text.slice(at, space)
    counts.length = 0
    let count = 0
    for (at = space + 1; ; at += 1) {
      // digits come after the space and the comma; the end is no number at all
      const code = text.charCodeAt(at)
      if (code >= ZERO) {
        count = count * 10 + code - ZERO
        continue
      }
      counts.push(count)
      count = 0
      if (code !== SPACE) break
    }
    tell(item, counts)
  }
}
const [SPACE, ZERO] = [32, 48]

/** How many valid answers the overall item has in a month at each unit and procedure. */
export async function readOverall(
  trx: Transaction<DB>,
  tenantId: number,
  month: string,
  reading: Reading,
): Promise<{ unitId: number; procedureId: number; main: boolean; n: number }[]> {
  const kept = sql`select unit_id, procedure_id, main, n from tally_overall o where tenant_id = ${tenantId} and month = ${month}::date`
  const live = sql`
    with waiting as materialized (
      select distinct unit_id, procedure_id from tally_change where tenant_id = ${tenantId} and month = ${month}::date
    )
    ${kept} and (o.unit_id, o.procedure_id) not in (select unit_id, procedure_id from waiting)
    union all
    select w.unit_id, w.procedure_id, m.main, m.n from waiting w cross join lateral (
      select main, count(value)::int as n from mark m
      where m.tenant_id = ${tenantId} and m.unit_id = w.unit_id and m.procedure_id = w.procedure_id
        and m.day >= ${month}::date and m.day < (${month}::date + interval '1 month')::date and ${IN_OVERALL}
      group by main) m where m.n > 0`
  // one text instead of thousands of rows
  const { rows } = await sql<{ text: string | null }>`
    select json_agg(json_build_array(unit_id, procedure_id, main, n))::text as text from (${reading === 'live' ? live : kept}) t`.execute(
    trx,
  )
  const list = JSON.parse(rows[0]?.text ?? '[]') as [number, number, boolean, number][]
  return list.map(([unitId, procedureId, main, n]) => ({ unitId, procedureId, main, n }))
}
