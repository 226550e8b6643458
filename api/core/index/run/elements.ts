import type { IndexDefinition, IndexIndicator, IndexNode } from '../definition.ts'
import { indexTree, type IndexTree, type TreeNode } from '../tree.ts'

/** A node or indicator in the order in which a run keeps its scores: nodes from the root down, then indicators. */
export type IndexElement =
  | { readonly kind: 'node'; readonly code: string; readonly row: IndexNode; readonly node: TreeNode }
  | { readonly kind: 'indicator'; readonly code: string; readonly row: IndexIndicator; readonly at: number }

/** The elements of an edition in the order of a run's scores, as `compositeEstimator` gives them. */
export function elementsOf(definition: IndexDefinition): { tree: IndexTree; elements: IndexElement[] } {
  const tree = indexTree(definition)
  const nodes = tree.nodes
    .toReversed()
    .map((node) => ({ kind: 'node' as const, code: node.code, row: node.node, node }))
  const indicators = tree.indicators.map((row, at) => ({ kind: 'indicator' as const, code: row.code, row, at }))
  return { tree, elements: [...nodes, ...indicators] }
}
