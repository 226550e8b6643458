import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'
import type { Cell } from './tallies.ts'

/** Notes that these cells were rebuilt, in the transaction that did it. */
export async function noteRebuilt(trx: Transaction<DB>, tenantId: number, cells: readonly Cell[]): Promise<void> {
  const from = sql`unnest(${cells.map((cell) => cell.month)}::date[], ${cells.map((cell) => cell.procedureId)}::int[])
    as cell (month, procedure_id)`
  await sql`
    with counted as (
      insert into tally_version (tenant_id, year, version)
      select ${tenantId}::int, year, gen_random_uuid() from (select distinct extract(year from month)::int as year from ${from}) y
      on conflict (tenant_id, year) do update set number = tally_version.number + 1
      returning year, number
    )
    insert into tally_state (tenant_id, month, procedure_id, number)
    select distinct ${tenantId}::int, cell.month, cell.procedure_id, counted.number
    from ${from} join counted on counted.year = extract(year from cell.month)::int
    on conflict (tenant_id, month, procedure_id) do update set number = excluded.number`.execute(trx)
}

/** Which counts are read: those of the tally job so far, or also those of the cells that wait, from rows. */
export type Reading = 'counted' | 'live'

/** Notes that everything was made anew: nothing that was known before is of use. */
export async function noteRebuiltAll(trx: Transaction<DB>, tenantId: number): Promise<void> {
  for (const table of ['tally_state', 'tally_version', 'tally_decision'] as const)
    await trx.deleteFrom(table).where('tenant_id', '=', tenantId).execute()
  await sql`
    insert into tally_version (tenant_id, year, version)
    select ${tenantId}, year, gen_random_uuid() from (
      select distinct extract(year from month)::int as year from tally_sum where tenant_id = ${tenantId}) y`.execute(
    trx,
  )
}

/** The state of counts: the same text is the same counts, when read live the cells that wait included. */
export interface TallyStates {
  /** By month (first day). */
  readonly months: ReadonlyMap<string, string>
  /** By procedure, over all the months; `''` is for those that have not changed since the first count. */
  readonly procedureOf: (id: number) => string
}

/**
 * The states of the months of a span within one calendar year. Null while nothing of the year has been tallied.
 *
 * Changes of a month are only added until the job takes some away and notes a higher number for their procedures, so the
 * highest number and how many changes wait name the counts; so also for a procedure.
 */
export async function tallyStates(
  trx: Transaction<DB>,
  tenantId: number,
  { fromMonth, toMonth }: { fromMonth: string; toMonth: string },
  reading: Reading,
): Promise<TallyStates | null> {
  const waiting = sql`
      union all
      select month, procedure_id, 0, count(*)::int from tally_change
      where tenant_id = ${tenantId} and month between ${fromMonth}::date and ${toMonth}::date group by 1, 2`
  const { rows } = await sql<{
    version: string | null
    month: string | null
    procedureId: number
    number: number
    waiting: number
  }>`
    with noted as (
      select month, procedure_id, number, 0 as waiting from tally_state
      where tenant_id = ${tenantId} and month between ${fromMonth}::date and ${toMonth}::date
      ${reading === 'live' ? waiting : sql``}
    )
    select v.version::text as version, n.month::text as month, n.procedure_id as "procedureId", n.number, n.waiting
    from (select version from tally_version where tenant_id = ${tenantId} and year = ${Number(fromMonth.slice(0, 4))}) v
    left join noted n on true`.execute(trx)
  const version = rows[0]?.version
  if (!version) return null
  const months = new Map<string, Sum>()
  const procedures = new Map<number, Sum>()
  for (const { month, procedureId, number, waiting } of rows) {
    if (month === null) continue
    add(months, month, number, waiting)
    add(procedures, procedureId, number, waiting)
  }
  return {
    months: new Map(monthsFrom(fromMonth, toMonth).map((month) => [month, `${version} ${text(months.get(month))}`])),
    procedureOf: (id) => `${version} ${text(procedures.get(id))}`,
  }
}

/** The states of a whole calendar year. */
export function yearStates(
  trx: Transaction<DB>,
  tenantId: number,
  year: string,
  reading: Reading,
): Promise<TallyStates | null> {
  return tallyStates(trx, tenantId, { fromMonth: `${year}-01-01`, toMonth: `${year}-12-01` }, reading)
}

interface Sum {
  number: number
  waiting: number
}

function add<Key>(sums: Map<Key, Sum>, key: Key, number: number, waiting: number): void {
  const sum = sums.get(key)
  if (sum === undefined) sums.set(key, { number, waiting })
  else {
    sum.number = Math.max(sum.number, number)
    sum.waiting += waiting
  }
}

function text(sum: Sum | undefined): string {
  return sum === undefined ? '' : `${sum.number}+${sum.waiting}`
}

function monthsFrom(from: string, to: string): string[] {
  const months: string[] = []
  const index = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
  for (let at = index(from); at <= index(to); at += 1)
    months.push(`${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}-01`)
  return months
}
