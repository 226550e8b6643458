import type { Aggregate } from './definition.ts'

/** What forbids an aggregate: no present child has weight, or a mean that needs positive scores meets another. */
export type AggregateFault = 'zero_weights' | 'not_positive'

/**
 * One number from the first `count` scores of children that are present and their weights, or the code of what forbids it.
 *
 * Means normalise the weights among the children present. A `sum` is Σ w·s; when children are missing it is scaled by
 * `whole` (the weights of all children) over those present, so that missing never counts as zero.
 * Source: OECD/JRC Handbook on Constructing Composite Indicators (2008), step 6.
 */
export function aggregateScores(
  how: Aggregate,
  scores: ArrayLike<number>,
  weights: ArrayLike<number>,
  whole: number,
  count = scores.length,
): number | AggregateFault {
  const weight = compensated(weights, null, count)
  if (!(weight > 0)) return 'zero_weights'
  const power = powerOf(how)
  if (power === 1) {
    const total = compensated(scores, weights, count)
    if (how === 'sum') return weight === whole ? total : (total * whole) / weight
    return withinSpan(total / weight, scores, weights, count)
  }
  for (let i = 0; i < count; i += 1)
    if (weights[i]! > 0 && (power > 0 ? scores[i]! < 0 : scores[i]! <= 0)) return 'not_positive'
  return withinSpan(powerMean(power, scores, weights, weight, count), scores, weights, count)
}

/** No mean leaves the span of what it is made of; rounding of logarithms and powers would. */
function withinSpan(mean: number, scores: ArrayLike<number>, weights: ArrayLike<number>, count: number): number {
  let [least, most] = [Infinity, -Infinity]
  for (let i = 0; i < count; i += 1) {
    if (!(weights[i]! > 0)) continue
    least = Math.min(least, scores[i]!)
    most = Math.max(most, scores[i]!)
  }
  return Math.min(most, Math.max(least, mean))
}

/**
 * Derivatives of an aggregate with respect to the scores of its children, written into `out`.
 *
 * Of a power mean M = (Σ v·sᵖ)^(1/p) it is v (s/M)^(p−1), of a geometric mean v M/s, v the normalised weights. A power mean
 * that is zero has a corner there, and gets zero.
 * @param value the aggregate itself
 */
export function aggregateSlopes(
  how: Aggregate,
  scores: ArrayLike<number>,
  weights: ArrayLike<number>,
  whole: number,
  count: number,
  value: number,
  out: Float64Array,
): void {
  const weight = compensated(weights, null, count)
  const power = powerOf(how)
  for (let i = 0; i < count; i += 1) {
    const share = weights[i]! / weight
    if (how === 'sum') out[i] = share * whole
    else if (power === 1) out[i] = share
    else if (share === 0 || value === 0) out[i] = 0
    else out[i] = share * (scores[i]! / value) ** (power - 1)
  }
}

/** The power whose mean an aggregate is; a sum is linear like the mean. */
function powerOf(how: Aggregate): number {
  if (how === 'mean' || how === 'sum') return 1
  return how === 'geometric' ? 0 : how === 'harmonic' ? -1 : how.power
}

function powerMean(
  power: number,
  scores: ArrayLike<number>,
  weights: ArrayLike<number>,
  weight: number,
  count: number,
): number {
  // Divided by the term that leads, no power of a score overflows.
  let lead = power > 0 ? -Infinity : Infinity
  for (let i = 0; i < count; i += 1) {
    if (weights[i]! > 0) lead = power > 0 ? Math.max(lead, scores[i]!) : Math.min(lead, scores[i]!)
  }
  if (lead === 0) return 0
  const terms = new Float64Array(count)
  for (let i = 0; i < count; i += 1) {
    if (!(weights[i]! > 0)) continue
    terms[i] = (weights[i]! / weight) * (power === 0 ? Math.log(scores[i]!) : (scores[i]! / lead) ** power)
  }
  const mean = compensated(terms, null, count)
  return power === 0 ? Math.exp(mean) : lead * mean ** (1 / power)
}

/** Σ a (or Σ a·b) of the first `count`, as `sum` of core/stats adds, without a list: this runs for every node of every unit. */
function compensated(a: ArrayLike<number>, b: ArrayLike<number> | null, count: number): number {
  let total = 0
  let lost = 0
  for (let i = 0; i < count; i += 1) {
    const value = b === null ? a[i]! : a[i]! * b[i]!
    const next = total + value
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  return Number.isFinite(total) ? total + lost : total
}
