import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { quantile } from '../../stats/quantile.ts'
import { rankOf } from '../../stats/ranks/rankOf.ts'
import type { IndexDefinition, Normalise } from '../definition.ts'
import { scoreUp } from '../frozen.ts'
import type { Bounds } from '../normalise.ts'
import { scoreIndex, type ScoringData } from '../score.ts'
import { indexTree } from '../tree.ts'

/** Places of a unit over some variants of an index. */
export interface PlaceSpan {
  /** 5th, 50th and 95th percentile over drawn weights; smallest, middle and largest over the few other variants. */
  readonly lo: number
  readonly median: number
  readonly hi: number
}

/** How firm a unit's place is against choices that could have been made otherwise. */
export interface UnitSensitivity {
  readonly unit: string
  /** Place by the edition as it is, 1 the highest; null without a total. */
  readonly place: number | null
  readonly weights: PlaceSpan | null
  readonly normalisation: PlaceSpan | null
  readonly dropped: PlaceSpan | null
  /** Over all of them together: how far the place can be the doing of choices. */
  readonly all: { readonly lo: number; readonly hi: number } | null
}

export interface Sensitivity {
  readonly units: readonly UnitSensitivity[]
  /** Mean absolute move of places by each variant that is no draw, the most telling first. */
  readonly variants: readonly {
    readonly kind: 'normalisation' | 'dropped'
    readonly name: string
    readonly meanMove: number
  }[]
}

/**
 * Places of units under other defensible choices: every weight drawn within ± `spread` of itself (uniform, seeded), every
 * other normalisation (min-max and rank over the units, z), and each child of the root left out once. Ties share the better
 * place.
 * Source: OECD/JRC Handbook (2008), step 7; Saisana, Saltelli & Tarantola, JRSS A 168 (2005); COINr `get_sensitivity`.
 * @param history bounds as for `scoreIndex`
 * @throws RangeError as `scoreIndex`
 */
export function sensitivity(
  definition: IndexDefinition,
  data: ScoringData,
  {
    seed,
    draws = 1000,
    spread = 0.25,
    history = new Map(),
  }: { seed: number; draws?: number; spread?: number; history?: ReadonlyMap<string, Bounds> },
): Sensitivity {
  const scored = scoreIndex(definition, data, history)
  const size = definition.indicators.length
  const leaves = data.units.map((_, u) => Float64Array.from({ length: size }, (_, i) => scored.scores[i]![u]!))
  const base = placesOf(Array.from(scored.scores.at(-1)!))
  const weighted = weightSets(definition, { seed, draws, spread }).map((weights) =>
    placesOf(totalsUnder(withWeights(definition, weights), leaves)),
  )
  const variants = [
    ...otherNormalisations(definition).map(([name, other]) => ({
      kind: 'normalisation' as const,
      name,
      places: placesOf(Array.from(scoreIndex(other, data, history).scores.at(-1)!)),
    })),
    ...droppedChildren(definition).map(([name, other]) => ({
      kind: 'dropped' as const,
      name,
      places: placesOf(totalsUnder(other, leaves)),
    })),
  ]
  const placesBy = (kind: string, u: number) =>
    variants.flatMap((one) => (one.kind === kind ? (one.places[u] ?? []) : []))
  const units = data.units.map((unit, u): UnitSensitivity => {
    const spans = {
      weights: span(
        weighted.flatMap((places) => places[u] ?? []),
        0.05,
      ),
      normalisation: span(placesBy('normalisation', u), 0),
      dropped: span(placesBy('dropped', u), 0),
    }
    const found = Object.values(spans).filter((one) => one !== null)
    const place = base[u] ?? null
    const lows = [...found.map(({ lo }) => lo), ...(place === null ? [] : [place])]
    const highs = [...found.map(({ hi }) => hi), ...(place === null ? [] : [place])]
    return { unit, place, ...spans, all: lows.length === 0 ? null : { lo: Math.min(...lows), hi: Math.max(...highs) } }
  })
  return {
    units,
    variants: variants
      .map(({ kind, name, places }) => ({ kind, name, meanMove: meanMove(base, places) }))
      .sort((a, b) => b.meanMove - a.meanMove),
  }
}

