import { sql, type Selectable, type Transaction } from 'kysely'
import type { DossierTable, EventType, Lateness } from '../schema/dossiers.ts'
import type { DB } from '../schema/tables.ts'
import { columnsOf } from './columns.ts'

/**
 * What imports and events write. Who calls any of these holds the tenant (`lockTenant`): nobody else writes its dossiers until
 * the end of the transaction, so what was found stays true and a code that was not found is new.
 */

/** A dossier as the table holds it. */
export type DossierRowStored = Selectable<DossierTable>

/**
 * Dossiers by code.
 *
 * One look into the index for each code, by force of the lateral limit: within the transaction of a first large import the
 * planner has no statistics yet, and a list of codes would make it read the whole table for every batch.
 */
export async function findDossiers(
  trx: Transaction<DB>,
  tenantId: number,
  codes: string[],
): Promise<DossierRowStored[]> {
  const { rows } = await sql<DossierRowStored>`
    select d.* from unnest(${codes}::text[]) as wanted (code) cross join lateral (
      select * from dossier where tenant_id = ${tenantId} and code = wanted.code limit 1
    ) d`.execute(trx)
  return rows
}

/**
 * What this transaction looks for it looks up by key, and says so: the planner knows nothing yet of rows that a first large
 * import has just written, and a plan it kept from when the tables were empty would read them whole for every batch.
 */
export async function lookUpByKey(trx: Transaction<DB>): Promise<void> {
  await sql`set local enable_seqscan = off`.execute(trx)
}

/**
 * Statistics of the register with the rows that this transaction has written. Those that come by themselves while a large import
 * fills empty tables see none of its rows, and no index would be better than another then, not for look-ups nor for the checks
 * of foreign keys. Holds such statistics off until the transaction ends.
 */
export async function noteManyRows(trx: Transaction<DB>): Promise<void> {
  await sql`select analyze_register()`.execute(trx)
}

/** A dossier as it is to be written, times as ISO text. */
export interface DossierWrite {
  id: number
  code: string
  procedure_id: number
  responsible_unit_id: number
  receiving_unit_id: number
  applicant: string
  channel: string | null
  received_at: string
  due_at: string | null
  returned_at: string | null
  supplement_at: string | null
  refused_at: string | null
  withdrawn_at: string | null
  status: string
  received_on: string
  outcome_on: string | null
  lateness: Lateness
  source_updated_at: string | null
}

const WRITTEN = {
  procedure_id: 'int',
  responsible_unit_id: 'int',
  receiving_unit_id: 'int',
  applicant: 'text',
  channel: 'text',
  received_at: 'timestamptz',
  due_at: 'timestamptz',
  returned_at: 'timestamptz',
  supplement_at: 'timestamptz',
  refused_at: 'timestamptz',
  withdrawn_at: 'timestamptz',
  status: 'text',
  received_on: 'date',
  outcome_on: 'date',
  lateness: 'smallint',
  source_updated_at: 'timestamptz',
} as const
const DOSSIER = columnsOf({ id: 'bigint', code: 'text', ...WRITTEN })
const REPLACED = sql.raw(
  Object.keys(WRITTEN)
    .map((field) => `${field} = r.${field}`)
    .join(', '),
)

/** Adds dossiers whose codes are new. */
export async function insertDossiers(
  trx: Transaction<DB>,
  tenantId: number,
  dossiers: readonly DossierWrite[],
): Promise<void> {
  if (dossiers.length === 0) return
  await sql`
    insert into dossier (tenant_id, ${DOSSIER.names})
    select ${tenantId}, ${DOSSIER.values} from ${DOSSIER.from(dossiers)}`.execute(trx)
}

/** Replaces what is known of dossiers. */
export async function updateDossiers(
  trx: Transaction<DB>,
  tenantId: number,
  dossiers: readonly DossierWrite[],
): Promise<void> {
  if (dossiers.length === 0) return
  await sql`
    update dossier d set ${REPLACED}, imported_at = now() from ${DOSSIER.from(dossiers)}
    where d.tenant_id = ${tenantId} and d.id = r.id`.execute(trx)
}

/** An event to be known; its day may be corrected later. */
export interface EventWrite {
  dossier_id: number
  type: EventType
  n: number
  at: string
}
const EVENT = columnsOf({ dossier_id: 'bigint', type: 'text', n: 'smallint', at: 'timestamptz' })

/** Adds the events of new dossiers. */
export async function insertEvents(
  trx: Transaction<DB>,
  tenantId: number,
  events: readonly EventWrite[],
): Promise<void> {
  if (events.length === 0) return
  await sql`
    insert into dossier_event (tenant_id, ${EVENT.names})
    select ${tenantId}, ${EVENT.values} from ${EVENT.from(events)}`.execute(trx)
}

