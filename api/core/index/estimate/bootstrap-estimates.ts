import { type Estimate, makeEstimate, notMeasured, suppress } from '../../stats/estimate.ts'
import { normalCdf } from '../../stats/normalCdf.ts'
import { quantile } from '../../stats/quantile.ts'
import { moments } from '../../stats/moments.ts'
import { tQuantile } from '../../stats/tQuantile.ts'
import { indexTree } from '../tree.ts'
import { type BootstrapPlan, pointScores } from './bootstrap.ts'
import { designDf, type UnitEstimates } from './indicator-estimate.ts'
import { statisticOf } from './reach.ts'

/** Fewest replicates that an interval is read from. */
export const REPLICATES_MIN = 200

/**
 * Estimates of every unit's nodes (order of `tree.nodes`) from bootstrap replicates: se their standard deviation, the
 * interval their percentiles, taken so far out that it is as wide as Student's t on the design's degrees of freedom asks
 * (the expanded percentile interval), which keeps it inside the scale and fits ranks and medians too.
 *
 * Suppressed where there is no score (`not_measured`, or `too_few` with n = 0 where an item has no answers), and where
 * replicates do not differ, because then the sample has no spread to learn from (`too_few`, n kept): there
 * `compositeEstimator` gives the cautious interval.
 * Source: Efron & Tibshirani (1993) ch. 13; Hesterberg, The American Statistician 69 (2015), expanded percentile.
 * @param units in the order of the plan
 * @param replicates parts of one run in any lengths, in the order of replicates
 * @throws RangeError below 200 replicates
 */
export function bootstrapEstimates(
  plan: BootstrapPlan,
  units: readonly UnitEstimates[],
  replicates: readonly Float64Array[],
): Estimate[][] {
  const tree = indexTree(plan.definition)
  const nodes = tree.nodes.length
  const width = units.length * nodes
  const count = replicates.reduce((sum, part) => sum + part.length / width, 0)
  if (count < REPLICATES_MIN) throw new RangeError(`bootstrapEstimates requires ${REPLICATES_MIN} replicates`)
  const points = pointScores(plan)
  const sampled = tree.indicators.map((indicator) => statisticOf(indicator) !== null)
  return units.map((unit, u) =>
    tree.nodes.map((_, j) => {
      const leaves = tree.leaves[tree.indicators.length + j]!.filter((i) => sampled[i]!)
      const answered = leaves.filter((i) => unit.est[i] !== null)
      const est = points[u * nodes + j]!
      if (Number.isNaN(est)) {
        return leaves.length > answered.length ? fewAnswers(0) : notMeasured('bootstrap')
      }
      if (answered.length === 0) {
        return makeEstimate({ est, se: 0, df: null, lo: est, hi: est, n: null, nEff: null, method: 'known' })
      }
      const n = Math.min(...answered.map((i) => unit.n[i]!))
      const df = designDf(unit, n)
      const values = valuesAt(replicates, width, u * nodes + j)
      const spread = values.length < REPLICATES_MIN ? null : moments(values)
      if (df < 1 || spread === null || !(spread.variance! > 0)) return fewAnswers(n)
      values.sort((a, b) => a - b)
      const tail = normalCdf(-tQuantile(0.975, df))
      return makeEstimate({
        est,
        se: Math.sqrt(spread.variance!),
        df,
        lo: Math.min(est, quantile(values, tail)),
        hi: Math.max(est, quantile(values, 1 - tail)),
        n,
        nEff: Math.min(...answered.map((i) => unit.kish[i]!)),
        method: 'bootstrap',
      })
    }),
  )
}

function fewAnswers(n: number): Estimate {
  return suppress({ ...notMeasured('bootstrap'), n }, 'too_few', { keepN: true })
}

/** Replicates of one score, without those that have none. */
function valuesAt(replicates: readonly Float64Array[], width: number, at: number): number[] {
  const values: number[] = []
  for (const part of replicates)
    for (let place = at; place < part.length; place += width) if (!Number.isNaN(part[place]!)) values.push(part[place]!)
  return values
}
