import type { PublishedElement } from '../disclosure/index-scores.ts'
import { selectionBand, type SelectionBand } from '../index/compare/selection-band.ts'
import type { IndexDefinition } from '../index/definition.ts'
import { indexTree } from '../index/tree.ts'

/** How many of those asked answered, and what making good for the others costs. */
export interface Participation {
  /** Answers that count over eligible cases, 0 to 1. */
  readonly participation: number
  /** cv² of the adjustments (`CaseWeights`). */
  readonly unevenness: number
}

/**
 * The selection band of every element: what a correlation `rho` between answering and the answer, left after weighting, would do.
 * The spread of a node is its standard error times the root of the largest effective size among the indicators below, so that it is
 * rather too large: its own effective size is the smallest. Null where a value is not shown, or nobody answered.
 */
export function selectionBands(
  definition: IndexDefinition,
  elements: readonly PublishedElement[],
  { participation, unevenness }: Participation,
  rho: number,
): (SelectionBand | null)[] {
  if (!(participation > 0)) return elements.map(() => null)
  const tree = indexTree(definition)
  const own = new Map(elements.map(({ code, estimate }) => [code, estimate.nEff]))
  return elements.map(({ code, estimate }) => {
    if (estimate.method === 'known') return null
    const below = tree.leaves[tree.at.get(code) ?? -1] ?? []
    const sizes = below.flatMap((leaf) => own.get(tree.indicators[leaf]?.code ?? '') ?? [])
    const nEff = sizes.length === 0 ? estimate.nEff : Math.max(...sizes)
    const scale = code === tree.root.code ? { scale: definition.scale } : {}
    return selectionBand({ ...estimate, nEff }, Math.min(1, participation), { rho, unevenness, ...scale })
  })
}
