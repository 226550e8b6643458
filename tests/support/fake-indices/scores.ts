import { selectionBand } from '../../../api/core/index/compare/selection-band.ts'
import type { IndexDefinition } from '../../../api/core/index/definition.ts'
import { gapTo, rootSlopes } from '../../../api/core/index/explore/gap.ts'
import { leverage } from '../../../api/core/index/explore/what-if.ts'
import { freezeIndex, scoreUnit } from '../../../api/core/index/frozen.ts'
import type { Estimate, Period, UnitKind } from '../../../web/office/api/types.ts'
import type { PeerGroup, ScoreElement, UnitScores } from '../../../web/office/indices/types.ts'
import { fakeRun, type FakeEdition, keyOf } from './world.ts'

/** How a unit's answers are shown: all, none, only intervals, or a mixture of every gap. */
export type Showing = 'full' | 'few' | 'interval' | 'mixed'
export interface FakeUnit {
  readonly id: number
  readonly name: string
  readonly kind: UnitKind
  readonly showing: Showing
  /** Added to every share, so that a unit can lie above or below its peers. */
  readonly lift: number
  readonly hasPeers: boolean
}

const none = { est: null, se: null, df: null, lo: null, hi: null, nEff: null }
const hidden = (suppressed: 'too_few' | 'complementary' | 'not_measured', n: number | null): Estimate => ({
  ...none,
  n,
  method: 'none',
  suppressed,
})

/** A share of favourable answers that looks like one: between .55 and .95, the same for the same place. */
export const fakeShare = (i: number, lift = 0): number => Math.min(0.97, 0.58 + ((i * 37) % 29) / 80 + lift)

/** Raw values of a unit and the median of its peers, by indicator; NaN where our questionnaire does not ask. */
export function fakeRaw(definition: IndexDefinition, lift: number): { raw: Float64Array; medians: Float64Array } {
  const asked = definition.indicators.map(
    ({ from }) => from !== undefined && 'item' in from && from.instrument === 'dossier-rating',
  )
  return {
    raw: Float64Array.from(asked, (is, i) => (is ? fakeShare(i, lift) : NaN)),
    medians: Float64Array.from(asked, (is, i) => (is ? fakeShare(i, i % 3 === 0 ? 0.06 : -0.02) : NaN)),
  }
}

type State = Showing | 'complementary' | 'elsewhere'
const stateAt = (showing: Showing, i: number): State => {
  if (showing !== 'mixed') return showing
  return i === 1 ? 'few' : i === 4 ? 'interval' : i === 6 ? 'complementary' : i === 9 ? 'elsewhere' : 'full'
}

function shownAs(state: State, estimate: Estimate): Estimate {
  switch (state) {
    case 'full':
      return estimate
    case 'few':
      return hidden('too_few', 6)
    case 'interval':
      return { ...estimate, est: null, se: null, n: 21, nEff: 15 }
    case 'complementary':
      return hidden('complementary', null)
    case 'elsewhere':
      return hidden('not_measured', null)
    default:
      return estimate
  }
}

const made = (est: number, se: number, n: number, nEff: number): Estimate => ({
  est,
  se,
  df: 40,
  lo: est - 2.02 * se,
  hi: est + 2.02 * se,
  n,
  nEff,
  method: 'delta',
  suppressed: null,
})

