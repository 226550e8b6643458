import { OptionsError } from '../analysis/method.ts'
import type { Design, Stage } from './design.ts'
import { project } from './projection.ts'

/**
 * Covariances of weighted sums Σ z by Taylor linearisation: at every stage the variance between sampling units within
 * strata, times the share of the population not drawn, times the shares drawn above it. `columns[j][i]` is the weighted
 * influence of row `rows[i]` on sum j; rows left out count as zero, so sampling units without a member still count.
 *
 * After calibration only what the margins do not explain varies. Source: Särndal, Swensson & Wretman (1992) ch. 4 and 5;
 * R survey `svyrecvar`.
 * @throws OptionsError `lonely_sampling_unit` when a stratum with one unit is met and the design says `fail`
 */
export function covariance(design: Design, rows: Int32Array, columns: readonly Float64Array[]): number[][] {
  const spread = design.projection === null ? null : columns.map((z) => project(design, rows, z))
  const used = spread === null ? rows : allRows(design.size)
  const matrix = columns.map(() => columns.map(() => 0))
  for (const [level, stage] of design.stages.entries()) {
    addStage(design, stage, level, used, spread ?? columns, matrix)
  }
  return matrix
}

/** The variance of one weighted sum. */
export function variance(design: Design, rows: Int32Array, z: Float64Array): number {
  return covariance(design, rows, [z])[0]![0]!
}

/** Squares of what each row adds to a sum by chance: none where margins explain it or the row's strata were taken whole. */
export function openSquares(design: Design, rows: Int32Array, z: Float64Array): number {
  const own = design.projection === null ? z : project(design, rows, z)
  const used = design.projection === null ? rows : allRows(design.size)
  let squares = 0
  for (let i = 0; i < used.length; i += 1) {
    if (design.stages.some((stage) => openShare(stage, stage.stratumOfUnit[stage.unit[used[i]!]!]!) >= WHOLE))
      squares += own[i]! * own[i]!
  }
  return squares
}

/** A stratum of which a smaller share was not drawn counts as taken whole. */
const WHOLE = 1e-7

function openShare({ sampled, population }: Stage, stratum: number): number {
  return population === null ? 1 : (population[stratum]! - sampled[stratum]!) / population[stratum]!
}

export function allRows(size: number): Int32Array {
  return Int32Array.from({ length: size }, (_, i) => i)
}

function addStage(
  design: Design,
  stage: Stage,
  level: number,
  rows: Int32Array,
  columns: readonly Float64Array[],
  matrix: number[][],
): void {
  const { totals, touched } = unitTotals(stage, rows, columns)
  const strata = new Map<number, number[]>()
  for (const unit of touched) {
    const stratum = stage.stratumOfUnit[unit]!
    const units = strata.get(stratum)
    if (units) units.push(unit)
    else strata.set(stratum, [unit])
  }
  const here = matrix.map((line) => line.map(() => 0))
  let left = 0
  for (const [stratum, units] of strata) {
    const drawn = stage.sampled[stratum]!
    const open = openShare(stage, stratum)
    if (open < WHOLE) continue
    if (drawn === 1 && design.lonely === 'average') left += 1
    if (drawn === 1 && !assertLonely(design, stage, level, stratum)) continue
    const factor = stage.carried[stratum]! * open * (drawn > 1 ? drawn / (drawn - 1) : 1)
    const means = totals.map((total) => (drawn > 1 ? units.reduce((sum, unit) => sum + total[unit]!, 0) / drawn : 0))
    for (let j = 0; j < columns.length; j += 1) {
      for (let k = 0; k <= j; k += 1) {
        let squares = (drawn - units.length) * means[j]! * means[k]!
        for (const unit of units) squares += (totals[j]![unit]! - means[j]!) * (totals[k]![unit]! - means[k]!)
        here[j]![k]! += factor * squares
      }
    }
  }
  const scale = left === 0 ? 1 : strata.size / (strata.size - left)
  for (let j = 0; j < columns.length; j += 1) {
    for (let k = 0; k <= j; k += 1) {
      matrix[j]![k]! += here[j]![k]! * scale
      if (k < j) matrix[k]![j] = matrix[j]![k]!
    }
  }
}

/** Whether a lonely unit's square (about zero, the centre of all influences) is added. */
function assertLonely(design: Design, stage: Stage, level: number, stratum: number): boolean {
  if (design.lonely === 'adjust') return true
  if (design.lonely === 'certainty' || design.lonely === 'average') return false
  // told by its first row, for a stratum's name is a value of the data
  const row = stage.unit.findIndex((unit) => stage.stratumOfUnit[unit] === stratum) + 1
  const place = level === 0 ? 'strata' : `clusters.${level}`
  throw new OptionsError([{ path: `${place} row ${row}`, code: 'lonely_sampling_unit' }])
}

function unitTotals(stage: Stage, rows: Int32Array, columns: readonly Float64Array[]) {
  const totals = columns.map(() => new Float64Array(stage.units))
  const seen = new Uint8Array(stage.units)
  const touched: number[] = []
  for (let i = 0; i < rows.length; i += 1) {
    const unit = stage.unit[rows[i]!]!
    if (seen[unit] === 0) {
      seen[unit] = 1
      touched.push(unit)
    }
    for (let j = 0; j < columns.length; j += 1) totals[j]![unit]! += columns[j]![i]!
  }
  return { totals, touched }
}
