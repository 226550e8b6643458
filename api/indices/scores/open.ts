import type { Transaction } from 'kysely'
import {
  newestRun,
  readIndexScores,
  readRunInputs,
  type IndexRunRow,
  type IndexScoreRow,
} from '../../../db/queries/index-runs.ts'
import type { DB } from '../../../db/schema/tables.ts'
import { elementsOf, type IndexElement } from '../../core/index/run/elements.ts'
import type { UnitInput } from '../../core/index/run/inputs.ts'
import type { IndexTree } from '../../core/index/tree.ts'
import type { CalendarPeriod } from '../../core/time/period.ts'
import { AppError } from '../../errors.ts'
import { existingRun, frozenRun, type FrozenRun } from '../runs/door.ts'
import { inputOf } from '../runs/rows.ts'
import { monthsOf, pageScope, type PageScope } from '../scope.ts'

/** Which scores are asked for: of an index, of one edition of it or the newest computed, of a run or the newest one. */
export interface ScoresQuery {
  readonly index: string
  readonly edition: string | null
  readonly period: CalendarPeriod
  readonly run: number | null
}

/** A unit's scores of one run with everything they rest on. */
export interface OpenedScores extends FrozenRun {
  readonly page: PageScope
  readonly run: IndexRunRow
  readonly tree: IndexTree
  readonly elements: readonly IndexElement[]
  readonly input: UnitInput
  readonly scores: IndexScoreRow
}

/**
 * Opens the scores of a unit.
 * @throws AppError not_found for a unit that is not the tenant's, or that the run does not have; no_run when nothing has been
 *   computed for the index and period; inputs_damaged
 */
export async function openScores(
  trx: Transaction<DB>,
  tenantId: number,
  unitId: number,
  query: ScoresQuery,
): Promise<OpenedScores> {
  const page = await pageScope(trx, tenantId, unitId)
  const run = await chooseRun(trx, tenantId, query)
  const [stored] = await readRunInputs(trx, tenantId, run.id, { unit: unitId })
  const [scores] = await readIndexScores(trx, tenantId, run.id, unitId)
  if (!stored || !scores) throw new AppError('not_found')
  const frozen = await frozenRun(trx, tenantId, run)
  return { ...frozen, ...elementsOf(frozen.definition), page, run, input: inputOf(stored), scores }
}

async function chooseRun(trx: Transaction<DB>, tenantId: number, query: ScoresQuery): Promise<IndexRunRow> {
  const { index, edition, period } = query
  if (query.run !== null) {
    const run = await existingRun(trx, tenantId, query.run)
    const { fromMonth, toMonth } = monthsOf(period)
    if (run.index_id !== index || run.from_month !== fromMonth || run.to_month !== toMonth)
      throw new AppError('not_found')
    return run
  }
  const run = await newestRun(trx, tenantId, { indexId: index, edition, ...monthsOf(period) })
  if (!run) throw new AppError('no_run')
  return run
}
