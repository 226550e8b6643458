import { type Design, makeDesign } from '../survey/design.ts'
import { preparedDesign } from '../survey/estimate-design.ts'
import type { DesignSpec } from '../survey/spec.ts'
import type { Table } from '../table/table.ts'
import { type WeightEffect, weightEffect } from './effect.ts'

/** A campaign's answers with their design, and what unequal weights cost. */
export interface CampaignWeights {
  readonly design: Design
  readonly effect: WeightEffect
  /** Smallest and largest change of a weight by calibration; a factor below 0 means that GREG needs bounds. */
  readonly change: { readonly min: number; readonly max: number }
}

/**
 * Weights of a campaign's answers: from its frame (strata, sampling units, population sizes), then calibrated to known totals
 * by the method named: `post-stratify`, `rake` (with a cap), `linear` (GREG), `raking` or bounded `logit`.
 * @param table one row for each answer
 * @throws DataError, OptionsError as `makeDesign` and `calibrate`
 */
export function campaignWeights(table: Table, spec: Omit<DesignSpec, 'ask'>): CampaignWeights {
  const before = makeDesign(table, spec)
  const design = preparedDesign(table, { ...spec, ask: [] })
  const changes = Array.from(design.weight, (weight, row) => weight / before.weight[row]!).filter(Number.isFinite)
  return {
    design,
    effect: weightEffect(Array.from(design.weight, (weight) => ({ weight, answers: Number(weight !== 0) }))),
    change: { min: Math.min(...changes), max: Math.max(...changes) },
  }
}
