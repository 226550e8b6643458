import { determinedUnknowns } from './determinedUnknowns.ts'

/** The total is the sum of its parts; cells by number. */
export interface NumberedEquation {
  readonly total: number
  readonly parts: readonly number[]
}
/** A cube of figures whose cells are numbers from 0 on. */
export interface NumberedCube {
  /** Valid answers behind each cell. */
  readonly n: ArrayLike<number>
  /** What a reader would miss of a cell; with infinite worth it is never hidden for another one's sake. */
  readonly worth: (cell: number) => number
  /** Cells that are hidden for a reason outside this cube. */
  readonly isHidden?: (cell: number) => boolean
  /** Over any cells; an equation without answers says nothing. */
  readonly equations: readonly NumberedEquation[]
}

/**
 * Which cells with answers must be hidden: 1 in the result. See `complementary`, which says what is guaranteed.
 * Of cells that protect alike the one with the lower number is hidden.
 */
export function hiddenCells(given: NumberedCube, minimum: number): Uint8Array {
  const cube = new Cube(given, minimum)
  do cube.closeEquations()
  while (cube.hideForDetermined())
  return cube.hidden
}

/** Only cells with answers matter here: an equation's `parts` are its non-empty ones, smallest first. */
type Equation = {
  readonly index: number
  readonly total: number
  readonly parts: readonly number[]
  hiddenCount: number
}
const NONE: Equation[] = []

class Cube {
  /** Hidden cells with answers; empty ones are known to be empty and count as shown. */
  readonly hidden: Uint8Array
  private readonly n: ArrayLike<number>
  private readonly loss: Float64Array
  private readonly minimum: number
  private readonly equations: Equation[]
  private readonly equationsOf: (Equation[] | undefined)[]
  private readonly subtotals: (Equation[] | undefined)[]
  private residuals = new Map<number, number>()
  /** Where the search for a companion has been: the number of the search, by equation and by cell. */
  private readonly visited: Int32Array
  private readonly reached: Int32Array
  private searches = 0
  /** How many cells are hidden, and how many were when a cell's search found nothing: the same one would again. */
  private hides = 0
  private readonly inVain: Int32Array

  constructor({ n, worth, isHidden, equations }: NumberedCube, minimum: number) {
    this.minimum = minimum
    this.n = n
    this.hidden = new Uint8Array(n.length)
    this.loss = new Float64Array(n.length)
    this.equationsOf = Array.from({ length: n.length })
    this.subtotals = Array.from({ length: n.length })
    this.equations = []
    for (const { total, parts } of equations) {
      const filled = parts.filter((part) => n[part]! > 0)
      if (filled.length === 0) continue
      const index = this.equations.length
      const equation = { index, total, parts: filled.sort((a, b) => n[a]! - n[b]! || a - b), hiddenCount: 0 }
      this.equations.push(equation)
      push(this.equationsOf, total, equation)
      for (const part of filled) push(this.equationsOf, part, equation)
      push(this.subtotals, total, equation)
    }
    this.visited = new Int32Array(this.equations.length)
    this.reached = new Int32Array(n.length)
    this.inVain = new Int32Array(n.length)
    for (let cell = 0; cell < n.length; cell += 1) {
      const answers = n[cell] ?? 0
      if (answers === 0) continue
      this.loss[cell] = answers * worth(cell)
      if (answers < minimum || isHidden?.(cell) === true) this.hide(cell)
    }
  }

  /** Repairs every equation that alone gives something away, until none does. */
  closeEquations(): void {
    let changed = true
    while (changed) {
      changed = false
      for (const equation of this.equations) {
        while (this.leaks(equation)) {
          const cell = this.cheapest(this.shownAround(equation))
          if (cell === null) break
          this.hide(cell)
          changed = true
        }
      }
    }
  }

  /** Hides one more figure near each hidden one that all equations together determine. False when there is none. */
  hideForDetermined(): boolean {
    const position = new Int32Array(this.n.length)
    const unknowns: number[] = []
    for (let cell = 0; cell < this.hidden.length; cell += 1)
      if (this.hidden[cell] === 1) position[cell] = unknowns.push(cell) - 1
    const rows = this.equations
      .filter((equation) => equation.hiddenCount > 0)
      .map(({ total, parts }) => {
        const entries = []
        for (const part of parts)
          if (this.hidden[part] === 1) entries.push({ unknown: position[part]!, coefficient: -1 })
        if (this.hidden[total] === 1) entries.push({ unknown: position[total]!, coefficient: 1 })
        return entries
      })
    const determined = determinedUnknowns(rows, unknowns.length)
    const repaired = new Set<Equation>()
    let changed = false
    for (const cell of unknowns.filter((_, index) => determined[index])) {
      // One new gap often frees its whole neighbourhood: look again before hiding a second one there.
      if (this.around(cell).some((equation) => repaired.has(equation))) continue
      const companion = this.companionOf(cell)
      if (companion === null) continue
      this.hide(companion)
      for (const equation of this.around(companion)) repaired.add(equation)
      changed = true
    }
    return changed
  }

