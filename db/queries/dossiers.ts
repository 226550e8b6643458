import { sql, type Insertable, type Selectable, type Transaction } from 'kysely'
import type { DossierChangeTable, DossierTable, EventType, ImportRunTable, Lateness } from '../schema/dossiers.ts'
import type { DB } from '../schema/tables.ts'

/**
 * Dossiers by code, locked in code order so that two imports never wait for each other in a circle.
 *
 * One look into the index for each code, by force of the lateral limit: within the transaction of a first large import the
 * planner has no statistics yet, and a list of codes would make it read the whole table for every batch.
 */
export async function lockDossiers(
  trx: Transaction<DB>,
  tenantId: number,
  codes: string[],
): Promise<DossierRowStored[]> {
  const { rows } = await sql<DossierRowStored>`
    select d.* from (
      select distinct code from jsonb_array_elements_text(${JSON.stringify(codes)}::text::jsonb) as c (code) order by code
    ) wanted cross join lateral (
      select * from dossier where tenant_id = ${tenantId} and code = wanted.code limit 1 for update
    ) d`.execute(trx)
  return rows
}

/** A dossier as it is to be written, times as ISO text. */
export interface DossierWrite {
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

const RECORD =
  sql.raw(`(code text, procedure_id int, responsible_unit_id int, receiving_unit_id int, applicant text, channel text,
  received_at timestamptz, due_at timestamptz, returned_at timestamptz, supplement_at timestamptz, refused_at timestamptz,
  withdrawn_at timestamptz, status text, received_on date, outcome_on date, lateness smallint, source_updated_at timestamptz)`)
const FIELDS = [
  'procedure_id',
  'responsible_unit_id',
  'receiving_unit_id',
  'applicant',
  'channel',
  'received_at',
  'due_at',
  'returned_at',
  'supplement_at',
  'refused_at',
  'withdrawn_at',
  'status',
  'received_on',
  'outcome_on',
  'lateness',
  'source_updated_at',
]

/** Writes dossiers in one statement: new codes are added, known ones replaced. @returns id by code */
export async function writeDossiers(
  trx: Transaction<DB>,
  tenantId: number,
  dossiers: DossierWrite[],
): Promise<Map<string, number>> {
  if (dossiers.length === 0) return new Map()
  const fields = sql.raw(FIELDS.join(', '))
  const replaced = sql.raw(FIELDS.map((field) => `${field} = excluded.${field}`).join(', '))
  const { rows } = await sql<{ code: string; id: number }>`
    insert into dossier (tenant_id, code, ${fields})
    select ${tenantId}, code, ${fields} from jsonb_to_recordset(${JSON.stringify(dossiers)}::text::jsonb) as d ${RECORD}
    order by code
    on conflict (tenant_id, code) do update set ${replaced}, imported_at = now()
    returning code, id`.execute(trx)
  return new Map(rows.map((row) => [row.code, row.id]))
}

/** An event to be known; its day may be corrected later. */
export interface EventWrite {
  dossier_id: number
  type: EventType
  n: number
  at: string
}

/** Writes events; of those that were not known before, says which. */
export async function writeEvents(
  trx: Transaction<DB>,
  tenantId: number,
  events: EventWrite[],
): Promise<{ dossierId: number; type: EventType; n: number }[]> {
  if (events.length === 0) return []
  const { rows } = await sql<{ dossierId: number; type: EventType; n: number; added: boolean }>`
    insert into dossier_event (tenant_id, dossier_id, type, n, at)
    select ${tenantId}, dossier_id, type, n, at
    from jsonb_to_recordset(${JSON.stringify(events)}::text::jsonb) as e (dossier_id bigint, type text, n smallint, at timestamptz)
    on conflict (tenant_id, dossier_id, type, n) do update set at = excluded.at
    returning dossier_id as "dossierId", type, n, xmax = 0 as added`.execute(trx)
  return rows.filter((row) => row.added)
}

/**
 * Forgets outcomes that a correction has replaced by another, with their asks that nobody has answered yet.
 * @returns dossiers whose former outcome was answered: they are not asked about the new one
 */
export async function dropFormerOutcomes(
  trx: Transaction<DB>,
  tenantId: number,
  outcomes: { dossier_id: number; type: string | null }[],
): Promise<Set<number>> {
  if (outcomes.length === 0) return new Set()
  const former = sql`
    select e.dossier_id, e.type, e.n from dossier_event e
    join jsonb_to_recordset(${JSON.stringify(outcomes)}::text::jsonb) as o (dossier_id bigint, type text) on o.dossier_id = e.dossier_id
    where e.tenant_id = ${tenantId} and e.type in ('returned', 'refused', 'withdrawn') and e.type is distinct from o.type`
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

/** A correction's effect on what was already asked and answered about a dossier. Answers keep their day; only what is known of the dossier changes. */
export async function carryCorrections(trx: Transaction<DB>, tenantId: number, dossierIds: number[]): Promise<void> {
  if (dossierIds.length === 0) return
  const copied =
    sql.raw(`responsible_unit_id = d.responsible_unit_id, receiving_unit_id = d.receiving_unit_id, procedure_id = d.procedure_id,
    applicant = d.applicant, channel = d.channel, lateness = d.lateness`)
  const ids = sql.join(dossierIds)
  await sql`
    update response r set ${copied} from ask a join dossier d on d.tenant_id = a.tenant_id and d.id = a.dossier_id
    where a.tenant_id = ${tenantId} and a.dossier_id in (${ids}) and a.response_id is not null
      and r.tenant_id = a.tenant_id and r.asked_on = a.asked_on and r.id = a.response_id`.execute(trx)
  await sql`
    update ask a set ${copied} from dossier d
    where a.tenant_id = ${tenantId} and a.dossier_id in (${ids}) and d.tenant_id = a.tenant_id and d.id = a.dossier_id`.execute(
    trx,
  )
  await sql`
    update ask a set asked_on = (e.at at time zone 'Asia/Ho_Chi_Minh')::date from dossier_event e
    where a.tenant_id = ${tenantId} and a.dossier_id in (${ids}) and a.state = 'open'
      and e.tenant_id = a.tenant_id and e.dossier_id = a.dossier_id and e.type = a.event and e.n = a.n`.execute(trx)
}

/**
 * As `askCells`, and holds what was asked until the end of the transaction. Whoever writes an answer takes its ask first as
 * well, so a correction never misses an answer that is just being stored, nor waits for one in a circle.
 */
export function lockAsks(trx: Transaction<DB>, tenantId: number, dossierIds: number[]) {
  if (dossierIds.length === 0) return Promise.resolve([])
  return trx
    .selectFrom('ask')
    .select(['responsible_unit_id', 'receiving_unit_id', 'procedure_id', 'asked_on'])
    .where('tenant_id', '=', tenantId)
    .where('dossier_id', 'in', dossierIds)
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** The cells in which what was asked about these dossiers is counted now. */
export async function askCells(trx: Transaction<DB>, tenantId: number, dossierIds: number[]) {
  if (dossierIds.length === 0) return []
  return trx
    .selectFrom('ask')
    .select(['responsible_unit_id', 'receiving_unit_id', 'procedure_id', 'asked_on'])
    .distinct()
    .where('tenant_id', '=', tenantId)
    .where('dossier_id', 'in', dossierIds)
    .execute()
}

/** Procedures by code. */
export function findProcedures(trx: Transaction<DB>, tenantId: number, codes: string[]) {
  return trx
    .selectFrom('procedure')
    .select(['id', 'code', 'name', 'field'])
    .where('tenant_id', '=', tenantId)
    .where('code', 'in', codes)
    .execute()
}

/** Creates procedures that only a dossier list has named so far, flagged for a person to complete. */
export async function createFlaggedProcedures(
  trx: Transaction<DB>,
  tenantId: number,
  procedures: { code: string; name: string; field: string }[],
): Promise<void> {
  if (procedures.length === 0) return
  await trx
    .insertInto('procedure')
    .values(
      procedures.map((p) => ({
        ...p,
        tenant_id: tenantId,
        level: null,
        papi_group: null,
        due_days: null,
        flagged: true,
      })),
    )
    .onConflict((c) => c.columns(['tenant_id', 'code']).doNothing())
    .execute()
}

/** All procedures of a tenant: at most the national catalogue. */
export function allProcedures(trx: Transaction<DB>, tenantId: number) {
  return trx
    .selectFrom('procedure')
    .select(['id', 'code', 'name', 'field', 'papi_group'])
    .where('tenant_id', '=', tenantId)
    .orderBy('id')
    .limit(10_000)
    .execute()
}

/** Procedure codes by id. */
export async function procedureCodes(
  trx: Transaction<DB>,
  tenantId: number,
  ids: number[],
): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await trx
    .selectFrom('procedure')
    .select(['id', 'code'])
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, row.code]))
}

