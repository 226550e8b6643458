import { hiddenCells } from './cube.ts'

/** A figure in a cube of figures, by the number of valid answers behind it. */
export interface CubeCell {
  readonly id: string
  readonly n: number
  /** How much a reader would miss an answer of this figure; default 1. Of two figures that protect alike the one less missed is hidden; a figure of infinite worth never is. */
  readonly worth?: number
  /** Hidden for a reason outside this cube. */
  readonly hidden?: boolean
}

/** The total is the sum of its parts: province = Σ units, quarter = Σ months, unit = Σ fields. */
export interface CubeEquation {
  readonly total: string
  readonly parts: readonly string[]
}

/**
 * Which figures of a cube must be hidden, and why: `too_few` for fewer than `minimum` answers, `complementary` for those
 * that would give a hidden one away by subtraction.
 *
 * Guarantees, for equations that add up: (a) no hidden figure with answers is determined by the shown ones through all
 * equations together (exact elimination, not only "one missing in a row"); (b) no shown total lets a group of hidden
 * figures be subtracted out whose answers together are fewer than `minimum`, neither in its own equation nor after
 * replacing hidden subtotals by their own parts. A figure with n = 0 is `too_few`, but everyone knows its
 * content, so it protects nothing. Not covered: small group sums (not single
 * figures) that only arise by mixing equations of crossed hierarchies, say units and months; narrow ranges that follow
 * from 0 ≤ favourable ≤ n; comparison with other cubes or with yesterday's edition.
 *
 * Chosen greedily: the figure that loses the fewest answers, each times its worth, counting the next figure it would drag
 * along in its other equations; ties by the order given. Deterministic. Each round hides at least one figure, so it ends;
 * with everything hidden both guarantees hold.
 * Source: L. Willenborg & T. de Waal, Elements of Statistical Disclosure Control (2001), ch. 4 (secondary suppression).
 * @throws RangeError on repeated ids, equations naming unknown ids or one id twice, or n that is not a number ≥ 0
 */
export function complementary(
  cells: readonly CubeCell[],
  equations: readonly CubeEquation[],
  minimum: number,
): ReadonlyMap<string, 'too_few' | 'complementary'> {
  const indexOf = new Map(cells.map(({ id }, index) => [id, index]))
  if (indexOf.size !== cells.length) throw new RangeError('complementary requires different ids')
  if (!cells.every(({ n }) => n >= 0)) throw new RangeError('complementary requires n ≥ 0')
  const find = (id: string) => {
    const index = indexOf.get(id)
    if (index === undefined) throw new RangeError('complementary requires equations over the given cells')
    return index
  }
  const numbered = equations.map(({ total, parts }) => {
    if (new Set([total, ...parts]).size !== parts.length + 1) {
      throw new RangeError('complementary requires different figures in an equation')
    }
    return { total: find(total), parts: parts.map(find) }
  })
  const hidden = hiddenCells(
    {
      n: cells.map(({ n }) => n),
      worth: (cell) => cells[cell]?.worth ?? 1,
      isHidden: (cell) => cells[cell]?.hidden === true,
      equations: numbered,
    },
    minimum,
  )
  const result = new Map<string, 'too_few' | 'complementary'>()
  cells.forEach(({ id, n }, index) => {
    if (n < minimum) result.set(id, 'too_few')
    else if (hidden[index] === 1) result.set(id, 'complementary')
  })
  return result
}
