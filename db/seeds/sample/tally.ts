import { sql, type Transaction } from 'kysely'
import { rebuildAllSums } from '../../queries/tally-sums.ts'
import type { DB } from '../../schema/tables.ts'

const KEY = sql.raw('tenant_id, unit_id, month, procedure_id, item, main, event, lateness, applicant, stream, counted')
const COUNTS = sql.raw(
  [0, 1, 2, 3, 4, 5, 6, 7, 8].map((k) => `count(*) filter (where value = ${k})`).join(', ') +
    ', count(*) filter (where value is null)',
)

/** Counts everything of a tenant at once from the view that also feeds the rebuilding of cells. For an empty tally only. */
export async function fillTally(trx: Transaction<DB>, tenantId: number): Promise<void> {
  await sql`
    insert into tally (${KEY}, c0, c1, c2, c3, c4, c5, c6, c7, c8, na)
    select ${KEY}, ${COUNTS} from (
      select *, date_trunc('month', day::timestamp)::date as month from mark where tenant_id = ${tenantId}) m
    group by ${KEY}`.execute(trx)
  await rebuildAllSums(trx, tenantId)
}
