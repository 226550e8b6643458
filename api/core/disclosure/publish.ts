import { type Estimate, suppress } from '../stats/estimate.ts'
import { needed } from '../stats/needed.ts'
import { MIN_POINT, MIN_SHOW } from './thresholds.ts'

/**
 * `stage` is what the reader gets: nothing, the interval alone, or the value too. `needed`: how many more valid answers
 * to the next stage, null at the last one or where nothing is measured.
 */
export interface Published {
  readonly estimate: Estimate
  readonly stage: 'hidden' | 'interval_only' | 'full'
  readonly needed: number | null
}

/**
 * The display rule by number of valid answers: below `minimum` (10; 30 for sensitive items) nothing, `too_few` with n kept,
 * because "about k more needed" tells it anyway; below 30 only the interval (est and se null); from 30 everything.
 *
 * The interval-only stage is about reading, not secrecy: from n and Wilson's ends a determined reader can compute the
 * value. What must stay secret is hidden, with its complements (`complementary.ts`).
 * Where weights are unequal, `effective` (Kish) counts in place of n where it is smaller: an estimate that one heavy answer makes is
 * that answer. Estimates already suppressed pass through. Works for shares, means and sums alike; `n` of a sum is its smallest part's.
 * @throws RangeError when the estimate carries numbers but no n: nothing is shown without it
 */
export function publish(estimate: Estimate, options: { minimum?: number; effective?: number } = {}): Published {
  const minimum = Math.max(MIN_SHOW, options.minimum ?? MIN_SHOW)
  if (estimate.suppressed !== null) {
    const missing = estimate.suppressed === 'too_few' && estimate.n !== null ? needed(estimate.n, minimum) : null
    return { estimate, stage: 'hidden', needed: missing }
  }
  const { n } = estimate
  if (n === null) throw new RangeError('publish requires an estimate with n')
  // equal weights give n but for rounding
  const counted = Math.min(n, Math.floor((options.effective ?? n) + 1e-6))
  if (counted < minimum) {
    const hidden = suppress(estimate, 'too_few', { keepN: true })
    return { estimate: hidden, stage: 'hidden', needed: needed(counted, minimum) }
  }
  if (counted < MIN_POINT) {
    const interval = { ...estimate, est: null, se: null }
    return { estimate: interval, stage: 'interval_only', needed: needed(counted, MIN_POINT) }
  }
  return { estimate, stage: 'full', needed: null }
}
