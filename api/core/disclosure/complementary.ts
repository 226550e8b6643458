import { determinedUnknowns } from './determinedUnknowns.ts'

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
  const cube = new Cube(cells, equations, minimum)
  do cube.closeEquations()
  while (cube.hideForDetermined())
  const result = new Map<string, 'too_few' | 'complementary'>()
  cells.forEach(({ id, n }, index) => {
    if (n < minimum) result.set(id, 'too_few')
    else if (cube.hidden[index]) result.set(id, 'complementary')
  })
  return result
}

/** Only cells with answers matter here: an equation's `parts` are its non-empty ones, smallest first. */
type Equation = { readonly total: number; readonly parts: readonly number[]; hiddenCount: number }

class Cube {
  /** Hidden cells with answers; empty ones are known to be empty and count as shown. */
  readonly hidden: boolean[]
  private readonly n: readonly number[]
  private readonly loss: readonly number[]
  private readonly minimum: number
  private readonly equations: Equation[]
  private readonly equationsOf: Equation[][]
  private readonly subtotals: Equation[][]
  private residuals = new Map<number, number>()

  constructor(cells: readonly CubeCell[], equations: readonly CubeEquation[], minimum: number) {
    const indexOf = new Map(cells.map(({ id }, index) => [id, index]))
    if (indexOf.size !== cells.length) throw new RangeError('complementary requires different ids')
    if (!cells.every(({ n }) => n >= 0)) throw new RangeError('complementary requires n ≥ 0')
    const find = (id: string) => {
      const index = indexOf.get(id)
      if (index === undefined) throw new RangeError('complementary requires equations over the given cells')
      return index
    }
    this.minimum = minimum
    this.n = cells.map(({ n }) => n)
    this.loss = cells.map(({ n, worth }) => n * (worth ?? 1))
    this.hidden = cells.map(() => false)
    this.equationsOf = cells.map(() => [])
    this.subtotals = cells.map(() => [])
    this.equations = equations.map(({ total, parts }) => {
      if (new Set([total, ...parts]).size !== parts.length + 1) {
        throw new RangeError('complementary requires different figures in an equation')
      }
      const filled = parts.map(find).filter((part) => this.n[part]! > 0)
      const smallestFirst = filled.sort((a, b) => this.n[a]! - this.n[b]! || a - b)
      const equation = { total: find(total), parts: smallestFirst, hiddenCount: 0 }
      for (const cell of [equation.total, ...smallestFirst]) this.equationsOf[cell]!.push(equation)
      this.subtotals[equation.total]!.push(equation)
      return equation
    })
    cells.forEach(({ n, hidden }, cell) => {
      if (n > 0 && (n < minimum || hidden === true)) this.hide(cell)
    })
  }

  /** Repairs every equation that alone gives something away, until none does. */
  closeEquations(): void {
    let changed = true
    while (changed) {
      changed = false
      for (const equation of this.equations) {
        while (this.leaks(equation)) {
          const cell = this.cheapest([...this.shownAround(equation), ...this.shownTotal(equation)])
          if (cell === null) break
          this.hide(cell)
          changed = true
        }
      }
    }
  }

  /** Hides one more figure near each hidden one that all equations together determine. False when there is none. */
  hideForDetermined(): boolean {
    const unknowns = this.hidden.flatMap((hidden, cell) => (hidden ? [cell] : []))
    const position = new Map(unknowns.map((cell, index) => [cell, index]))
    const rows = this.equations
      .filter((equation) => equation.hiddenCount > 0)
      .map((equation) => {
        const parts = equation.parts.filter((part) => this.hidden[part])
        const entries = parts.map((part) => ({ unknown: position.get(part)!, coefficient: -1 }))
        if (this.hidden[equation.total]) entries.push({ unknown: position.get(equation.total)!, coefficient: 1 })
        return entries
      })
    const determined = determinedUnknowns(rows, unknowns.length)
    const repaired = new Set<Equation>()
    let changed = false
    for (const cell of unknowns.filter((_, index) => determined[index])) {
      // One new gap often frees its whole neighbourhood: look again before hiding a second one there.
      if (this.equationsOf[cell]!.some((equation) => repaired.has(equation))) continue
      const companion = this.companionOf(cell)
      if (companion === null) continue
      this.hide(companion)
      for (const equation of this.equationsOf[companion]!) repaired.add(equation)
      changed = true
    }
    return changed
  }

