import { sql, type Selectable, type Transaction } from 'kysely'
import type { IndexInputTable, IndexRunTable, IndexScoreTable } from '../schema/indices.ts'
import type { DB } from '../schema/tables.ts'

const RUN = [
  'id',
  'index_id',
  'edition',
  'definition_sha256',
  'from_month',
  'to_month',
  'made_at',
  'made_by',
  'nightly',
  'code_version',
  'units_sha256',
  'inputs_sha256',
  'answers',
] as const
/** A run without its texts, which are large. */
export type IndexRunRow = Pick<Selectable<IndexRunTable>, (typeof RUN)[number]>
export type IndexRunTexts = Pick<Selectable<IndexRunTable>, 'definition' | 'bounds' | 'sources' | 'mix_groups'>
export type IndexInputRow = Selectable<IndexInputTable>
export type IndexScoreRow = Selectable<IndexScoreTable>
type NewRow<T> = Omit<T, 'tenant_id' | 'run_id'>
/** Bounds the text of one statement: a row holds a few hundred numbers. */
const ROWS_PER_INSERT = 100

/** Stores a run with its inputs and scores. @returns its id */
export async function insertIndexRun(
  trx: Transaction<DB>,
  tenantId: number,
  run: Omit<IndexRunRow, 'id'> & IndexRunTexts,
  content: { inputs: readonly NewRow<IndexInputRow>[]; scores: readonly NewRow<IndexScoreRow>[] },
): Promise<number> {
  const { id } = await trx
    .insertInto('index_run')
    .values({ ...run, tenant_id: tenantId })
    .returning('id')
    .executeTakeFirstOrThrow()
  const key = { tenant_id: tenantId, run_id: id }
  for (let at = 0; at < content.inputs.length; at += ROWS_PER_INSERT) {
    const rows = content.inputs.slice(at, at + ROWS_PER_INSERT)
    await trx
      .insertInto('index_input')
      .values(rows.map((row) => ({ ...literals(row), ...key })))
      .execute()
  }
  for (let at = 0; at < content.scores.length; at += ROWS_PER_INSERT) {
    const rows = content.scores.slice(at, at + ROWS_PER_INSERT)
    await trx
      .insertInto('index_score')
      .values(rows.map((row) => ({ ...literals(row), ...key })))
      .execute()
  }
  return id
}

/**
 * Lists as PostgreSQL writes them. The driver would look through every element for characters to escape, which takes longer than
 * everything else of a run; here they are numbers and names of methods.
 */
function literals<T extends object>(row: T): T {
  const written = Object.entries(row).map(([column, value]) => {
    if (!Array.isArray(value)) return [column, value]
    return [column, `{${value.map((one: unknown) => one ?? 'NULL').join(',')}}`]
  })
  return Object.fromEntries(written) as T
}

interface PeriodKey {
  indexId: string
  edition: string
  fromMonth: string
  toMonth: string
}

/** Removes the runs that a night made of an edition and period before this one. */
export async function deleteNightly(
  trx: Transaction<DB>,
  tenantId: number,
  key: PeriodKey,
  before: number,
): Promise<void> {
  await trx
    .deleteFrom('index_run')
    .where('tenant_id', '=', tenantId)
    .where('index_id', '=', key.indexId)
    .where('edition', '=', key.edition)
    .where('from_month', '=', key.fromMonth)
    .where('to_month', '=', key.toMonth)
    .where('nightly', '=', true)
    .where('id', '<', before)
    .execute()
}

