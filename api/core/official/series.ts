import { sum } from '../stats/sum.ts'

/** A published value of one unit. */
export interface PublishedValue {
  readonly year: number
  readonly edition: string
  readonly value: number
  readonly low: number | null
  readonly high: number | null
  readonly n: number | null
  readonly source: string
}

/** A unit whose results are carried to its successor, with its weight among all that were. */
export interface Predecessor {
  readonly id: number
  readonly name: string
  readonly weight: number
}

/** How the weights of predecessors came about. */
export type WeightBasis = 'equal' | 'population'

/**
 * One year of a series. `estimated`: not published for this unit, but carried from those that went into it; then there is
 * no interval, because the intervals of several surveys are not one. `value` is null where a predecessor has none: a missing
 * province is missing, never zero. `breaks`: why this point must not be joined with the one before.
 */
export interface SeriesPoint {
  readonly year: number
  readonly edition: string
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly n: number | null
  readonly source: string
  readonly estimated: boolean
  readonly parts: readonly {
    readonly id: number
    readonly name: string
    readonly weight: number
    readonly value: number | null
  }[]
  readonly breaks: readonly SeriesBreak[]
}
export type SeriesBreak = 'edition' | 'units' | 'not_comparable'

/** Weights of units that became one: by population where all have one, else equal. They add up to 1. */
export function predecessorWeights(units: readonly { id: number; name: string; population: number | null }[]): {
  basis: WeightBasis
  predecessors: Predecessor[]
} {
  const known = units.every(({ population }) => population !== null && population > 0)
  const size = (unit: (typeof units)[number]) => (known ? (unit.population ?? 0) : 1)
  const whole = sum(units.map(size))
  return {
    basis: known && units.length > 0 ? 'population' : 'equal',
    predecessors: units.map((unit) => ({ id: unit.id, name: unit.name, weight: size(unit) / whole })),
  }
}

/**
 * The published series of a unit by year, with what its predecessors had before it existed.
 * @param own results of the unit itself
 * @param before results of its predecessors, by their id; used in years without a result of the unit itself
 * @param comparable whether the node of an edition may stand in one line with that of the edition before it
 */
export function officialSeries(
  own: readonly PublishedValue[],
  before: ReadonlyMap<number, readonly PublishedValue[]>,
  predecessors: readonly Predecessor[],
  comparable: (edition: string, previous: string) => boolean,
): SeriesPoint[] {
  const ownByYear = new Map(own.map((value) => [value.year, value]))
  const byYear = new Map([...before].map(([id, values]) => [id, new Map(values.map((value) => [value.year, value]))]))
  const years = [...new Set([...own, ...[...before.values()].flat()].map(({ year }) => year))].sort((a, b) => a - b)
  const points: SeriesPoint[] = []
  for (const year of years) {
    const published = ownByYear.get(year)
    const carriedPoint = () => carried(year, predecessors, (id) => byYear.get(id)?.get(year))
    const point = published === undefined ? carriedPoint() : { ...published, estimated: false, parts: [], breaks: [] }
    if (point === null) continue
    points.push({ ...point, breaks: breaksOf(point, points.at(-1), comparable) })
  }
  return points
}

function carried(
  year: number,
  predecessors: readonly Predecessor[],
  valueOf: (id: number) => PublishedValue | undefined,
): SeriesPoint | null {
  const found = predecessors.map((unit) => ({ unit, published: valueOf(unit.id) }))
  const first = found.find(({ published }) => published !== undefined)?.published
  if (first === undefined) return null
  const parts = found.map(({ unit, published }) => ({ ...unit, value: published?.value ?? null }))
  const value = parts.every((part) => part.value !== null)
    ? sum(parts.map((part) => part.weight * (part.value ?? 0)))
    : null
  const { edition, source } = first
  return { year, edition, value, low: null, high: null, n: null, source, estimated: true, parts, breaks: [] }
}

function breaksOf(
  point: SeriesPoint,
  last: SeriesPoint | undefined,
  comparable: (edition: string, previous: string) => boolean,
): SeriesBreak[] {
  if (last === undefined) return []
  const changed = point.edition !== last.edition
  return [
    ...(changed ? (['edition'] as const) : []),
    ...(changed && !comparable(point.edition, last.edition) ? (['not_comparable'] as const) : []),
    ...(point.estimated !== last.estimated ? (['units'] as const) : []),
  ]
}
