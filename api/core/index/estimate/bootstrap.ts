import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { IndexDefinition } from '../definition.ts'
import { freezeIndex, needsCohort, scorerOf } from '../frozen.ts'
import type { Bounds } from '../normalise.ts'
import { scoreIndex } from '../score.ts'
import type { ClusterSample } from './cluster-sample.ts'
import { Resampler } from './resampler.ts'

/** All that replicates are made from; plain data, so that a copy travels to a thread. */
export interface BootstrapPlan {
  readonly definition: IndexDefinition
  /** Frozen ends of the scales by indicator. */
  readonly goalposts: ReadonlyMap<string, Bounds>
  /** One for each unit, in the order of ids: the order decides who gets which random numbers. */
  readonly units: readonly {
    readonly sample: ClusterSample
    /** By indicator: the value of a hard figure; NaN for sampled indicators and where there is none. */
    readonly hard: Float64Array
  }[]
  /** By indicator, its column in the samples; −1 for hard figures and what is not asked. */
  readonly columnOf: Int32Array
  /**
   * `frozen` intervals are those of scores on the goalposts given; `resampled` goalposts taken from the units themselves move
   * with each replicate, so that intervals hold the error of the scale too.
   */
  readonly scale: 'frozen' | 'resampled'
}

/** Which replicates: `from` ≤ r < `to`. */
export interface ReplicateRange {
  readonly seed: number
  readonly from: number
  readonly to: number
}

/**
 * Scores of every node in each replicate: value of replicate r, unit u and node j (order of `tree.nodes`) at
 * ((r − from)·units + u)·nodes + j; NaN where there is none.
 *
 * Clusters are drawn within the strata of each unit (`Resampler`), all answers of a cluster together, so items that one
 * person answered stay together. Replicate r has a stream of random numbers of its own, 2⁶⁴ numbers behind that of r − 1: any
 * range gives the same digits, by however many threads and on whichever machine. A unit's draws are independent of another
 * unit's. A column without an answer in a replicate keeps its estimate.
 * Source: Rao & Wu (1988); generator xoroshiro128+ (Blackman & Vigna) of pure-rand.
 */
export function bootstrapReplicates(plan: BootstrapPlan, { seed, from, to }: ReplicateRange): Float64Array {
  const { units, definition } = plan
  const score = cohortScorer(plan)
  const width = units.length * definition.nodes.length
  const out = new Float64Array((to - from) * width)
  const samplers = units.map(({ sample }) => new Resampler(sample))
  const columns = new Float64Array(Math.max(0, ...units.map(({ sample }) => sample.columns)))
  const points = units.map(({ hard }, u) => {
    samplers[u]!.all(columns)
    return place(plan, columns, hard, new Float64Array(hard.length), null)
  })
  const raws = Array.from({ length: Math.min(BLOCK, to - from) }, () => points.map((point) => point.slice()))
  const stream = xoroshiro128plus(seed)
  for (let r = 0; r < from; r += 1) stream.jump()
  for (let first = from; first < to; first += BLOCK) {
    const draws = Array.from({ length: Math.min(BLOCK, to - first) }, () => {
      const random = stream.clone()
      stream.jump()
      return (n: number) => uniformInt(random, 0, n - 1)
    })
    for (let u = 0; u < units.length; u += 1) {
      for (const [b, draw] of draws.entries()) {
        samplers[u]!.replicate(draw, columns)
        place(plan, columns, units[u]!.hard, raws[b]![u]!, points[u]!)
      }
    }
    for (const b of draws.keys()) score(raws[b]!, out, (first - from + b) * width)
  }
  return out
}

/** Replicates made side by side, so that a unit's sums are read from near memory several times. */
const BLOCK = 16

/** Scores of every node from the estimates themselves, laid out like one replicate. */
export function pointScores(plan: BootstrapPlan): Float64Array {
  const raws = plan.units.map(({ sample, hard }) => {
    const columns = new Float64Array(sample.columns)
    new Resampler(sample).all(columns)
    return place(plan, columns, hard, new Float64Array(hard.length), null)
  })
  const out = new Float64Array(raws.length * plan.definition.nodes.length)
  cohortScorer(plan)(raws, out, 0)
  return out
}

/** Raw values by indicator from those by column. */
function place(
  { columnOf }: BootstrapPlan,
  columns: Float64Array,
  hard: Float64Array,
  out: Float64Array,
  otherwise: Float64Array | null,
): Float64Array {
  for (let i = 0; i < out.length; i += 1) {
    const column = columnOf[i]!
    const value = column < 0 ? hard[i]! : columns[column]!
    out[i] = Number.isNaN(value) && otherwise !== null ? otherwise[i]! : value
  }
  return out
}

type CohortScorer = (raws: readonly Float64Array[], out: Float64Array, at: number) => void

function cohortScorer({ definition, goalposts, scale }: BootstrapPlan): CohortScorer {
  const alone = scale === 'frozen' && !definition.indicators.some(needsCohort)
  const nodes = definition.nodes.length
  if (alone) {
    const score = scorerOf(freezeIndex(definition, goalposts))
    const first = definition.indicators.length
    return (raws, out, at) => {
      for (let u = 0; u < raws.length; u += 1) {
        const { scores } = score(raws[u]!)
        for (let j = 0; j < nodes; j += 1) out[at + u * nodes + j] = scores[first + j]!
      }
    }
  }
  const together = scale === 'frozen' ? withGoalposts(definition, goalposts) : definition
  return (raws, out, at) => {
    const data = {
      units: raws.map((_, u) => String(u)),
      columns: new Map(definition.indicators.map(({ code }, i) => [code, Float64Array.from(raws, (raw) => raw[i]!)])),
    }
    const { scores } = scoreIndex(together, data, goalposts)
    for (let u = 0; u < raws.length; u += 1)
      for (let j = 0; j < nodes; j += 1) out[at + u * nodes + j] = scores[definition.indicators.length + j]![u]!
  }
}

/** The definition with its goalposts written in as fixed numbers. */
export function withGoalposts(definition: IndexDefinition, goalposts: ReadonlyMap<string, Bounds>): IndexDefinition {
  return {
    ...definition,
    indicators: definition.indicators.map((indicator) => {
      const bounds = goalposts.get(indicator.code)
      if (bounds === undefined) return indicator
      return { ...indicator, normalise: { ...indicator.normalise, bounds: { mode: 'fixed' as const, ...bounds } } }
    }),
  }
}
