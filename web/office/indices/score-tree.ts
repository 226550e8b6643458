import type { Aggregate, Normalise, Scale, ScoreElement } from './types.ts'

/** An element with what is below it and the range its score can have; null where that is not known. */
export type ScoreNode = {
  readonly element: ScoreElement
  readonly range: Scale | null
  readonly children: readonly ScoreNode[]
}

/** The range of a normalised indicator, as far as its method has one. */
function indicatorRange({ method, to }: Normalise, scale: Scale): Scale | null {
  if (method === 'none' || method === 'z') return to === undefined || method === 'z' ? null : { min: to[0], max: to[1] }
  if (to !== undefined) return { min: to[0], max: to[1] }
  return method === 'rank' ? null : scale
}

/** A mean of any kind stays between its children's ends; a sum adds them up. */
function nodeRange(aggregate: Aggregate, children: readonly ScoreNode[]): Scale | null {
  const ends = children.map(({ element, range }) => ({ weight: element.weight, range }))
  const whole = ends.reduce((sum, { weight }) => sum + weight, 0)
  if (!(whole > 0)) return null
  const divisor = aggregate === 'sum' ? 1 : whole
  let [min, max] = [0, 0]
  for (const { weight, range } of ends) {
    if (range === null) return null
    min += (weight * range.min) / divisor
    max += (weight * range.max) / divisor
  }
  return { min, max }
}

/** As the edition lists them: nodes travel from the last to the first, so that the root leads. */
const inOrder = (children: readonly ScoreElement[]): ScoreElement[] => [
  ...children.filter(({ kind }) => kind === 'node').toReversed(),
  ...children.filter(({ kind }) => kind === 'indicator'),
]

/** The tree of a unit's scores. @throws RangeError when there is no root */
export function scoreTree(elements: readonly ScoreElement[], scale: Scale): ScoreNode {
  const below = Map.groupBy(elements, ({ parent }) => parent)
  const grow = (element: ScoreElement): ScoreNode => {
    const children = inOrder(below.get(element.code) ?? []).map(grow)
    if (element.parent === null) return { element, children, range: scale }
    const range =
      element.indicator === null
        ? nodeRange(element.aggregate ?? 'mean', children)
        : indicatorRange(element.indicator.normalise, scale)
    return { element, children, range: holds(range, element) ? range : null }
  }
  const [root] = below.get(null) ?? []
  if (root === undefined) throw new RangeError('scores have one root')
  return grow(root)
}

/** Whether a range holds what is drawn on it: a node with a factor of its own has another. */
function holds(range: Scale | null, { estimate: { est } }: ScoreElement): boolean {
  return (
    range !== null && range.max > range.min && (est === null || (est >= range.min - 1e-9 && est <= range.max + 1e-9))
  )
}

/** Every node of a tree, parents first. */
export const flatten = (node: ScoreNode): ScoreNode[] => [node, ...node.children.flatMap(flatten)]

/** Indicators by what they add to the gap to the peers' median, the largest first; only those that can be won. */
export function biggestGaps(elements: readonly ScoreElement[]): ScoreElement[] {
  return elements
    .filter(({ kind, gapPoints }) => kind === 'indicator' && gapPoints !== null && gapPoints > 0)
    .sort((a, b) => (b.gapPoints ?? 0) - (a.gapPoints ?? 0))
}

/**
 * About how many more answers it takes until the interval around a score no longer reaches the peers' median, if the score
 * stays where it is. 0 when it does not reach it now; null where that cannot be said.
 */
export function answersToConfirm({ estimate: { est, lo, hi, n }, peers: { median } }: ScoreElement): number | null {
  if (est === null || lo === null || hi === null || n === null || median === null || est === median) return null
  const half = median > est ? hi - est : est - lo
  const wanted = n * (half / Math.abs(median - est)) ** 2
  return wanted <= n ? 0 : Math.ceil(wanted - n)
}
