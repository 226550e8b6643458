import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'

/** Names what was decided about a year: the counts, and all else that it rests on. */
export interface DecisionName {
  version: string
  number: number
  basis: string
}

/** Until when the counts of a span are complete. */
export interface CountedUntil {
  /** Everything that was committed before is counted. */
  asOf: Date
  /** The transaction's time. */
  now: Date
}

/** Until when all changes of a span of months are counted: now when none waits, else the time of the oldest that does. */
export async function countedUntil(
  trx: Transaction<DB>,
  tenantId: number,
  { fromMonth, toMonth }: { fromMonth: string; toMonth: string },
): Promise<CountedUntil> {
  const { rows } = await sql<CountedUntil>`
    select coalesce(min(at), now()) as "asOf", now() as now from tally_change
    where tenant_id = ${tenantId} and month between ${fromMonth}::date and ${toMonth}::date`.execute(trx)
  const [row] = rows
  if (row === undefined) throw new RangeError('an aggregate has a row')
  return row
}

/** The name of what was decided about a year on just the counts that this transaction sees; null when there is none. */
export async function findDecision(trx: Transaction<DB>, tenantId: number, year: number): Promise<DecisionName | null> {
  const { rows } = await sql<DecisionName>`
    select d.version::text as version, d.number, d.basis from tally_version v
    join tally_decision d on d.tenant_id = ${tenantId} and d.year = v.year and d.version = v.version and d.number = v.number
    where v.tenant_id = ${tenantId} and v.year = ${year}`.execute(trx)
  return rows[0] ?? null
}

/** What was decided about a year. */
export async function readDecision(trx: Transaction<DB>, tenantId: number, year: number): Promise<string> {
  const { hidden } = await trx
    .selectFrom('tally_decision')
    .select('hidden')
    .where('tenant_id', '=', tenantId)
    .where('year', '=', year)
    .executeTakeFirstOrThrow()
  return hidden
}

/** Years with tallies about which nothing, or nothing for these counts and this basis, is decided; the latest first. */
export async function yearsToDecide(trx: Transaction<DB>, tenantId: number, basis: string): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    select v.year from tally_version v where v.tenant_id = ${tenantId} and not exists (
      select from tally_decision d where d.tenant_id = ${tenantId} and d.year = v.year
        and d.version = v.version and d.number = v.number and d.basis = ${basis})
    order by v.year desc`.execute(trx)
  return rows.map(({ year }) => year)
}

/** Keeps what was decided about a year on the counts that this transaction sees. */
export async function keepDecision(
  trx: Transaction<DB>,
  tenantId: number,
  { year, basis, hidden }: { year: number; basis: string; hidden: string },
): Promise<void> {
  await sql`
    insert into tally_decision (tenant_id, year, version, number, basis, hidden)
    select tenant_id, year, version, number, ${basis}, ${hidden} from tally_version
    where tenant_id = ${tenantId} and year = ${year}
    on conflict (tenant_id, year) do update set
      version = excluded.version, number = excluded.number, basis = excluded.basis, hidden = excluded.hidden`.execute(
    trx,
  )
}
