import type { IndexDefinition } from '../definition.ts'
import type { UnitEstimates } from './indicator-estimate.ts'
import type { Linearised } from './linearise.ts'
import { packedAt, packedLength } from './packed.ts'
import { statisticOf } from './reach.ts'

/** A figure that comes from a register or a publication; n the cases it counts, 0 where unknown. */
export interface HardValue {
  readonly value: number
  readonly n: number
}

/**
 * What a unit's answers say, in the order of an edition's indicators, with its hard figures in between. One pass over the
 * answers serves many editions: each picks its columns.
 * @param columnOf place of an indicator's column among the answers' columns, by code; absent: not asked here
 * @param hard by the indicator's code
 */
export function arrange(
  { indicators }: Pick<IndexDefinition, 'indicators'>,
  answers: Linearised,
  columnOf: ReadonlyMap<string, number>,
  hard: ReadonlyMap<string, HardValue> = new Map(),
): UnitEstimates {
  const size = indicators.length
  const width = answers.est.length
  const places = indicators.map((one) => (statisticOf(one) === null ? null : (columnOf.get(one.code) ?? null)))
  const covariance = new Float64Array(packedLength(size))
  for (const [a, from] of places.entries()) {
    if (from === null) continue
    for (let b = a; b < size; b += 1) {
      const to = places[b] ?? null
      if (to !== null) covariance[packedAt(size, a, b)] = answers.covariance[packedAt(width, from, to)]!
    }
  }
  const pick = <T>(i: number, sampled: (column: number) => T, known: (figure: HardValue) => T, otherwise: T): T => {
    const column = places[i] ?? null
    if (column !== null) return sampled(column)
    const figure = statisticOf(indicators[i]!) === null ? hard.get(indicators[i]!.code) : undefined
    return figure === undefined ? otherwise : known(figure)
  }
  const each = [...indicators.keys()]
  return {
    est: each.map((i) =>
      pick<number | null>(
        i,
        (c) => answers.est[c]!,
        ({ value }) => value,
        null,
      ),
    ),
    n: each.map((i) =>
      pick(
        i,
        (c) => answers.n[c]!,
        ({ n }) => n,
        0,
      ),
    ),
    kish: each.map((i) =>
      pick(
        i,
        (c) => answers.kish[c]!,
        ({ n }) => n,
        0,
      ),
    ),
    covariance,
    clusters: answers.clusters,
    strata: answers.strata,
  }
}
