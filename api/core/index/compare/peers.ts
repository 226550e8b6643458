import { EFFECTIVE_MIN } from '../../weights/effect.ts'
import type { Estimate } from '../../stats/estimate.ts'
import { normalQuantile } from '../../stats/normalQuantile.ts'
import { marginalSets, type RankSet, simultaneousSets } from '../../stats/ranks/pairwiseSets.ts'
import { type GroupName, threeGroups } from '../../stats/ranks/threeGroups.ts'
import { tQuantile } from '../../stats/tQuantile.ts'

/** A unit's score at one node. */
export interface PeerUnit {
  readonly unit: number
  /** Compared only with units of the same kind. */
  readonly kind: string
  readonly estimate: Estimate
}

/** Where a unit stands among its peers; a place is never one number. */
export interface PeerStanding {
  readonly unit: number
  readonly kind: string
  /** Units of its kind that can be compared, itself included. */
  readonly of: number
  /**
   * Against the mean of the others. Null where the unit has no peers or cannot be compared: hidden, or fewer than 30
   * effective answers.
   */
  readonly group: GroupName | null
  readonly peerMean: number | null
  /** Own score less the peers' mean, with its standard error and Holm's p over all units of the kind. */
  readonly difference: number | null
  readonly se: number | null
  readonly p: number | null
  /** Places that hold for all units of the kind at once (1 the highest), and those for this unit's own question alone. */
  readonly places: RankSet | null
  readonly ownPlaces: RankSet | null
}

/**
 * Three groups and sets of places instead of a league table, kind by kind: each unit against the mean of its peers (Holm over
 * the units of the kind), and the places left open by pairwise tests (Holm over all pairs). Units with fewer than 30
 * effective answers are not compared and are nobody's peers.
 *
 * Few days make a standard error unsure, so each enters as large as its t quantile makes it beside the normal one.
 * Source: Goldstein & Spiegelhalter, JRSS A 159 (1996); Mogstad et al., Review of Economic Studies 91 (2024).
 */
export function comparePeers(units: readonly PeerUnit[]): PeerStanding[] {
  const standing = new Map<number, PeerStanding>()
  for (const members of Map.groupBy(units, ({ kind }) => kind).values()) {
    const able = members.filter(({ estimate }) => isComparable(estimate))
    const est = able.map(({ estimate }) => estimate.est!)
    const variance = able.map(({ estimate }) => cautiousError(estimate) ** 2)
    const groups = threeGroups(est.map((value, i) => ({ est: value, variance: variance[i]! })))
    const { sets } = simultaneousSets(est, variance)
    const own = marginalSets(est, variance)
    for (const [i, { unit, kind }] of able.entries()) {
      const { group, peerMean, difference, se, pAdjusted } = groups[i]!
      const alone = able.length < 2
      standing.set(unit, {
        unit,
        kind,
        of: able.length,
        group,
        peerMean,
        difference,
        se,
        p: pAdjusted,
        places: alone ? null : sets[i]!,
        ownPlaces: alone ? null : own[i]!,
      })
    }
    for (const { unit, kind } of members) {
      if (!standing.has(unit)) standing.set(unit, { unit, kind, of: able.length, ...nowhere })
    }
  }
  return units.map(({ unit }) => standing.get(unit)!)
}

const nowhere = {
  group: null,
  peerMean: null,
  difference: null,
  se: null,
  p: null,
  places: null,
  ownPlaces: null,
} as const

function isComparable({ est, se, nEff }: Estimate): boolean {
  return est !== null && se !== null && se > 0 && nEff !== null && nEff >= EFFECTIVE_MIN
}

function cautiousError({ se, df }: Estimate): number {
  return df === null ? se! : (se! * tQuantile(0.975, df)) / normalQuantile(0.975)
}
