import type { PublishedElement } from '../disclosure/index-scores.ts'
import { selectionBand, type SelectionBand, selectionBias } from '../index/compare/selection-band.ts'
import { type Reach, reachesOf } from '../index/compare/selection-reach.ts'
import type { IndexDefinition } from '../index/definition.ts'
import { indexTree, type IndexTree } from '../index/tree.ts'

/** How many of those asked answered, and what making good for the others costs. */
export interface Participation {
  /** Answers that count over eligible cases, 0 to 1. */
  readonly participation: number
  /** cv² of the adjustments (`CaseWeights`). */
  readonly unevenness: number
}

/**
 * The selection band of every element: what a correlation `rho` between answering and the answer, left after weighting, would do.
 * A node moves as all indicators below it do when they are moved in the same direction, each by its own reach: a bias does not
 * average out over items. Null where a value or a part of it is not shown, or nobody answered.
 */
export function selectionBands(
  definition: IndexDefinition,
  elements: readonly PublishedElement[],
  { participation, unevenness }: Participation,
  rho: number,
): (SelectionBand | null)[] {
  if (!(participation > 0)) return elements.map(() => null)
  const tree = indexTree(definition)
  const part = Math.min(1, participation)
  const reachBy = reaches(tree, elements, selectionBias(part, rho, unevenness))
  return elements.map(({ code, estimate }) => {
    const reach = reachBy.get(code)
    if (estimate.method === 'known' || reach === undefined) return null
    const scale = code === tree.root.code ? { scale: definition.scale } : {}
    return selectionBand(estimate, part, { rho, unevenness, reach, ...scale })
  })
}

/** From the scores of indicators that are shown. One that has answers but no value shown is part of a score, and its reach is not known. */
function reaches(tree: IndexTree, elements: readonly PublishedElement[], bias: number): ReadonlyMap<string, Reach> {
  const byCode = new Map(elements.map(({ code, estimate }) => [code, estimate]))
  const own = tree.indicators.map(({ code }) => byCode.get(code)!)
  const leaves = (direction: -1 | 0 | 1) =>
    own.map(({ est, se, nEff, method }) =>
      est === null ? NaN : method === 'known' ? est : est + direction * bias * (se ?? NaN) * Math.sqrt(nEff ?? NaN),
    )
  const isHidden = (i: number) => own[i]!.suppressed === null && own[i]!.est === null
  return reachesOf(tree, { lo: leaves(-1), middle: leaves(0), hi: leaves(1) }, isHidden)
}
