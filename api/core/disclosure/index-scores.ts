import type { ElementEstimate } from '../index/estimate/composite.ts'
import type { UnitEstimates } from '../index/estimate/indicator-estimate.ts'
import type { IndexTree } from '../index/tree.ts'
import { type Estimate, notMeasured, suppress } from '../stats/estimate.ts'
import { publish, type Published } from './publish.ts'

/**
 * Why an indicator of a unit must not be shown; null: it may. `elsewhere`: what people said of another unit of their dossiers;
 * it counts in the scores of nodes and is shown on that unit's page.
 */
export type Gap = 'too_few' | 'complementary' | 'elsewhere' | null

const isHidden = (gap: Gap | undefined) => gap === 'too_few' || gap === 'complementary'

/** An element of an index as it may be shown. */
export interface PublishedElement extends Published {
  readonly code: string
  /** Children that the score is made of: what is hidden is not among them. */
  readonly present: number
  readonly of: number
  readonly clipped: number
}

/**
 * A unit's estimates without those that must not be shown, as if nobody had answered there. Scores are made from this and
 * nothing else, so no node can give a hidden indicator away: it does not contain it. What of the indicators is hidden is decided
 * over the tree of units and the calendar (`itemVisibility`), so the other direction of subtraction is closed there.
 */
export function shownEstimates(unit: UnitEstimates, gaps: readonly Gap[]): UnitEstimates {
  return {
    ...unit,
    est: unit.est.map((est, i) => (isHidden(gaps[i]) ? null : est)),
    n: Array.from(unit.n, (n, i) => (isHidden(gaps[i]) ? 0 : n)),
    kish: Array.from(unit.kish, (kish, i) => (isHidden(gaps[i]) ? 0 : kish)),
  }
}

/**
 * Elements under the display rule. A hidden indicator says why, and how many answers are missing where that is the reason; a
 * node that has no score says why the indicators below it have none. A node that counts fewer children than it has says so
 * by `present`. Where answers are there but no interval can be given (`deltaReach` is `bootstrap_only`), `method` says so.
 * @param elements of the estimates that `shownEstimates` left
 * @param answered answers behind each indicator, hidden ones included; where weights are unequal, those that they leave (Kish)
 * @param minimums answers below which each indicator is not shown
 */
export function publishElements(
  tree: IndexTree,
  elements: readonly ElementEstimate[],
  gaps: readonly Gap[],
  answered: ArrayLike<number>,
  minimums: readonly number[],
): PublishedElement[] {
  return elements.map(({ code, present, of, estimate, clipped }) => {
    const at = tree.at.get(code)!
    const isIndicator = at < tree.indicators.length
    return { code, present, of, clipped, ...shown(estimate, tree.leaves[at]!, isIndicator, gaps, answered, minimums) }
  })
}

function shown(
  estimate: Estimate | null,
  below: readonly number[],
  isIndicator: boolean,
  gaps: readonly Gap[],
  answered: ArrayLike<number>,
  minimums: readonly number[],
): Published {
  const method = estimate?.method ?? 'none'
  if (isIndicator && gaps[below[0]!] === 'elsewhere') {
    return { estimate: suppress(notMeasured(method), 'complementary'), stage: 'hidden', needed: null }
  }
  if (estimate !== null && estimate.suppressed === null) {
    // register counts and imports are no answers of people
    if (estimate.method === 'known') return { estimate, stage: 'full', needed: null }
    return publish(estimate, isIndicator ? { effective: answered[below[0]!]! } : {})
  }
  const hidden = (reason: Gap) => below.filter((i) => gaps[i] === reason)
  const [few] = hidden('too_few').sort((a, b) => answered[b]! - answered[a]!)
  if (hidden('complementary').length > 0) {
    return { estimate: suppress(notMeasured(method), 'complementary'), stage: 'hidden', needed: null }
  }
  if (few !== undefined) {
    const counted = { ...notMeasured(method), n: answered[few]! }
    return publish(suppress(counted, 'too_few', { keepN: true }), { minimum: minimums[few]! })
  }
  // answers are there, but only the bootstrap would give an interval, and no number is shown without one
  if (estimate === null && below.some((i) => answered[i]! > 0)) return publish(notMeasured('bootstrap_only'))
  return publish(estimate ?? notMeasured(method))
}
