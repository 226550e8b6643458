import type { TimedRun } from '../../../db/queries/index-runs.ts'
import { shownEstimates } from '../../core/disclosure/index-scores.ts'
import { explainChange, type CaseGroup, type PeriodState } from '../../core/index/explore/change.ts'
import { sharedGroups } from '../../core/index/run/mix-groups.ts'
import { gapsOf } from '../../core/index/run/scores.ts'
import { difference } from '../../core/stats/difference.ts'
import { notMeasured } from '../../core/stats/estimate.ts'
import { canonicalText } from '../../core/instrument/canonical.ts'
import type { CalendarPeriod } from '../../core/time/period.ts'
import type { Services } from '../../services.ts'
import { indexRunView } from '../runs/door.ts'
import { estimateAt } from '../runs/rows.ts'
import { openScores, type OpenedScores, type ScoresQuery } from './open.ts'
import { breaksBetween } from './series.ts'

/**
 * How a unit's scores changed between two periods: the difference with its interval, and its parts: own change, other cases,
 * moved goalposts, weights. Parts are told where the score itself is shown in both periods.
 * @throws AppError not_found, no_run, inputs_damaged as `openScores`
 */
export function scoreChange(
  services: Services,
  tenantId: number,
  unitId: number,
  query: ScoresQuery & { base: CalendarPeriod },
) {
  return services.db.withTenant(tenantId, async (trx) => {
    const after = await openScores(trx, tenantId, unitId, query)
    const before = await openScores(trx, tenantId, unitId, { ...query, period: query.base, run: null })
    const split = explainChange(...states(before, after))
    const parts = new Map(split?.map((change) => [change.code, change.parts]))
    const places = new Map(before.elements.map(({ code }, at) => [code, at]))
    return {
      unit: { id: after.input.unit, name: after.input.name },
      before: indexRunView(before.run),
      after: indexRunView(after.run),
      breaks: breaksBetween(timed(before), timed(after)),
      comparable: split !== null,
      elements: after.elements.map(({ code, row }, at) => {
        const place = places.get(code)
        const score0 = place === undefined ? notMeasured() : estimateAt(before.scores, place)
        const score1 = estimateAt(after.scores, at)
        const isShown = score0.est !== null && score1.est !== null
        return {
          code,
          parent: row.parent,
          label: row.label,
          before: score0,
          after: score1,
          change: difference(score0, score1),
          parts: isShown ? (parts.get(code) ?? null) : null,
        }
      }),
    }
  })
}

/** Both periods with what may be used of them: hidden indicators are missing. */
function states(before: OpenedScores, after: OpenedScores): [PeriodState, PeriodState] {
  const [first, second] = [new Map<string, readonly CaseGroup[]>(), new Map<string, readonly CaseGroup[]>()]
  for (const [at, { code }] of after.definition.indicators.entries()) {
    const old = before.definition.indicators.findIndex((one) => one.code === code)
    const groups = old === -1 ? null : sharedGroups(before, after, [old, at])
    if (groups === null) continue
    first.set(code, groups.before)
    second.set(code, groups.after)
  }
  const state = (
    { definition, goalposts, input }: OpenedScores,
    groups: ReadonlyMap<string, readonly CaseGroup[]>,
  ): PeriodState => ({
    definition,
    goalposts,
    raw: Float64Array.from(shownEstimates(input, gapsOf(input)).est, (est) => est ?? NaN),
    groups,
  })
  return [state(before, first), state(after, second)]
}

function timed({ run, goalposts }: OpenedScores): TimedRun {
  return { ...run, goalposts: canonicalText(Object.fromEntries(goalposts)) }
}
