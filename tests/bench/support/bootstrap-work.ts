import { mean } from 'd3-array'
import { bootstrapEstimates } from '../../../api/core/index/estimate/bootstrap-estimates.ts'
import type { BootstrapPlan } from '../../../api/core/index/estimate/bootstrap.ts'
import { AnswersBuilder } from '../../../api/core/index/estimate/answers.ts'
import { arrange } from '../../../api/core/index/estimate/arrange.ts'
import { clusterSample } from '../../../api/core/index/estimate/cluster-sample.ts'
import { linearise } from '../../../api/core/index/estimate/linearise.ts'
import type { IndexDefinition } from '../../../api/core/index/definition.ts'
import { replicatesInThreads } from '../../../api/node/replicates.ts'
import { seeded } from '../../core/stats/seeded.ts'
import { madeIndex } from './made-index.ts'
import { ownProcessorSeconds } from './processor-time.ts'
import { serve } from './worker.ts'

export interface BootstrapWork {
  readonly respondents: number
  readonly units: number
  readonly indicators: number
  readonly replicates: number
  readonly threads: number
  /** Replicates of the plain way; 0: not measured. */
  readonly plainReplicates: number
}

export interface BootstrapTook {
  readonly ms: number
  /** Processor time, all threads together. */
  readonly processorMs: number
  readonly peakMb: number
  readonly plainMs: number
}

/** Everyone is a cluster of one's own and answers everything: the most there is to draw. */
serve<BootstrapWork, BootstrapTook>(async (work) => {
  const definition = madeIndex(work.indicators, [8], 'mean')
  const random = seeded(11)
  const people = Array.from({ length: work.respondents }, () =>
    definition.indicators.map(() => 1 + Math.floor(5 * Math.sqrt(random()))),
  )
  if (work.plainReplicates > 0) return { ms: 0, processorMs: 0, peakMb: 0, plainMs: plain(definition, people, work) }
  const startedSec = ownProcessorSeconds()
  const startedMs = performance.now()
  const columns = definition.indicators.map(({ code }) => ({
    code,
    rates: 'responsible' as const,
    statistic: 'mean' as const,
  }))
  const builder = new AnswersBuilder(columns)
  for (const [i, values] of people.entries()) {
    builder.add({ responsible: i % work.units, receiving: i % work.units, day: i }, values)
  }
  const answers = builder.build()
  const rowsOf = Map.groupBy(people.keys(), (i) => i % work.units)
  const columnOf = new Map(columns.map(({ code }, i) => [code, i]))
  const inScope = new Uint8Array(work.units)
  const each = Array.from({ length: work.units }, (_, unit) => {
    inScope.fill(0)
    inScope[unit] = 1
    const rows = rowsOf.get(unit) ?? []
    const estimates = arrange(definition, linearise(answers, rows, inScope), columnOf)
    return { sample: clusterSample(answers, rows, inScope), estimates }
  })
  const plan: BootstrapPlan = {
    definition,
    goalposts: new Map(definition.indicators.map(({ code }) => [code, { min: 1, max: 5 }])),
    columnOf: Int32Array.from(columns.keys()),
    scale: 'frozen',
    units: each.map(({ sample }) => ({ sample, hard: new Float64Array(work.indicators).fill(NaN) })),
  }
  const parts = await replicatesInThreads(plan, { seed: 1, replicates: work.replicates, threads: work.threads })
  const estimates = bootstrapEstimates(
    plan,
    each.map(({ estimates }) => estimates),
    parts,
  )
  if (!estimates.every((list) => list.every(({ lo, hi }) => lo !== null && hi !== null))) throw new Error('no interval')
  const ms = performance.now() - startedMs
  const processorMs = (ownProcessorSeconds() - startedSec) * 1000
  return { ms, processorMs, peakMb: process.resourceUsage().maxRSS / 1024, plainMs: 0 }
})

/** The plainest correct way: lists of people drawn anew, means by d3-array, and the same tree of means. */
function plain({ indicators }: IndexDefinition, people: readonly number[][], work: BootstrapWork): number {
  const random = seeded(5)
  const units = [...Map.groupBy(people, (_, i) => i % work.units).values()]
  const groups = [...Map.groupBy(indicators.keys(), (i) => indicators[i]!.parent).values()]
  const startedMs = performance.now()
  for (let r = 0; r < work.plainReplicates; r += 1) {
    for (const members of units) {
      const drawn = Array.from(members, () => members[Math.floor(random() * members.length)]!)
      const scores = indicators.map(({ direction }, i) => {
        const score = 1 + (9 * ((mean(drawn, (values) => values[i]) ?? NaN) - 1)) / 4
        return direction === 'lower' ? 11 - score : score
      })
      const total = mean(groups, (group) => mean(group, (i) => scores[i]))
      if (total === undefined) throw new Error('no score')
    }
  }
  return performance.now() - startedMs
}
