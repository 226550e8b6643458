import { type Estimate, makeEstimate, notMeasured, suppress } from '../../stats/estimate.ts'
import { tQuantile } from '../../stats/tQuantile.ts'
import type { IndexDefinition } from '../definition.ts'
import { freezeIndex, parentSlopes, scoreUp, scoringSpace, writeLeaves } from '../frozen.ts'
import type { Bounds } from '../normalise.ts'
import { designDf, indicatorEstimate, type UnitEstimates } from './indicator-estimate.ts'
import { leafSpans } from './leaf-spans.ts'
import { packedForm } from './packed.ts'
import { deltaReach, statisticOf } from './reach.ts'

/** The score of an element with its uncertainty. */
export interface ElementEstimate {
  readonly code: string
  /** Children present; of an indicator 1 or 0. */
  readonly present: number
  readonly of: number
  /** Null where only the bootstrap serves (`deltaReach` is `bootstrap_only`). */
  readonly estimate: Estimate | null
  /** Indicators below that were cut at an end of their scale, where the delta method takes their slope as 0. */
  readonly clipped: number
}

/**
 * Makes the scores of one unit at every node and indicator (root first, indicators last) with standard errors by the delta
 * method: se² = gᵀΣg, g the exact derivative of the score with respect to each indicator through min-max, clipping (0
 * beyond an end) and every aggregation on the path, with the weights of missing children shared among those present.
 *
 * Interval: Student's t on clusters − strata, cut at the ends of what the score can be. Under a node with a single sampled
 * indicator it is that indicator's own interval (Wilson's for a share), carried through the path. Where no answer differed
 * from another, or every sampled indicator is cut off, se is no measure: the interval then runs from all indicators at their
 * lower ends to all at their upper ends, which is wider than needed, and `method` is `delta_ends`.
 *
 * `n` is the smallest number of answers among the sampled indicators present, `nEff` the smallest of Kish's sizes (a single
 * share's is p(1−p)/V). A node without sampled indicators is `known`, without an error. Suppressed where there is no score:
 * `too_few` with n = 0 where an item below has no answers, else `not_measured`. The display rule comes after this (`publish`).
 * Source: Särndal, Swensson & Wretman (1992) §5.5; OECD/JRC Handbook (2008), steps 5 and 6.
 * @param goalposts ends of the scales in raw units by indicator, as the run froze them; else the definition's own
 * @returns the estimator of one unit, to be called for many
 * @throws RangeError when the definition is no tree
 */
