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
  responsible: number
  field: string
  late: boolean
  channel: string | null
  n: number
}
export async function readRegisterClasses(
  trx: Transaction<DB>,
  tenantId: number,
  { start, endExclusive }: { start: string; endExclusive: string },
): Promise<RegisterClass[]> {
  const { rows } = await sql<RegisterClass>`
    select d.responsible_unit_id as responsible, p.field, d.lateness = 3 as late, d.channel, count(*)::int as n
    from dossier d join procedure p on p.tenant_id = ${tenantId} and p.id = d.procedure_id
    where d.tenant_id = ${tenantId} and d.outcome_on >= ${start}::date and d.outcome_on < ${endExclusive}::date
      and d.status in ('returned', 'refused')
    group by 1, 2, 3, 4`.execute(trx)
  return rows
}
