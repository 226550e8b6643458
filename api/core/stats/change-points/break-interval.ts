import { fitRows } from './fit-rows.ts'
import { logNormalCdf } from '../logNormalCdf.ts'
import { normalCdf } from '../normalCdf.ts'
import { root } from '../root.ts'

/** What changes at a break: ratio of the squared jumps and of the standard deviations after and before. */
interface Asymmetry {
  readonly xi: number
  readonly phi: number
}

/**
 * Distribution of the place of a break, argmax V, at x in its own unit of time.
 * Source: J. Bai, Review of Economics and Statistics 79 (1997), appendix; R strucchange `confint`.
 */
function placeCdf(x: number, { xi, phi }: Asymmetry): number {
  const half = Math.log(2 * Math.PI) / 2
  const size = Math.abs(x)
  const root = Math.sqrt(size)
  if (x === 0) {
    const before = ((phi + 2 * xi) ** 2 / ((phi + xi) * xi) - 2) * normalCdf(0)
    return before - (phi / xi) * ((phi + 2 * xi) / (phi + xi)) * normalCdf(0)
  }
  if (x < 0) {
    const ratio = xi / phi
    return (
      -Math.exp(Math.log(size) / 2 - size / 8 - half) -
      (phi / xi) *
        ((phi + 2 * xi) / (phi + xi)) *
        Math.exp((ratio * (1 + ratio) * size) / 2 + logNormalCdf(-(0.5 + ratio) * root)) +
      (size / 2 - 2 + (phi + 2 * xi) ** 2 / ((phi + xi) * xi)) * normalCdf(-root / 2)
    )
  }
  const ratio = xi ** 2 / phi
  return (
    1 +
    Math.sqrt(ratio) * Math.exp(Math.log(size) / 2 - (ratio * size) / 8 - half) +
    (xi / phi) *
      ((2 * phi + xi) / (phi + xi)) *
      Math.exp(((phi + xi) * size) / 2 + logNormalCdf((-(phi + xi / 2) / Math.sqrt(phi)) * root)) -
    ((2 * phi + xi) ** 2 / ((phi + xi) * phi) - 2 + (ratio * size) / 2) * normalCdf((-Math.sqrt(ratio) * root) / 2)
  )
}

/** Beyond this many of its own units nothing is left of the distribution. */
const farthest = 1e6

/** Whether regressors and errors may differ from segment to segment. */
export interface Heterogeneity {
  readonly regressors: boolean
  readonly errors: boolean
}

/** First and last row between which a break lies (positions from 1; may lie outside the series); null: cannot be told. */
export type BreakInterval = { readonly lo: number; readonly hi: number } | null

/**
 * Confidence intervals of breaks. Source: Bai & Perron 2003; R strucchange `confint.breakpointsfull`.
 * @param breaks last row of each segment but the last one, positions from 1
 * @throws CollinearError when a segment does not determine its coefficients
 */
export function breakIntervals(
  rows: readonly (readonly number[])[],
  y: readonly number[],
  breaks: readonly number[],
  conf: number,
  vary: Heterogeneity,
): BreakInterval[] {
  const ends = [0, ...breaks, y.length]
  const segments = breaks.concat(y.length).map((end, i) => {
    const [x, values] = [rows.slice(ends[i], end), y.slice(ends[i], end)]
    const { coefficients, squares } = fitRows(x, values)
    return { x, coefficients, rss: squares, variance: squares / values.length }
  })
  const pooled = segments.reduce((total, { rss }) => total + rss, 0) / y.length
  return breaks.map((at, i) => {
    const [before, after] = [segments[i]!, segments[i + 1]!]
    const jump = after.coefficients.map((value, j) => value - before.coefficients[j]!)
    const [x1, x2] = vary.regressors ? [before.x, after.x] : [rows, rows]
    const [s1, s2] = vary.errors ? [before.variance, after.variance] : [pooled, pooled]
    const [q1, q2] = [meanSquare(x1, jump), meanSquare(x2, jump)]
    const xi = q2 / q1
    const shape = { xi, phi: (xi * s2) / s1 }
    const tail = (1 - conf) / 2
    const middle = placeCdf(0, shape)
    if (!(middle >= tail && middle <= 1 - tail)) return null
    const upper = root((x) => placeCdf(x, shape) - (1 - tail), 0, farthest, 1e-9)
    const lower = root((x) => placeCdf(x, shape) - tail, -farthest, 0, 1e-9)
    if (lower === null || upper === null) return null
    const unit = s1 / q1
    return { lo: at - Math.ceil(upper * unit), hi: at - Math.floor(lower * unit) }
  })
}

/** Mean of (x·jump)². */
function meanSquare(rows: readonly (readonly number[])[], jump: readonly number[]): number {
  const squares = rows.map((row) => row.reduce((total, x, j) => total + x * jump[j]!, 0) ** 2)
  return squares.reduce((a, b) => a + b, 0) / rows.length
}