export function compositeEstimator(
  definition: IndexDefinition,
  goalposts: ReadonlyMap<string, Bounds>,
): (unit: UnitEstimates) => ElementEstimate[] {
  const frozen = freezeIndex(definition, goalposts)
  const { tree, lines, bounds } = frozen
  const reach = deltaReach(definition)
  const sampled = tree.indicators.map((indicator) => statisticOf(indicator) !== null)
  // Filled anew for every unit.
  const spaces = [0, 1, 2, 3, 4].map(() => scoringSpace(tree))
  const spansOf = leafSpans(frozen)
  const [raw, leaves, slopes] = [0, 1, 2].map(() => new Float64Array(lines.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const elements = [
    ...tree.nodes
      .map(({ code, children }, place) => ({ code, at: lines.length + place, of: children.length }))
      .toReversed(),
    ...tree.indicators.map(({ code }, i) => ({ code, at: i, of: 1 })),
  ].map((element) => ({
    ...element,
    needsBootstrap: reach.get(element.code) === 'bootstrap_only',
    below: tree.leaves[element.at]!.toSorted((a, b) => a - b),
  }))

  return (unit) => {
    for (let i = 0; i < raw.length; i += 1) raw[i] = unit.est[i] ?? NaN
    const own = tree.indicators.map((indicator, i) => indicatorEstimate(indicator, unit, i, bounds[i]!))
    writeLeaves(frozen, raw, leaves)
    // Under rank and z a unit alone has no score; any number will do, for nodes above are left to the bootstrap.
    for (let i = 0; i < lines.length; i += 1) if (lines[i] === 'cohort' && !Number.isNaN(raw[i]!)) leaves[i] = 1
    const scored = scoreUp(tree, leaves, spaces[0])
    const toParent = parentSlopes(tree, scored, spaces[0])
    const spans = spansOf(raw, own)
    const { scores: low } = scoreUp(tree, spans.lo, spaces[1])
    const { scores: high } = scoreUp(tree, spans.hi, spaces[2])
    const { scores: least } = scoreUp(tree, spans.least, spaces[3])
    const { scores: most } = scoreUp(tree, spans.most, spaces[4])

    /**
     * Writes the derivative of an element with respect to the raw value of each indicator below, as if nothing were cut off.
     * @param above derivative of that element with respect to `at`, somewhere below it
     */
    const writeSlopes = (at: number, above: number): void => {
      if (at >= lines.length) {
        for (const child of tree.nodes[at - lines.length]!.children) writeSlopes(child.at, above * toParent[child.at]!)
        return
      }
      const line = lines[at]!
      slopes[at] = line === null || line === 'cohort' || Number.isNaN(raw[at]!) ? 0 : line.slope * above
    }

    const estimate = (at: number, there: readonly number[]): Estimate => {
      const est = scored.scores[at]!
      if (Number.isNaN(est)) {
        const unanswered = tree.leaves[at]!.some((i) => sampled[i]! && unit.est[i] === null)
        const missing = notMeasured('delta_t')
        return unanswered ? suppress({ ...missing, n: 0 }, 'too_few', { keepN: true }) : missing
      }
      const used = there.filter((i) => sampled[i])
      if (used.length === 0)
        return knownScore(
          est,
          there.flatMap((i) => own[i]!.n ?? []),
        )
      const n = Math.min(...used.map((i) => unit.n[i]!))
      const df = designDf(unit, n)
      const few = () => suppress({ ...notMeasured('delta_t'), n }, 'too_few', { keepN: true })
      if (df < 1) return few()
      const moving = used.filter((i) => spans.cut[i] === 0)
      const se = Math.sqrt(Math.max(0, packedForm(unit.covariance, lines.length, moving, slopes)))
      const nEff = Math.min(...used.map((i) => own[i]!.nEff ?? unit.kish[i]!))
      const numbers = { est, se, df, n, nEff }
      // What rounding leaves of equal answers is no spread.
      const noSpread = !(se > 1e-12 * Math.max(1, Math.abs(est)))
      if (used.length === 1 || noSpread) {
        if (used.some((i) => own[i]!.lo === null)) return few()
        const method = used.length === 1 ? `delta_${own[used[0]!]!.method}` : 'delta_ends'
        return makeEstimate({ ...numbers, lo: Math.min(est, low[at]!), hi: Math.max(est, high[at]!), method })
      }
      const arm = tQuantile(0.975, df) * se
      const lo = Number.isNaN(least[at]!) ? est - arm : Math.max(least[at]!, est - arm)
      const hi = Number.isNaN(most[at]!) ? est + arm : Math.min(most[at]!, est + arm)
      return makeEstimate({ ...numbers, lo: Math.min(est, lo), hi: Math.max(est, hi), method: 'delta_t' })
    }

    return elements.map(({ code, at, of, needsBootstrap, below }) => {
      writeSlopes(at, 1)
      const there = below.filter((i) => slopes[i] !== 0)
      return {
        code,
        present: scored.present[at]!,
        of,
        estimate: needsBootstrap ? null : estimate(at, there),
        clipped: there.reduce((count, i) => count + spans.cut[i]!, 0),
      }
    })
  }
}

/** A score of hard data alone: no sampling error; n counts the cases behind it, where that is known. */
function knownScore(est: number, cases: readonly number[]): Estimate {
  const n = cases.length === 0 ? null : Math.min(...cases)
  return makeEstimate({ est, se: 0, df: null, lo: est, hi: est, n, nEff: null, method: 'known' })
}