/** The newest run of an index and period, of one edition or of any. */
export function newestRun(
  trx: Transaction<DB>,
  tenantId: number,
  key: Omit<PeriodKey, 'edition'> & { edition: string | null },
): Promise<IndexRunRow | undefined> {
  return trx
    .selectFrom('index_run')
    .select(RUN)
    .where('tenant_id', '=', tenantId)
    .where('index_id', '=', key.indexId)
    .$if(key.edition !== null, (q) => q.where('edition', '=', key.edition ?? ''))
    .where('from_month', '=', key.fromMonth)
    .where('to_month', '=', key.toMonth)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** One run. */
export function findIndexRun(trx: Transaction<DB>, tenantId: number, id: number): Promise<IndexRunRow | undefined> {
  return trx
    .selectFrom('index_run')
    .select(RUN)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The texts of a run: its definition, goalposts and sources. */
export function readRunTexts(trx: Transaction<DB>, tenantId: number, id: number): Promise<IndexRunTexts> {
  return trx
    .selectFrom('index_run')
    .select(['definition', 'bounds', 'sources', 'mix_groups'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

/** Runs of an index, newest first. */
export function listIndexRuns(
  trx: Transaction<DB>,
  tenantId: number,
  page: { indexId: string; edition: string | null; before: number | null; limit: number },
): Promise<IndexRunRow[]> {
  return trx
    .selectFrom('index_run')
    .select(RUN)
    .where('tenant_id', '=', tenantId)
    .where('index_id', '=', page.indexId)
    .$if(page.edition !== null, (q) => q.where('edition', '=', page.edition ?? ''))
    .$if(page.before !== null, (q) => q.where('id', '<', page.before ?? 0))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()
}

/** A run in a series; `goalposts` is the same text where the goalposts are the same. */
export type TimedRun = IndexRunRow & { goalposts: string }

/** Newest run of each period of one length of an index up to a month, the latest period first. At most 40. */
export function runsInTime(
  trx: Transaction<DB>,
  tenantId: number,
  { indexId, toMonth, months }: { indexId: string; toMonth: string; months: number },
): Promise<TimedRun[]> {
  return trx
    .selectFrom('index_run')
    .distinctOn(['to_month'])
    .select(RUN)
    .select(sql<string>`md5(bounds)`.as('goalposts'))
    .where('tenant_id', '=', tenantId)
    .where('index_id', '=', indexId)
    .where('to_month', '<=', toMonth)
    .where(
      sql<boolean>`(extract(year from to_month) - extract(year from from_month)) * 12 + extract(month from to_month) - extract(month from from_month) = ${months - 1}`,
    )
    .orderBy('to_month', 'desc')
    .orderBy('id', 'desc')
    .limit(40)
    .execute()
}

/** Inputs of all units of a run by unit, or of one unit, or of the units of one kind. At most 2,001. */
export async function readRunInputs(
  trx: Transaction<DB>,
  tenantId: number,
  runId: number,
  only: { unit?: number; kind?: string } = {},
): Promise<IndexInputRow[]> {
  const rows = await trx
    .selectFrom('index_input')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('run_id', '=', runId)
    .$if(only.unit !== undefined, (q) => q.where('unit_id', '=', only.unit ?? 0))
    .$if(only.kind !== undefined, (q) => q.where('kind', '=', only.kind ?? ''))
    .orderBy('unit_id')
    .execute()
  return rows.map((row) => ({ ...row, est: numbers(row.est) }))
}

/** Scores of all units of a run by unit, or of one unit. At most 2,001. */
export async function readIndexScores(
  trx: Transaction<DB>,
  tenantId: number,
  runId: number,
  unitId?: number,
): Promise<IndexScoreRow[]> {
  const rows = await trx
    .selectFrom('index_score')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('run_id', '=', runId)
    .$if(unitId !== undefined, (q) => q.where('unit_id', '=', unitId ?? 0))
    .orderBy('unit_id')
    .execute()
  return rows.map((row) => ({
    ...row,
    est: numbers(row.est),
    se: numbers(row.se),
    df: numbers(row.df),
    lo: numbers(row.lo),
    hi: numbers(row.hi),
    n: numbers(row.n),
    n_eff: numbers(row.n_eff),
    suppressed: row.suppressed.map((reason) => ((reason as string) === 'NULL' ? null : reason)),
  }))
}

/** The driver reads a null within a list as its word: NaN among numbers, which a run never stores. */
function numbers(list: readonly (number | null)[]): (number | null)[] {
  return list.map((value) => (Number.isNaN(value) ? null : value))
}

/** Names and places in the tree of a run's units. */
export function readRunUnits(trx: Transaction<DB>, tenantId: number, runId: number) {
  return trx
    .selectFrom('index_input')
    .select(['unit_id', 'name', 'kind', 'parent_id', 'dossiers', 'invited', 'answered', 'clusters', 'strata'])
    .where('tenant_id', '=', tenantId)
    .where('run_id', '=', runId)
    .orderBy('unit_id')
    .execute()
}
