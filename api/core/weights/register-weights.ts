import { OptionsError } from '../analysis/method.ts'
import { CLASS_ANSWERS_MIN, type FrameCell, type WeightingClass, weightingClasses } from './classes.ts'
import { type WeightEffect, weightEffect } from './effect.ts'
import { rakeCells } from './rake-cells.ts'

/** Weights of a period's answers: how many dossiers of the register each stands for. */
export interface RegisterWeights {
  /** Weight of one answer, by the cell given; 0 where a cell has none. */
  readonly weights: Float64Array
  readonly classes: readonly WeightingClass[]
  readonly units: readonly UnitWeights[]
  /** Over all units together. */
  readonly effect: WeightEffect
  /** Dossiers of units without a single answer, for which nothing stands. */
  readonly uncovered: number
}

/** How one unit's weights came about. */
export interface UnitWeights {
  readonly unit: number
  readonly dossiers: number
  readonly answers: number
  readonly effect: WeightEffect
  /** Answers whose weight was cut. */
  readonly capped: number
  /**
   * What still fits the register after the cut: `classes` nothing was cut · `late` dossiers on time and late · `total` only
   * their number.
   */
  readonly fits: 'classes' | 'late' | 'total'
}

/** No weight above this many times the unit's mean weight. */
export const WEIGHT_CAP = 5

/**
 * Weights each answer to the dossiers it stands for, N/n within weighting classes (`weightingClasses`). A weight above five
 * times the unit's mean is cut, and the rest raked again so that the dossiers on time and late still add up; where the cap
 * leaves no room for that, so that at least the unit's dossiers do.
 *
 * A class counts at least one dossier for each answer, for people who answered without one.
 * Source: statistics of non-response, e.g. Särndal & Lundström (2005) ch. 7; cap as anesrake.
 * @throws RangeError as `weightingClasses`
 */
export function registerWeights(cells: readonly FrameCell[]): RegisterWeights {
  const classes = weightingClasses(cells, CLASS_ANSWERS_MIN)
  const weights = new Float64Array(cells.length)
  const units: UnitWeights[] = []
  let uncovered = 0
  for (const [unit, own] of Map.groupBy(classes, (one) => one.unit)) {
    const dossiers = own.reduce((sum, one) => sum + one.dossiers, 0)
    const answers = own.reduce((sum, one) => sum + one.answers, 0)
    if (answers === 0) {
      uncovered += dossiers
      continue
    }
    const { each, fits } = unitWeights(own, dossiers, answers)
    for (const [i, one] of own.entries()) {
      for (const cell of one.cells) if (cells[cell]!.answers > 0) weights[cell] = each[i]!
    }
    const capped = own.reduce((sum, one) => sum + (isAbove(one, dossiers / answers) ? one.answers : 0), 0)
    const counts = own.map((one, i) => ({ weight: each[i]!, answers: one.answers }))
    units.push({ unit, dossiers, answers, effect: weightEffect(counts), capped, fits })
  }
  const all = cells.map(({ answers }, cell) => ({ weight: weights[cell]!, answers }))
  return { weights, classes, units, effect: weightEffect(all), uncovered }
}

const isAbove = ({ dossiers, answers }: WeightingClass, mean: number) => dossiers / answers > WEIGHT_CAP * mean

function unitWeights(own: readonly WeightingClass[], dossiers: number, answers: number) {
  const plain = own.map((one) => one.dossiers / one.answers)
  if (!own.some((one) => isAbove(one, dossiers / answers))) return { each: plain, fits: 'classes' as const }
  const sizes = own.map((one) => one.answers)
  const rake = (levels: readonly number[], totals: readonly number[]) =>
    rakeCells(sizes, [{ name: 'unit', levels, totals }], { base: plain, cap: WEIGHT_CAP })
  const levels = own.map(({ late }) => Number(late))
  const totals = [0, 1].map((level) => own.reduce((sum, one, i) => sum + (levels[i] === level ? one.dossiers : 0), 0))
  if (own.every(({ late }) => late !== null) && totals.every((total) => total > 0)) {
    try {
      return { each: rake(levels, totals), fits: 'late' as const }
    } catch (error) {
      // The cap leaves one side too small for its dossiers.
      if (!(error instanceof OptionsError)) throw error
    }
  }
  return {
    each: rake(
      own.map(() => 0),
      [dossiers],
    ),
    fits: 'total' as const,
  }
}
