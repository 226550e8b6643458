import type { Transaction } from 'kysely'
import { findTenant } from '../../../db/queries/accounts.ts'
import type { DB } from '../../../db/schema/tables.ts'
import { bandOf } from '../../core/index/definition.ts'
import { indicatorEstimate } from '../../core/index/estimate/indicator-estimate.ts'
import { COVERAGE_CLUSTERS_MIN, intervalWarnings } from '../../core/index/estimate/warnings.ts'
import type { IndexElement } from '../../core/index/run/elements.ts'
import { gapsOf, minimumsOf } from '../../core/index/run/scores.ts'
import { MIN_POINT } from '../../core/disclosure/thresholds.ts'
import { suppress, type Estimate } from '../../core/stats/estimate.ts'
import { needed } from '../../core/stats/needed.ts'
import { wilson } from '../../core/stats/wilson.ts'
import type { CalendarPeriod } from '../../core/time/period.ts'
import type { Services } from '../../services.ts'
import { MERGER_DAY } from '../events.ts'
import { indexRunView, periodOfRun } from '../runs/door.ts'
import { estimateAt } from '../runs/rows.ts'
import { besidePeers } from './beside.ts'
import { openScores, type OpenedScores, type ScoresQuery } from './open.ts'
import { peerTable } from './peers.ts'
import { breaksBetween, runsUpTo, type ScoreBreak } from './series.ts'

type IndicatorElement = Extract<IndexElement, { kind: 'indicator' }>

/** Everything the index page of a unit shows. Every number that answers make is an Estimate under the display rule. */
export async function unitScores(services: Services, tenantId: number, unitId: number, query: ScoresQuery) {
  const tenant = await findTenant(services.db.shared, tenantId)
  return services.db.withTenant(tenantId, async (trx) => {
    const opened = await openScores(trx, tenantId, unitId, query)
    const { run, definition, input } = opened
    const table = await peerTable(trx, tenantId, opened)
    const beside = besidePeers(opened, table)
    const { kind, from, to } = periodOfRun(run)
    return {
      unit: { id: input.unit, name: input.name, kind: input.kind },
      sample: tenant?.sample ?? false,
      period: { kind, from, to },
      index: {
        id: definition.id,
        edition: String(definition.edition),
        official: definition.official,
        label: definition.label,
        scale: definition.scale,
        notes: definition.notes ?? [],
      },
      run: indexRunView(run),
      breaks:
        query.period.start < MERGER_DAY && MERGER_DAY < query.period.endExclusive
          ? [{ on: MERGER_DAY, code: 'merger' as const }]
          : [],
      breaksBefore: await breaksBefore(trx, tenantId, opened, query.period),
      counts: { dossiers: input.dossiers, invited: input.invited, answered: input.answered },
      responseRate: wilson(input.answered, input.invited),
      clusters: input.clusters,
      strata: input.strata,
      warnings: pageWarnings(opened),
      gap: beside.gap,
      elements: opened.elements.map((element, at) => ({
        ...elementView(opened, element, at),
        ...beside.of(element, at),
      })),
      blanks: definition.blanks ?? [],
    }
  })
}

/** What breaks this period off from the run of the one before. */
async function breaksBefore(
  trx: Transaction<DB>,
  tenantId: number,
  { run }: OpenedScores,
  period: CalendarPeriod,
): Promise<ScoreBreak[]> {
  const runs = await runsUpTo(trx, tenantId, run.index_id, period)
  const now = runs.at(-1)
  return now === undefined || now.to_month !== run.to_month ? [] : breaksBetween(runs.at(-2), now)
}

/** What a reader must know of all figures of the page. */
function pageWarnings({ input, sources }: OpenedScores): string[] {
  const sampled = sources.some((source) => source.kind === 'item')
  return [
    'internal_estimate',
    ...(sampled && input.clusters > 0 && input.clusters < COVERAGE_CLUSTERS_MIN ? ['few_clusters'] : []),
    ...(sources.some((source) => source.kind === 'none') ? ['sources_missing'] : []),
  ]
}

