import { aggregateScores, aggregateSlopes } from './aggregate.ts'
import type { IndexDefinition, IndexIndicator } from './definition.ts'
import { type Bounds, type ScaleLine, scaleLine } from './normalise.ts'
import { type IndexTree, indexTree } from './tree.ts'

/**
 * An edition with its goalposts frozen: what one unit scores follows from its own values alone.
 *
 * A line is `cohort` where the normalisation is rank or z, which place a unit among all others and have no line; null where
 * the goalposts span nothing or are missing, so that the indicator scores missing.
 */
export interface FrozenIndex {
  readonly tree: IndexTree
  readonly lines: readonly (ScaleLine | 'cohort' | null)[]
  readonly bounds: readonly (Bounds | null)[]
}

/** Scores of one unit by element number of the tree; NaN is missing, inside the engine only. */
export interface UnitScores {
  readonly scores: Float64Array
  /** Children present of each node; of an indicator 1 or 0. */
  readonly present: Uint16Array
}

/**
 * Freezes an edition at goalposts: those given (a run's, by indicator), else the definition's own numbers.
 * @throws RangeError when the definition is no tree
 */
export function freezeIndex(definition: IndexDefinition, goalposts: ReadonlyMap<string, Bounds>): FrozenIndex {
  const tree = indexTree(definition)
  const bounds = tree.indicators.map((indicator) => goalposts.get(indicator.code) ?? ownBounds(indicator))
  const lines = tree.indicators.map((indicator, i) => {
    if (needsCohort(indicator)) return 'cohort'
    const line = scaleLine(indicator, definition.scale, bounds[i]!)
    return typeof line === 'string' ? null : line
  })
  return { tree, lines, bounds }
}

/** Whether a score depends on where all other units stand. */
export function needsCohort({ normalise }: Pick<IndexIndicator, 'normalise'>): boolean {
  return normalise.method === 'rank' || normalise.method === 'z'
}

function ownBounds({ normalise: { bounds } }: IndexIndicator): Bounds | null {
  return bounds?.min === undefined || bounds.max === undefined ? null : { min: bounds.min, max: bounds.max }
}

/** Scores of a unit from its raw values by indicator (NaN: missing), with the arithmetic of `scoreIndex`. */
export function scoreUnit(frozen: FrozenIndex, raw: ArrayLike<number>): UnitScores {
  return scorerOf(frozen)(raw)
}

/** The same for many units; what a call returns is overwritten by the next. */
export function scorerOf(frozen: FrozenIndex): (raw: ArrayLike<number>) => UnitScores {
  const { tree, lines } = frozen
  const leaves = new Float64Array(lines.length)
  const use = scoringSpace(tree)
  return (raw) => {
    writeLeaves(frozen, raw, leaves)
    return scoreUp(tree, leaves, use)
  }
}

/** Normalised indicators of a unit; NaN where missing or where a unit alone has no score. */
export function leafScores(frozen: FrozenIndex, raw: ArrayLike<number>): Float64Array {
  const leaves = new Float64Array(frozen.lines.length)
  writeLeaves(frozen, raw, leaves)
  return leaves
}

/** Writes the normalised indicators of a unit; NaN where missing or where a unit alone has no score. */
export function writeLeaves({ lines }: FrozenIndex, raw: ArrayLike<number>, leaves: Float64Array): void {
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i]!
    if (line === null || line === 'cohort') {
      leaves[i] = NaN
      continue
    }
    const score = line.score(raw[i]!)
    leaves[i] = line.clip ? Math.min(line.b, Math.max(line.a, score)) : score
  }
}

/** Scores of all elements from those of the indicators. */
export function scoreUp(tree: IndexTree, leaves: ArrayLike<number>, use = scoringSpace(tree)): UnitScores {
  const size = tree.indicators.length
  const { scores, present } = use
  for (let i = 0; i < size; i += 1) {
    scores[i] = leaves[i]!
    present[i] = Number(!Number.isNaN(leaves[i]!))
  }
  for (let place = 0; place < tree.nodes.length; place += 1) {
    const node = tree.nodes[place]!
    const at = size + place
    const count = presentChildren(node, scores, use)
    present[at] = count
    // A share such as 2/3 is written with rounding, and must still be met by two of three.
    const enough = count > 0 && count >= node.minShare * node.children.length - 1e-9
    const score = enough ? aggregateScores(node.aggregate, use.values, use.weights, node.whole, count) : 'zero_weights'
    const scaled = typeof score === 'string' ? NaN : score * node.multiply
    scores[at] = Number.isFinite(scaled) ? scaled : NaN
  }
  return { scores, present }
}

/**
 * By element, the derivative of its parent's score with respect to its own; 0 where either is missing. The derivative of a
 * node with respect to an indicator below is the product along the path.
 */
export function parentSlopes(tree: IndexTree, { scores }: UnitScores, use = scoringSpace(tree)): Float64Array {
  const { slopes, out } = use
  slopes.fill(0)
  for (const [place, node] of tree.nodes.entries()) {
    const score = scores[tree.indicators.length + place]!
    if (Number.isNaN(score)) continue
    const count = presentChildren(node, scores, use)
    aggregateSlopes(node.aggregate, use.values, use.weights, node.whole, count, score / node.multiply, out)
    for (let c = 0; c < count; c += 1) slopes[use.at[c]!] = out[c]! * node.multiply
  }
  return slopes
}

export type ScoringSpace = ReturnType<typeof scoringSpace>

/**
 * Where a unit's scores are made: the results, and the children present of the node at hand. Used again for unit after unit,
 * since making such arrays costs more than filling them.
 */
export function scoringSpace(tree: IndexTree) {
  const size = tree.indicators.length + tree.nodes.length
  const most = Math.max(...tree.nodes.map(({ children }) => children.length))
  return {
    scores: new Float64Array(size),
    present: new Uint16Array(size),
    values: new Float64Array(most),
    weights: new Float64Array(most),
    at: new Int32Array(most),
    slopes: new Float64Array(size),
    out: new Float64Array(most),
  }
}

function presentChildren({ children }: IndexTree['nodes'][number], scores: Float64Array, use: ScoringSpace): number {
  let count = 0
  for (const child of children) {
    const score = scores[child.at]!
    if (Number.isNaN(score)) continue
    use.values[count] = score
    use.weights[count] = child.weight
    use.at[count] = child.at
    count += 1
  }
  return count
}
