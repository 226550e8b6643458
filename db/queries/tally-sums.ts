import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'
import { CLASSES, COUNTS } from './marks.ts'
import { COLUMNS, SUMS, replaceRows, unpack, type Packed } from './tally-columns.ts'
import type { Cell } from './tallies.ts'
import { rebuildAllSpots, rebuildSpots } from './tally-spots.ts'
import { rebuildAllTotals, rebuildTotals } from './tally-totals.ts'
import { noteRebuilt, noteRebuiltAll, type Reading } from './tally-states.ts'

/** How rows of a tally are kept apart in `tally_sum`; needs the procedure as `p`. */
const SUM_KEY = sql.raw(`item, main, case when item in ('OVERALL', '@received') then p.field else '' end as field,
  case when item like 'Q\\_%' or item in ('@received', '@ask', '@outcome') then coalesce(p.papi_group, '') else '' end as papi_group,
  case when item in ('OVERALL', '@outcome') then lateness else 0 end as lateness`)
const KEY = ['unit_id', 'month', 'item', 'main', 'field', 'papi_group', 'lateness']
const IN_SUM = sql.raw(`stream = 'dossier' and counted and (item = '@received' or event in ('returned', 'refused'))`)

/**
 * Makes the sums of cells anew, after these cells of `tally` have been rebuilt in the same repeatable-read transaction, and
 * notes that they were. `offset 0`: the overall item of all units has an index of its own, which the planner would read for each cell.
 */
export async function rebuildSums(trx: Transaction<DB>, tenantId: number, cells: readonly Cell[]): Promise<void> {
  if (cells.length === 0) return
  const from = sql`unnest(${cells.map((cell) => cell.unitId)}::int[], ${cells.map((cell) => cell.month)}::date[],
    ${cells.map((cell) => cell.procedureId)}::int[]) as cell (unit_id, month, procedure_id)`
  await rebuildSpots(trx, tenantId, cells)
  await sql`
    with cell as materialized (select distinct unit_id, month from ${from}), fresh as materialized (
      select cell.unit_id, cell.month, t.* from cell cross join lateral (
        select ${SUM_KEY}, ${SUMS} from (
          select * from tally where tenant_id = ${tenantId} and unit_id = cell.unit_id and month = cell.month offset 0) of_month
        join procedure p on p.tenant_id = ${tenantId} and p.id = of_month.procedure_id
        where ${IN_SUM} group by 1, 2, 3, 4, 5) t
    ), ${replaceRows(tenantId, 'tally_sum', { cell: ['unit_id', 'month'], key: KEY })}
    select`.execute(trx)
  await rebuildTotals(trx, tenantId, cells)
  await noteRebuilt(trx, tenantId, cells)
}

/** Makes all sums of a tenant anew from its tallies, those that pages read together lying together. */
export async function rebuildAllSums(trx: Transaction<DB>, tenantId: number): Promise<void> {
  await trx.deleteFrom('tally_sum').where('tenant_id', '=', tenantId).execute()
  await sql`
    insert into tally_sum (tenant_id, unit_id, month, item, main, field, papi_group, lateness, ${COLUMNS})
    select ${tenantId}, unit_id, month, ${SUM_KEY}, ${SUMS}
    from tally t join procedure p on p.tenant_id = ${tenantId} and p.id = t.procedure_id
    where t.tenant_id = ${tenantId} and ${IN_SUM} group by 2, 3, 4, 5, 6, 7, 8 order by 3, 2`.execute(trx)
  await rebuildAllSpots(trx, tenantId)
  await rebuildAllTotals(trx, tenantId)
  await noteRebuiltAll(trx, tenantId)
}

/** Counts of one item over the procedures that its class in `tally_sum` holds. */
export interface SumRow {
  unitId: number
  month: string
  item: string
  main: boolean
  field: string
  papiGroup: string
  lateness: number
  counts: number[]
  na: number
}
/** Which sums to read. Months are first days, `toMonth` inclusive. */
export interface SumQuery {
  fromMonth: string
  toMonth: string
  /** Only these units; null: all. */
  unitIds: readonly number[] | null
  /** Only these items; null: all. */
  items?: readonly string[] | null
  mainOnly?: boolean
  /** Default: live. */
  reading?: Reading
  /** Which dimensions stay apart; the others are summed and answer 0 or ''. */
  by: readonly ('unit' | 'month' | 'field' | 'group' | 'lateness')[]
}

