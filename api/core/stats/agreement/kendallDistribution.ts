/**
 * P(T ≤ q) of the number T of concordant among the n(n − 1)/2 pairs of n values under independence without ties: the
 * distribution of inversions of a random order, built up one value at a time.
 * Source: Kendall, Rank Correlation Methods (1970), chapter 5; R `cor.test(method = "kendall")`.
 */
export function kendallCdf(q: number, n: number): number {
  let chances = new Float64Array([1])
  for (let size = 2; size <= n; size += 1) {
    const next = new Float64Array(chances.length + size - 1)
    for (let k = 0; k < next.length; k += 1)
      for (let step = Math.max(0, k - chances.length + 1); step < Math.min(size, k + 1); step += 1)
        next[k]! += chances[k - step]! / size
    chances = next
  }
  let below = 0
  for (let k = 0; k <= Math.min(Math.round(q), chances.length - 1); k += 1) below += chances[k]!
  return Math.min(1, below)
}
