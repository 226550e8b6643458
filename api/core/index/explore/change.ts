import { sum } from '../../stats/sum.ts'
import type { IndexDefinition } from '../definition.ts'
import { type FrozenIndex, freezeIndex, scoreUnit } from '../frozen.ts'
import type { Bounds } from '../normalise.ts'

/** A group of cases in one period: how large it is (any unit), and its mean. */
export interface CaseGroup {
  readonly group: string
  readonly size: number
  readonly mean: number
}

/** What a unit's scores of one period were made of. */
export interface PeriodState {
  readonly definition: IndexDefinition
  readonly goalposts: ReadonlyMap<string, Bounds>
  /** Raw values by indicator of this definition; NaN where missing. */
  readonly raw: ArrayLike<number>
  /** Where an indicator's value is a mean over groups of cases: the groups, by the indicator's code. */
  readonly groups?: ReadonlyMap<string, readonly CaseGroup[]>
}

/** The change of one element and its parts: change = own + mix + goalposts + weights. */
export interface ElementChange {
  readonly code: string
  readonly score0: number | null
  readonly score1: number | null
  readonly change: number | null
  /** Null, all four, where there is no score at one of the times or on the way from one to the other. */
  readonly parts: {
    /** What happened inside the groups of cases. */
    readonly own: number
    /** That other cases came. */
    readonly mix: number
    /** That the scale moved. */
    readonly goalposts: number
    /** That weights changed, or indicators came or went. */
    readonly weights: number
  } | null
}

const factors = ['own', 'mix', 'goalposts', 'weights'] as const
type Factor = (typeof factors)[number]

/**
 * Orders in which the four change, in nested pairs: weights or what is weighted, there the scale or what is measured on it,
 * there the cases or what they were given.
 */
const orders: readonly (readonly Factor[])[] = [
  ['own', 'mix'],
  ['mix', 'own'],
].flatMap((cases) =>
  [
    ['goalposts', ...cases],
    [...cases, 'goalposts'],
  ].flatMap((scores) => [
    ['weights', ...scores],
    [...scores, 'weights'],
  ]),
) as readonly (readonly Factor[])[]

/**
 * Splits the change of every score of a unit between two periods. Each part is the mean effect of changing that factor over
 * eight orders of changing all (Owen's value for nested pairs), so parts add up to the change whatever the aggregation, and
 * for a weighted mean they are the known formulas: Kitagawa's for weights and for case mix, Shapley's for own change and
 * moved goalposts.
 *
 * Where an indicator is there at one time only, its coming or going counts as weights. A group of cases that is there only
 * once counts as mix. Under rank and z a unit alone has no score: such indicators, and nodes above them, stay null.
 * Source: Kitagawa, JASA 50 (1955); Shapley (1953); Owen (1977).
 * @returns null when the two definitions are not one index: other elements, parents, aggregations, directions or scales
 */
export function explainChange(before: PeriodState, after: PeriodState): ElementChange[] | null {
  if (!sameIndex(before.definition, after.definition)) return null
  const [first, second] = [measured(before), measured(after)]
  const codes = [
    ...first.frozen.tree.nodes.map(({ code }) => code).toReversed(),
    ...first.frozen.tree.indicators.map(({ code }) => code),
  ]
  const known = new Map<number, ReadonlyMap<string, number>>()
  const scoresAt = (changed: number): ReadonlyMap<string, number> => {
    const found =
      known.get(changed) ?? scoresOf(first, second, (factor) => (changed >> factors.indexOf(factor)) % 2 === 1)
    known.set(changed, found)
    return found
  }
  return codes.map((code) => {
    const value = (changed: number) => scoresAt(changed).get(code) ?? NaN
    const [score0, score1] = [value(0), value(15)]
    const parts: Record<Factor, number> = { own: 0, mix: 0, goalposts: 0, weights: 0 }
    for (const order of orders) {
      let changed = 0
      for (const factor of order) {
        const next = changed + 2 ** factors.indexOf(factor)
        parts[factor] += (value(next) - value(changed)) / orders.length
        changed = next
      }
    }
    const there = !Number.isNaN(score0) && !Number.isNaN(score1)
    return {
      code,
      score0: Number.isNaN(score0) ? null : score0,
      score1: Number.isNaN(score1) ? null : score1,
      change: there ? score1 - score0 : null,
      parts: there && Object.values(parts).every(Number.isFinite) ? parts : null,
    }
  })
}

