import { sum } from '../stats/sum.ts'
import type { Aggregate } from './definition.ts'

/**
 * One number from the scores of the children that are present and their weights, or the code of what forbids it:
 * `zero_weights` (no present child has weight) or `not_positive` (a geometric, harmonic or power mean of such a score).
 *
 * Means normalise the weights among the children present. A `sum` is Σ w·s; when children are missing it is scaled by
 * `whole` (the weights of all children) over those present, so that missing never counts as zero.
 * Source: OECD/JRC Handbook on Constructing Composite Indicators (2008), step 6.
 */
export function aggregateScores(
  how: Aggregate,
  scores: readonly number[],
  weights: readonly number[],
  whole: number,
): number | 'zero_weights' | 'not_positive' {
  const weight = sum(weights)
  if (!(weight > 0)) return 'zero_weights'
  if (how === 'mean') return sum(scores.map((score, i) => score * weights[i]!)) / weight
  if (how === 'sum') {
    const total = sum(scores.map((score, i) => score * weights[i]!))
    return weight === whole ? total : (total * whole) / weight
  }
  const power = how === 'geometric' ? 0 : how === 'harmonic' ? -1 : how.power
  if (power === 1) return sum(scores.map((score, i) => score * weights[i]!)) / weight
  if (scores.some((score, i) => weights[i]! > 0 && (power > 0 ? score < 0 : score <= 0))) return 'not_positive'
  return powerMean(power, scores, weights, weight)
}

function powerMean(power: number, scores: readonly number[], weights: readonly number[], weight: number): number {
  const used = scores.map((score, i) => ({ score, share: weights[i]! / weight })).filter(({ share }) => share > 0)
  if (power === 0) return Math.exp(sum(used.map(({ score, share }) => share * Math.log(score))))
  // Divided by the term that leads, no power of a score overflows.
  const lead = power > 0 ? Math.max(...used.map((one) => one.score)) : Math.min(...used.map((one) => one.score))
  if (lead === 0) return 0
  return lead * sum(used.map(({ score, share }) => share * (score / lead) ** power)) ** (1 / power)
}
