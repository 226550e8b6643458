import { sum } from './sum.ts'

/** Ways to adjust p values for testing many hypotheses, named as in R `p.adjust`. */
export const adjustments = ['bonferroni', 'holm', 'hochberg', 'hommel', 'bh', 'by'] as const
export type Adjustment = (typeof adjustments)[number]

/**
 * Adjusted p values, in the order given; a hypothesis is rejected at level α where its adjusted p ≤ α.
 *
 * `bonferroni`, `holm`, `hochberg` and `hommel` hold the chance of any false rejection (the last two for independent or
 * positively dependent tests), `bh` the expected share of false ones among the rejected, `by` the same under any dependence.
 * Hommel takes n² steps, all others n·log n.
 * Source: Holm 1979, Hochberg 1988, Hommel 1988, Benjamini & Hochberg 1995, Benjamini & Yekutieli 2001; R `p.adjust`.
 * @throws RangeError when a p value is outside [0, 1]
 */
export function adjustP(pValues: readonly number[], method: Adjustment): number[] {
  if (!pValues.every((p) => p >= 0 && p <= 1)) throw new RangeError('adjustP requires 0 ≤ p ≤ 1')
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a]! - pValues[b]!)
  const sorted = order.map((index) => pValues[index]!)
  const adjusted = rules[method](sorted)
  const result = pValues.map(() => 0)
  order.forEach((index, i) => (result[index] = Math.min(1, adjusted[i]!)))
  return result
}

/** Each takes p values in ascending order. */
const rules: Readonly<Record<Adjustment, (p: readonly number[]) => number[]>> = {
  bonferroni: (p) => p.map((value) => value * p.length),
  holm: (p) => {
    let largest = 0
    return p.map((value, i) => (largest = Math.max(largest, (p.length - i) * value)))
  },
  hochberg: (p) => stepUp(p, (i) => p.length - i),
  hommel,
  bh: (p) => stepUp(p, (i) => p.length / (i + 1)),
  by: (p) => {
    const harmonic = sum(p.map((_, i) => 1 / (i + 1)))
    return stepUp(p, (i) => (harmonic * p.length) / (i + 1))
  },
}

/** Smallest factor·p from each value upwards. */
function stepUp(p: readonly number[], factor: (i: number) => number): number[] {
  let smallest = 1
  const adjusted = p.map(() => 1)
  for (let i = p.length - 1; i >= 0; i -= 1) adjusted[i] = smallest = Math.min(smallest, factor(i) * p[i]!)
  return adjusted
}

/** Wright's algorithm (Biometrics 48, 1992). */
function hommel(p: readonly number[]): number[] {
  const n = p.length
  const first = Math.min(...p.map((value, i) => (n * value) / (i + 1)))
  const adjusted = new Float64Array(n).fill(n === 0 ? 0 : first)
  for (let m = n - 1; m >= 2; m -= 1) {
    let least = Infinity
    for (let k = 2; k <= m; k += 1) least = Math.min(least, (m * p[n - m + k - 1]!) / k)
    for (let i = 0; i <= n - m; i += 1) adjusted[i] = Math.max(adjusted[i]!, Math.min(m * p[i]!, least))
    const upper = Math.min(m * p[n - m]!, least)
    for (let i = n - m + 1; i < n; i += 1) adjusted[i] = Math.max(adjusted[i]!, upper)
  }
  return p.map((value, i) => Math.max(value, adjusted[i]!))
}
