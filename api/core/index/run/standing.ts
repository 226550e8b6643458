import { publishElements, shownEstimates, type PublishedElement } from '../../disclosure/index-scores.ts'
import { MIN_SHOW } from '../../disclosure/thresholds.ts'
import { notMeasured, type Estimate } from '../../stats/estimate.ts'
import { median } from '../../stats/quantile.ts'
import { comparePeers, type PeerStanding } from '../compare/peers.ts'
import { shrinkUnits } from '../compare/shrink.ts'
import type { IndexDefinition } from '../definition.ts'
import { compositeEstimator } from '../estimate/composite.ts'
import { medianValues } from '../explore/what-if.ts'
import type { Bounds } from '../normalise.ts'
import { indexTree } from '../tree.ts'
import type { UnitInput } from './inputs.ts'
import { gapsOf, minimumsOf } from './scores.ts'
import type { RunSource } from './sources.ts'

/** Fewer peers than this have no median that is not nearly somebody's value. */
const PEERS_MIN = 3

/** A unit of a run among others of its kind. */
export interface Peer {
  readonly unit: number
  readonly kind: string
  readonly dossiers: number
  /** Under the display rule. */
  readonly elements: readonly PublishedElement[]
  /** Before it, by element; null where hidden. */
  readonly estimates: readonly (Estimate | null)[]
  /** Raw values by indicator that scores are made of, NaN where hidden; and those of them that are shown as values. */
  readonly raw: Float64Array
  readonly shownRaw: Float64Array
}

/** Where one element of a unit stands. */
export interface ElementStanding {
  readonly peers: PeerStanding
  /** Median of the other units' shown scores; null with fewer than three. */
  readonly peerMedian: number | null
  /** What peers make one expect of a small unit, beside the raw value; null where there is nothing to borrow from. */
  readonly expected: Estimate | null
  /** Weight of the unit's own value in it, 0 to 1. */
  readonly ownWeight: number | null
}

/** Units of one kind as they may be compared. */
export function peersOf(
  units: readonly UnitInput[],
  definition: IndexDefinition,
  goalposts: ReadonlyMap<string, Bounds>,
  sources: readonly RunSource[],
): Peer[] {
  const tree = indexTree(definition)
  const estimate = compositeEstimator(definition, goalposts)
  const minimums = minimumsOf(sources)
  const indicatorsFrom = tree.nodes.length
  return units.map((unit) => {
    const gaps = gapsOf(unit)
    const shown = shownEstimates(unit, gaps)
    const made = estimate(shown)
    const elements = publishElements(tree, made, gaps, unit.n, minimums)
    const estimates = made.map((one, at) => {
      const isHidden = elements[at]!.stage === 'hidden' || one.estimate === null || one.estimate.suppressed !== null
      return isHidden ? null : one.estimate
    })
    const raw = Float64Array.from(shown.est, (est) => est ?? NaN)
    const shownRaw = raw.map((value, i) => (elements[indicatorsFrom + i]!.stage === 'full' ? value : NaN))
    return { unit: unit.unit, kind: unit.kind, dossiers: unit.dossiers, elements, estimates, raw, shownRaw }
  })
}

/** Standing of every element of every peer, by unit. @param scale ends of the root's score */
export function standings(
  peers: readonly Peer[],
  scale: { min: number; max: number },
): ReadonlyMap<number, readonly ElementStanding[]> {
  const size = peers[0]?.elements.length ?? 0
  const byElement = Array.from({ length: size }, (_, at) => elementStandings(peers, at, at === 0 ? scale : undefined))
  return new Map(peers.map(({ unit }, p) => [unit, byElement.map((of) => of[p]!)]))
}

function elementStandings(
  peers: readonly Peer[],
  at: number,
  scale: { min: number; max: number } | undefined,
): ElementStanding[] {
  const compared = comparePeers(
    peers.map(({ unit, kind, elements }) => ({ unit, kind, estimate: elements[at]!.estimate })),
  )
  const shrunk = shrinkUnits(
    peers.map(({ unit, kind, dossiers, estimates }) => {
      const estimate = estimates[at] ?? null
      const isSampled = estimate !== null && estimate.method !== 'known' && (estimate.n ?? 0) >= MIN_SHOW
      return { unit, kind, size: dossiers, estimate: isSampled ? estimate : notMeasured() }
    }),
    scale,
  )
  const values = peers.map(({ elements }) => elements[at]!.estimate.est)
  return peers.map((_, p) => {
    const others = values.filter((value, other): value is number => other !== p && value !== null)
    return {
      peers: compared[p]!,
      peerMedian: others.length < PEERS_MIN ? null : median(others),
      expected: shrunk[p]!.expected,
      ownWeight: shrunk[p]!.own,
    }
  })
}

/** Median raw value of each indicator over a unit's peers that show one; NaN with fewer than three. */
export function peerMedians(peers: readonly Peer[], unit: number): Float64Array {
  const others = peers.filter((peer) => peer.unit !== unit).map(({ shownRaw }) => shownRaw)
  const medians = medianValues(others)
  return medians.map((value, i) => (others.filter((raw) => !Number.isNaN(raw[i]!)).length < PEERS_MIN ? NaN : value))
}
