import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'
import { columnsOf } from './columns.ts'

/** A span of months: first days, `toMonth` inclusive. */
export interface MonthSpan {
  fromMonth: string
  toMonth: string
}
/** A procedure's counts of all units over a span, under the name of what they rest on. */
export interface SpotTotal extends MonthSpan {
  procedureId: number
  state: string
  spots: string
}

/** What is kept of a span on a basis, whatever its state. */
export async function readSpotTotals(
  trx: Transaction<DB>,
  tenantId: number,
  { fromMonth, toMonth }: MonthSpan,
  basis: string,
  procedureIds: readonly number[],
): Promise<{ procedureId: number; state: string; spots: string }[]> {
  return trx
    .selectFrom('tally_spot_total')
    .select(['procedure_id as procedureId', 'state', 'spots'])
    .where('tenant_id', '=', tenantId)
    .where('from_month', '=', fromMonth)
    .where('to_month', '=', toMonth)
    .where('basis', '=', basis)
    .where(sql<boolean>`procedure_id = any(${[...procedureIds]}::int[])`)
    .execute()
}

/** The states of what is kept of the spans of a year on a basis. */
export async function spotTotalStates(
  trx: Transaction<DB>,
  tenantId: number,
  year: number,
  basis: string,
): Promise<Omit<SpotTotal, 'spots'>[]> {
  return trx
    .selectFrom('tally_spot_total')
    .select(['from_month as fromMonth', 'to_month as toMonth', 'procedure_id as procedureId', 'state'])
    .where('tenant_id', '=', tenantId)
    .where('from_month', '>=', `${year}-01-01`)
    .where('from_month', '<=', `${year}-12-01`)
    .where('basis', '=', basis)
    .execute()
}

const TOTAL = columnsOf({ from_month: 'date', to_month: 'date', procedure_id: 'int', state: 'text', spots: 'text' })

/** Keeps totals instead of those of other counts. */
export async function keepSpotTotals(
  trx: Transaction<DB>,
  tenantId: number,
  basis: string,
  totals: readonly SpotTotal[],
): Promise<void> {
  if (totals.length === 0) return
  const rows = totals.map(({ fromMonth, toMonth, procedureId, state, spots }) => ({
    from_month: fromMonth,
    to_month: toMonth,
    procedure_id: procedureId,
    state,
    spots,
  }))
  await sql`
    insert into tally_spot_total (tenant_id, basis, ${TOTAL.names})
    select ${tenantId}, ${basis}, ${TOTAL.values} from ${TOTAL.from(rows)}
    on conflict (tenant_id, from_month, to_month, procedure_id) do update
      set state = excluded.state, basis = excluded.basis, spots = excluded.spots`.execute(trx)
}
