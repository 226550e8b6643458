import { publish } from '../disclosure/publish.ts'
import { type Estimate, makeEstimate, notMeasured, suppress } from '../stats/estimate.ts'

/** Standard normal quantile of a 95 % interval. */
const Z = 1.959963984540054

/**
 * The median of sorted values with a 95 % interval from order statistics, under the display rule: whatever the distribution, the
 * number of values below the true median is binomial with share ½.
 *
 * Source: Conover, Practical Nonparametric Statistics (3rd ed., 1999), 3.2.
 * @param sorted ascending
 */
export function publishedMedian(sorted: readonly number[]): Estimate {
  const n = sorted.length
  if (n === 0) return suppress({ ...notMeasured('median'), n }, 'too_few', { keepN: true })
  const at = (place: number) => sorted[Math.min(n, Math.max(1, place)) - 1] ?? 0
  const half = (Z * Math.sqrt(n)) / 2
  const est = (at(Math.ceil(n / 2)) + at(Math.floor(n / 2) + 1)) / 2
  const [lo, hi] = [at(Math.floor(n / 2 - half)), at(Math.ceil(n / 2 + half) + 1)]
  return publish(makeEstimate({ est, se: null, df: null, lo, hi, n, nEff: n, method: 'median' })).estimate
}