  private hide(cell: number): void {
    this.hidden[cell] = true
    this.residuals = new Map()
    for (const equation of this.equationsOf[cell]!) equation.hiddenCount += 1
  }

  private leaks(equation: Equation): boolean {
    if (equation.hiddenCount === 0 || this.hidden[equation.total]) return equation.hiddenCount === 1
    return equation.hiddenCount === 1 || this.residual(equation) < this.minimum
  }

  /** Answers in the smallest group of hidden figures that a known total of this equation lets one subtract out. */
  private residual(equation: Equation): number {
    let answers = 0
    for (const part of equation.parts) if (this.hidden[part]) answers += this.smallestWithin(part)
    return answers
  }

  /** As `residual`, for a hidden figure that may itself be replaced by its hidden parts. */
  private smallestWithin(cell: number): number {
    const known = this.residuals.get(cell)
    if (known !== undefined) return known
    // Set before descending, so that equations that run in a circle end.
    let answers = this.n[cell]!
    this.residuals.set(cell, answers)
    for (const equation of this.subtotals[cell]!) {
      if (equation.hiddenCount > 1) answers = Math.min(answers, this.residual(equation))
    }
    this.residuals.set(cell, answers)
    return answers
  }

  /** Shown parts whose hiding would widen the gap: in the equation itself and in those of its hidden subtotals. */
  private shownAround(equation: Equation): number[] {
    const visited = new Set([equation])
    // With a single gap a companion must come from the same equation; inside the gap nothing helps.
    if (equation.hiddenCount > 1) {
      for (const { parts } of visited) {
        for (const part of parts) if (this.hidden[part]) for (const inner of this.subtotals[part]!) visited.add(inner)
      }
    }
    return [...visited].flatMap(({ parts }) => parts.filter((part) => !this.hidden[part]))
  }

  private shownTotal({ total }: Equation): number[] {
    return this.hidden[total] || this.n[total] === 0 ? [] : [total]
  }

  private cheapest(candidates: readonly number[]): number | null {
    let best: number | null = null
    let bestCost = Infinity
    for (const cell of candidates.toSorted((a, b) => this.loss[a]! - this.loss[b]! || a - b)) {
      if (this.loss[cell]! >= bestCost) break
      const cost = this.cost(cell)
      if (cost < bestCost) {
        best = cell
        bestCost = cost
      }
    }
    return best
  }

  /** Answers lost by hiding the cell, with the smallest companion it would need in each so far untouched equation. */
  private cost(cell: number): number {
    let cost = this.loss[cell]!
    for (const equation of this.equationsOf[cell]!) {
      if (equation.hiddenCount > 0) continue
      const companion = equation.parts.find((part) => part !== cell) ?? equation.total
      cost += this.loss[companion]!
    }
    return cost
  }

  /** The cheapest shown figure in the nearest equations, going outwards through hidden figures. */
  private companionOf(cell: number): number | null {
    const reached = new Set<number>([cell])
    const visited = new Set<Equation>()
    for (let front = [cell]; front.length > 0;) {
      const around = front.flatMap((at) => this.equationsOf[at]!).filter((equation) => !visited.has(equation))
      for (const equation of around) visited.add(equation)
      const found = this.cheapest(
        around.flatMap((equation) => [
          ...equation.parts.filter((part) => !this.hidden[part]),
          ...this.shownTotal(equation),
        ]),
      )
      if (found !== null) return found
      const next = around.flatMap((equation) => [equation.total, ...equation.parts])
      front = [...new Set(next)].filter((at) => this.hidden[at] && !reached.has(at))
      for (const at of front) reached.add(at)
    }
    return null
  }
}
