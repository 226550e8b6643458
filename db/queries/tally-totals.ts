import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'
import type { Cell } from './tallies.ts'
import { COLUMNS, SUMS, replaceRows } from './tally-columns.ts'
import type { SumRow } from './tally-sums.ts'

/** Stands for all units together; no unit has this id. */
const ALL_UNITS = 0
const KEY_NAMES = ['unit_id', 'month', 'item', 'main', 'field', 'papi_group', 'lateness']
const KEY = sql.raw(KEY_NAMES.join(', '))
/** What the page of a province shows of each of its units. */
const OF_UNITS = sql.raw(`item in ('OVERALL', '@received', '@ask')`)

/** Totals as `tally_sum` makes them in months (and of units) that are told by the given conditions. */
function totalsOf(tenantId: number, months: ReturnType<typeof sql>, units: ReturnType<typeof sql>) {
  return sql`
      select ${ALL_UNITS}::int as unit_id, month, item, main, field, papi_group, lateness, ${SUMS} from tally_sum
      where tenant_id = ${tenantId} and main and ${months} group by month, item, main, field, papi_group, lateness
      union all
      select unit_id, month, item, main, '', '', 0, ${SUMS} from tally_sum
      where tenant_id = ${tenantId} and ${OF_UNITS} and ${months} and ${units} group by unit_id, month, item, main`
}

/** Makes the province's totals of cells anew, after their sums have been in the same transaction. */
export async function rebuildTotals(trx: Transaction<DB>, tenantId: number, cells: readonly Cell[]): Promise<void> {
  const months = sql`${[...new Set(cells.map((cell) => cell.month))]}::date[]`
  const units = sql`${[...new Set(cells.map((cell) => cell.unitId))]}::int[]`
  await sql`
    with cell as materialized (
      select unit_id, month from unnest(${units} || ${ALL_UNITS}::int) as u (unit_id), unnest(${months}) as m (month)
    ), fresh as materialized (
      ${totalsOf(tenantId, sql`month = any(${months})`, sql`unit_id = any(${units})`)}
    ), ${replaceRows(tenantId, 'tally_total', { cell: ['unit_id', 'month'], key: KEY_NAMES })}
    select`.execute(trx)
  await spansOf(tenantId, sql`select * from unnest(${months}) as m (month)`).execute(trx)
}

/** Makes all totals of a tenant anew from its sums. */
export async function rebuildAllTotals(trx: Transaction<DB>, tenantId: number): Promise<void> {
  for (const table of ['tally_total', 'tally_total_span'] as const)
    await trx.deleteFrom(table).where('tenant_id', '=', tenantId).execute()
  await sql`
    insert into tally_total (tenant_id, ${KEY}, ${COLUMNS})
    select ${tenantId}, ${KEY}, ${COLUMNS} from (${totalsOf(tenantId, sql`true`, sql`true`)}) t`.execute(trx)
  await spansOf(tenantId, sql`select month from tally_total where tenant_id = ${tenantId}`).execute(trx)
}

/** A list for each class; in this order they are read. */
const LIST = sql.raw(`json_agg(json_build_array(
  unit_id, item, main, field, papi_group, lateness, na, c0, c1, c2, c3, c4, c5, c6, c7, c8))`)

/** Makes the months, quarters and years that hold given months, after the totals of these. */
function spansOf(tenantId: number, months: ReturnType<typeof sql>) {
  return sql`
    insert into tally_total_span (tenant_id, from_month, to_month, of_all, of_units)
    select ${tenantId}::int, s.from_month, s.to_month, coalesce(${LIST} filter (where unit_id = ${ALL_UNITS}), '[]'),
      coalesce(${LIST} filter (where unit_id <> ${ALL_UNITS}), '[]')
    from (
      select distinct date_trunc(kind, month::timestamp)::date as from_month, (date_trunc(kind, month::timestamp) + more)::date as to_month
      from (${months}) m, (values ('month', interval '0 months'), ('quarter', '2 months'), ('year', '11 months')) k (kind, more)) s
    left join lateral (
      select unit_id, item, main, field, papi_group, lateness, ${SUMS} from tally_total
      where tenant_id = ${tenantId} and month between s.from_month and s.to_month group by 1, 2, 3, 4, 5, 6) t on true
    group by 2, 3
    on conflict (tenant_id, from_month, to_month) do update set of_all = excluded.of_all, of_units = excluded.of_units`
}

interface Span {
  fromMonth: string
  toMonth: string
}
type Listed = [number, string, boolean, string, string, number, number, ...counts: number[]]

/** Sums of all units over a month, quarter or year, each answer once: by field, PAPI group and lateness, as far as counted. */
export function readTotals(trx: Transaction<DB>, tenantId: number, span: Span): Promise<SumRow[]> {
  return readSpan(trx, tenantId, span, 'of_all')
}

/** Of each unit the overall item, what was received and who was asked, as far as counted. */
export function readUnitTotals(trx: Transaction<DB>, tenantId: number, span: Span): Promise<SumRow[]> {
  return readSpan(trx, tenantId, span, 'of_units')
}

async function readSpan(
  trx: Transaction<DB>,
  tenantId: number,
  { fromMonth, toMonth }: Span,
  column: 'of_all' | 'of_units',
): Promise<SumRow[]> {
  const kept = await trx
    .selectFrom('tally_total_span')
    .select(`${column} as text`)
    .where('tenant_id', '=', tenantId)
    .where('from_month', '=', fromMonth)
    .where('to_month', '=', toMonth)
    .executeTakeFirst()
  const list = JSON.parse(kept?.text ?? '[]') as Listed[]
  return list.map(([unitId, item, main, field, papiGroup, lateness, na, ...counts]) => ({
    unitId,
    month: '',
    item,
    main,
    field,
    papiGroup,
    lateness,
    counts,
    na,
  }))
}