/** A unit's scores with the arithmetic of the index itself over made-up shares. */
export function fakeScores(unit: FakeUnit, edition: FakeEdition, period: Period): UnitScores {
  const { definition } = edition
  const frozen = freezeIndex(definition, new Map())
  const { tree } = frozen
  const { raw, medians } = fakeRaw(definition, unit.lift)
  const states = definition.indicators.map((_, i): State =>
    Number.isNaN(raw[i]) ? 'elsewhere' : stateAt(unit.showing, i),
  )
  const usable = raw.map((value, i) =>
    ['full', 'interval', 'few', 'complementary'].includes(states[i] ?? '') ? value : NaN,
  )
  const shown = raw.map((value, i) => (states[i] === 'full' ? value : NaN))
  const done = scoreUnit(frozen, usable)
  const scores = Float64Array.from(done.scores)
  const slopes = rootSlopes(frozen, done)
  const size = definition.indicators.length
  const gap = unit.hasPeers ? gapTo(frozen, shown, medians) : null
  const worth = leverage(frozen, usable)
  const n = (i: number) => 240 - ((i * 7) % 60)
  const rawSe = (i: number) => Math.sqrt(((raw[i] ?? 0) * (1 - (raw[i] ?? 0)) * 2.3) / n(i))
  const response = 2351 / 8118
  const peersAt = (at: number, estimate: Estimate): ScoreElement['peers'] => {
    const isCompared = unit.hasPeers && estimate.est !== null
    const group: PeerGroup =
      unit.lift > 0.05
        ? 'clearly_above'
        : at % 3 === 0
          ? 'clearly_below'
          : at % 3 === 1
            ? 'not_distinguishable'
            : 'clearly_above'
    const median = scoreUnit(frozen, medians).scores[at] ?? NaN
    return {
      of: unit.hasPeers ? 18 : 1,
      median: unit.hasPeers && !Number.isNaN(median) ? median : null,
      group: isCompared ? group : null,
      places: isCompared ? { lo: 2, hi: 15 } : null,
      ownPlaces: isCompared ? { lo: 4, hi: 13 } : null,
    }
  }
  const part = (code: string) => gap?.parts.find((one) => one.code === code)?.points ?? null
  const common = (at: number, estimate: Estimate, code: string, isLeaf: boolean) => ({
    estimate,
    needed: estimate.suppressed === 'too_few' ? 26 : estimate.est === null && estimate.lo !== null ? 9 : null,
    grade: null,
    selection:
      estimate.suppressed === null
        ? selectionBand(
            { ...estimate, method: estimate.method ?? '' },
            response,
            at === scores.length - 1 ? { scale: definition.scale } : {},
          )
        : null,
    expected:
      unit.hasPeers && estimate.est !== null && estimate.n !== null && estimate.n < 215
        ? {
            ...made(estimate.est * 0.985, (estimate.se ?? 0) * 0.8, estimate.n, estimate.nEff ?? 0),
            method: 'fay_herriot',
          }
        : null,
    ownWeight: estimate.est === null ? null : 0.72,
    peers: peersAt(at, estimate),
    gapPoints: !isLeaf || estimate.est !== null ? part(code) : null,
  })
  const nodes = tree.nodes
    .map((node, place): ScoreElement => {
      const at = size + place
      const below = tree.leaves[at] ?? []
      const variance = below.reduce((sum, i) => {
        const line = frozen.lines[i]
        const slope = line === null || line === 'cohort' || line === undefined ? 0 : line.slope
        return sum + (slope * (slopes[i] ?? 0) * rawSe(i)) ** 2
      }, 0)
      const own = scores[at] ?? NaN
      const all = made(own, Math.sqrt(variance) / Math.max(1e-9, slopes[at] ?? 1), 236, 101)
      const estimate = Number.isNaN(own)
        ? hidden('not_measured', null)
        : unit.showing === 'mixed'
          ? all
          : shownAs(unit.showing, all)
      return {
        code: node.code,
        kind: 'node',
        parent: node.parent,
        depth: node.depth,
        label: node.node.label,
        source: node.node.source,
        weight: node.node.weight ?? 1,
        aggregate: node.aggregate,
        ...common(at, estimate, node.code, false),
        present: done.present[at] ?? 0,
        of: node.children.length,
        coverage: node.node.coverage ?? null,
        indicator: null,
        warnings: [
          ...(estimate.suppressed === null && (done.present[at] ?? 0) < node.children.length
            ? ['children_missing']
            : []),
          ...(unit.showing === 'interval' ? ['interval_only', 'few_clusters'] : []),
        ],
        whatIf: null,
      }
    })
    .toReversed()
  const indicators = definition.indicators.map((row, i): ScoreElement => {
    const state = states[i] ?? 'elsewhere'
    const line = frozen.lines[i]
    const slope = line === null || line === 'cohort' || line === undefined ? 0 : line.slope
    const isAsked = !Number.isNaN(raw[i])
    const score = isAsked
      ? made(scores[i] ?? 0, Math.abs(slope) * rawSe(i), n(i), n(i) / 2.3)
      : hidden('not_measured', null)
    const estimate = isAsked && !Number.isNaN(score.est) ? shownAs(state, score) : hidden('not_measured', null)
    const rawEstimate = isAsked
      ? shownAs(state, { ...made(raw[i] ?? 0, rawSe(i), n(i), n(i) / 2.3), method: 'wilson' })
      : hidden('not_measured', null)
    return {
      code: row.code,
      kind: 'indicator',
      parent: row.parent,
      depth: (tree.nodes.find(({ code }) => code === row.parent)?.depth ?? 0) + 1,
      label: row.label,
      source: row.source,
      weight: row.weight ?? 1,
      aggregate: null,
      ...common(i, estimate, row.code, true),
      present: estimate.suppressed === null ? 1 : 0,
      of: 1,
      coverage: null,
      indicator: {
        direction: row.direction,
        normalise: row.normalise,
        goalposts: frozen.bounds[i] ?? null,
        from: isAsked ? 'item' : 'none',
        reason: isAsked ? null : row.from === undefined || 'hard' in row.from ? 'no_source' : 'other_instrument',
        raw: rawEstimate,
      },
      warnings: [
        ...(state === 'elsewhere' && isAsked ? ['rated_elsewhere'] : []),
        ...(state === 'interval' ? ['interval_only'] : []),
      ],
      whatIf: {
        peerMedian: unit.hasPeers && !Number.isNaN(medians[i]) ? (medians[i] ?? null) : null,
        worth: estimate.est === null ? null : (worth[i] ?? null),
      },
    }
  })
  const isMerger = period.from <= '2025-06' && period.to >= '2025-07'
  return {
    unit: { id: unit.id, name: unit.name, kind: unit.kind },
    sample: true,
    period,
    index: {
      ...keyOf(edition),
      official: definition.official,
      label: definition.label,
      scale: definition.scale,
      notes: definition.notes ?? [],
    },
    run: fakeRun(edition, period.from, period.to),
    breaks: isMerger ? [{ on: '2025-07-01', code: 'merger' }] : [],
    breaksBefore: period.from === '2026-04' ? ['goalposts', 'units'] : [],
    counts: { dossiers: 8118, invited: 8118, answered: 2351 },
    responseRate: { ...made(response, 0.005, 8118, 8118), method: 'wilson' },
    clusters: unit.showing === 'interval' ? 9 : 61,
    strata: 12,
    warnings: [
      'internal_estimate',
      ...(unit.showing === 'interval' ? ['few_clusters'] : []),
      ...(states.includes('elsewhere') && raw.some(Number.isNaN) ? ['sources_missing'] : []),
    ],
    gap: gap === null ? null : { own: gap.own, reference: gap.reference, gap: gap.gap, left: [...gap.left] },
    elements: [...nodes, ...indicators],
    blanks: definition.blanks ?? [],
  }
}
