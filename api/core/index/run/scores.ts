import { publishElements, shownEstimates, type Gap, type PublishedElement } from '../../disclosure/index-scores.ts'
import type { IndexDefinition } from '../definition.ts'
import { compositeEstimator } from '../estimate/composite.ts'
import type { Bounds } from '../normalise.ts'
import { indexTree } from '../tree.ts'
import { GAPS, type RunInputs, type UnitInput } from './inputs.ts'
import type { RunSource } from './sources.ts'

/** Scores of one unit: nodes from the root down, then indicators. */
export interface UnitScores {
  readonly unit: number
  readonly elements: readonly PublishedElement[]
}

/** Why each indicator of a unit must not be shown. */
export function gapsOf(unit: UnitInput): Gap[] {
  return Array.from(unit.gap, (gap) => GAPS[gap] ?? null)
}

/** Answers below which each indicator is not shown; 0 where no answers are behind it. */
export function minimumsOf(sources: readonly RunSource[]): number[] {
  return sources.map((source) => (source.kind === 'item' ? source.minimum : 0))
}

/**
 * The scores of all units under the display rule; the same inputs and goalposts give the same digits.
 * @throws RangeError when the definition is no tree
 */
export function runScores(
  inputs: RunInputs,
  definition: IndexDefinition,
  goalposts: ReadonlyMap<string, Bounds>,
): UnitScores[] {
  const tree = indexTree(definition)
  const estimate = compositeEstimator(definition, goalposts)
  const minimums = minimumsOf(inputs.sources)
  return inputs.units.map((unit) => {
    const gaps = gapsOf(unit)
    const elements = estimate(shownEstimates(unit, gaps))
    return { unit: unit.unit, elements: publishElements(tree, elements, gaps, unit.n, minimums) }
  })
}
