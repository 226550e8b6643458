import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import { randomPoint } from './random.ts'

/** A first-stage unit (a commune, a village, a market) in the frame. */
export interface FirstStageUnit {
  readonly psu: string
  readonly members: number
  /** Measure of size, above 0. */
  readonly size: number
}

/** A unit that was drawn. */
export interface DrawnUnit extends FirstStageUnit {
  /** Its inclusion probability, at most 1. */
  readonly probability: number
  /** How often its size would be hit; above 1 only where it is taken with certainty. */
  readonly hits: number
}

/**
 * Draws units with probability proportional to size, systematically in the order given, from one random start. Units whose
 * size reaches the sampling interval are taken with certainty, and the others share the draws that are left, until none is that
 * large. Probabilities are exactly draws × size ÷ sum of sizes.
 *
 * Source: Cochran, Sampling Techniques (3rd ed., 1977), 9A.5 and 11.9; Särndal, Swensson & Wretman (1992), 3.6.2.
 * @param draws 1 to the number of units
 */
export function drawFirstStage(rng: RandomGenerator, units: readonly FirstStageUnit[], draws: number): DrawnUnit[] {
  const { certain, others, left } = withCertainty(units, draws)
  const drawn = new Map(
    certain.map((unit) => [unit.psu, { ...unit, probability: 1, hits: hitsOf(unit, units, draws) }]),
  )
  const total = sumOfSizes(others)
  // the start is drawn also where nothing is left, so that the numbers that follow do not depend on it
  const start = randomPoint(rng, 1)
  let before = 0
  let next = 0
  for (const [at, unit] of others.entries()) {
    before += unit.size
    const isLast = at === others.length - 1
    // rounding must not lose the last draw
    if (next < left && (((start + next) * total) / left < before || isLast)) {
      drawn.set(unit.psu, { ...unit, probability: (left * unit.size) / total, hits: 1 })
      next += 1
    }
  }
  return units.flatMap(({ psu }) => drawn.get(psu) ?? [])
}

function withCertainty(units: readonly FirstStageUnit[], draws: number) {
  const certain: FirstStageUnit[] = []
  let others = units
  for (;;) {
    const left = draws - certain.length
    const total = sumOfSizes(others)
    const large = others.filter(({ size }) => left > 0 && left * size >= total)
    if (large.length === 0) return { certain, others, left }
    certain.push(...large)
    others = others.filter((unit) => !large.includes(unit))
  }
}

function hitsOf(unit: FirstStageUnit, units: readonly FirstStageUnit[], draws: number): number {
  return Math.max(1, (draws * unit.size) / sumOfSizes(units))
}

function sumOfSizes(units: readonly FirstStageUnit[]): number {
  return units.reduce((sum, { size }) => sum + size, 0)
}
