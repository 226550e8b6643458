import { midranks } from './midranks.ts'
import { normalCdf } from './normalCdf.ts'
import { sum } from './sum.ts'

/** Kendall's rank correlation. */
export interface Kendall {
  readonly n: number
  /** Concordant less discordant pairs. */
  readonly s: number
  /** Variance of s without association, corrected for ties; null for fewer than three pairs of values. */
  readonly varS: number | null
  /** τ-b; null when one of the two never varies. */
  readonly tau: number | null
  /** Two-sided. */
  readonly p: number | null
  /** From the exact distribution (n < 50 and no ties), else from the normal one. */
  readonly exact: boolean
}

/**
 * τ-b and its test. Takes n² steps.
 * Source: Kendall, Rank Correlation Methods; R `cor.test(method = "kendall")` with its defaults.
 * @throws RangeError for lists of different length or fewer than two pairs
 */
export function kendall(x: readonly number[], y: readonly number[]): Kendall {
  const n = x.length
  if (n !== y.length || n < 2) throw new RangeError('kendall requires two lists of the same length ≥ 2')
  let s = 0
  for (let i = 1; i < n; i += 1) for (let j = 0; j < i; j += 1) s += Math.sign(x[i]! - x[j]!) * Math.sign(y[i]! - y[j]!)
  const [tiesX, tiesY] = [midranks(x).ties, midranks(y).ties]
  const total = (ties: readonly number[], f: (t: number) => number) => sum(ties.map(f))
  const pairs = (n * (n - 1)) / 2
  const [freeX, freeY] = [tiesX, tiesY].map((ties) => pairs - total(ties, (t) => (t * (t - 1)) / 2)) as [number, number]
  const tau = freeX === 0 || freeY === 0 ? null : s / Math.sqrt(freeX * freeY)
  const varS = n < 3 ? null : varianceOfS(n, tiesX, tiesY)
  const exact = n < 50 && tiesX.length === n && tiesY.length === n
  return { n, s, varS, tau, p: tau === null ? null : exact ? exactP(s, n) : normalP(s, varS), exact }
}

function varianceOfS(n: number, tiesX: readonly number[], tiesY: readonly number[]): number {
  const over = (ties: readonly number[], f: (t: number) => number) => sum(ties.map(f))
  const v0 = (t: number) => t * (t - 1) * (2 * t + 5)
  const v1 = (t: number) => t * (t - 1)
  const v2 = (t: number) => t * (t - 1) * (t - 2)
  return (
    (v0(n) - over(tiesX, v0) - over(tiesY, v0)) / 18 +
    (over(tiesX, v1) * over(tiesY, v1)) / (2 * n * (n - 1)) +
    (over(tiesX, v2) * over(tiesY, v2)) / (9 * n * (n - 1) * (n - 2))
  )
}

function normalP(s: number, varS: number | null): number | null {
  return varS === null || varS === 0 ? null : 2 * normalCdf(-Math.abs(s) / Math.sqrt(varS))
}

/** The number of discordant pairs of a random order is a sum of independent uniform counts 0 … i. */
function exactP(s: number, n: number): number {
  let chances = [1]
  for (let i = 2; i <= n; i += 1) {
    const next = Array.from({ length: chances.length + i - 1 }, () => 0)
    chances.forEach((chance, q) => {
      for (let k = 0; k < i; k += 1) next[q + k]! += chance / i
    })
    chances = next
  }
  const fewer = ((n * (n - 1)) / 2 - Math.abs(s)) / 2
  return Math.min(1, 2 * sum(chances.slice(0, fewer + 1)))
}
