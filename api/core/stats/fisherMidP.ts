import { logChoose } from './logChoose.ts'
import { assertShareCounts, type ShareCounts } from './shareCounts.ts'
import { sum } from './sum.ts'

/**
 * Fisher's exact test of "the first share is not below the second", one-sided, as mid-p: the probability, given both
 * margins, of fewer favourable answers in the first group than were seen, plus half of that of exactly as many. Small when the
 * first falls short. The score test is too liberal in the far tail of small skewed cells, the exact p too strict; mid-p
 * keeps the level closely on average.
 *
 * Terms of the hypergeometric distribution are summed from the seen count downwards until they no longer matter, at most as
 * many as the first group has favourable answers.
 * Source: H. O. Lancaster, JASA 56 (1961); A. Agresti, Categorical Data Analysis, 3rd ed. (2013), §3.5.
 * @throws RangeError on counts that are not whole, negative, above n, or on an empty group
 */
export function fisherMidP(first: ShareCounts, second: ShareCounts): number {
  assertShareCounts(first)
  assertShareCounts(second)
  const favourable = first.favourable + second.favourable
  const total = first.n + second.n
  const lowest = Math.max(0, favourable - second.n)
  const seen = Math.exp(
    logChoose(favourable, first.favourable) +
      logChoose(total - favourable, first.n - first.favourable) -
      logChoose(total, first.n),
  )
  const terms = [seen / 2]
  let term = seen
  for (let k = first.favourable; k > lowest; k -= 1) {
    // P(k − 1) / P(k)
    term *= (k * (second.n - favourable + k)) / ((favourable - k + 1) * (first.n - k + 1))
    terms.push(term)
    if (term < seen * 1e-18 && term < 1e-300) break
  }
  return Math.min(1, sum(terms))
}
