import type { Design } from './design.ts'

/** A statistic as a weighted sum of influences, which is all that its variance needs. */
export interface Linear {
  readonly est: number
  /** Rows it rests on. */
  readonly rows: Int32Array
  /** Weighted influence of each of these rows. */
  readonly z: Float64Array
}

/** Rows with an answer and their values. */
export interface Observed {
  readonly rows: Int32Array
  readonly values: Float64Array
}

/** Drops rows without an answer; they stay part of the design, as sampling units without a member do. */
export function observed(rows: Int32Array, values: readonly (number | null)[]): Observed {
  const kept = rows.filter((row) => values[row] !== null && values[row] !== undefined)
  return { rows: kept, values: Float64Array.from(kept, (row) => values[row]!) }
}

/** Σ w of the rows. */
export function weightOf(design: Design, rows: Int32Array): number {
  let total = 0
  for (const row of rows) total += design.weight[row]!
  return total
}

/** Weighted mean Σwy / Σw. Influence w (y − mean) / Σw. Needs at least one row. */
export function linearMean(design: Design, { rows, values }: Observed): Linear {
  const weight = weightOf(design, rows)
  let sum = 0
  for (let i = 0; i < rows.length; i += 1) sum += design.weight[rows[i]!]! * values[i]!
  // The second pass takes away what rounding left, so that equal answers have exactly no spread.
  const first = sum / weight
  let rest = 0
  for (let i = 0; i < rows.length; i += 1) rest += design.weight[rows[i]!]! * (values[i]! - first)
  const est = first + rest / weight
  const z = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i += 1) z[i] = (design.weight[rows[i]!]! * (values[i]! - est)) / weight
  return { est, rows, z }
}

/** Weighted total Σwy. */
export function linearTotal(design: Design, { rows, values }: Observed): Linear {
  const z = Float64Array.from(values, (value, i) => design.weight[rows[i]!]! * value)
  return { est: z.reduce((sum, term) => sum + term, 0), rows, z }
}

/** Ratio Σwy / Σwx of two columns over the same rows; influence w (y − R x) / Σwx. Null when Σwx is zero. */
export function linearRatio(design: Design, rows: Int32Array, y: Float64Array, x: Float64Array): Linear | null {
  let top = 0
  let bottom = 0
  for (let i = 0; i < rows.length; i += 1) {
    top += design.weight[rows[i]!]! * y[i]!
    bottom += design.weight[rows[i]!]! * x[i]!
  }
  if (bottom === 0) return null
  const est = top / bottom
  const z = Float64Array.from(rows, (row, i) => (design.weight[row]! * (y[i]! - est * x[i]!)) / bottom)
  return { est, rows, z }
}

/**
 * What a simple random sample of the same size would give: its variance with replacement, and how much of it is left when
 * the population is the sum of the weights. Null for fewer than two rows.
 */
export function simpleVariance(design: Design, { rows, z }: Linear): { replace: number; share: number } | null {
  const n = rows.length
  if (n < 2) return null
  const weight = weightOf(design, rows)
  let centre = 0
  for (const term of z) centre += term
  let squares = 0
  for (let i = 0; i < n; i += 1) {
    const own = design.weight[rows[i]!]!
    const distance = z[i]! / own - centre / weight
    squares += own * distance * distance
  }
  return { replace: (squares * weight) / (n - 1), share: (weight - n) / weight }
}

/** Kish's design effect of unequal weights, n Σw² / (Σw)², and the size n divided by it. */
export function kish(weights: Iterable<number>): { deff: number; nEff: number } {
  let n = 0
  let sum = 0
  let squares = 0
  for (const weight of weights) {
    if (weight > 0) n += 1
    sum += weight
    squares += weight * weight
  }
  return { deff: (n * squares) / (sum * sum), nEff: (sum * sum) / squares }
}