/** Reads sums; read live, months of a unit in which cells wait are summed from the tallies and from rows, in the same statement. */
export async function readSums(trx: Transaction<DB>, tenantId: number, query: SumQuery): Promise<SumRow[]> {
  const { by } = query
  const kept = (dimension: SumQuery['by'][number], column: string, otherwise: string) =>
    by.includes(dimension) ? column : otherwise
  const dimensions = sql.raw(
    [
      `${kept('unit', 'unit_id', '0')} as "unitId"`,
      `${kept('month', 'month::text', "''")} as month`,
      `${kept('field', 'field', "''")} as field`,
      `${kept('group', 'papi_group', "''")} as "papiGroup"`,
      `${kept('lateness', 'lateness', '0')} as lateness`,
    ].join(', '),
  )
  const { rows } = await sql<Packed & Omit<SumRow, 'counts' | 'na'>>`
    ${sums(tenantId, query)}
    select ${dimensions}, item, main, ${SUMS} from counted group by 1, 2, 3, 4, 5, item, main`.execute(trx)
  return rows.map(unpack)
}

/** `counted`: sums; read live, of months of a unit in which cells wait those from the tallies and from rows. */
function sums(tenantId: number, query: Omit<SumQuery, 'by'>) {
  const { span, items, main } = filters(query)
  if (query.reading === 'counted')
    return sql`
    with counted as (
      select unit_id, month, item, main, field, papi_group, lateness, ${COLUMNS} from tally_sum
      where tenant_id = ${tenantId} and ${span} ${items} ${main}
    )`
  return sql`
    with waiting as materialized (
      select distinct unit_id, month, procedure_id from tally_change where tenant_id = ${tenantId} and ${span}
    ), stale as materialized (
      select distinct unit_id, month from waiting
    ), counted as (
      select unit_id, month, item, main, field, papi_group, lateness, ${COLUMNS} from tally_sum s
      where tenant_id = ${tenantId} and ${span} ${items} ${main}
        and (s.unit_id, s.month) not in (select unit_id, month from stale)
      union all
      select unit_id, month, ${SUM_KEY}, ${COLUMNS} from (
        select s.unit_id, s.month, t.procedure_id, t.item, t.main, t.lateness, ${COLUMNS} from stale s cross join lateral (
          select * from tally t where t.tenant_id = ${tenantId} and t.unit_id = s.unit_id and t.month = s.month and ${IN_SUM} ${items} ${main}
            and (t.unit_id, t.month, t.procedure_id) not in (select unit_id, month, procedure_id from waiting)) t
        union all
        select w.unit_id, w.month, w.procedure_id, m.item, m.main, m.lateness, ${COLUMNS} from waiting w cross join lateral (
          select ${CLASSES}, ${COUNTS} from mark m
          where m.tenant_id = ${tenantId} and m.unit_id = w.unit_id and m.procedure_id = w.procedure_id
            and m.day >= w.month and m.day < (w.month + interval '1 month')::date and ${IN_SUM} ${items} ${main}
          group by ${CLASSES}) m
      ) live join procedure p on p.tenant_id = ${tenantId} and p.id = live.procedure_id
    )`
}

/** Valid answers of an item in a month: lists of unit, answers and part in a fixed order, as JSON. */
export interface MonthText {
  item: string
  main: boolean
  text: string
}

/**
 * How many valid answers each item has at each unit in a month, for deciding what may be shown: the overall item by field, the
 * `grouped` ones by PAPI group; also the overall item where it is not `main`.
 */
export async function readMonth(
  trx: Transaction<DB>,
  tenantId: number,
  query: { month: string; items: readonly string[]; grouped: readonly string[]; reading: Reading },
): Promise<MonthText[]> {
  const { month, items, reading } = query
  const span = { fromMonth: month, toMonth: month, unitIds: null, items, reading }
  const { rows } = await sql<MonthText>`
    ${sums(tenantId, span)}, valid as (
      select item, main, unit_id, sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8)::int as n,
        case when item = 'OVERALL' then field when item = any(${[...query.grouped]}::text[]) then papi_group else '' end as part
      from counted where main or item = 'OVERALL' group by 1, 2, 3, 5
    )
    select item, main, json_agg(json_build_array(unit_id, n, part) order by part collate "C", unit_id)::text as text
    from valid where n > 0 group by 1, 2`.execute(trx)
  return rows
}

function filters(query: Omit<SumQuery, 'by'>) {
  const { fromMonth, toMonth, unitIds, items = null, mainOnly = false } = query
  const units = unitIds === null ? sql`` : sql`and unit_id = any(${[...unitIds]}::int[])`
  return {
    span: sql`month between ${fromMonth}::date and ${toMonth}::date ${units}`,
    items: itemsIn(items),
    main: mainOnly ? sql`and main` : sql``,
  }
}

function itemsIn(items: readonly string[] | null) {
  if (items === null) return sql``
  // written out, or the planner does not see that the index of this item alone will do
  if (items.length === 1 && items[0] === 'OVERALL') return sql`and item = 'OVERALL'`
  return sql`and item = any(${[...items]}::text[])`
}