/** Writes events of known dossiers. @returns those that were not known before */
export async function writeEvents(
  trx: Transaction<DB>,
  tenantId: number,
  events: readonly EventWrite[],
): Promise<EventWrite[]> {
  if (events.length === 0) return []
  const { rows } = await sql<Pick<EventWrite, 'dossier_id' | 'type' | 'n'> & { added: boolean }>`
    insert into dossier_event (tenant_id, ${EVENT.names})
    select ${tenantId}, ${EVENT.values} from ${EVENT.from(events)}
    on conflict (tenant_id, dossier_id, type, n) do update set at = excluded.at
    returning dossier_id, type, n, xmax = 0 as added`.execute(trx)
  const key = (event: Pick<EventWrite, 'dossier_id' | 'type' | 'n'>) => `${event.dossier_id}:${event.type}:${event.n}`
  const added = new Set(rows.filter((row) => row.added).map(key))
  return events.filter((event) => added.has(key(event)))
}

/**
 * Forgets outcomes that a correction has replaced by another, with their asks that nobody has answered yet.
 * @returns dossiers whose former outcome was answered: they are not asked about the new one
 */
export async function dropFormerOutcomes(
  trx: Transaction<DB>,
  tenantId: number,
  outcomes: readonly { dossier_id: number; type: string | null }[],
): Promise<Set<number>> {
  if (outcomes.length === 0) return new Set()
  const former = sql`
    select e.dossier_id, e.type, e.n from dossier_event e join ${OUTCOME.from(outcomes)} on r.dossier_id = e.dossier_id
    where e.tenant_id = ${tenantId} and e.type in ('returned', 'refused', 'withdrawn') and e.type is distinct from r.type`
  const { rows } = await sql<{ id: number }>`
    with former as materialized (${former}), unasked as (
      delete from ask a using former f
      where a.tenant_id = ${tenantId} and a.dossier_id = f.dossier_id and a.event = f.type and a.n = f.n and a.state = 'open'
    ), forgotten as (
      delete from dossier_event e using former f
      where e.tenant_id = ${tenantId} and e.dossier_id = f.dossier_id and e.type = f.type and e.n = f.n
    )
    select distinct a.dossier_id as id from ask a join former f on f.dossier_id = a.dossier_id and f.type = a.event and f.n = a.n
    where a.tenant_id = ${tenantId} and a.state <> 'open'`.execute(trx)
  return new Set(rows.map((row) => row.id))
}
const OUTCOME = columnsOf({ dossier_id: 'bigint', type: 'text' })

/** What an ask and an answer repeat of their dossier. */
const COPIED = ['responsible_unit_id', 'receiving_unit_id', 'procedure_id', 'applicant', 'channel', 'lateness']

/** A correction's effect on what was already asked and answered about a dossier. Answers keep their day; only what is known of the dossier changes. */
export async function carryCorrections(trx: Transaction<DB>, tenantId: number, dossierIds: number[]): Promise<void> {
  if (dossierIds.length === 0) return
  const copied = sql.raw(COPIED.map((column) => `${column} = d.${column}`).join(', '))
  const differs = (copy: 'r' | 'a') =>
    sql.raw(
      `(${COPIED.map((c) => `${copy}.${c}`).join(', ')}) is distinct from (${COPIED.map((c) => `d.${c}`).join(', ')})`,
    )
  await sql`
    update response r set ${copied} from ask a join dossier d on d.tenant_id = a.tenant_id and d.id = a.dossier_id
    where a.tenant_id = ${tenantId} and a.dossier_id = any(${dossierIds}::bigint[]) and a.response_id is not null
      and r.tenant_id = a.tenant_id and r.asked_on = a.asked_on and r.id = a.response_id and ${differs('r')}`.execute(
    trx,
  )
  await sql`
    update ask a set ${copied} from dossier d
    where a.tenant_id = ${tenantId} and a.dossier_id = any(${dossierIds}::bigint[])
      and d.tenant_id = a.tenant_id and d.id = a.dossier_id and ${differs('a')}`.execute(trx)
  await sql`
    update ask a set asked_on = (e.at at time zone 'Asia/Ho_Chi_Minh')::date from dossier_event e
    where a.tenant_id = ${tenantId} and a.dossier_id = any(${dossierIds}::bigint[]) and a.state = 'open'
      and e.tenant_id = a.tenant_id and e.dossier_id = a.dossier_id and e.type = a.event and e.n = a.n
      and a.asked_on <> (e.at at time zone 'Asia/Ho_Chi_Minh')::date`.execute(trx)
}

/**
 * As `askCells`, and holds what was asked until the end of the transaction. Whoever writes an answer takes its ask first as
 * well, so a correction never misses an answer that is just being stored, nor waits for one in a circle.
 */
export function lockAsks(trx: Transaction<DB>, tenantId: number, dossierIds: number[]) {
  if (dossierIds.length === 0) return Promise.resolve([])
  return asksOf(trx, tenantId, dossierIds).orderBy('id').forUpdate().execute()
}

/** The cells in which what was asked about these dossiers is counted now. */
export async function askCells(trx: Transaction<DB>, tenantId: number, dossierIds: number[]) {
  if (dossierIds.length === 0) return []
  return asksOf(trx, tenantId, dossierIds).distinct().execute()
}

function asksOf(trx: Transaction<DB>, tenantId: number, dossierIds: number[]) {
  return trx
    .selectFrom('ask')
    .select(['responsible_unit_id', 'receiving_unit_id', 'procedure_id', 'asked_on'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`dossier_id = any(${dossierIds}::bigint[])`)
}
