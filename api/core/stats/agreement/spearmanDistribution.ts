import { normalCdf } from '../normalCdf.ts'

/** All n! orders are counted below this size. */
const countedMax = 9

/**
 * The smaller tail of S = Σ(rank difference)² of n pairs under independence without ties: P(S ≤ s) below the middle
 * (n³ − n)/6, P(S ≥ s) above. All orders counted up to n = 9, then Edgeworth's series.
 * Source: Best & Roberts, algorithm AS 89, Applied Statistics 24 (1975); R `cor.test(method = "spearman")`.
 */
export function spearmanTail(s: number, n: number): number {
  const whole = Math.round(s)
  const largest = (n ** 3 - n) / 3
  const upper = s > largest / 2
  if (n < 2) return 1
  if (n <= countedMax) {
    const counts = squareCounts(n)
    let inside = 0
    let all = 0
    counts.forEach((count, value) => {
      all += count
      if (upper ? value >= whole : value <= whole) inside += count
    })
    return inside / all
  }
  return edgeworth(upper ? whole : whole + 2, n, upper)
}

/** P(S ≥ s), or P(S < s). */
function edgeworth(s: number, n: number, upper: boolean): number {
  const b = 1 / n
  const x = ((6 * (s - 1)) / (n * (n * n - 1)) - 1) * Math.sqrt(n - 1)
  const y = x * x
  const last = 0.0072 - 0.0831 * b + y * b * (0.0131 - 4.6e-4 * y)
  const inner = -0.0758 + b * (0.1033 + 0.3932 * b) - y * b * (0.0879 + 0.0151 * b - y * last)
  const correction = (x * b * (0.2274 + b * (0.2531 + 0.1745 * b) + y * inner)) / Math.exp(y / 2)
  const tail = upper ? normalCdf(-x) + correction : normalCdf(x) - correction
  return Math.min(1, Math.max(0, tail))
}

const counted = new Map<number, number[]>()

/** How many of the n! orders have each S. */
function squareCounts(n: number): readonly number[] {
  const known = counted.get(n)
  if (known !== undefined) return known
  const counts = Array.from({ length: (n ** 3 - n) / 3 + 1 }, () => 0)
  const place = (at: number, used: number, so: number): void => {
    if (at === n) {
      counts[so]! += 1
      return
    }
    for (let to = 0; to < n; to += 1) if ((used & (1 << to)) === 0) place(at + 1, used | (1 << to), so + (at - to) ** 2)
  }
  place(0, 0, 0)
  counted.set(n, counts)
  return counts
}
