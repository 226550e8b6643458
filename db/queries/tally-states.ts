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
  for (const table of ['tally_state', 'tally_version', 'tally_decision', 'tally_spot_total'] as const)
    await trx.deleteFrom(table).where('tenant_id', '=', tenantId).execute()
  await sql`
    insert into tally_version (tenant_id, year, version)
    select ${tenantId}, year, gen_random_uuid() from (
      select distinct extract(year from month)::int as year from tally_sum where tenant_id = ${tenantId}) y`.execute(
    trx,
  )
}

/** Years with tallies, the latest first, with the name of their counts. */
export function talliedYears(trx: Transaction<DB>, tenantId: number) {
  return trx
    .selectFrom('tally_version')
    .select(['year', 'version', 'number'])
    .where('tenant_id', '=', tenantId)
    .orderBy('year', 'desc')
    .limit(100)
    .execute()
}

/** The state of counts of a calendar year by month (first day): the same text is the same counts, when read live the cells that wait included. */
export interface TallyStates {
  readonly months: ReadonlyMap<string, string>
}

/** The same of a span of months by procedure. */
export interface ProcedureStates {
  /** Of all procedures together. */
  readonly all: string
  /** Those that have not changed since the first count have one state in common. */
  readonly of: (id: number) => string
}

/** The states of the months of a whole calendar year. Null while nothing of it has been tallied. */
export async function yearStates(
  trx: Transaction<DB>,
  tenantId: number,
  year: string,
  reading: Reading,
): Promise<TallyStates | null> {
  const span = { fromMonth: `${year}-01-01`, toMonth: `${year}-12-01` }
  const states = await statesBy<string>(trx, tenantId, 'month', span, reading)
  if (states === null) return null
  const months = Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}-01`)
  return { months: new Map(months.map((month) => [month, states.of(month)])) }
}

/** The states of procedures in a span of months within one calendar year. Null while nothing of the year has been tallied. */
export function procedureStates(
  trx: Transaction<DB>,
  tenantId: number,
  span: { fromMonth: string; toMonth: string },
  reading: Reading,
): Promise<ProcedureStates | null> {
  return statesBy<number>(trx, tenantId, 'procedure_id', span, reading)
}

/**
 * Changes of a month are only added until the job takes some away and notes a higher number for their procedures, so the
 * highest number and how many changes wait name the counts; so also for a procedure, and for all of a span.
 */
async function statesBy<Key extends string | number>(
  trx: Transaction<DB>,
  tenantId: number,
  column: 'month' | 'procedure_id',
  { fromMonth, toMonth }: { fromMonth: string; toMonth: string },
  reading: Reading,
): Promise<{ all: string; of: (key: Key) => string } | null> {
  const key = sql.raw(column === 'month' ? 'month::text' : column)
  const inSpan = sql`tenant_id = ${tenantId} and month between ${fromMonth}::date and ${toMonth}::date`
  const noted = sql`select ${key} as key, number, 0 as waiting from tally_state where ${inSpan}`
  const waiting = sql`union all select ${key}, 0, 1 from tally_change where ${inSpan}`
  const { rows } = await sql<{ version: string | null; key: Key | null; number: number; waiting: number }>`
    select v.version::text as version, n.key, n.number, n.waiting
    from (select version from tally_version where tenant_id = ${tenantId} and year = ${Number(fromMonth.slice(0, 4))}) v
    left join (
      select key, max(number) as number, sum(waiting)::int as waiting
      from (${noted} ${reading === 'live' ? waiting : sql``}) one group by key) n on true`.execute(trx)
  const version = rows[0]?.version
  if (!version) return null
  const known = rows.filter((row) => row.key !== null)
  const states = new Map(known.map(({ key, number, waiting }) => [key as Key, `${number}+${waiting}`]))
  const highest = known.reduce((most, { number }) => Math.max(most, number), 0)
  const waitingAll = known.reduce((sum, { waiting }) => sum + waiting, 0)
  return {
    all: `${version} ${highest}+${waitingAll}`,
    of: (one) => `${version} ${states.get(one) ?? ''}`,
  }
}