function elementView(opened: OpenedScores, element: IndexElement, at: number) {
  const { scores, tree } = opened
  const estimate = estimateAt(scores, at)
  const { row } = element
  const node = element.kind === 'node' ? element : null
  const depth = node?.node.depth ?? depthOf(opened, row.parent) + 1
  return {
    code: element.code,
    kind: element.kind,
    parent: row.parent,
    depth,
    label: row.label,
    source: row.source,
    weight: row.weight ?? 1,
    aggregate: node?.row.aggregate ?? null,
    estimate,
    needed: neededOf(opened, element, estimate),
    grade: node === null || estimate.est === null ? null : (bandOf(node.row, estimate.est)?.code ?? null),
    present: scores.present[at] ?? 0,
    of: node?.node.children.length ?? 1,
    coverage: node?.row.coverage ?? null,
    indicator: element.kind === 'indicator' ? indicatorView(opened, element, estimate) : null,
    warnings: elementWarnings(opened, element, at, estimate, tree.leaves[tree.at.get(element.code) ?? 0] ?? []),
  }
}

function depthOf({ tree }: OpenedScores, parent: string | null): number {
  return tree.nodes.find(({ code }) => code === parent)?.depth ?? -1
}

/** About how many more answers are needed for the next stage of showing. */
function neededOf({ sources, input }: OpenedScores, element: IndexElement, estimate: Estimate): number | null {
  if (estimate.suppressed === 'too_few' && estimate.n !== null) {
    const minimums = minimumsOf(sources)
    const minimum =
      element.kind === 'indicator' ? (minimums[element.at] ?? 0) : Math.min(...minimums.filter((one) => one > 0))
    return minimum > 0 && Number.isFinite(minimum) ? needed(estimate.n, minimum) : null
  }
  const isIntervalOnly = estimate.suppressed === null && estimate.est === null && estimate.lo !== null
  return isIntervalOnly && estimate.n !== null && input.answered > 0 ? needed(estimate.n, MIN_POINT) : null
}

/** An indicator in its own units, with the ends of its scale, which are values that are shown. */
function indicatorView({ sources, goalposts, input }: OpenedScores, { row, at }: IndicatorElement, score: Estimate) {
  const source = sources[at] ?? { kind: 'none' as const, reason: 'no_source' as const }
  const bounds = goalposts.get(row.code) ?? null
  return {
    direction: row.direction,
    normalise: row.normalise,
    goalposts: bounds,
    from: source.kind,
    reason: source.kind === 'none' ? source.reason : null,
    raw: underScore(indicatorEstimate(row, input, at, bounds), score),
  }
}

/** The raw value is shown as far as its score is. */
function underScore(raw: Estimate, score: Estimate): Estimate {
  if (score.suppressed !== null) return suppress(raw, score.suppressed, { keepN: score.n !== null })
  return score.est === null ? { ...raw, est: null, se: null } : raw
}

function elementWarnings(
  { input, scores }: OpenedScores,
  element: IndexElement,
  at: number,
  estimate: Estimate,
  leaves: readonly number[],
): string[] {
  const gaps = gapsOf(input)
  const of = element.kind === 'node' ? element.node.children.length : 1
  const present = scores.present[at] ?? 0
  return [
    ...(element.kind === 'indicator' && gaps[element.at] === 'elsewhere' ? ['rated_elsewhere'] : []),
    ...(estimate.suppressed === null && present < of ? ['children_missing'] : []),
    ...(estimate.suppressed === null && estimate.method === 'delta_ends' ? ['no_spread'] : []),
    ...(element.kind === 'node' && leaves.some((i) => gaps[i] === 'elsewhere') ? ['includes_other_units'] : []),
    ...(estimate.suppressed === null && estimate.lo !== null && estimate.est === null ? ['interval_only'] : []),
    ...(estimate.suppressed === null && estimate.method !== 'known' ? intervalWarnings(estimate, input) : []),
  ]
}
