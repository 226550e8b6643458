import { logChoose } from '../logChoose.ts'
import { sum } from '../sum.ts'

/** Exact test of a two by two table. */
export interface FisherExact {
  /** All tables that are no more likely than this one. */
  readonly twoSided: number
  /** The first cell as small as this, or smaller. */
  readonly lower: number
  readonly upper: number
}

/** Likelihoods this close are taken as equal, as R does. */
const alike = 1 + 1e-7

/**
 * Fisher's exact test of [[a, b], [c, d]] given its margins. Source: Fisher 1935; R `fisher.test`.
 * @throws RangeError on what is no count
 */
export function fisherExact(a: number, b: number, c: number, d: number): FisherExact {
  if (![a, b, c, d].every((count) => Number.isSafeInteger(count) && count >= 0))
    throw new RangeError('fisherExact requires whole counts ≥ 0')
  const [row, column, n] = [a + b, a + c, a + b + c + d]
  const from = Math.max(0, row + column - n)
  const to = Math.min(row, column)
  const logs = Array.from(
    { length: to - from + 1 },
    (_, i) => logChoose(column, from + i) + logChoose(n - column, row - from - i),
  )
  const largest = logs.reduce((x, y) => Math.max(x, y))
  const weights = logs.map((log) => Math.exp(log - largest))
  const total = sum(weights)
  const own = weights[a - from]!
  const part = (keep: (weight: number, i: number) => boolean) => Math.min(1, sum(weights.filter(keep)) / total)
  return {
    twoSided: part((weight) => weight <= own * alike),
    lower: part((_, i) => i <= a - from),
    upper: part((_, i) => i >= a - from),
  }
}
