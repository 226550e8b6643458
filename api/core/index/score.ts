import { aggregateScores } from './aggregate.ts'
import type { IndexDefinition } from './definition.ts'
import { type Bounds, normaliseColumn } from './normalise.ts'
import { indexTree, type IndexTree, type TreeNode } from './tree.ts'

/** Raw values by indicator, one per unit in the order of `units`; NaN marks a missing value, inside the engine only. */
export interface ScoringData {
  readonly units: readonly string[]
  readonly columns: ReadonlyMap<string, Float64Array>
}

/**
 * Something a reader must know about a run. `at` is an indicator or node, `units` how many it touches, `examples` the first
 * of them. Codes: `constant_indicator` (no spread: scored missing) `all_missing` `bounds_missing` (fixed bounds without
 * numbers) `target_not_better` (a target that is not beyond the worst value) `outside_bounds` (scores beyond the range, kept)
 * `clipped` (cut at it) `zero_weights` `not_positive` (a mean that needs positive scores) `too_few_children` (below minShare)
 * `weights_renormalised` (scored from some of its children) `not_finite` (beyond what a number holds: missing).
 */
export interface ScoreNote {
  readonly code: string
  readonly at: string
  readonly units: number
  readonly examples: readonly string[]
}

/** Scores of every element. Columns are indexed like `units`; NaN is missing, so read through `at` or `scoreRows`. */
export interface ScoredIndex {
  readonly tree: IndexTree
  readonly units: readonly string[]
  readonly data: ScoringData
  /** Normalised indicators and nodes, by element number of the tree. */
  readonly scores: readonly Float64Array[]
  /** Children present, by element number; an indicator has 1 or 0. */
  readonly present: readonly Uint16Array[]
  /** Raw bounds each indicator stands on, by element number. */
  readonly bounds: readonly (Bounds | null)[]
  readonly notes: readonly ScoreNote[]
  /** The score of a unit (by position) at an indicator or node; null when missing. @throws RangeError for an unknown code */
  readonly at: (unit: number, code: string) => number | null
}

/**
 * Scores an index: normalises every indicator over the units, then aggregates node by node up to the root, at full double
 * precision. Missing stays missing: a child that is missing drops out and the weights of the others are normalised.
 * The order of units changes nothing, nor does scaling all weights of a node that is a mean.
 *
 * @param history bounds from other periods by indicator, see `normaliseColumn`
 * @throws RangeError when the definition is no tree or a value is infinite
 */
export function scoreIndex(
  definition: IndexDefinition,
  data: ScoringData,
  history: ReadonlyMap<string, Bounds> = new Map(),
): ScoredIndex {
  const tree = indexTree(definition)
  const { units } = data
  const scores: Float64Array[] = []
  const present: Uint16Array[] = []
  const bounds: (Bounds | null)[] = []
  const notes = new Notes(units)

  for (const indicator of tree.indicators) {
    const column = data.columns.get(indicator.code) ?? new Float64Array(units.length).fill(NaN)
    if (column.includes(Infinity) || column.includes(-Infinity)) {
      throw new RangeError(`indicator ${indicator.code} has an infinite value`)
    }
    const done = normaliseColumn(column, indicator, definition.scale, history.get(indicator.code))
    if (done.fault === 'all_missing') notes.count(done.fault, indicator.code, units.length)
    else if (done.fault !== null) notes.all(done.fault, indicator.code, column)
    if (done.outside > 0) {
      const clipped = indicator.normalise.clip ?? indicator.normalise.method === 'goalposts'
      notes.count(clipped ? 'clipped' : 'outside_bounds', indicator.code, done.outside)
    }
    const counts = new Uint16Array(units.length)
    for (let u = 0; u < units.length; u += 1) {
      const score = done.scores[u]!
      if (Number.isFinite(score)) counts[u] = 1
      else if (!Number.isNaN(column[u]!) && done.fault === null) {
        done.scores[u] = NaN
        notes.add('not_finite', indicator.code, u)
      }
    }
    scores.push(done.scores)
    present.push(counts)
    bounds.push(done.bounds)
  }
  for (const node of tree.nodes) {
    const { column, counts } = scoreNode(node, scores, units.length, notes)
    scores.push(column)
    present.push(counts)
  }

  const at = (unit: number, code: string): number | null => {
    const score = scores[tree.at.get(code) ?? -1]?.[unit]
    if (score === undefined) throw new RangeError(`no score for unit ${unit} at ${code}`)
    return Number.isNaN(score) ? null : score
  }
  return { tree, units, data, scores, present, bounds, notes: notes.list(), at }
}

function scoreNode(node: TreeNode, scores: readonly Float64Array[], units: number, notes: Notes) {
  const { children, aggregate, multiply, minShare, whole } = node
  const column = new Float64Array(units).fill(NaN)
  const counts = new Uint16Array(units)
  const columns = children.map((child) => scores[child.at]!)
  // A share such as 2/3 is written with rounding, and must still be met by two of three.
  const needed = minShare * children.length - 1e-9
  // Filled anew for every unit: lists of their own for each would cost more than the sums.
  const values = new Float64Array(children.length)
  const weights = new Float64Array(children.length)
  for (let u = 0; u < units; u += 1) {
    let count = 0
    for (let c = 0; c < columns.length; c += 1) {
      const score = columns[c]![u]!
      if (Number.isNaN(score)) continue
      values[count] = score
      weights[count] = children[c]!.weight
      count += 1
    }
    counts[u] = count
    if (count === 0) continue
    if (count < needed) {
      notes.add('too_few_children', node.code, u)
      continue
    }
    if (count < children.length) notes.add('weights_renormalised', node.code, u)
    const score = aggregateScores(aggregate, values, weights, whole, count)
    if (typeof score === 'string') notes.add(score, node.code, u)
    else if (Number.isFinite(score * multiply)) column[u] = score * multiply
    else notes.add('not_finite', node.code, u)
  }
  return { column, counts }
}

/** Collects notes by code and place, with a few names instead of thousands. */
class Notes {
  readonly #units: readonly string[]
  /** By place, then code. */
  readonly #found = new Map<string, Map<string, { code: string; at: string; units: number; examples: string[] }>>()

  constructor(units: readonly string[]) {
    this.#units = units
  }

  add(code: string, at: string, unit: number): void {
    const note = this.#note(code, at)
    note.units += 1
    if (note.examples.length < 5) note.examples.push(this.#units[unit]!)
  }

  count(code: string, at: string, units: number): void {
    this.#note(code, at).units += units
  }

  all(code: string, at: string, column: Float64Array): void {
    this.#note(code, at)
    for (const [u, value] of column.entries()) if (!Number.isNaN(value)) this.add(code, at, u)
  }

  list(): ScoreNote[] {
    return [...this.#found.values()].flatMap((notes) => [...notes.values()])
  }

  #note(code: string, at: string) {
    let notes = this.#found.get(at)
    if (notes === undefined) this.#found.set(at, (notes = new Map()))
    let note = notes.get(code)
    if (note === undefined) notes.set(code, (note = { code, at, units: 0, examples: [] }))
    return note
  }
}

/** A column of the engine from values where null is missing. */
export function columnOf(values: readonly (number | null)[]): Float64Array {
  return Float64Array.from(values, (value) => value ?? NaN)
}
