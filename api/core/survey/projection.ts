import type { Design } from './design.ts'

/**
 * What calibration margins explain. Each row has an entry in every auxiliary: `index` (column of the auxiliary) and
 * `value`, kept sparse because a row belongs to one level of a margin.
 */
export interface Projection {
  /** Entries per row. */
  readonly width: number
  readonly columns: number
  /** Column of entry e of row i at i·width + e; −1: the row has no such entry. */
  readonly index: Int32Array
  readonly value: Float64Array
  readonly baseWeight: Float64Array
  /** Generalised inverse of Σ d x xᵀ under the base weights, by rows. */
  readonly inverse: readonly Float64Array[]
}

/**
 * The influence left after regression on the auxiliaries: with u = z / w, residual of u on x under the base weights,
 * times the calibrated weight; for all rows of the design. Source: Deville & Särndal (1992); R `calibrate`.
 */
export function project(design: Design, rows: Int32Array, z: Float64Array): Float64Array {
  const { projection, weight, size } = design
  const spread = new Float64Array(size)
  for (let i = 0; i < rows.length; i += 1) spread[rows[i]!] = z[i]!
  if (projection === null) return spread
  const { width, columns, index, value, baseWeight, inverse } = projection
  const cross = new Float64Array(columns)
  for (let row = 0; row < size; row += 1) {
    if (!(weight[row]! > 0) || spread[row] === 0) continue
    const scaled = (baseWeight[row]! * spread[row]!) / weight[row]!
    for (let e = row * width; e < (row + 1) * width; e += 1) {
      if (index[e]! >= 0) cross[index[e]!]! += scaled * value[e]!
    }
  }
  const slope = inverse.map((line) => line.reduce((sum, entry, j) => sum + entry * cross[j]!, 0))
  for (let row = 0; row < size; row += 1) {
    if (!(weight[row]! > 0)) continue
    let fitted = 0
    for (let e = row * width; e < (row + 1) * width; e += 1) {
      if (index[e]! >= 0) fitted += value[e]! * slope[index[e]!]!
    }
    spread[row]! -= weight[row]! * fitted
  }
  return spread
}