/** A weight for every node and indicator, by code. */
export type WeightSet = ReadonlyMap<string, number>

/** Weight sets drawn around a definition's own: each weight times a number uniform in 1 ± spread. */
export function weightSets(
  { nodes, indicators }: IndexDefinition,
  { seed, draws, spread }: { seed: number; draws: number; spread: number },
): WeightSet[] {
  const generator = xoroshiro128plus(seed)
  return Array.from(
    { length: draws },
    () =>
      new Map(
        [...nodes, ...indicators].map(({ code, weight = 1 }) => [
          code,
          weight * (1 + spread * (2 * uniformFloat64(generator) - 1)),
        ]),
      ),
  )
}

/** The definition with other weights; those without one keep their own. */
export function withWeights(definition: IndexDefinition, weights: WeightSet): IndexDefinition {
  const weigh = <T extends { code: string; weight?: number | undefined }>(row: T): T => ({
    ...row,
    weight: weights.get(row.code) ?? row.weight ?? 1,
  })
  return { ...definition, nodes: definition.nodes.map(weigh), indicators: definition.indicators.map(weigh) }
}

/** Totals from normalised indicators under another edition of the same indicators; NaN where there is none. */
function totalsUnder(definition: IndexDefinition, leaves: readonly Float64Array[]): number[] {
  const tree = indexTree(definition)
  return leaves.map((scores) => scoreUp(tree, scores).scores.at(-1)!)
}

function otherNormalisations(definition: IndexDefinition): [string, IndexDefinition][] {
  const { min, max } = definition.scale
  const used = new Set(definition.indicators.map(({ normalise }) => normalise.method))
  const others: Record<string, (own: Normalise) => Normalise> = {
    'min-max': ({ to }) => ({ method: 'min-max', to: to ?? [min, max] }),
    rank: ({ to }) => ({ method: 'rank', to: to ?? [min, max] }),
    // Three standard deviations to either end, so that means of positive scores still work.
    z: ({ to: [a, b] = [min, max] }) => ({ method: 'z', to: [(a + b) / 2, (b - a) / 6] }),
  }
  return Object.entries(others).flatMap(([name, of]): [string, IndexDefinition][] => {
    if (used.size === 1 && used.has(name as Normalise['method'])) return []
    const indicators = definition.indicators.map((one) => ({ ...one, normalise: of(rangeOnly(one.normalise)) }))
    return [[name, { ...definition, indicators }]]
  })
}

/** For z the pair is a mean and a deviation, for a rank without one places: neither is a range of scores. */
function rangeOnly(normalise: Normalise): Normalise {
  return normalise.method === 'z' ? { method: 'min-max' } : normalise
}

function droppedChildren(definition: IndexDefinition): [string, IndexDefinition][] {
  const { root } = indexTree(definition)
  if (root.children.length < 2) return []
  return root.children.map(({ code }) => [code, withWeights(definition, new Map([[code, 0]]))])
}

function placesOf(totals: readonly number[]): (number | null)[] {
  return rankOf(totals.map((total) => (Number.isNaN(total) ? null : total))).map((place) => place?.min ?? null)
}

function span(places: readonly number[], tail: number): PlaceSpan | null {
  if (places.length === 0) return null
  const sorted = places.toSorted((a, b) => a - b)
  return { lo: quantile(sorted, tail), median: quantile(sorted, 0.5), hi: quantile(sorted, 1 - tail) }
}

function meanMove(base: readonly (number | null)[], places: readonly (number | null)[]): number {
  const moves = base.flatMap((place, u) => {
    const other = places[u] ?? null
    return place === null || other === null ? [] : [Math.abs(other - place)]
  })
  return moves.length === 0 ? 0 : moves.reduce((sum, move) => sum + move, 0) / moves.length
}
