import { sql, type Selectable, type Transaction } from 'kysely'
import type {
  PublicationRunTable,
  PublicationScoreTable,
  PublicationUnitTable,
  RunState,
} from '../schema/publications.ts'
import type { DB } from '../schema/tables.ts'
import { UNITS_MAX } from './units.ts'

const RUN = [
  'id',
  'from_month',
  'to_month',
  'state',
  'prepared_at',
  'prepared_by',
  'published_at',
  'published_by',
  'withdrawn_at',
  'withdrawn_by',
  'withdraw_reason',
  'instrument_code',
  'instrument_version',
  'definition_sha256',
  'figures_version',
  'units_sha256',
  'inputs_sha256',
] as const
/** A run without its inputs, which are large. */
export type RunRow = Pick<Selectable<PublicationRunTable>, (typeof RUN)[number]>
export type ScoreRow = Selectable<PublicationScoreTable>
export type UnitRow = Selectable<PublicationUnitTable>
type NewRun = Omit<RunRow, 'id' | 'published_at' | 'published_by' | 'withdrawn_at' | 'withdrawn_by' | 'withdraw_reason'>
type NewScore = Omit<ScoreRow, 'tenant_id' | 'run_id'>
type NewUnit = Omit<UnitRow, 'tenant_id' | 'run_id'>
const ROWS_PER_INSERT = 500

/** Stores a prepared run with its units and figures. @returns its id */
export async function insertRun(
  trx: Transaction<DB>,
  tenantId: number,
  run: NewRun & { inputs: string },
  content: { units: NewUnit[]; scores: NewScore[] },
): Promise<number> {
  const { id } = await trx
    .insertInto('publication_run')
    .values({ ...run, tenant_id: tenantId })
    .returning('id')
    .executeTakeFirstOrThrow()
  const key = { tenant_id: tenantId, run_id: id }
  for (const units of batches(content.units)) {
    await trx
      .insertInto('publication_unit')
      .values(units.map((unit) => ({ ...unit, ...key })))
      .execute()
  }
  for (const scores of batches(content.scores)) {
    await trx
      .insertInto('publication_score')
      .values(scores.map((score) => ({ ...score, ...key, notes: json(score.notes), steps: json(score.steps) })))
      .execute()
  }
  return id
}

/** Runs, newest first. */
export function listRuns(trx: Transaction<DB>, tenantId: number, page: { before: number | null; limit: number }) {
  return trx
    .selectFrom('publication_run')
    .select(RUN)
    .where('tenant_id', '=', tenantId)
    .$if(page.before !== null, (q) => q.where('id', '<', page.before ?? 0))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()
}

