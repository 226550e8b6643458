import { sql, type Transaction } from 'kysely'
import type { PlaceLines } from '../../api/core/index/run/answer-book.ts'
import type { DB } from '../schema/tables.ts'

/**
 * All counted answers about dossiers finished in a month, those of one place together: as few rows as there are places, so
 * that reading a million answers costs their bytes and little else.
 */
export async function readAnswerLines(
  trx: Transaction<DB>,
  tenantId: number,
  { start, endExclusive }: { start: string; endExclusive: string },
): Promise<PlaceLines[]> {
  const { rows } = await sql<PlaceLines>`
    select r.instrument_id as instrument, r.responsible_unit_id as responsible, r.receiving_unit_id as receiving,
      p.field, p.papi_group as "group", r.lateness = 3 as late, r.channel,
      string_agg(extract(day from r.asked_on)::int || r.marks::text, E'\n') as lines
    from response r join procedure p on p.tenant_id = ${tenantId} and p.id = r.procedure_id
    where r.tenant_id = ${tenantId} and r.asked_on >= ${start}::date and r.asked_on < ${endExclusive}::date
      and r.counted and r.stream = 'dossier' and r.event in ('returned', 'refused')
    group by 1, 2, 3, 4, 5, 6, 7`.execute(trx)
  return rows
}

/** Finished dossiers of a month by the classes of the register. */
export interface RegisterClass {
  /** `YYYY-MM`. */
  month: string
  responsible: number
  field: string
  late: boolean
  channel: string | null
  n: number
}

/** Finished dossiers of a span of days, in one pass over it. */
export async function readRegisterClasses(
  trx: Transaction<DB>,
  tenantId: number,
  { start, endExclusive }: { start: string; endExclusive: string },
): Promise<RegisterClass[]> {
  const { rows } = await sql<RegisterClass>`
    with counted as (
      select date_trunc('month', outcome_on)::date as month, responsible_unit_id, procedure_id, lateness = 3 as late, channel,
        count(*)::int as n
      from dossier
      where tenant_id = ${tenantId} and outcome_on >= ${start}::date and outcome_on < ${endExclusive}::date
        and status in ('returned', 'refused')
      group by 1, 2, 3, 4, 5
    )
    select to_char(c.month, 'YYYY-MM') as month, c.responsible_unit_id as responsible, p.field, c.late, c.channel, sum(c.n)::int as n
    from counted c join procedure p on p.tenant_id = ${tenantId} and p.id = c.procedure_id
    group by 1, 2, 3, 4, 5`.execute(trx)
  return rows
}

/** Room for the two reads above to gather by hash instead of sorting every row; until the end of the transaction. */
export async function giveRoom(trx: Transaction<DB>): Promise<void> {
  await sql`set local work_mem = '64MB'`.execute(trx)
}
