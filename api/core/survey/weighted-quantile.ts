import type { Observed } from './linear.ts'

export type QuantileRule =
  'math' | 'school' | 'shahvaish' | 'hf1' | 'hf2' | 'hf3' | 'hf4' | 'hf5' | 'hf6' | 'hf7' | 'hf8' | 'hf9'

/** Values in ascending order with their weights and the weights' running sum. */
export interface Sorted {
  readonly x: Float64Array
  readonly w: Float64Array
  readonly running: Float64Array
}

export function sorted({ rows, values }: Observed, weight: Float64Array): Sorted {
  const order = [...rows.keys()].sort((a, b) => values[a]! - values[b]! || a - b)
  const x = Float64Array.from(order, (i) => values[i]!)
  const w = Float64Array.from(order, (i) => weight[rows[i]!]!)
  return { x, w, running: runningSum(w) }
}

/** Running sums to the last digit: whether a share is met exactly decides between two values. */
function runningSum(weights: ArrayLike<number>): Float64Array {
  const running = new Float64Array(weights.length)
  let total = 0
  let lost = 0
  for (let i = 0; i < running.length; i += 1) {
    const own = weights[i]!
    const next = total + own
    lost += Math.abs(total) >= own ? total - next + own : own - next + total
    total = next
    running[i] = total + lost
  }
  return running
}

/**
 * Weighted quantile under one of the rules of R survey `svyquantile`: `math` (= `hf1`) the smallest value whose share of
 * weight reaches p; `school` (= `hf2`) the mean of the two where the share is met exactly; `hf3`–`hf9` Hyndman & Fan's types
 * with weights in the place of counts; `shahvaish` Shah & Vaish (2006).
 * @throws RangeError without values or for p outside [0, 1]
 */
export function weightedQuantile(rule: QuantileRule, data: Sorted, p: number): number {
  if (data.x.length === 0 || !(p >= 0 && p <= 1)) throw new RangeError('weightedQuantile requires values and 0 ≤ p ≤ 1')
  if (rule === 'math' || rule === 'hf1') return step(data, p, (low) => low)
  if (rule === 'school' || rule === 'hf2') return step(data, p, (low, up) => (low + up) / 2)
  if (rule === 'hf3') return step(together(data), p, (low, up, position) => (position % 2 === 0 ? low : up))
  if (rule === 'hf4') return between(data, p)
  if (data.x.length === 1) return data.x[0]!
  return interpolate(data, points[rule](data), p, rule === 'shahvaish')
}

const points: Readonly<Record<'hf5' | 'hf6' | 'hf7' | 'hf8' | 'hf9' | 'shahvaish', (data: Sorted) => Float64Array>> = {
  hf5: ({ w, running }) => running.map((sum, i) => (sum - w[i]! / 2) / running.at(-1)!),
  hf6: ({ w, running }) => running.map((sum) => sum / (running.at(-1)! + w.at(-1)!)),
  hf7: ({ running }) => running.map((_, i) => (i === 0 ? 0 : running[i - 1]!) / running.at(-2)!),
  hf8: (data) => shifted(data, 1 / 3),
  hf9: (data) => shifted(data, 3 / 8),
  shahvaish: ({ w, running }) => {
    const mean = running.at(-1)! / w.length
    return running.map((sum, i) => (sum / mean + 0.5 - w[i]! / 2) / (w.length + 1))
  },
}

function shifted({ w, running }: Sorted, before: number): Float64Array {
  const whole = running.at(-1)! + w.at(-1)! * (1 - 2 * before)
  return running.map((sum, i) => ((sum - w[i]!) * before + sum * (1 - before)) / whole)
}

/** Position (from 1) of the last value whose running weight does not exceed p, 1 when there is none. */
function lastBelow({ running }: Sorted, p: number): number {
  const target = p * running.at(-1)!
  let low = 0
  let high = running.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (running[middle]! <= target) low = middle + 1
    else high = middle
  }
  return Math.max(1, low)
}

function step(data: Sorted, p: number, met: (low: number, up: number, position: number) => number): number {
  const position = lastBelow(data, p)
  const low = data.x[position - 1]!
  const up = data.x[Math.min(position, data.x.length - 1)]!
  const reached = (data.running[position - 1] ?? 0) / (data.running.at(-1) ?? 1)
  return p === reached ? met(low, up, position) : up
}

function between(data: Sorted, p: number): number {
  const position = lastBelow(data, p)
  const next = Math.min(position, data.x.length - 1)
  const whole = data.running.at(-1)!
  const below = p - data.running[position - 1]! / whole
  const above = data.running[next]! / whole - p
  const share = below + above === 0 ? 0 : below / (below + above)
  return data.x[position - 1]! * (1 - share) + data.x[next]! * share
}

/** Equal values joined, their weights added. */
function together({ x, w }: Sorted): Sorted {
  const values: number[] = []
  const weights: number[] = []
  for (let i = 0; i < x.length; i += 1) {
    if (values.length > 0 && values.at(-1) === x[i]) weights[weights.length - 1]! += w[i]!
    else {
      values.push(x[i]!)
      weights.push(w[i]!)
    }
  }
  return { x: Float64Array.from(values), w: Float64Array.from(weights), running: runningSum(weights) }
}

/** Straight lines (or steps) through the points in ascending order, level beyond their ends. */
function interpolate(data: Sorted, at: Float64Array, p: number, steps: boolean): number {
  // Shah and Vaish's points, as the package has them, need not ascend with the values.
  const order = steps ? [...at.keys()].sort((a, b) => at[a]! - at[b]! || a - b) : null
  const x = order === null ? data.x : Float64Array.from(order, (i) => data.x[i]!)
  const points = order === null ? at : Float64Array.from(order, (i) => at[i]!)
  const n = x.length
  if (p <= points[0]!) return x[0]!
  if (p >= points[n - 1]!) return x[n - 1]!
  let low = 0
  let high = n - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (points[middle]! <= p) low = middle
    else high = middle
  }
  if (steps || points[high] === points[low]) return x[low]!
  return x[low]! + ((x[high]! - x[low]!) * (p - points[low]!)) / (points[high]! - points[low]!)
}
