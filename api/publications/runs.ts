import {
  findPrevious,
  listRuns,
  readScores,
  readUnits,
  type RunRow,
  type ScoreRow,
} from '../../db/queries/publications.ts'
import { CHANGES, changeOf, type Change } from '../core/publication/compare.ts'
import type { Services } from '../services.ts'
import { existing } from './move.ts'
import { estimateOf, periodOfRun } from './rows.ts'

/** A run as the office sees it. */
export function runView(run: RunRow) {
  return {
    id: run.id,
    ...periodOfRun(run),
    state: run.state,
    preparedAt: run.prepared_at.toISOString(),
    preparedBy: run.prepared_by,
    publishedAt: run.published_at?.toISOString() ?? null,
    publishedBy: run.published_by,
    withdrawn:
      run.withdrawn_at === null
        ? null
        : { at: run.withdrawn_at.toISOString(), by: run.withdrawn_by, reason: run.withdraw_reason },
    definition: definitionView(run),
    inputsSha256: run.inputs_sha256,
    unitsSha256: run.units_sha256,
  }
}

/** What made the figures: the questionnaire by version and hash, and the code by its own version. */
export function definitionView(run: RunRow) {
  return {
    code: run.instrument_code,
    version: run.instrument_version,
    sha256: run.definition_sha256,
    figures: run.figures_version,
  }
}

/** Runs, newest first. */
export async function readRuns(services: Services, tenantId: number, page: { before: number | null; limit: number }) {
  return services.db.withTenant(tenantId, (trx) => listRuns(trx, tenantId, page))
}

/**
 * A run with its figures, each beside the one the public saw before, to be reviewed. `heldBack`: figures that are not shown
 * because a run withdrawn for privacy showed their counts.
 * @throws AppError not_found
 */
export async function reviewRun(
  services: Services,
  tenantId: number,
  id: number,
  page: { offset: number; limit: number; show: 'all' | 'changed' },
) {
  const { run, previous, scores, before, units } = await services.db.withTenant(
    tenantId,
    async (trx) => {
      const run = await existing(trx, tenantId, id)
      const previous = await findPrevious(trx, tenantId, run)
      return {
        run,
        previous,
        scores: await readScores(trx, tenantId, [id]),
        before: previous ? await readScores(trx, tenantId, [previous.id]) : [],
        units: await readUnits(trx, tenantId, id),
      }
    },
    { isolation: 'repeatable read' },
  )
  const names = new Map(units.map((unit) => [unit.unit_id, unit.name]))
  const last = new Map(before.map((row) => [keyOf(row), row]))
  const all = scores.map((row) => {
    const old = last.get(keyOf(row))
    return { row, old, change: changeOf(old ? compared(old) : null, compared(row)) }
  })
  const now = new Set(scores.map(keyOf))
  const gone = before.filter((row) => !now.has(keyOf(row))).length
  const shown = page.show === 'all' ? all : all.filter(({ change }) => change !== 'same')
  const counts = Object.fromEntries(
    CHANGES.map((change) => [change, change === 'gone' ? gone : all.filter((one) => one.change === change).length]),
  ) as Record<Change, number>
  return {
    run: runView(run),
    previous: previous ? { id: previous.id, publishedAt: previous.published_at?.toISOString() ?? null } : null,
    units: units.length,
    changes: counts,
    heldBack: scores.filter((row) => row.notes.includes('privacy')).length,
    items: shown.slice(page.offset, page.offset + page.limit).map(({ row, old, change }) => ({
      unit: { id: row.unit_id, name: names.get(row.unit_id) ?? '' },
      ...figureView(row),
      change,
      previous: old ? estimateOf(old) : null,
    })),
    nextOffset: page.offset + page.limit < shown.length ? page.offset + page.limit : null,
  }
}

/** A published figure. */
export function figureView(row: ScoreRow) {
  return {
    code: row.figure,
    scale: { min: row.scale_min, max: row.scale_max },
    estimate: estimateOf(row),
    notes: row.notes,
    needed: row.needed,
    grade: row.grade,
    carriedFrom: row.source_run_id,
    steps: row.steps,
  }
}

function keyOf(row: ScoreRow): string {
  return `${row.unit_id} ${row.figure}`
}

function compared(row: ScoreRow) {
  return { estimate: estimateOf(row), source: row.source_run_id }
}
