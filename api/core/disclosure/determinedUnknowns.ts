/** One linear equation Σ coefficient·unknown = something known. Coefficients are small whole numbers other than 0; an unknown stands once. */
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

type Entries = Iterable<readonly [unknown: number, value: number]>
type Row = Map<number, number>
type Step = { readonly pivot: number; readonly row: Entries }

function eliminate(input: readonly LinearRow[], count: number): Step[] {
  const { steps, rest } = peel(input, count)
  const rows = rest.map((entries) => {
    const row: Row = new Map()
    for (const { unknown, coefficient } of entries) add(row, unknown, mod(coefficient))
    return row
  })
  const rowsOf = new Map<number, Set<number>>()
  rows.forEach((row, index) => {
    for (const unknown of row.keys()) {
      const holders = rowsOf.get(unknown)
      if (holders) holders.add(index)
      else rowsOf.set(unknown, new Set([index]))
    }
  })
  const holdersOf = (unknown: number): Set<number> => {
    const holders = rowsOf.get(unknown)
    if (!holders) throw new RangeError('an unknown of a row is held by it')
    return holders
  }
  const waiting = new Waiting(rows)
  for (let index = waiting.shortest(); index !== null; index = waiting.shortest()) {
    const row = rows[index]!
    if (row.size === 0) continue
    const pivot = rarest(row, holdersOf)
    steps.push({ pivot, row })
    for (const unknown of row.keys()) holdersOf(unknown).delete(index)
    const inverse = invert(row.get(pivot)!)
    for (const other of holdersOf(pivot)) {
      const target = rows[other]!
      const factor = PRIME - ((target.get(pivot)! * inverse) % PRIME)
      for (const [unknown, value] of row) {
        add(target, unknown, (factor * value) % PRIME)
        if (target.has(unknown)) holdersOf(unknown).add(other)
        else if (unknown !== pivot) holdersOf(unknown).delete(other)
      }
      waiting.changed(other)
    }
    holdersOf(pivot).clear()
  }
  return steps
}

/**
 * Takes out every row that alone holds an unknown, as long as there is one: the unknown can answer for the row. Of the rows
 * that hold an unknown only their number and the sum of their indexes are kept; with one holder left the sum is its index.
 */
function peel(rows: readonly LinearRow[], count: number): { steps: Step[]; rest: LinearRow[] } {
  const holders = new Int32Array(count)
  const indexSum = new Float64Array(count)
  rows.forEach((row, index) => {
    for (const { unknown } of row) {
      holders[unknown]! += 1
      indexSum[unknown]! += index
    }
  })
  const queue: number[] = []
  for (let unknown = 0; unknown < count; unknown += 1) if (holders[unknown] === 1) queue.push(unknown)
  const taken = new Uint8Array(rows.length)
  const steps: Step[] = []
  for (const pivot of queue) {
    if (holders[pivot] !== 1) continue
    const index = indexSum[pivot]!
    const row = rows[index]!
    taken[index] = 1
    steps.push({ pivot, row: row.map(({ unknown, coefficient }) => [unknown, mod(coefficient)] as const) })
    for (const { unknown } of row) {
      holders[unknown]! -= 1
      indexSum[unknown]! -= index
      if (holders[unknown] === 1) queue.push(unknown)
    }
  }
  return { steps, rest: rows.filter((_, index) => taken[index] === 0) }
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
    let own = 1
    for (const [unknown, value] of row) {
      if (unknown === pivot) own = value
      else rest = (rest + value * values[unknown]!) % PRIME
    }
    values[pivot] = (mod(-rest) * invert(own)) % PRIME
  }
  return values
}

/** Rows that are not eliminated yet, by length: a row that changes is entered again, and its old entry is passed over. */
class Waiting {
  private readonly done = new Set<number>()
  private readonly byLength: number[][] = []
  private readonly rows: readonly Row[]
  private from = 0

  constructor(rows: readonly Row[]) {
    this.rows = rows
    for (let index = rows.length - 1; index >= 0; index -= 1) this.changed(index)
  }

  changed(index: number): void {
    const { size } = this.rows[index]!
    while (this.byLength.length <= size) this.byLength.push([])
    this.byLength[size]!.push(index)
    this.from = Math.min(this.from, size)
  }

  /** Takes the shortest one out; null when there is none. */
  shortest(): number | null {
    for (; this.from < this.byLength.length; this.from += 1) {
      const list = this.byLength[this.from]!
      for (let index = list.pop(); index !== undefined; index = list.pop()) {
        if (this.done.has(index) || this.rows[index]!.size !== this.from) continue
        this.done.add(index)
        return index
      }
    }
    return null
  }
}

function rarest(row: Row, holdersOf: (unknown: number) => ReadonlySet<number>): number {
  let best = -1
  let fewest = Infinity
  for (const unknown of row.keys()) {
    const { size } = holdersOf(unknown)
    if (size < fewest) {
      best = unknown
      fewest = size
    }
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