interface Measured {
  readonly definition: IndexDefinition
  readonly frozen: FrozenIndex
  readonly goalposts: ReadonlyMap<string, Bounds>
  readonly raw: ReadonlyMap<string, number>
  readonly groups: ReadonlyMap<string, readonly CaseGroup[]>
}

function measured({ definition, goalposts, raw, groups = new Map() }: PeriodState): Measured {
  const frozen = freezeIndex(definition, goalposts)
  const { indicators } = frozen.tree
  const bounds = indicators.flatMap(({ code }, i): [string, Bounds][] => {
    const own = frozen.bounds[i] ?? null
    return own === null ? [] : [[code, own]]
  })
  const values = new Map(indicators.map(({ code }, i) => [code, raw[i]!]))
  return { definition, frozen, goalposts: new Map(bounds), raw: values, groups }
}

/** Scores by element when some factors are as they were before, and some as they are after. */
function scoresOf(
  before: Measured,
  after: Measured,
  isChanged: (factor: Factor) => boolean,
): ReadonlyMap<string, number> {
  const at = (factor: Factor) => (isChanged(factor) ? after : before)
  /** The only time at which an indicator is there: nothing of it can be compared but that it came or went. */
  const only = (code: string) => (isMissing(before, code) ? after : isMissing(after, code) ? before : null)
  const goalposts = new Map(
    [...before.raw.keys()].flatMap((code): [string, Bounds][] => {
      const bounds = (only(code) ?? at('goalposts')).goalposts.get(code)
      return bounds === undefined ? [] : [[code, bounds]]
    }),
  )
  const frozen = freezeIndex(at('weights').definition, goalposts)
  const raw = frozen.tree.indicators.map(({ code }) => {
    if (isMissing(at('weights'), code)) return NaN
    const single = only(code)
    if (single !== null) return single.raw.get(code)!
    const [old, recent] = [before.groups.get(code), after.groups.get(code)]
    if (old === undefined || recent === undefined) return at('own').raw.get(code)!
    const [means, otherwise] = isChanged('own') ? [recent, old] : [old, recent]
    return mixedMean(means, otherwise, isChanged('mix') ? recent : old)
  })
  const { scores } = scoreUnit(frozen, raw)
  return new Map([...frozen.tree.at].map(([code, place]) => [code, scores[place]!]))
}

function isMissing({ raw }: Measured, code: string): boolean {
  return Number.isNaN(raw.get(code)!)
}

/** Mean over groups of one time's mix with the means of another; where a group is not there at that time, its mean of the other. */
function mixedMean(means: readonly CaseGroup[], otherwise: readonly CaseGroup[], mix: readonly CaseGroup[]): number {
  const mean = new Map([...otherwise, ...means].flatMap((one) => (one.size > 0 ? [[one.group, one.mean]] : [])))
  const there = mix.filter(({ size }) => size > 0)
  return sum(there.map(({ group, size }) => size * mean.get(group)!)) / sum(there.map(({ size }) => size))
}

function sameIndex(a: IndexDefinition, b: IndexDefinition): boolean {
  const shape = ({ scale, nodes, indicators }: IndexDefinition) =>
    JSON.stringify([
      scale,
      nodes.map(({ code, parent, aggregate, multiply }) => [code, parent, aggregate, multiply]).sort(byText),
      indicators
        .map(({ code, parent, direction, normalise: { method, to, clip } }) => [
          code,
          parent,
          direction,
          method,
          to,
          clip,
        ])
        .sort(byText),
    ])
  return shape(a) === shape(b)
}

function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)]
  return left < right ? -1 : Number(left > right)
}
