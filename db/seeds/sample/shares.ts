/**
 * How people answer, before anything is planted. `timely` and `late` are the shares of favourable answers of those whose dossier
 * did not, or did, end late; `na` is the share of "không nhớ / không áp dụng". `good` and `bad` divide the favourable and the
 * other options among themselves, in the order of the questionnaire.
 */
export interface ItemShares {
  readonly timely: number
  readonly late: number
  readonly na: number
  readonly good?: readonly number[]
  readonly bad?: readonly number[]
  /** Answers report lateness itself, so planted lateness shows in them. */
  readonly tellsLateness?: true
}

const THREE = { bad: [0.7, 0.3] }
const FOUR = { good: [0.35, 0.65], bad: [0.75, 0.25] }

/** By item of the dossier rating. */
export const ITEM_SHARES: Readonly<Record<string, ItemShares>> = {
  OVERALL: { timely: 0.88, late: 0.58, na: 0.01, good: [0.38, 0.62], bad: [0.62, 0.27, 0.11] },
  T3: { timely: 0.8, late: 0.7, na: 0.02, ...THREE },
  T4: { timely: 0.9, late: 0.84, na: 0.02, ...THREE },
  T7: { timely: 0.87, late: 0.8, na: 0.02, ...THREE },
  Q_INFO: { timely: 0.89, late: 0.83, na: 0.02 },
  Q_FEES: { timely: 0.91, late: 0.87, na: 0.2 },
  Q_COMPETENT: { timely: 0.91, late: 0.84, na: 0.02 },
  Q_RESPECT: { timely: 0.92, late: 0.86, na: 0.01 },
  Q_PAPERWORK: { timely: 0.86, late: 0.79, na: 0.03 },
  Q_DEADLINE_GIVEN: { timely: 0.94, late: 0.88, na: 0.03 },
  Q_DEADLINE_MET: { timely: 0.97, late: 0.12, na: 0.03, tellsLateness: true },
  Q_WINDOWS: { timely: 0.88, late: 0.8, na: 0.03 },
  X_PAPERS: { timely: 0.92, late: 0.87, na: 0.06 },
  X_PAYMENT: { timely: 0.97, late: 0.94, na: 0.25 },
  B_TIME: { timely: 0.95, late: 0.1, na: 0.03, tellsLateness: true, good: [0.45, 0.55] },
  B_VISITS: { timely: 0.82, late: 0.74, na: 0.03, ...FOUR },
  B_PAPERWORK: { timely: 0.78, late: 0.72, na: 0.03, ...FOUR },
  B_FEES: { timely: 0.91, late: 0.87, na: 0.05, ...FOUR },
  B_STAFF: { timely: 0.84, late: 0.76, na: 0.03, ...FOUR },
  B_HARASS: { timely: 0.9, late: 0.82, na: 0.1, good: [0.6, 0.4], bad: [0.2, 0.8] },
}

/** A refused applicant is satisfied overall less often by this much, everywhere alike. */
export const REFUSED_DROP = 0.15

/** How dossiers end, everywhere alike. */
export const REFUSED = 0.025
export const WITHDRAWN = 0.01
/** Never finished: half of them wait for papers. */
export const STUCK = 0.004
export const SUPPLEMENTED = 0.06
export const WITHOUT_DUE = 0.01
/** Of the timely ones. */
export const EARLY = 0.6

/** Who answers: by channel, and less often where the dossier ended late. */
export const CHANNELS = [
  { channel: 'direct', weight: 0.5, answers: 0.46 },
  { channel: 'online', weight: 0.42, answers: 0.54 },
  { channel: 'post', weight: 0.08, answers: 0.36 },
] as const
export const LATE_ANSWERS_FACTOR = 0.75
/** Opened, but not answered: a share of those who do not answer. */
export const OPENED_ONLY = 0.3

/** Stops at the first tap; of the others, goes on to "trả lời thêm"; leaves out an item that is shown. */
export const STOPS_AT_FIRST = 0.14
export const ANSWERS_MORE = 0.18
export const SKIPS = 0.04
/** Weight of a person's mood in each of their answers: what makes answers of one person alike. */
export const MOOD = 0.35

/** Share of those who answer whose dossier ended late, where a share `late` of all did. */
export function lateAmongAnswers(late: number): number {
  return (late * LATE_ANSWERS_FACTOR) / (late * LATE_ANSWERS_FACTOR + 1 - late)
}

/** Share of dossiers that end with an outcome people are asked about. */
export const ASKED = 1 - WITHDRAWN - STUCK

/** Share of asked people who answer, where a share `late` of dossiers ended late. */
export function answerRate(late: number): number {
  const rate = CHANNELS.reduce((sum, one) => sum + one.weight * one.answers, 0)
  return rate * (1 - late + late * LATE_ANSWERS_FACTOR)
}
