import { windowScore } from './counts.ts'

/** A stretch of periods and how unusual the number of its events is. */
export interface ScanWindow {
  /** First and last period, from 0. */
  readonly from: number
  readonly to: number
  readonly count: number
  readonly expected: number
  readonly llr: number
}

/**
 * Every window of `shortest` to `longest` periods with more events than expected, the most unusual first.
 * Source: M. Kulldorff, Communications in Statistics 26 (1997), in one dimension and for excesses.
 * @param expected events of each period, adding up to all events
 */
export function scanWindows(
  counts: readonly number[],
  expected: readonly number[],
  shortest: number,
  longest: number,
): ScanWindow[] {
  const total = counts.reduce((a, b) => a + b, 0)
  const windows: ScanWindow[] = []
  each(counts, expected, shortest, longest, (from, to, count, due) => {
    const llr = windowScore(count, due, total)
    if (llr > 0) windows.push({ from, to, count, expected: due, llr })
  })
  return windows.toSorted((a, b) => b.llr - a.llr || a.from - b.from || a.to - b.to)
}

/** Score of the most unusual window alone. */
export function scanMaximum(
  counts: readonly number[],
  expected: readonly number[],
  shortest: number,
  longest: number,
): number {
  const total = counts.reduce((a, b) => a + b, 0)
  let best = 0
  each(counts, expected, shortest, longest, (_, __, count, due) => {
    if (count > due) best = Math.max(best, windowScore(count, due, total))
  })
  return best
}

function each(
  counts: readonly number[],
  expected: readonly number[],
  shortest: number,
  longest: number,
  visit: (from: number, to: number, count: number, due: number) => void,
): void {
  for (let from = 0; from < counts.length; from += 1) {
    let [count, due] = [0, 0]
    for (let to = from; to < Math.min(counts.length, from + longest); to += 1) {
      count += counts[to]!
      due += expected[to]!
      if (to - from + 1 >= shortest) visit(from, to, count, due)
    }
  }
}

/**
 * Chance that events which fall on periods as expected show a window at least as unusual: (1 + as unusual) / (1 + draws).
 * @param random numbers in [0, 1)
 */
export function scanP(
  observed: number,
  events: number,
  expected: readonly number[],
  shortest: number,
  longest: number,
  draws: number,
  random: () => number,
): number {
  const total = expected.reduce((a, b) => a + b, 0)
  const upTo: number[] = []
  expected.reduce((sum, value, i) => (upTo[i] = sum + value), 0)
  let unusual = 0
  for (let draw = 0; draw < draws; draw += 1) {
    const counts = expected.map(() => 0)
    for (let event = 0; event < events; event += 1) counts[place(upTo, random() * total)]! += 1
    if (scanMaximum(counts, expected, shortest, longest) >= observed - 1e-12) unusual += 1
  }
  return (1 + unusual) / (1 + draws)
}

/** First position whose running sum is above the value. */
function place(upTo: readonly number[], value: number): number {
  let [low, high] = [0, upTo.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (upTo[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}
