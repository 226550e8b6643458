import { MIN_SHOW } from '../disclosure/thresholds.ts'
import { type Estimate, makeEstimate, notMeasured, suppress } from '../stats/estimate.ts'

/**
 * Counts of dossiers of one unit and period. Each is a number of *dossiers*, so nothing is counted twice.
 *
 * `total` received · `lateCount` returned late or pending beyond the due date · `disliked` rated "không hài lòng" or worse ·
 * `dislikedNotLate` of these, the ones not late · `answered` dossiers with an answer · `petitions` null while petitions
 * (PAKN) are not imported; else dossiers with a petition that are not disliked (`notDisliked`), and of these the ones
 * not late either (`notDislikedNotLate`).
 */
export interface Satisfaction54Counts {
  readonly total: number
  readonly lateCount: number
  readonly disliked: number
  readonly dislikedNotLate: number
  readonly answered: number
  readonly petitions: { readonly notDisliked: number; readonly notDislikedNotLate: number } | null
}

/**
 * QĐ 766/QĐ-TTg item 5.4, "mức độ hài lòng trong tiếp nhận, giải quyết TTHC", in percent 0–100, in the two readings found
 * in the sources. `union` (the headline): share of dossiers neither late nor disliked nor petitioned. `sum`:
 * 100 − (late % + disliked-or-petitioned %), which subtracts a dossier that is both late and disliked twice; at least 0.
 * So sum ≤ union always.
 *
 * What it is honestly: a count over the whole register by the rule's own definition, in which **silence counts as
 * satisfied**. Nothing is sampled, hence method `register_count`, se 0 and lo = hi = est; the zero width says that the rule
 * was computed exactly, not that satisfaction is known. The more people stay silent the higher it gets; the share among
 * those who answered, with its interval, belongs beside it. While petitions are not imported both figures are upper
 * bounds and must carry the note "thiếu PAKN". `n` and `nEff` count dossiers, not answers.
 *
 * Below ten answers the figure is suppressed: with the late count known it would give away how the few have answered.
 * No dossiers: not measured (the national portal prints 100 % there).
 * Sources: QĐ 766/QĐ-TTg (23/06/2022), formula 5.4, and the national portal's metric DOSSIER_RECEIVING_SATISFACTION.
 * @throws RangeError when counts are not whole, negative or contradict one another
 */
export function satisfaction54(counts: Satisfaction54Counts): { union: Estimate; sum: Estimate } {
  assertConsistent(counts)
  const { total, lateCount, disliked, dislikedNotLate, answered, petitions } = counts
  const method = 'register_count'
  if (total === 0) return { union: notMeasured(method), sum: notMeasured(method) }
  const bad = disliked + (petitions?.notDisliked ?? 0)
  const badNotLate = dislikedNotLate + (petitions?.notDislikedNotLate ?? 0)
  const union = register((100 * (total - lateCount - badNotLate)) / total, total)
  const sum = register(Math.max(0, (100 * (total - lateCount - bad)) / total), total)
  if (answered >= MIN_SHOW) return { union, sum }
  return { union: suppress(union, 'too_few'), sum: suppress(sum, 'too_few') }
}

/**
 * Which readings of item 5.4 must stay back because late and not-late dossiers are cells of their own: the office knows which
 * dossiers were late, `union` tells how many not-late ones were disliked, and `sum` how many were at all, so both together
 * tell it of the late ones. A cell of 1…9 answers is therefore told by no reading; `union`, the headline, stays where it can.
 * `counts`: the counts of single options must stay back as well, since with `union` they tell the same as `sum`.
 *
 * Judged for one unit and period alone: not covered is a total of which all parts but one show both readings.
 * @param answered dossiers with an answer, and how many of these were not late
 */
export function lateSplit(
  answered: number,
  answeredNotLate: number,
): { union: boolean; sum: boolean; counts: boolean } {
  const isFew = (n: number) => n > 0 && n < MIN_SHOW
  const few = isFew(answeredNotLate)
  const sum = few || isFew(answered - answeredNotLate)
  return { union: few, sum, counts: sum && !few }
}

/**
 * Points for a rate R under QĐ 766: the maximum when R reaches the target, else R/target × maximum. Both R and target as
 * shares 0–1 (5.4: target 0.9, maximum 6).
 * Source: QĐ 766/QĐ-TTg scoring rule as computed on the national portal.
 * @throws RangeError when R is outside [0, 1], target outside (0, 1] or max is negative
 */
export function qd766Points(rate: number, target = 0.9, max = 6): number {
  if (!(rate >= 0 && rate <= 1) || !(target > 0 && target <= 1) || !(max >= 0)) {
    throw new RangeError('qd766Points requires a rate 0…1, a target in (0, 1] and max ≥ 0')
  }
  return rate >= target ? max : (rate / target) * max
}

function register(percent: number, dossiers: number): Estimate {
  const value = { est: percent, lo: percent, hi: percent, se: 0, df: null }
  return makeEstimate({ ...value, n: dossiers, nEff: dossiers, method: 'register_count' })
}

function assertConsistent(counts: Satisfaction54Counts): void {
  const { total, lateCount, disliked, dislikedNotLate, answered } = counts
  const petitions = counts.petitions ?? { notDisliked: 0, notDislikedNotLate: 0 }
  const numbers = [total, lateCount, disliked, dislikedNotLate, answered, ...Object.values(petitions)]
  const whole = numbers.every((value) => Number.isInteger(value) && value >= 0)
  const consistent =
    dislikedNotLate <= disliked &&
    disliked <= answered &&
    answered <= total &&
    petitions.notDislikedNotLate <= petitions.notDisliked &&
    disliked + petitions.notDisliked <= total &&
    lateCount + dislikedNotLate + petitions.notDislikedNotLate <= total &&
    disliked - dislikedNotLate + petitions.notDisliked - petitions.notDislikedNotLate <= lateCount
  if (!whole || !consistent) throw new RangeError('satisfaction54 requires consistent counts of dossiers')
}
