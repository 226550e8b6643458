import { leafScores, scoreUp, type FrozenIndex } from '../frozen.ts'

/** How an element enters the score of its parent, and that of the root. */
export interface ElementShare {
  /** Normalised score; null where missing. */
  readonly score: number | null
  /** Weight among the children present: these add up to 1. Null for what is missing. */
  readonly share: number | null
  /** Product of the shares from the root down. */
  readonly effective: number | null
  /** What it adds to the score of its parent, in the parent's points; null under a geometric, harmonic or power mean. */
  readonly contribution: number | null
}

/** Shares and contributions of all elements for one unit's raw values (NaN missing), by code. */
export function elementShares(frozen: FrozenIndex, raw: ArrayLike<number>): Map<string, ElementShare> {
  const { tree } = frozen
  const { scores } = scoreUp(tree, leafScores(frozen, raw))
  const scoreAt = (at: number) => (Number.isNaN(scores[at]!) ? null : scores[at]!)
  const root = tree.at.get(tree.root.code)!
  const shares = new Map<string, ElementShare>([
    [tree.root.code, { score: scoreAt(root), share: 1, effective: 1, contribution: scoreAt(root) }],
  ])
  for (const node of tree.nodes.toReversed()) {
    const above = shares.get(node.code)
    const effective = above?.effective ?? null
    const present = node.children.reduce((sum, { at, weight }) => sum + (scoreAt(at) === null ? 0 : weight), 0)
    const factor = node.aggregate === 'mean' ? 1 / present : node.aggregate === 'sum' ? node.whole / present : null
    for (const { code, at, weight } of node.children) {
      const score = scoreAt(at)
      const share = score === null || !(present > 0) ? null : weight / present
      const counts = score !== null && share !== null && factor !== null && (above?.score ?? null) !== null
      shares.set(code, {
        score,
        share,
        effective: share === null || effective === null ? null : share * effective,
        contribution: counts ? score * weight * factor * node.multiply : null,
      })
    }
  }
  return shares
}
