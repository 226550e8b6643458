import { type Estimate, makeEstimate, notMeasured, suppress } from './estimate.ts'
import type { OptionCounts } from './mean.ts'
import { sum } from './sum.ts'
import { tInterval } from './tInterval.ts'

/** How often option a of item j and option b of item k came from the same person: `counts[a][b]`. */
export interface JointCounts {
  readonly j: number
  readonly k: number
  readonly counts: readonly (readonly number[])[]
}

/**
 * Weighted sum of item means when each person was shown only some of the items (planned missingness): Σ w_j·mean_j, where
 * each mean uses everyone who answered that item.
 *
 * Variance = Σ_j Σ_k w_j w_k s_jk n_jk / (n_j n_k): s_jk the sample covariance among the n_jk people who answered both
 * (s_jj the sample variance, n_jj = n_j). Different people cannot covary, so a pair never answered together adds exactly
 * 0; a pair answered together by one person only has no covariance to estimate and also counts as 0 (its true share is
 * of the order 1/n²). If everyone answers everything this is, digit for digit, mean and standard error of the per-person
 * sums. With few joint answers the sum of the pieces may fall below 0; it is then taken as 0, and the interval becomes
 * the cautious one of `tInterval` for a sample without spread.
 *
 * `n` is the **smallest** number of valid answers among the items, `df` = n − 1, the interval is Student's, cut at the
 * ends of the scale Σ w_j·[smallest, largest value]. Valid only if what a person is shown is decided by chance or rotation,
 * not by what they think. Source: available-case (pairwise) moments, e.g. Little & Rubin, Statistical Analysis with Missing Data,
 * ch. 3; the formula follows from Cov(mean_j, mean_k) = σ_jk n_jk/(n_j n_k) for independent people.
 *
 * No items: not measured. An item nobody answered: suppressed as `too_few` with n = 0.
 * @throws RangeError on tables that do not fit the items, or a pair given twice
 */
export function availableCase(
  items: readonly (OptionCounts & { readonly weight: number })[],
  pairs: readonly JointCounts[],
): Estimate {
  const method = 'available_case'
  if (items.length === 0) return notMeasured(method)
  const parts = items.map(summarise)
  const n = Math.min(...parts.map((part) => part.n))
  if (n === 0) return suppress({ ...notMeasured(method), n: 0 }, 'too_few', { keepN: true })
  const est = sum(parts.map((part) => part.weight * part.mean))
  const min = sum(parts.map((part) => Math.min(part.weight * part.min, part.weight * part.max)))
  const max = sum(parts.map((part) => Math.max(part.weight * part.min, part.weight * part.max)))
  if (n === 1) return makeEstimate({ est, se: null, df: null, lo: min, hi: max, n, nEff: n, method })

  const terms = parts.map((part) => (part.weight ** 2 * part.variance) / part.n)
  const seen = new Set<string>()
  for (const pair of pairs) {
    const a = parts[pair.j]
    const b = parts[pair.k]
    const key = [pair.j, pair.k].sort((x, y) => x - y).join()
    if (a === undefined || b === undefined || pair.j === pair.k || seen.has(key)) {
      throw new RangeError('availableCase requires each pair of two different items once')
    }
    seen.add(key)
    const joint = covariance(a.values, b.values, pair.counts)
    terms.push((2 * a.weight * b.weight * joint.covariance * joint.n) / (a.n * b.n))
  }
  const variance = sum(terms)
  // What is left of cancelling terms after rounding is not spread.
  const noise = 1e-14 * sum(terms.map(Math.abs))
  const se = variance > noise ? Math.sqrt(variance) : 0
  return tInterval({ est, se, df: n - 1, n, min, max, method })
}

function summarise({ values, counts, weight }: OptionCounts & { weight: number }) {
  if (values.length === 0 || values.length !== counts.length) {
    throw new RangeError('availableCase requires one count for each value')
  }
  if (!counts.every((count) => Number.isInteger(count) && count >= 0) || !Number.isFinite(weight)) {
    throw new RangeError('availableCase requires whole counts ≥ 0 and finite weights')
  }
  const n = sum(counts)
  const mean = n === 0 ? 0 : sum(counts.map((count, i) => count * values[i]!)) / n
  const squares = sum(counts.map((count, i) => count * (values[i]! - mean) ** 2))
  const variance = n < 2 ? 0 : squares / (n - 1)
  return { values, weight, n, mean, variance, min: Math.min(...values), max: Math.max(...values) }
}

function covariance(x: readonly number[], y: readonly number[], counts: readonly (readonly number[])[]) {
  const cells: { x: number; y: number; count: number }[] = []
  if (counts.length !== x.length) throw new RangeError('availableCase requires one joint row for each value')
  counts.forEach((row, a) => {
    if (row.length !== y.length) throw new RangeError('availableCase requires one joint column for each value')
    row.forEach((count, b) => {
      if (!Number.isInteger(count) || count < 0) throw new RangeError('availableCase requires whole joint counts ≥ 0')
      if (count > 0) cells.push({ x: x[a]!, y: y[b]!, count })
    })
  })
  const n = sum(cells.map((cell) => cell.count))
  if (n < 2) return { n, covariance: 0 }
  const meanX = sum(cells.map((cell) => cell.count * cell.x)) / n
  const meanY = sum(cells.map((cell) => cell.count * cell.y)) / n
  const products = sum(cells.map((cell) => cell.count * (cell.x - meanX) * (cell.y - meanY)))
  return { n, covariance: products / (n - 1) }
}