/** One run. */
export function findRun(trx: Transaction<DB>, tenantId: number, id: number): Promise<RunRow | undefined> {
  return trx
    .selectFrom('publication_run')
    .select(RUN)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The stored inputs of a run and the hash they must have. */
export function readInputs(trx: Transaction<DB>, tenantId: number, id: number) {
  return trx
    .selectFrom('publication_run')
    .select(['inputs', 'inputs_sha256'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

/** The runs of a calendar year that the public has seen, oldest publication first: the last 1,000. */
export async function seenRuns(trx: Transaction<DB>, tenantId: number, year: string): Promise<RunRow[]> {
  const newest = await trx
    .selectFrom('publication_run')
    .select(RUN)
    .where('tenant_id', '=', tenantId)
    .where('published_at', 'is not', null)
    .where('from_month', '>=', `${year}-01-01`)
    .where('from_month', '<=', `${year}-12-01`)
    .orderBy('published_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1000)
    .execute()
  return newest.toReversed()
}

/** The run of the same period that the public saw last before a run, or before now for one that is only prepared. */
export function findPrevious(trx: Transaction<DB>, tenantId: number, run: RunRow): Promise<RunRow | undefined> {
  return trx
    .selectFrom('publication_run')
    .select(RUN)
    .where('tenant_id', '=', tenantId)
    .where('from_month', '=', run.from_month)
    .where('to_month', '=', run.to_month)
    .where('published_at', 'is not', null)
    .where('id', '<>', run.id)
    .$if(run.published_at !== null, (q) => q.where('published_at', '<=', run.published_at).where('id', '<', run.id))
    .orderBy('published_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Moves a run to a state, with who did it and when. */
export async function updateRun(
  trx: Transaction<DB>,
  tenantId: number,
  id: number,
  change: { state: RunState } & Partial<
    Pick<RunRow, 'published_at' | 'published_by' | 'withdrawn_at' | 'withdrawn_by' | 'withdraw_reason'>
  >,
): Promise<void> {
  await trx.updateTable('publication_run').set(change).where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

/** All figures of runs by unit and figure, or those of one unit. @param runIds at most 1,000 */
export function readScores(
  trx: Transaction<DB>,
  tenantId: number,
  runIds: readonly number[],
  unitId?: number,
): Promise<ScoreRow[]> {
  if (runIds.length === 0) return Promise.resolve([])
  return trx
    .selectFrom('publication_score')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('run_id', 'in', runIds)
    .$if(unitId !== undefined, (q) => q.where('unit_id', '=', unitId ?? 0))
    .orderBy('unit_id')
    .orderBy('figure')
    .execute()
}

/** All units of a run. At most 2,001. */
export function readUnits(trx: Transaction<DB>, tenantId: number, runId: number): Promise<UnitRow[]> {
  return trx
    .selectFrom('publication_unit')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('run_id', '=', runId)
    .orderBy('unit_id')
    .execute()
}

/**
 * What the public may choose from beside a run: published and withdrawn runs, and those that were replaced in its own period; the
 * latest period first, the longer one first.
 */
export function publicRuns(
  trx: Transaction<DB>,
  tenantId: number,
  shown: RunRow,
  page: { offset: number; limit: number },
): Promise<RunRow[]> {
  return trx
    .selectFrom('publication_run')
    .select(RUN)
    .where('tenant_id', '=', tenantId)
    .where((eb) =>
      eb.or([
        eb('state', 'in', ['published', 'withdrawn']),
        eb.and([
          eb('state', '=', 'superseded'),
          eb('from_month', '=', shown.from_month),
          eb('to_month', '=', shown.to_month),
        ]),
      ]),
    )
    .orderBy('to_month', 'desc')
    .orderBy('from_month')
    .orderBy('published_at', 'desc')
    .orderBy('id', 'desc')
    .offset(page.offset)
    .limit(page.limit)
    .execute()
}

/**
 * The run that the public sees unasked: the published one of the latest period, the longer one first; when nothing else is left,
 * the latest withdrawn one.
 */
export function defaultRun(trx: Transaction<DB>, tenantId: number): Promise<RunRow | undefined> {
  return (
    trx
      .selectFrom('publication_run')
      .select(RUN)
      .where('tenant_id', '=', tenantId)
      .where('state', 'in', ['published', 'withdrawn'])
      // published before withdrawn
      .orderBy('state')
      .orderBy('to_month', 'desc')
      .orderBy('from_month')
      .orderBy('published_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
  )
}

/** The published run of the same period as another. */
export function publishedRun(trx: Transaction<DB>, tenantId: number, run: RunRow): Promise<RunRow | undefined> {
  return trx
    .selectFrom('publication_run')
    .select(RUN)
    .where('tenant_id', '=', tenantId)
    .where('from_month', '=', run.from_month)
    .where('to_month', '=', run.to_month)
    .where('state', '=', 'published')
    .executeTakeFirst()
}

/** The runs of the same period that were withdrawn for privacy: the last 1,000. */
export async function recalledRuns(trx: Transaction<DB>, tenantId: number, run: RunRow): Promise<Set<number>> {
  const rows = await trx
    .selectFrom('publication_run')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('from_month', '=', run.from_month)
    .where('to_month', '=', run.to_month)
    .where('withdraw_reason', '=', 'privacy')
    .orderBy('id', 'desc')
    .limit(1000)
    .execute()
  return new Set(rows.map((row) => row.id))
}

/** All own units of a tenant with their last names: what a run freezes. */
export function unitsToFreeze(trx: Transaction<DB>, tenantId: number) {
  return trx
    .selectFrom('unit')
    .innerJoin('unit_name', 'unit_name.unit_id', 'unit.id')
    .distinctOn('unit.id')
    .select(['unit.id', 'unit.kind', 'unit.parent_id', 'unit.valid_from', 'unit.valid_to', 'unit_name.name'])
    .where('unit.tenant_id', '=', tenantId)
    .orderBy('unit.id')
    .orderBy(sql`unit_name.valid_from desc nulls last`)
    .limit(UNITS_MAX)
    .execute()
}

/** Unfinished dossiers past their due date by responsible unit. */
export async function overdueByUnit(trx: Transaction<DB>, tenantId: number, at: Date): Promise<Map<number, number>> {
  const rows = await trx
    .selectFrom('dossier')
    .select(['responsible_unit_id as unit', sql<number>`count(*)::int`.as('n')])
    .where('tenant_id', '=', tenantId)
    .where('outcome_on', 'is', null)
    .where('status', '<>', 'withdrawn')
    .where('due_at', '<', at)
    .groupBy('responsible_unit_id')
    .execute()
  return new Map(rows.map((row) => [row.unit, row.n]))
}

/** Criteria of TT 01/2018 entered for a period, by unit. */
export function criteriaByUnit(trx: Transaction<DB>, tenantId: number, span: { fromMonth: string; toMonth: string }) {
  return trx
    .selectFrom('entered_criterion')
    .select(['unit_id', 'criterion', 'points'])
    .where('tenant_id', '=', tenantId)
    .where('from_month', '=', span.fromMonth)
    .where('to_month', '=', span.toMonth)
    .execute()
}

function batches<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS_PER_INSERT) }, (_, k) =>
    rows.slice(k * ROWS_PER_INSERT, (k + 1) * ROWS_PER_INSERT),
  )
}

function json(value: unknown) {
  return sql`${JSON.stringify(value)}::text::jsonb`
}
