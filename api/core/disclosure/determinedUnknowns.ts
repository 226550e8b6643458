/** One linear equation Σ coefficient·unknown = something known. Coefficients are small whole numbers. */
export type LinearRow = readonly { readonly unknown: number; readonly coefficient: number }[]

/**
 * Which unknowns have only one possible value under a set of linear equations whose right-hand sides are known.
 *
 * An unknown is fixed exactly when every solution of the homogeneous system is 0 there. So: sparse Gaussian elimination
 * (first the rows that alone hold some unknown, which touches no other row; then the shortest row and its rarest unknown,
 * which keeps rows short), then two solutions with arbitrary values for the
 * free unknowns, by back substitution; an unknown that is 0 in both is fixed. Arithmetic is exact in a prime field, so
 * no tolerance is needed; a chance zero in both (10⁻¹⁵) would only call a free unknown fixed, the cautious side. No
 * randomness: the values come from a fixed generator, so the answer is the same every time.
 */
export function determinedUnknowns(rows: readonly LinearRow[], count: number): readonly boolean[] {
  const steps = eliminate(rows, count)
  const first = solve(steps, count, 12345)
  const second = solve(steps, count, 67890)
  return first.map((value, unknown) => value === 0 && second[unknown] === 0)
}

/** Largest prime below 2²⁶: products of two residues stay exact in a double. */
const PRIME = 67108859

type Row = Map<number, number>
type Step = { readonly pivot: number; readonly row: Row }

function eliminate(input: readonly LinearRow[], count: number): Step[] {
  const rows: Row[] = []
  const rowsOf: Set<number>[] = Array.from({ length: count }, () => new Set())
  for (const entries of input) {
    const row: Row = new Map()
    for (const { unknown, coefficient } of entries) add(row, unknown, mod(coefficient))
    for (const unknown of row.keys()) rowsOf[unknown]!.add(rows.length)
    rows.push(row)
  }
  const waiting = new Set(rows.keys())
  const steps = peel(rows, rowsOf, waiting)
  while (waiting.size > 0) {
    const index = shortest(waiting, rows)
    waiting.delete(index)
    const row = rows[index]!
    if (row.size === 0) continue
    const pivot = rarest(row, rowsOf)
    steps.push({ pivot, row })
    for (const unknown of row.keys()) rowsOf[unknown]!.delete(index)
    const inverse = invert(row.get(pivot)!)
    for (const other of rowsOf[pivot]!) {
      const target = rows[other]!
      const factor = PRIME - ((target.get(pivot)! * inverse) % PRIME)
      for (const [unknown, value] of row) {
        add(target, unknown, (factor * value) % PRIME)
        if (target.has(unknown)) rowsOf[unknown]!.add(other)
        else if (unknown !== pivot) rowsOf[unknown]!.delete(other)
      }
    }
    rowsOf[pivot]!.clear()
  }
  return steps
}

/** Takes out every row that alone holds an unknown, as long as there is one: the unknown can answer for the row. */
function peel(rows: readonly Row[], rowsOf: readonly Set<number>[], waiting: Set<number>): Step[] {
  const steps: Step[] = []
  const queue = rowsOf.flatMap((holders, unknown) => (holders.size === 1 ? [unknown] : []))
  for (const pivot of queue) {
    const [index] = rowsOf[pivot]!
    if (index === undefined) continue
    waiting.delete(index)
    const row = rows[index]!
    steps.push({ pivot, row })
    for (const unknown of row.keys()) {
      const holders = rowsOf[unknown]!
      holders.delete(index)
      if (holders.size === 1) queue.push(unknown)
    }
  }
  return steps
}

function solve(steps: readonly Step[], count: number, seed: number): number[] {
  let state = seed
  const values = Array.from({ length: count }, () => {
    state = (state * 16807) % 2147483647
    return 1 + (state % (PRIME - 1))
  })
  // A pivot's row holds only unknowns that were eliminated later or are free.
  for (const { pivot, row } of steps.toReversed()) {
    let rest = 0
    for (const [unknown, value] of row) if (unknown !== pivot) rest = (rest + value * values[unknown]!) % PRIME
    values[pivot] = (mod(-rest) * invert(row.get(pivot)!)) % PRIME
  }
  return values
}

function shortest(waiting: ReadonlySet<number>, rows: readonly Row[]): number {
  let best = -1
  let size = Infinity
  for (const index of waiting) {
    const length = rows[index]!.size
    if (length < size) {
      best = index
      size = length
    }
    if (size <= 1) break
  }
  return best
}

function rarest(row: Row, rowsOf: readonly ReadonlySet<number>[]): number {
  let best = -1
  for (const unknown of row.keys()) {
    if (best < 0 || rowsOf[unknown]!.size < rowsOf[best]!.size) best = unknown
  }
  return best
}

function add(row: Row, unknown: number, value: number): void {
  const next = ((row.get(unknown) ?? 0) + value) % PRIME
  if (next === 0) row.delete(unknown)
  else row.set(unknown, next)
}

function mod(value: number): number {
  return ((value % PRIME) + PRIME) % PRIME
}

/** Inverse in the prime field by the extended Euclidean algorithm. */
function invert(value: number): number {
  let [a, b, x, y] = [value, PRIME, 1, 0]
  while (a > 1) {
    const q = Math.floor(b / a)
    ;[a, b] = [b - q * a, a]
    ;[x, y] = [y - q * x, x]
  }
  return mod(x)
}
