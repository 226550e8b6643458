import { sum } from '../stats/sum.ts'
import type { Aggregate, IndexDefinition, IndexIndicator, IndexNode } from './definition.ts'

/** A child of a node: its place among all elements and its weight. */
export interface TreeChild {
  readonly at: number
  readonly code: string
  readonly weight: number
}

/** A node with its children found. */
export interface TreeNode {
  readonly code: string
  /** Steps below the root, which has 0. */
  readonly depth: number
  readonly parent: string | null
  readonly aggregate: Aggregate
  readonly minShare: number
  readonly multiply: number
  readonly children: readonly TreeChild[]
  /** Weights of all children together. */
  readonly whole: number
  readonly node: IndexNode
}

/**
 * The tree of a definition. Elements are numbered: indicators first, in their order, then nodes, every node after its
 * children, the root last.
 */
export interface IndexTree {
  readonly definition: IndexDefinition
  readonly indicators: readonly IndexIndicator[]
  readonly nodes: readonly TreeNode[]
  readonly root: TreeNode
  /** Number of an element by its code. */
  readonly at: ReadonlyMap<string, number>
  /** Indicators at or below each element, by element number. */
  readonly leaves: readonly (readonly number[])[]
  /** Number of each element's parent; −1 for the root. */
  readonly parentOf: readonly number[]
}

/**
 * Orders the elements of a valid definition for scoring.
 * @throws RangeError when the definition has no root, an unknown parent or a cycle (`validateDefinition` names the place)
 */
export function indexTree(definition: IndexDefinition): IndexTree {
  const { indicators, nodes } = definition
  const childrenOf = Map.groupBy([...nodes, ...indicators], (row) => row.parent)
  const isNode = new Set(nodes.map((node) => node.code))
  const at = new Map(indicators.map((indicator, i) => [indicator.code, i]))
  const ordered: TreeNode[] = []

  const place = (node: IndexNode, depth: number): void => {
    const rows = childrenOf.get(node.code) ?? []
    for (const row of rows) if (isNode.has(row.code)) place(row as IndexNode, depth + 1)
    at.set(node.code, indicators.length + ordered.length)
    const children = rows.map((row) => ({ at: at.get(row.code)!, code: row.code, weight: row.weight ?? 1 }))
    const { code, parent, aggregate, minShare = 0, multiply = 1 } = node
    const whole = sum(children.map((child) => child.weight))
    ordered.push({ code, depth, parent, aggregate, minShare, multiply, children, whole, node })
  }
  const roots = nodes.filter((node) => node.parent === null)
  if (roots.length === 1) place(roots[0]!, 0)
  const root = ordered.at(-1)
  // Nodes in a cycle or under an unknown parent are never reached from the root.
  if (root === undefined || at.size !== nodes.length + indicators.length || ordered.length !== nodes.length) {
    throw new RangeError('the definition is not one tree')
  }
  const leaves: (readonly number[])[] = indicators.map((_, i) => [i])
  for (const { children } of ordered) leaves.push(children.flatMap((child) => leaves[child.at]!))
  const parentOf = [...indicators, ...ordered].map(({ parent }) => (parent === null ? -1 : at.get(parent)!))
  return { definition, indicators, nodes: ordered, root, at, leaves, parentOf }
}
