import { MIN_SHOW } from '../../disclosure/thresholds.ts'
import { lateSplit, satisfaction54 } from '../qd766.ts'
import { tt01TimePoints } from '../tt01.ts'
import type { Gap } from '../../disclosure/index-scores.ts'
import type { HardValue } from '../estimate/arrange.ts'

/** Counts of the register and of overall answers of one unit or total in a period. */
export interface RegisterCounts {
  /** Finished dossiers by lateness class 0…3. */
  readonly finished: readonly number[]
  /** Unfinished dossiers past their due date. */
  readonly pendingLate: number
  /** Overall answers by option from the best, of all dossiers and of those that were not late. */
  readonly overall: readonly number[]
  readonly overallNotLate: readonly number[]
  /** Points of the criteria of TT 01/2018 that people enter, by their number. */
  readonly entered: Readonly<Record<string, number>>
}

/** A figure that the platform's own register gives, and why it must not be shown. */
export interface RegisterFigure extends HardValue {
  readonly gap: Gap
}

const ENTERED = ['2', '5', '6', '8', '9'] as const

/** Codes of hard figures that the register gives: an edition that asks for them needs no import. */
export const REGISTER_CODES: ReadonlySet<string> = new Set([
  'tt01.1',
  ...ENTERED.map((criterion) => `tt01.${criterion}`),
  'qd766.5.4.union',
  'qd766.5.4.sum',
])

/**
 * Figures of the register by code: criterion 1 of TT 01/2018 (mean of 2, 1, 0 points over finished dossiers with a due date), its
 * entered criteria, and item 5.4 of QĐ 766 in both readings, in percent. What is not there is absent.
 * A reading of 5.4 that would tell of few late or few not-late dossiers stays back (`lateSplit`).
 * @param hideOverall the tree of units needs the overall item hidden here; then so is 5.4, which would give it away
 */
export function registerFigures(counts: RegisterCounts, hideOverall: boolean): Map<string, RegisterFigure> {
  const figures = new Map<string, RegisterFigure>()
  const timed = counts.finished.flatMap((n, lateness) => {
    const points = tt01TimePoints(lateness)
    return points === null ? [] : [{ n, points }]
  })
  const dossiers = timed.reduce((sum, { n }) => sum + n, 0)
  if (dossiers > 0) {
    const points = timed.reduce((sum, one) => sum + one.n * one.points, 0)
    figures.set('tt01.1', { value: points / dossiers, n: dossiers, gap: null })
  }
  for (const criterion of ENTERED) {
    const value = counts.entered[`C${criterion}`]
    if (value !== undefined) figures.set(`tt01.${criterion}`, { value, n: 0, gap: null })
  }
  for (const [reading, figure] of Object.entries(item54(counts))) {
    const gap = figure.answered < MIN_SHOW ? 'too_few' : hideOverall || figure.hidden ? 'complementary' : null
    figures.set(`qd766.5.4.${reading}`, { value: figure.value, n: figure.total, gap })
  }
  return figures
}

/** As the figures of a unit's page: an answer stays in its month when its dossier's outcome is corrected into another one. */
function item54({ finished, pendingLate, overall, overallNotLate }: RegisterCounts) {
  const sum = (list: readonly number[]) => list.reduce((total, n) => total + n, 0)
  const answered = sum(overall)
  const disliked = (overall[3] ?? 0) + (overall[4] ?? 0)
  const dislikedNotLate = (overallNotLate[3] ?? 0) + (overallNotLate[4] ?? 0)
  const lateCount = Math.max((finished[3] ?? 0) + pendingLate, disliked - dislikedNotLate)
  const total = Math.max(sum(finished) + pendingLate, answered, lateCount + dislikedNotLate)
  const made = satisfaction54({ total, lateCount, disliked, dislikedNotLate, answered, petitions: null })
  const split = lateSplit(answered, sum(overallNotLate))
  return Object.fromEntries(
    (['union', 'sum'] as const).flatMap((reading) => {
      const { est } = made[reading]
      return est === null ? [] : [[reading, { value: est, total, answered, hidden: split[reading] }]]
    }),
  )
}
