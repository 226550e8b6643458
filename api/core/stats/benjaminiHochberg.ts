/**
 * Benjamini–Hochberg: adjusted p values ("q values", R `p.adjust(method = "BH")`) in the order given, and which
 * hypotheses are rejected when the expected share of false discoveries may be at most `rate`.
 *
 * q(i) = min over j ≥ i of m·p(j)/j on the sorted list, at most 1; rejected where q ≤ rate.
 * Source: Y. Benjamini & Y. Hochberg, JRSS B 57 (1995). Valid for independent or positively dependent tests.
 * @throws RangeError when a p value or the rate is outside [0, 1]
 */
export function benjaminiHochberg(
  pValues: readonly number[],
  rate = 0.1,
): { q: readonly number[]; rejected: readonly boolean[] } {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError('benjaminiHochberg requires 0 ≤ rate ≤ 1')
  for (const p of pValues) if (!(p >= 0 && p <= 1)) throw new RangeError('benjaminiHochberg requires 0 ≤ p ≤ 1')
  const m = pValues.length
  const largestFirst = pValues.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p)
  const q = Array.from({ length: m }, () => 1)
  let smallest = 1
  largestFirst.forEach(({ p, index }, i) => {
    smallest = Math.min(smallest, (m / (m - i)) * p)
    q[index] = smallest
  })
  return { q, rejected: q.map((value) => value <= rate) }
}
