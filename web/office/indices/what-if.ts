import type { IndexDefinition } from '../../../api/core/index/definition.ts'
import { whatIf, type WhatIf } from '../../../api/core/index/explore/what-if.ts'
import { freezeIndex, needsCohort, type FrozenIndex } from '../../../api/core/index/frozen.ts'
import type { Scale, ScoreElement, UnitScores } from './types.ts'

/** An indicator that can be moved: where it is, its peers' median, and the ends between which it makes sense. */
export type Lever = { element: ScoreElement; own: number; median: number | null; ends: Scale }
/** What a trial starts from: the edition at the run's goalposts and the unit's values as far as they are shown. */
export type Trial = {
  frozen: FrozenIndex
  raw: Float64Array
  levers: Lever[]
  /** Indicators that stay out because they show no value here. */
  left: number
}

/** The same arithmetic as the server's, over the values that the page shows. */
export function trialOf(scores: UnitScores, definition: IndexDefinition): Trial {
  const elements = new Map(scores.elements.map((element) => [element.code, element]))
  const goalposts = new Map(
    scores.elements.flatMap(({ code, indicator }) => (indicator?.goalposts ? [[code, indicator.goalposts]] : [])),
  )
  const frozen = freezeIndex(definition, goalposts)
  const raw = Float64Array.from(
    frozen.tree.indicators,
    ({ code }) => elements.get(code)?.indicator?.raw.est ?? Number.NaN,
  )
  const levers = frozen.tree.indicators.flatMap((indicator, i): Lever[] => {
    const element = elements.get(indicator.code)
    const own = raw[i]
    if (element === undefined || own === undefined || Number.isNaN(own) || needsCohort(indicator)) return []
    const median = element.whatIf?.peerMedian ?? null
    const bounds = frozen.bounds[i] ?? scores.index.scale
    const marks = [own, bounds.min, bounds.max, ...(median === null ? [] : [median])]
    return [{ element, own, median, ends: { min: Math.min(...marks), max: Math.max(...marks) } }]
  })
  return { frozen, raw, levers, left: frozen.tree.indicators.length - levers.length }
}

/** Totals and moved parts if some indicators had other values. */
export const tryOut = ({ frozen, raw }: Trial, changes: ReadonlyMap<string, number>): WhatIf =>
  whatIf(frozen, raw, changes)

/** Whether the peers' median is better than the unit's own value. */
export function isBehind({ element, own, median }: Lever): boolean {
  if (median === null) return false
  return element.indicator?.direction === 'lower' ? median < own : median > own
}
