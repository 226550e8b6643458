import { sum } from '../sum.ts'

/** Smallest and largest raw value that a score is measured by. */
export interface Goalposts {
  readonly min: number
  readonly max: number
}

/** A min-max score at two times and the parts of its change: change = own + bounds, bounds = boundsMin + boundsMax. */
export interface ScoreChange {
  readonly score0: number
  readonly score1: number
  readonly change: number
  /** What the unit's own value did. */
  readonly own: number
  /** What the moving of the scale did. */
  readonly bounds: number
  /** The part of the lower and of the upper end; null when the two scales do not overlap, where a mixed scale has no meaning. */
  readonly boundsMin: number | null
  readonly boundsMax: number | null
}

/**
 * Splits the change of s = a + (b − a)(x − min)/(max − min) between two times into own change and moved goalposts: the mean
 * over both orders of changing the value and the scale (Shapley), and within the scale over both orders of changing its
 * ends (Owen's value, so that the ends add up to the whole).
 * @param to the range of scores [a, b]; `lower` is better mirrors the score to a + b − s
 * @returns null when a scale has no width: there is no score then
 */
export function boundsChange(
  values: readonly [x0: number, x1: number],
  scales: readonly [Goalposts, Goalposts],
  { to: [a, b] = [1, 10], better = 'higher' }: { to?: readonly [number, number]; better?: 'higher' | 'lower' } = {},
): ScoreChange | null {
  const [x0, x1] = values
  const [{ min: m0, max: M0 }, { min: m1, max: M1 }] = scales
  if (!(M0 > m0) || !(M1 > m1)) return null
  const score = (x: number, min: number, max: number): number => {
    const up = ((b - a) * (x - min)) / (max - min)
    return better === 'higher' ? a + up : b - up
  }
  const [score0, score1] = [score(x0, m0, M0), score(x1, m1, M1)]
  /** Mean over the two values of what a change of the scale does. */
  const over = (after: readonly [number, number], before: readonly [number, number]): number =>
    (score(x0, ...after) - score(x0, ...before) + score(x1, ...after) - score(x1, ...before)) / 2
  const own = (score(x1, m0, M0) - score0 + score1 - score(x0, m1, M1)) / 2
  const overlap = M0 > m1 && M1 > m0
  return {
    score0,
    score1,
    change: score1 - score0,
    own,
    bounds: over([m1, M1], [m0, M0]),
    boundsMin: overlap ? (over([m1, M0], [m0, M0]) + over([m1, M1], [m0, M1])) / 2 : null,
    boundsMax: overlap ? (over([m0, M1], [m0, M0]) + over([m1, M1], [m1, M0])) / 2 : null,
  }
}

/** A weighted mean of scores at two times: change = own + bounds + weights. */
export interface CompositeChange extends ScoreChange {
  /** What the weights did: indicators that came or went. */
  readonly weights: number
}

/** One indicator of a composite: its score at either time (null when missing), and the parts of its change when it has both. */
export interface CompositePart {
  readonly weight: number
  readonly score0: number | null
  readonly score1: number | null
  readonly change: ScoreChange | null
}

/**
 * Carries the parts of the indicators' changes to their weighted mean. Missing indicators drop out and the other weights are
 * normalised, so an indicator that is there only once changes the weights: that part is Σ(ω1 − ω0)·(mean of its scores), by
 * Kitagawa's rule, and the rest is Σ(ω0 + ω1)/2 · part.
 * @returns null when there is no score at one of the times
 */
export function compositeChange(parts: readonly CompositePart[]): CompositeChange | null {
  const whole = (pick: (part: CompositePart) => number | null) =>
    sum(parts.map((part) => (pick(part) === null ? 0 : part.weight)))
  const [whole0, whole1] = [whole(({ score0 }) => score0), whole(({ score1 }) => score1)]
  if (!(whole0 > 0) || !(whole1 > 0)) return null
  const weighted = parts.map((part) => ({
    ...part,
    share0: part.score0 === null ? 0 : part.weight / whole0,
    share1: part.score1 === null ? 0 : part.weight / whole1,
  }))
  const carried = (pick: (change: ScoreChange) => number): number =>
    sum(weighted.map(({ change, share0, share1 }) => (change === null ? 0 : (pick(change) * (share0 + share1)) / 2)))
  const ends = weighted.every(({ change }) => change === null || change.boundsMin !== null)
  const score0 = sum(weighted.map(({ share0, score0 }) => share0 * (score0 ?? 0)))
  const score1 = sum(weighted.map(({ share1, score1 }) => share1 * (score1 ?? 0)))
  return {
    score0,
    score1,
    change: score1 - score0,
    own: carried(({ own }) => own),
    bounds: carried(({ bounds }) => bounds),
    boundsMin: ends ? carried(({ boundsMin }) => boundsMin!) : null,
    boundsMax: ends ? carried(({ boundsMax }) => boundsMax!) : null,
    weights: sum(
      weighted.map(({ share0, share1, score0, score1 }) => {
        const seen = [score0, score1].filter((score) => score !== null)
        return seen.length === 0 ? 0 : ((share1 - share0) * sum(seen)) / seen.length
      }),
    ),
  }
}
