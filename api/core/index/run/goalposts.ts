import { MIN_POINT } from '../../disclosure/thresholds.ts'
import type { IndexDefinition } from '../definition.ts'
import { type Bounds, normaliseColumn } from '../normalise.ts'
import type { RunInputs } from './inputs.ts'
import { gapsOf } from './scores.ts'

/**
 * The goalposts of a run, by indicator, where they come from the units' own values: over units alone (a total lies between
 * its parts) whose value is shown, so that an end of the scale never tells a hidden one.
 * @param totals units that sum others
 * @param history ends of other periods, for cumulative and pooled goalposts
 */
export function runGoalposts(
  inputs: RunInputs,
  definition: IndexDefinition,
  totals: ReadonlySet<number>,
  history: ReadonlyMap<string, Bounds> = new Map(),
): Map<string, Bounds> {
  const alone = inputs.units.filter(({ unit }) => !totals.has(unit)).map((unit) => ({ unit, gaps: gapsOf(unit) }))
  const goalposts = new Map<string, Bounds>()
  for (const [i, indicator] of definition.indicators.entries()) {
    const sampled = inputs.sources[i]?.kind === 'item'
    const column = Float64Array.from(alone, ({ unit, gaps }) => {
      const isShown = gaps[i] === null && (!sampled || unit.n[i]! >= MIN_POINT)
      return isShown ? (unit.est[i] ?? NaN) : NaN
    })
    const { bounds } = normaliseColumn(column, indicator, definition.scale, history.get(indicator.code))
    if (bounds !== null) goalposts.set(indicator.code, bounds)
  }
  return goalposts
}
