import type { Transaction } from 'kysely'
import { currentInstrument } from '../../../db/queries/instruments.ts'
import type { DB } from '../../../db/schema/tables.ts'
import { shownEstimates } from '../../core/disclosure/index-scores.ts'
import { indicatorEstimate } from '../../core/index/estimate/indicator-estimate.ts'
import { freezeIndex } from '../../core/index/frozen.ts'
import type { IndexElement } from '../../core/index/run/elements.ts'
import { gapsOf } from '../../core/index/run/scores.ts'
import { elementShares, type ElementShare } from '../../core/index/run/shares.ts'
import type { RunSource } from '../../core/index/run/sources.ts'
import { findItem, type Instrument } from '../../core/instrument/definition.ts'
import { AppError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import { indexRunView } from '../runs/door.ts'
import { estimateAt } from '../runs/rows.ts'
import { openScores, type OpenedScores, type ScoresQuery } from './open.ts'

/** Why a step has no numbers of its own. */
type Withheld = 'hidden' | 'interval_only' | 'elsewhere' | null

/**
 * How a score was computed: every step from a node (the root by default) down to counts of answers, with what stands above the
 * node. Numbers stand only beside a score that is shown as a value, so the smallest thing told is the answers to one item of
 * one unit, ten at least, by option.
 * @throws AppError not_found for a unit or node that is not there; no_run; inputs_damaged
 */
export function explainScores(
  services: Services,
  tenantId: number,
  unitId: number,
  query: ScoresQuery & { node: string | null },
) {
  return services.db.withTenant(tenantId, async (trx) => {
    const opened = await openScores(trx, tenantId, unitId, query)
    const { tree, elements, definition, goalposts, input, sources } = opened
    const from = query.node ?? tree.root.code
    const kept = subtree(opened, from)
    if (kept === null) throw new AppError('not_found')
    const usable = shownEstimates(input, gapsOf(input)).est
    const shares = elementShares(
      freezeIndex(definition, goalposts),
      Float64Array.from(usable, (est) => est ?? NaN),
    )
    const instruments = await instrumentsOf(trx, sources)
    return {
      unit: { id: input.unit, name: input.name, kind: input.kind },
      run: indexRunView(opened.run),
      node: from,
      counts: { dossiers: input.dossiers, invited: input.invited, answered: input.answered },
      clusters: input.clusters,
      strata: input.strata,
      steps: elements.flatMap((element, at) =>
        kept.has(element.code) ? [stepOf(opened, element, at, shares, instruments)] : [],
      ),
    }
  })
}

/** The node, all below it, and the way up to the root; null for an unknown code. */
function subtree({ elements }: OpenedScores, from: string): Set<string> | null {
  const rows = new Map(elements.map(({ code, row }) => [code, row]))
  if (!rows.has(from)) return null
  const kept = new Set<string>()
  for (let at: string | null | undefined = from; at; at = rows.get(at)?.parent) kept.add(at)
  const below = new Set([from])
  // elements come from the root down, so a parent is met before its children
  for (const { code, row } of elements) if (row.parent !== null && below.has(row.parent)) below.add(code)
  return new Set([...kept, ...below])
}

async function instrumentsOf(trx: Transaction<DB>, sources: readonly RunSource[]): Promise<Map<string, Instrument>> {
  const codes = new Set(sources.flatMap((source) => (source.kind === 'item' ? [source.instrument] : [])))
  const found = new Map<string, Instrument>()
  for (const code of codes) {
    const stored = await currentInstrument(trx, code)
    if (stored) found.set(code, stored.definition as Instrument)
  }
  return found
}

function stepOf(
  opened: OpenedScores,
  element: IndexElement,
  at: number,
  shares: ReadonlyMap<string, ElementShare>,
  instruments: ReadonlyMap<string, Instrument>,
) {
  const { scores, input } = opened
  const estimate = estimateAt(scores, at)
  const isElsewhere = element.kind === 'indicator' && gapsOf(input)[element.at] === 'elsewhere'
  const withheld: Withheld = isElsewhere
    ? 'elsewhere'
    : estimate.suppressed !== null
      ? 'hidden'
      : estimate.est === null
        ? 'interval_only'
        : null
  const { row } = element
  const share = shares.get(element.code)
  return {
    code: element.code,
    kind: element.kind,
    parent: row.parent,
    label: row.label,
    source: row.source,
    estimate,
    withheld,
    weight: row.weight ?? 1,
    share: share?.share ?? null,
    effective: share?.effective ?? null,
    contribution: withheld === null ? (share?.contribution ?? null) : null,
    node:
      element.kind === 'node'
        ? {
            aggregate: element.row.aggregate,
            multiply: element.row.multiply ?? 1,
            minShare: element.row.minShare ?? 0,
            present: scores.present[at] ?? 0,
            of: element.node.children.length,
          }
        : null,
    indicator: element.kind === 'indicator' ? indicatorStep(opened, element, withheld, instruments) : null,
  }
}

/** An indicator's way from counts to its score: what was asked, who answered what, how it was weighted and put on its scale. */
function indicatorStep(
  { input, sources, goalposts }: OpenedScores,
  { at, row }: Extract<IndexElement, { kind: 'indicator' }>,
  withheld: Withheld,
  instruments: ReadonlyMap<string, Instrument>,
) {
  const source = sources[at]
  const bounds = goalposts.get(row.code) ?? null
  const isTold = withheld === null
  const [n, kish] = [input.n[at] ?? 0, input.kish[at] ?? 0]
  const common = {
    direction: row.direction,
    normalise: row.normalise,
    goalposts: bounds,
    from: source?.kind ?? 'none',
    raw: isTold ? indicatorEstimate(row, input, at, bounds) : null,
  }
  if (source?.kind !== 'item') {
    const code = source?.kind === 'register' || source?.kind === 'hard' ? source.code : null
    return { ...common, code, item: null, statistic: null, procedures: null, weighting: null, options: null, na: null }
  }
  const instrument = instruments.get(source.instrument)
  const item = instrument === undefined ? undefined : findItem(instrument, source.item)
  const counts = countsAt(input.counts, sources, at)
  return {
    ...common,
    code: null,
    item: { code: source.item, text: item?.text ?? null, short: item?.short ?? null },
    statistic: source.statistic,
    procedures: source.procedures,
    weighting: isTold ? { n, kish, deff: kish > 0 ? n / kish : null } : null,
    options: isTold
      ? source.options.map((code, k) => ({
          code,
          text: item?.options.find((option) => option.code === code)?.text ?? null,
          value: source.values[k] ?? null,
          n: counts[k] ?? 0,
        }))
      : null,
    na: isTold ? (counts[source.options.length] ?? 0) : null,
  }
}

/** The counts of one indicator among those of all. */
function countsAt(counts: ArrayLike<number>, sources: readonly RunSource[], at: number): number[] {
  let start = 0
  for (const [i, source] of sources.entries()) {
    const size = source.kind === 'item' ? source.options.length + 1 : 0
    if (i === at) return Array.from({ length: size }, (_, k) => counts[start + k] ?? 0)
    start += size
  }
  return []
}
