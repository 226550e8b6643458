import { type Model, solve } from 'yalps'

/** A total and the cells that add up to it, as positions of cells. */
export interface TotalEquation {
  readonly total: number
  readonly parts: readonly number[]
}

/** What everyone knows of a hidden cell beforehand. */
export interface Bounds {
  readonly lo: number
  /** Null: no upper bound. */
  readonly hi: number | null
}

/** What can be worked out about a hidden cell; hi is null when nothing bounds it from above. */
export interface FeasibleInterval {
  readonly cell: number
  readonly lo: number
  readonly hi: number | null
}

/** Published totals contradict each other: no hidden values make them all true. */
export class InconsistentTotalsError extends RangeError {
  override readonly name = 'InconsistentTotalsError'
}

/** Hidden cells that hang together, beyond which linear programs of this size take too long. */
export const groupMax = 600

/** More than `groupMax` hidden cells hang together. */
export class GroupTooLargeError extends RangeError {
  override readonly name = 'GroupTooLargeError'
}

/** Relative to the largest number of a group; linear programming in doubles is not exact. */
const rounding = 1e-7

/**
 * The smallest and largest value that each hidden cell can have, given all published cells and which of them are totals: the
 * attacker's knowledge. Two linear programs (simplex, yalps) for each cell, in groups of cells that share an equation.
 * Source: Hundepool et al., Statistical Disclosure Control (2012), ch. 4.
 * @param known value of each cell, null: hidden
 * @throws InconsistentTotalsError, GroupTooLargeError
 */
export function feasibleIntervals(
  known: readonly (number | null)[],
  equations: readonly TotalEquation[],
  bounds: Bounds,
): FeasibleInterval[] {
  const open = equations.flatMap((equation): Reduced[] => {
    const reduced = reduce(known, equation)
    if (reduced.terms.length > 0) return [reduced]
    const size = Math.max(1, ...equation.parts.map((part) => Math.abs(known[part]!)), Math.abs(known[equation.total]!))
    if (Math.abs(reduced.rest) > rounding * size)
      throw new InconsistentTotalsError('a total is not the sum of its parts')
    return []
  })
  return groups(known, open).flatMap((group) => solveGroup(group, bounds))
}

/** Σ sign · hidden = rest. */
interface Reduced {
  readonly terms: readonly { readonly cell: number; readonly sign: 1 | -1 }[]
  readonly rest: number
}

function reduce(known: readonly (number | null)[], { total, parts }: TotalEquation): Reduced {
  const sides = [...parts.map((cell) => ({ cell, sign: 1 as const })), { cell: total, sign: -1 as const }]
  return {
    terms: sides.filter(({ cell }) => known[cell] === null),
    rest: sides.reduce((rest, { cell, sign }) => rest - sign * (known[cell] ?? 0), 0),
  }
}

interface Group {
  readonly cells: readonly number[]
  readonly equations: readonly Reduced[]
}

/** Hidden cells joined by common equations. */
function groups(known: readonly (number | null)[], equations: readonly Reduced[]): Group[] {
  const parent = known.map((_, i) => i)
  const root = (cell: number): number => {
    let at = cell
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!
    return at
  }
  for (const { terms } of equations) for (const { cell } of terms) parent[root(cell)] = root(terms[0]!.cell)
  const cellsOf = new Map<number, number[]>()
  known.forEach((value, cell) => {
    if (value === null) cellsOf.set(root(cell), [...(cellsOf.get(root(cell)) ?? []), cell])
  })
  const equationsOf = Map.groupBy(equations, ({ terms }) => root(terms[0]!.cell))
  return [...cellsOf].map(([at, cells]) => ({ cells, equations: equationsOf.get(at) ?? [] }))
}

function solveGroup({ cells, equations }: Group, bounds: Bounds): FeasibleInterval[] {
  if (cells.length > groupMax) throw new GroupTooLargeError(`more than ${groupMax} hidden cells hang together`)
  if (equations.length === 0) return cells.map((cell) => ({ cell, ...bounds }))
  // Cells are counted from their lower bound. The solver's tolerance is absolute: whole numbers stay whole through its ±1
  // pivots, others are brought to at most 1.
  const shifted = equations.map(
    ({ terms, rest }) => rest - bounds.lo * terms.reduce((total, { sign }) => total + sign, 0),
  )
  const span = bounds.hi === null ? null : bounds.hi - bounds.lo
  const whole = Number.isInteger(bounds.lo) && [...shifted, span ?? 0].every(Number.isInteger)
  const largest = Math.max(...shifted.map(Math.abs), span ?? 0) || 1
  const unit = whole ? 1 : largest
  const constraints = new Map<string, { equal?: number; max?: number }>(
    shifted.map((rest, e) => [`e${e}`, { equal: rest / unit }]),
  )
  if (span !== null) for (const cell of cells) constraints.set(`u${cell}`, { max: span / unit })
  const coefficients = new Map(cells.map((cell) => [cell, new Map([[`u${cell}`, 1]])]))
  equations.forEach(({ terms }, e) => {
    for (const { cell, sign } of terms) {
      const own = coefficients.get(cell)!
      own.set(`e${e}`, (own.get(`e${e}`) ?? 0) + sign)
    }
  })
  return cells.map((cell) => {
    const end = (direction: 'minimize' | 'maximize') => {
      const model: Model<number> = { direction, objective: `u${cell}`, constraints, variables: coefficients }
      const { status, result } = solve(model, { maxPivots: 100_000, precision: whole ? 1e-8 : 1e-12 })
      if (status === 'infeasible') throw new InconsistentTotalsError('no hidden values make all totals true')
      if (status === 'unbounded') return null
      if (status !== 'optimal') throw new RangeError(`the linear program ended as ${status}`)
      return bounds.lo + (whole ? settled(result) : result * unit)
    }
    const [lo, hi] = [end('minimize')!, end('maximize')]
    if (hi !== null && hi - lo <= rounding * largest) return { cell, lo: (lo + hi) / 2, hi: (lo + hi) / 2 }
    return { cell, lo, hi }
  })
}

/** Takes away the solver's rounding next to a whole number. */
const settled = (value: number): number => (Math.abs(value - Math.round(value)) < 1e-6 ? Math.round(value) : value)
