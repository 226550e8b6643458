import type { IndexDefinition } from './definition.ts'
import type { Bounds } from './normalise.ts'
import { type ScoredIndex, scoreIndex } from './score.ts'
import { addBounds, type PeriodData } from './scoring-data.ts'

/** Scores of one period. */
export interface ScoredPeriod {
  readonly period: string | null
  readonly scored: ScoredIndex
}

/**
 * Scores several periods of a definition: `sample` bounds within each, `cumulative` ones over it and the periods before,
 * `pooled` ones over all.
 *
 * @param periods in order of time
 * @param history bounds of periods that are not among these; numbers for `fixed` bounds that the definition leaves open
 * @throws RangeError as `scoreIndex`
 */
export function scorePeriods(
  definition: IndexDefinition,
  periods: readonly PeriodData[],
  history: ReadonlyMap<string, Bounds> = new Map(),
): ScoredPeriod[] {
  const all = new Map(history)
  for (const { data } of periods) addBounds(all, data)
  const before = new Map(history)
  const modes = new Map(definition.indicators.map(({ code, normalise }) => [code, normalise.bounds?.mode ?? 'sample']))
  return periods.map(({ period, data }) => {
    addBounds(before, data)
    const bounds = new Map<string, Bounds>()
    for (const [code, mode] of modes) {
      const found = { sample: undefined, fixed: history, cumulative: before, pooled: all }[mode]?.get(code)
      if (found !== undefined) bounds.set(code, found)
    }
    return { period, scored: scoreIndex(definition, data, bounds) }
  })
}
