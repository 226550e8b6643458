import { midranks } from './midranks.ts'
import { centre } from './centre.ts'
import { normalCdf } from './normalCdf.ts'
import { polynomial } from './polynomial.ts'
import { sum } from './sum.ts'
import { tCdf } from './tCdf.ts'

/** Spearman's rank correlation. */
export interface Spearman {
  readonly n: number
  /** Null when one of the two never varies. */
  readonly rho: number | null
  /** Two-sided. */
  readonly p: number | null
  /** From the distribution of the ranks (no ties, n ≤ 1290), exact up to n = 9 and an Edgeworth series above; else from t. */
  readonly exact: boolean
}

/**
 * Correlation of midranks and its test. Source: R `cor.test(method = "spearman")` with its defaults.
 * @throws RangeError for lists of different length or fewer than two pairs
 */
export function spearman(x: readonly number[], y: readonly number[]): Spearman {
  const n = x.length
  if (n !== y.length || n < 2) throw new RangeError('spearman requires two lists of the same length ≥ 2')
  const [a, b] = [midranks(x), midranks(y)]
  const rho = pearson(a.ranks, b.ranks)
  const exact = n <= 1290 && a.ties.length === n && b.ties.length === n
  return { n, rho, p: rho === null ? null : exact ? rankP(rho, n) : studentP(rho, n), exact }
}

/** Product-moment correlation; null when one of the two never varies. */
export function pearson(x: readonly number[], y: readonly number[]): number | null {
  const [mx, my] = [centre(x), centre(y)]
  const product = (u: readonly number[], mu: number, v: readonly number[], mv: number) =>
    sum(u.map((value, i) => (value - mu) * (v[i]! - mv)))
  const scale = Math.sqrt(product(x, mx, x, mx) * product(y, my, y, my))
  return scale === 0 ? null : Math.max(-1, Math.min(1, product(x, mx, y, my) / scale))
}

function studentP(rho: number, n: number): number | null {
  if (n < 3) return null
  if (Math.abs(rho) === 1) return 0
  return 2 * tCdf(-Math.abs(rho) / Math.sqrt((1 - rho * rho) / (n - 2)), n - 2)
}

/** Up to here all orders are counted. */
const countedMax = 9

/** Two-sided, by Σd², which is even. Source: Best & Roberts, algorithm AS 89, Applied Statistics 24 (1975). */
function rankP(rho: number, n: number): number {
  const squares = Math.round(((n ** 3 - n) * (1 - Math.abs(rho))) / 6)
  return Math.min(1, 2 * (n <= countedMax ? counted(squares, n) : edgeworth(squares, n)))
}

/** P(Σd² ≤ squares) over all orders. */
function counted(squares: number, n: number): number {
  const order = Array.from({ length: n }, (_, i) => i)
  let [all, few] = [0, 0]
  const visit = (at: number, distance: number) => {
    if (at === n) {
      all += 1
      if (distance <= squares) few += 1
      return
    }
    for (let i = at; i < n; i += 1) {
      ;[order[at], order[i]] = [order[i]!, order[at]!]
      visit(at + 1, distance + (order[at]! - at) ** 2)
      ;[order[at], order[i]] = [order[i]!, order[at]!]
    }
  }
  visit(0, 0)
  return few / all
}

function edgeworth(squares: number, n: number): number {
  const b = 1 / n
  const x = ((6 * (squares + 1) * b) / (n * n - 1) - 1) * Math.sqrt(n - 1)
  const y = x * x
  const tail = 0.0072 - 0.0831 * b + y * b * (0.0131 - 4.6e-4 * y)
  const inner = y * b * (0.0879 + 0.0151 * b - y * tail)
  const u = x * b * (polynomial([0.1745, 0.2531, 0.2274], b) + y * (-0.0758 + b * (0.1033 + 0.3932 * b) - inner))
  return Math.max(0, Math.min(1, normalCdf(x) - u / Math.exp(y / 2)))
}
