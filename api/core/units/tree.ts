/** One row of a tree under its own key. */
export interface TreeNode<T> {
  key: string
  parent: string | null
  row: T
}

/**
 * Orders nodes so that parents come before children, and names those that cannot be placed.
 *
 * @param nodes the new or changed nodes; their parents override what `existing` says
 * @param existing parent by key of the nodes that are already there
 * @returns rows, each in one list. `order`: placeable ones, parents first, else in the given order; `unknown`: the parent is
 *   nowhere; `cycle`: going up one comes back to the row itself; `orphaned`: below any of those
 */
export function orderTree<T>(
  nodes: readonly TreeNode<T>[],
  existing: ReadonlyMap<string, string | null>,
): { order: T[]; unknown: T[]; cycle: T[]; orphaned: T[] } {
  const parents = new Map<string, string | null>(existing)
  for (const node of nodes) parents.set(node.key, node.parent)
  const result = { order: [] as T[], unknown: [] as T[], cycle: [] as T[], orphaned: [] as T[] }
  const placed: { row: T; depth: number }[] = []
  for (const node of nodes) {
    const path = climb(node.key, parents)
    if (path.end === 'root') placed.push({ row: node.row, depth: path.length })
    else if (path.end === 'unknown' && path.length === 1) result.unknown.push(node.row)
    else if (path.end === 'self') result.cycle.push(node.row)
    else result.orphaned.push(node.row)
  }
  result.order = placed.sort((a, b) => a.depth - b.depth).map(({ row }) => row)
  return result
}

/** Walks up from a key and tells where the way ends and how many nodes with known parents lie on it. */
function climb(
  key: string,
  parents: ReadonlyMap<string, string | null>,
): { end: 'root' | 'unknown' | 'self' | 'cycle'; length: number } {
  const seen = new Set<string>()
  for (let at: string | null = key; at !== null;) {
    const parent = parents.get(at)
    if (parent === undefined) return { end: 'unknown', length: seen.size }
    seen.add(at)
    if (parent === key) return { end: 'self', length: seen.size }
    if (parent !== null && seen.has(parent)) return { end: 'cycle', length: seen.size }
    at = parent
  }
  return { end: 'root', length: seen.size }
}
