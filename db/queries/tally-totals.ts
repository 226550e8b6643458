import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'
import type { Cell } from './tallies.ts'
import { COLUMNS, SUMS, replaceIfNew, unpack, type Packed } from './tally-columns.ts'
import type { SumRow } from './tally-sums.ts'

/** Stands for all units together; no unit has this id. */
const ALL_UNITS = 0
const KEY = sql.raw('unit_id, month, item, main, field, papi_group, lateness')
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
  const months = sql`month = any(${[...new Set(cells.map((cell) => cell.month))]}::date[])`
  const units = sql`unit_id = any(${[...new Set(cells.map((cell) => cell.unitId))]}::int[])`
  await sql`
    with fresh as materialized (${totalsOf(tenantId, months, units)}), gone as (
      delete from tally_total where tenant_id = ${tenantId} and ${months} and (unit_id = ${ALL_UNITS} or ${units})
        and (${KEY}) not in (select ${KEY} from fresh)
    )
    insert into tally_total (tenant_id, ${KEY}, ${COLUMNS}) select ${tenantId}, ${KEY}, ${COLUMNS} from fresh
    on conflict (tenant_id, ${KEY}) do update set ${replaceIfNew('tally_total')}`.execute(trx)
}

/** Makes all totals of a tenant anew from its sums. */
export async function rebuildAllTotals(trx: Transaction<DB>, tenantId: number): Promise<void> {
  await trx.deleteFrom('tally_total').where('tenant_id', '=', tenantId).execute()
  await sql`
    insert into tally_total (tenant_id, ${KEY}, ${COLUMNS})
    select ${tenantId}, ${KEY}, ${COLUMNS} from (${totalsOf(tenantId, sql`true`, sql`true`)}) t`.execute(trx)
}

interface Span {
  fromMonth: string
  toMonth: string
}

/** Sums of all units, each answer once: by field, PAPI group and lateness, as far as counted. */
export async function readTotals(trx: Transaction<DB>, tenantId: number, span: Span): Promise<SumRow[]> {
  const { rows } = await sql<Packed & Omit<SumRow, 'counts' | 'na'>>`
    select 0 as "unitId", '' as month, item, main, field, papi_group as "papiGroup", lateness, ${SUMS} from tally_total
    where tenant_id = ${tenantId} and unit_id = ${ALL_UNITS} and month between ${span.fromMonth}::date and ${span.toMonth}::date
    group by item, main, field, papi_group, lateness`.execute(trx)
  return rows.map(unpack)
}

/** Of each unit the overall item, what was received and who was asked, as far as counted. */
export async function readUnitTotals(trx: Transaction<DB>, tenantId: number, span: Span): Promise<SumRow[]> {
  const { rows } = await sql<Packed & Omit<SumRow, 'counts' | 'na'>>`
    select unit_id as "unitId", '' as month, item, main, '' as field, '' as "papiGroup", 0 as lateness, ${SUMS} from tally_total
    where tenant_id = ${tenantId} and unit_id <> ${ALL_UNITS} and month between ${span.fromMonth}::date and ${span.toMonth}::date
    group by unit_id, item, main`.execute(trx)
  return rows.map(unpack)
}