  private around(cell: number): Equation[] {
    return this.equationsOf[cell] ?? NONE
  }

  private hide(cell: number): void {
    this.hidden[cell] = 1
    this.hides += 1
    if (this.residuals.size > 0) this.residuals = new Map()
    for (const equation of this.around(cell)) equation.hiddenCount += 1
  }

  private leaks(equation: Equation): boolean {
    if (equation.hiddenCount === 0 || this.hidden[equation.total] === 1) return equation.hiddenCount === 1
    return equation.hiddenCount === 1 || this.residual(equation) < this.minimum
  }

  /** Answers in the smallest group of hidden figures that a known total of this equation lets one subtract out. */
  private residual(equation: Equation): number {
    let answers = 0
    for (const part of equation.parts) if (this.hidden[part] === 1) answers += this.smallestWithin(part)
    return answers
  }

  /** As `residual`, for a hidden figure that may itself be replaced by its hidden parts. */
  private smallestWithin(cell: number): number {
    const below = this.subtotals[cell]
    if (below === undefined) return this.n[cell]!
    const known = this.residuals.get(cell)
    if (known !== undefined) return known
    // Set before descending, so that equations that run in a circle end.
    let answers = this.n[cell]!
    this.residuals.set(cell, answers)
    for (const equation of below) {
      if (equation.hiddenCount > 1) answers = Math.min(answers, this.residual(equation))
    }
    this.residuals.set(cell, answers)
    return answers
  }

  /** Shown cells whose hiding would widen the gap: parts of the equation itself and of its hidden subtotals, and its total. */
  private shownAround(equation: Equation): number[] {
    const visited = new Set([equation])
    // With a single gap a companion must come from the same equation; inside the gap nothing helps.
    if (equation.hiddenCount > 1) {
      for (const { parts } of visited) {
        for (const part of parts)
          if (this.hidden[part] === 1) for (const inner of this.subtotals[part] ?? NONE) visited.add(inner)
      }
    }
    const shown: number[] = []
    for (const { parts } of visited) for (const part of parts) if (this.hidden[part] === 0) shown.push(part)
    if (this.isShown(equation.total)) shown.push(equation.total)
    return shown
  }

  private isShown(cell: number): boolean {
    return this.hidden[cell] === 0 && this.n[cell]! > 0
  }

  /** The candidate of the lowest cost; a cost is never below the loss, so mostly the first few by loss decide. */
  private cheapest(candidates: readonly number[]): number | null {
    let best: number | null = null
    let bestCost = Infinity
    for (let cell = this.next(candidates, -1); cell >= 0; cell = this.next(candidates, cell)) {
      if (this.loss[cell]! >= bestCost) break
      const cost = this.cost(cell)
      if (cost < bestCost) {
        best = cell
        bestCost = cost
      }
    }
    return best
  }

  /** The candidate that follows another one by loss and number; −1 when none does. */
  private next(candidates: readonly number[], after: number): number {
    const floor = after < 0 ? -1 : this.loss[after]!
    let found = -1
    let least = Infinity
    for (const cell of candidates) {
      const loss = this.loss[cell]!
      if (loss < floor || (loss === floor && cell <= after)) continue
      if (loss < least || (loss === least && (found < 0 || cell < found))) {
        found = cell
        least = loss
      }
    }
    return found
  }

  /** Answers lost by hiding the cell, with the smallest companion it would need in each so far untouched equation. */
  private cost(cell: number): number {
    let cost = this.loss[cell]!
    for (const equation of this.around(cell)) {
      if (equation.hiddenCount > 0) continue
      const companion = equation.parts.find((part) => part !== cell) ?? equation.total
      cost += this.loss[companion]!
    }
    return cost
  }

  /** The cheapest shown figure in the nearest equations, going outwards through hidden figures. */
  private companionOf(cell: number): number | null {
    if (this.inVain[cell] === this.hides) return null
    const search = (this.searches += 1)
    const all = [cell]
    this.reached[cell] = search
    for (let front = [cell]; front.length > 0;) {
      const nearest: Equation[] = []
      for (const at of front)
        for (const equation of this.around(at)) {
          if (this.visited[equation.index] === search) continue
          this.visited[equation.index] = search
          nearest.push(equation)
        }
      const shown: number[] = []
      const next: number[] = []
      const look = (at: number) => {
        if (this.isShown(at)) shown.push(at)
        else if (this.hidden[at] === 1 && this.reached[at] !== search) {
          this.reached[at] = search
          next.push(at)
          all.push(at)
        }
      }
      for (const equation of nearest) {
        look(equation.total)
        equation.parts.forEach(look)
      }
      const found = this.cheapest(shown)
      if (found !== null) return found
      front = next
    }
    // every one of them would go the same ways
    for (const at of all) this.inVain[at] = this.hides
    return null
  }
}

function push(lists: (Equation[] | undefined)[], cell: number, equation: Equation): void {
  const list = lists[cell]
  if (list === undefined) lists[cell] = [equation]
  else list.push(equation)
}
