import { chiSquareCdf, chiSquareUpper } from '../chiSquare.ts'
import { centre } from '../centre.ts'
import { logGamma } from '../logGamma.ts'
import { normalCdf } from '../normalCdf.ts'
import { sum } from '../sum.ts'

/** A χ² statistic with both tails: the lower one tells of counts that are too even to be true. */
export interface TwoTails {
  readonly statistic: number
  readonly df: number
  /** P(χ² ≤ statistic). */
  readonly pLower: number
  /** P(χ² ≥ statistic). */
  readonly pUpper: number
}

const twoTails = (statistic: number, df: number): TwoTails => ({
  statistic,
  df,
  pLower: chiSquareCdf(statistic, df),
  pUpper: chiSquareUpper(statistic, df),
})

/** Fisher's index of dispersion: Σ(x − x̄)²/x̄ of counts that are Poisson with one mean. @throws RangeError */
export function dispersion(counts: readonly number[]): TwoTails & { index: number } {
  const mean = centre(counts)
  if (counts.length < 2 || !(mean > 0)) throw new RangeError('dispersion requires two counts and one above 0')
  const statistic = sum(counts.map((count) => (count - mean) ** 2)) / mean
  return { ...twoTails(statistic, counts.length - 1), index: statistic / (counts.length - 1) }
}

/** Pearson's goodness of fit of counts to expected ones (scaled to the same total). @throws RangeError */
export function goodnessOfFit(counts: readonly number[], expected: readonly number[]): TwoTails {
  const total = sum(counts)
  const scale = total / sum(expected)
  if (counts.length < 2 || !(total > 0))
    throw new RangeError('goodnessOfFit requires two classes and something counted')
  return twoTails(
    sum(counts.map((count, i) => (count - expected[i]! * scale) ** 2 / (expected[i]! * scale))),
    counts.length - 1,
  )
}

/** Wald–Wolfowitz test of the number of runs of two kinds. */
export interface RunsTest {
  readonly runs: number
  readonly expected: number
  readonly z: number
  /** Two-sided. */
  readonly p: number
}

/** @throws RangeError unless both kinds occur and there are at least three */
export function runsTest(kinds: readonly boolean[]): RunsTest {
  const first = kinds.filter(Boolean).length
  const [n, second] = [kinds.length, kinds.length - first]
  if (first === 0 || second === 0 || n < 3) throw new RangeError('runsTest requires both kinds and three values')
  const runs = kinds.filter((kind, i) => i === 0 || kind !== kinds[i - 1]).length
  const expected = (2 * first * second) / n + 1
  const variance = ((expected - 1) * (expected - 2)) / (n - 1)
  const z = variance > 0 ? (runs - expected) / Math.sqrt(variance) : 0
  return { runs, expected, z, p: 2 * normalCdf(-Math.abs(z)) }
}

/** How much of a total is with few: Herfindahl–Hirschman index Σ share², 1/HHI, and the largest share. @throws RangeError */
export function concentration(counts: readonly number[]): { hhi: number; effective: number; topShare: number } {
  const total = sum(counts)
  if (!(total > 0)) throw new RangeError('concentration requires something counted')
  const hhi = sum(counts.map((count) => (count / total) ** 2))
  return { hhi, effective: 1 / hhi, topShare: Math.max(...counts) / total }
}

/** Log likelihood ratio of a window with `count` of `total` events where `expected` were expected; 0 when not above. */
export function windowScore(count: number, expected: number, total: number): number {
  if (count <= expected) return 0
  const rest = total - count
  return count * Math.log(count / expected) + (rest === 0 ? 0 : rest * Math.log(rest / (total - expected)))
}

/** E-value against a share p0 of a Beta(a, b) mixture of alternatives after `yes` of `yes + no`, as a logarithm. */
export function logMixtureE(yes: number, no: number, p0: number, a: number, b: number): number {
  const logBeta = (x: number, y: number) => logGamma(x) + logGamma(y) - logGamma(x + y)
  return logBeta(a + yes, b + no) - logBeta(a, b) - yes * Math.log(p0) - no * Math.log1p(-p0)
}
