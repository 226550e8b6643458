import type { PublishedElement } from '../disclosure/index-scores.ts'
import { selectionBand, type SelectionBand, selectionBias } from '../index/compare/selection-band.ts'
import type { Reach } from '../index/compare/selection-reach.ts'
import type { IndexDefinition } from '../index/definition.ts'
import { scoreUp } from '../index/frozen.ts'
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
  const reachOf = reaches(tree, elements, selectionBias(part, rho, unevenness))
  return elements.map(({ code, estimate }) => {
    const reach = reachOf(tree.at.get(code) ?? -1)
    if (estimate.method === 'known' || reach === null) return null
    const scale = code === tree.root.code ? { scale: definition.scale } : {}
    return selectionBand(estimate, part, { rho, unevenness, reach, ...scale })
  })
}

/** By element number of the tree, from the scores of indicators that are shown. */
function reaches(tree: IndexTree, elements: readonly PublishedElement[], bias: number): (at: number) => Reach | null {
  const byCode = new Map(elements.map(({ code, estimate }) => [code, estimate]))
  const own = tree.indicators.map(({ code }) => byCode.get(code)!)
  const leaves = (direction: -1 | 0 | 1) =>
    own.map(({ est, se, nEff, method }) =>
      est === null ? NaN : method === 'known' ? est : est + direction * bias * (se ?? NaN) * Math.sqrt(nEff ?? NaN),
    )
  const [low, middle, high] = ([-1, 0, 1] as const).map((direction) => scoreUp(tree, leaves(direction)).scores)
  /** Answers are there, but not the value: it is part of the score, and its reach is not known. */
  const isHidden = (i: number) => own[i]!.suppressed === null && own[i]!.est === null
  return (at) => {
    const reach = { down: middle![at]! - low![at]!, up: high![at]! - middle![at]! }
    const isKnown = Number.isFinite(reach.down) && Number.isFinite(reach.up)
    return isKnown && !tree.leaves[at]!.some(isHidden) ? reach : null
  }
}
