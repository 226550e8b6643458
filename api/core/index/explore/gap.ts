import { gaussLegendre } from '../../stats/gauss-legendre.ts'
import { type FrozenIndex, leafScores, parentSlopes, scoreUp } from '../frozen.ts'

/** What an element adds to the distance between a unit and a reference. */
export interface GapPart {
  readonly code: string
  readonly own: number
  readonly reference: number
  /** In points of the total; those of a node's children add up to its own, those of the root are the whole gap. */
  readonly points: number
}

/** The gap of a unit's total to a reference. */
export interface Gap {
  readonly own: number
  readonly reference: number
  /** Reference less own: what could be won (positive), or is ahead. */
  readonly gap: number
  /** Root first, indicators last; elements that both have. */
  readonly parts: readonly GapPart[]
  /** Indicators that only one of the two has: left out of both totals. */
  readonly left: readonly string[]
}

/**
 * Where the points are: the contribution of every node and indicator to the gap between a unit's total and a reference's,
 * say the median of its peers (`medianValues`). For weighted sums it is effective weight × difference of scores; in general
 * each indicator's mean slope along the straight way from the one to the other, times the difference of its scores
 * (Aumann & Shapley), so that parts add up under every aggregation.
 * Source: Aumann & Shapley, Values of Non-Atomic Games (1974); Gauss–Legendre with 16 points along the way.
 * @param raw, reference raw values by indicator; NaN where missing
 * @returns null when there is no total over what both have
 */
export function gapTo(frozen: FrozenIndex, raw: ArrayLike<number>, reference: ArrayLike<number>): Gap | null {
  const { tree } = frozen
  const [own, other] = [leafScores(frozen, raw), leafScores(frozen, reference)]
  const left = tree.indicators
    .filter((_, i) => Number.isNaN(own[i]!) !== Number.isNaN(other[i]!))
    .map(({ code }) => code)
  for (let i = 0; i < own.length; i += 1) {
    if (!Number.isNaN(own[i]!) && !Number.isNaN(other[i]!)) continue
    own[i] = NaN
    other[i] = NaN
  }
  const [ours, theirs] = [scoreUp(tree, own).scores, scoreUp(tree, other).scores]
  const [total, goal] = [ours.at(-1)!, theirs.at(-1)!]
  if (Number.isNaN(total) || Number.isNaN(goal)) return null
  const points = new Float64Array(ours.length)
  const { points: way, weights } = gaussLegendre(16, 0, 1)
  for (const [step, t] of way.entries()) {
    const between = scoreUp(
      tree,
      own.map((score, i) => score + t * (other[i]! - score)),
    )
    const slopes = rootSlopes(frozen, between)
    for (let i = 0; i < own.length; i += 1) {
      if (!Number.isNaN(own[i]!)) points[i]! += weights[step]! * slopes[i]! * (other[i]! - own[i]!)
    }
  }
  for (const [place, { children }] of tree.nodes.entries()) {
    points[own.length + place] = children.reduce((sum, child) => sum + points[child.at]!, 0)
  }
  const codes = [
    ...tree.nodes.map(({ code }, place) => ({ code, at: own.length + place })).toReversed(),
    ...tree.indicators.map(({ code }, i) => ({ code, at: i })),
  ]
  const parts = codes.flatMap(({ code, at }): GapPart[] =>
    Number.isNaN(ours[at]!) || Number.isNaN(theirs[at]!)
      ? []
      : [{ code, own: ours[at]!, reference: theirs[at]!, points: points[at]! }],
  )
  return { own: total, reference: goal, gap: goal - total, parts, left }
}

/** By element, how many points of the total one point of its score is worth. */
export function rootSlopes({ tree }: FrozenIndex, scores: Parameters<typeof parentSlopes>[1]): Float64Array {
  const toParent = parentSlopes(tree, scores)
  const slopes = new Float64Array(toParent.length)
  slopes[slopes.length - 1] = 1
  // Parents stand behind their children.
  for (let at = slopes.length - 2; at >= 0; at -= 1) {
    const parent = tree.parentOf[at]!
    slopes[at] = toParent[at]! * slopes[parent]!
  }
  return slopes
}
