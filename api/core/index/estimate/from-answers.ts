import type { IndexDefinition } from '../definition.ts'
import { type Bounds, normaliseColumn } from '../normalise.ts'
import type { ScoringData } from '../score.ts'
import type { AnswersFile } from './answers-file.ts'
import { arrange } from './arrange.ts'
import type { BootstrapPlan } from './bootstrap.ts'
import { clusterSample } from './cluster-sample.ts'
import type { UnitEstimates } from './indicator-estimate.ts'
import { linearise, rowsOf } from './linearise.ts'
import { statisticOf } from './reach.ts'

/** What both kinds of intervals are made from: estimates for the delta method, and a plan for the bootstrap. */
export interface FromAnswers {
  readonly units: readonly UnitEstimates[]
  readonly goalposts: ReadonlyMap<string, Bounds>
  readonly plan: BootstrapPlan
}

/**
 * Estimates of every unit's indicators from answers, with hard figures beside them, and goalposts frozen at those values.
 * @param hard values by unit and indicator
 * @param history ends of other periods, for fixed, cumulative and pooled goalposts
 */
export function fromAnswers(
  definition: IndexDefinition,
  { units: names, answers, scopes, columnOf }: AnswersFile,
  hard: ScoringData | null,
  history: ReadonlyMap<string, Bounds> = new Map(),
): FromAnswers {
  const parts = scopes.map((inScope, u) => {
    const rows = rowsOf(answers, inScope)
    const place = hard?.units.indexOf(names[u]!) ?? -1
    const own = definition.indicators.map((indicator) => {
      const isHard = statisticOf(indicator) === null && place !== -1
      return isHard ? (hard!.columns.get(indicator.code)?.[place] ?? NaN) : NaN
    })
    const known = new Map(
      definition.indicators.flatMap(({ code }, i) =>
        Number.isNaN(own[i]!) ? [] : [[code, { value: own[i]!, n: 0 }] as const],
      ),
    )
    return {
      estimates: arrange(definition, linearise(answers, rows, inScope), columnOf, known),
      plan: { sample: clusterSample(answers, rows, inScope), hard: Float64Array.from(own) },
    }
  })
  const goalposts = new Map<string, Bounds>()
  for (const [i, indicator] of definition.indicators.entries()) {
    const column = Float64Array.from(parts, ({ estimates }) => estimates.est[i] ?? NaN)
    const { bounds } = normaliseColumn(column, indicator, definition.scale, history.get(indicator.code))
    if (bounds !== null) goalposts.set(indicator.code, bounds)
  }
  return {
    units: parts.map(({ estimates }) => estimates),
    goalposts,
    plan: {
      definition,
      goalposts,
      units: parts.map(({ plan }) => plan),
      columnOf: Int32Array.from(definition.indicators, ({ code }) => columnOf.get(code) ?? -1),
      scale: 'frozen',
    },
  }
}
