import type { IndexDefinition } from '../../api/core/index/definition.ts'
import { columnOf, type ScoredIndex, scoreIndex } from '../../api/core/index/score.ts'
import { shippedIndices } from '../../db/seeds/indices/shipped.ts'

/** A shipped edition by its id. */
export function edition(id: string): IndexDefinition {
  const found = shippedIndices.find((one) => one.id === id)
  if (found === undefined) throw new RangeError(`no shipped edition ${id}`)
  return found
}

/** Scores units from figures by indicator; a missing or empty figure is missing. */
export function scoreFigures(
  definition: IndexDefinition,
  figures: ReadonlyMap<string, Readonly<Record<string, string | number | undefined>>>,
): ScoredIndex {
  const number = (value: string | number | undefined) => (value === undefined || value === '' ? null : Number(value))
  const columns = definition.indicators.map(({ code }): [string, Float64Array] => [
    code,
    columnOf([...figures.values()].map((row) => number(row[code]))),
  ])
  return scoreIndex(definition, { units: [...figures.keys()], columns: new Map(columns) })
}