/** Unit codes by id, the tenant's own before H-codes. */
export async function ownCodes(
  trx: Transaction<DB>,
  tenantId: number,
  unitIds: number[],
): Promise<Map<number, string>> {
  if (unitIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('unit_code')
    .select(['unit_id', 'code'])
    .where('tenant_id', '=', tenantId)
    .where('unit_id', 'in', unitIds)
    .orderBy('system')
    .execute()
  // a Map keeps the last: h comes before own
  return new Map(rows.map((row) => [row.unit_id, row.code]))
}

export async function insertDossierChanges(
  trx: Transaction<DB>,
  changes: Insertable<DossierChangeTable>[],
): Promise<void> {
  for (let at = 0; at < changes.length; at += 1000)
    await trx
      .insertInto('dossier_change')
      .values(changes.slice(at, at + 1000))
      .execute()
}

export async function insertImportRun(trx: Transaction<DB>, run: Insertable<ImportRunTable>): Promise<void> {
  await trx.insertInto('import_run').values(run).execute()
}

/** Who did something, as people know them: a person of this tenant by name; `key` and the command line as they are. */
const actorName = (table: 'import_run' | 'dossier_change') => sql<string>`coalesce(
  (select u.name from "user" u join membership m on m.user_id = u.id
    where u.id = ${sql.ref(`${table}.actor`)} and m.tenant_id = ${sql.ref(`${table}.tenant_id`)}),
  ${sql.ref(`${table}.actor`)})`

/** Imports, newest first. */
export function listImportRuns(trx: Transaction<DB>, tenantId: number, page: { before: number | null; limit: number }) {
  return trx
    .selectFrom('import_run')
    .selectAll()
    .select(actorName('import_run').as('by'))
    .where('tenant_id', '=', tenantId)
    .$if(page.before !== null, (q) => q.where('id', '<', page.before as number))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()
}

/** What imports have changed in dossiers, newest first. */
export function listDossierChanges(
  trx: Transaction<DB>,
  tenantId: number,
  page: { before: number | null; limit: number },
) {
  return trx
    .selectFrom('dossier_change')
    .innerJoin('dossier', (join) =>
      join
        .onRef('dossier.tenant_id', '=', 'dossier_change.tenant_id')
        .onRef('dossier.id', '=', 'dossier_change.dossier_id'),
    )
    .select(['dossier_change.id', 'dossier_change.at', 'dossier.code', 'field', 'old_value', 'new_value'])
    .select(actorName('dossier_change').as('by'))
    .where('dossier_change.tenant_id', '=', tenantId)
    .$if(page.before !== null, (q) => q.where('dossier_change.id', '<', page.before as number))
    .orderBy('dossier_change.id', 'desc')
    .limit(page.limit)
    .execute()
}

/** Unfinished dossiers of units that are past their due date at a moment. */
export async function countOverdue(
  trx: Transaction<DB>,
  tenantId: number,
  unitIds: number[] | null,
  at: Date,
): Promise<number> {
  const row = await trx
    .selectFrom('dossier')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('tenant_id', '=', tenantId)
    .where('outcome_on', 'is', null)
    .where('status', '<>', 'withdrawn')
    .where('due_at', '<', at)
    .$if(unitIds !== null, (q) => q.where('responsible_unit_id', 'in', unitIds?.length ? unitIds : [-1]))
    .executeTakeFirst()
  return row?.n ?? 0
}

/** The dossier columns of a table row that a write replaces. */
export type DossierRowStored = Selectable<DossierTable>
