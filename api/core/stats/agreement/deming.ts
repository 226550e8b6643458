import { sum } from '../sum.ts'
import { tQuantile } from '../tQuantile.ts'
import { type PairMoments, pairMoments } from './pairs.ts'

export interface DemingLine {
  readonly slope: number
  readonly intercept: number
}

export interface Deming extends DemingLine {
  readonly n: number
  /** Jackknife; null with fewer than three pairs, or where a line without one pair does not exist. */
  readonly slopeSe: number | null
  readonly interceptSe: number | null
  /** Student's interval on n − 2 degrees of freedom. */
  readonly slopeLo: number | null
  readonly slopeHi: number | null
  readonly interceptLo: number | null
  readonly interceptHi: number | null
}

/**
 * Line between two measurements that both have error. `ratio` is the variance of the errors of y over that of x; 1 gives
 * orthogonal regression, a large one the ordinary regression of y on x.
 *
 * slope = (d + √(d² + 4·ratio·s_xy²)) / (2·s_xy) with d = s_yy − ratio·s_xx; standard errors by leaving out one pair at a time.
 * Source: Deming 1943; Linnet, Clinical Chemistry 39 (1993); R mcr `mcreg(method.reg = "Deming")` (whose error.ratio is 1/ratio).
 * @returns null when there is no line: one pair, no spread, or a vertical one
 * @throws RangeError when the ratio is not positive
 */
export function deming(
  x: readonly number[],
  y: readonly number[],
  { ratio = 1, conf = 0.95 }: { ratio?: number; conf?: number } = {},
): Deming | null {
  if (!(ratio > 0)) throw new RangeError('deming requires a ratio > 0')
  const whole = pairMoments(x, y)
  const line = lineOf(whole, ratio)
  if (line === null) return null
  const { n } = whole
  const lines = n < 3 ? [null] : x.map((xi, i) => lineOf(without(whole, xi, y[i]!), ratio))
  const none = { slopeSe: null, interceptSe: null, slopeLo: null, slopeHi: null, interceptLo: null, interceptHi: null }
  if (lines.includes(null)) return { n, ...line, ...none }
  const jackknife = (pick: (line: DemingLine) => number): number => {
    const values = lines.map((each) => pick(each!))
    const mean = sum(values) / n
    return Math.sqrt(((n - 1) / n) * sum(values.map((value) => (value - mean) ** 2)))
  }
  const slopeSe = jackknife(({ slope }) => slope)
  const interceptSe = jackknife(({ intercept }) => intercept)
  const t = tQuantile((1 + conf) / 2, n - 2)
  return {
    n,
    ...line,
    slopeSe,
    interceptSe,
    slopeLo: line.slope - t * slopeSe,
    slopeHi: line.slope + t * slopeSe,
    interceptLo: line.intercept - t * interceptSe,
    interceptHi: line.intercept + t * interceptSe,
  }
}

function lineOf({ meanX, meanY, sxx, syy, sxy }: PairMoments, ratio: number): DemingLine | null {
  const d = syy - ratio * sxx
  const root = Math.sqrt(d * d + 4 * ratio * sxy * sxy)
  // Two forms of the same root; each avoids the subtraction of nearly equal numbers on its side.
  const slope = d > 0 ? (d + root) / (2 * sxy) : (2 * ratio * sxy) / (root - d)
  return Number.isFinite(slope) ? { slope, intercept: meanY - slope * meanX } : null
}

/** Moments without one pair. */
function without({ n, meanX, meanY, sxx, syy, sxy }: PairMoments, x: number, y: number): PairMoments {
  const [dx, dy] = [x - meanX, y - meanY]
  const factor = n / (n - 1)
  return {
    n: n - 1,
    meanX: meanX - dx / (n - 1),
    meanY: meanY - dy / (n - 1),
    sxx: sxx - factor * dx * dx,
    syy: syy - factor * dy * dy,
    sxy: sxy - factor * dx * dy,
  }
}
