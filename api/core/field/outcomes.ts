/**
 * Cases of a sample by what became of them, in the groups of AAPOR's Standard Definitions (10th ed., 2023) for surveys of
 * specifically named persons: I, P, R, NC, O, U and NE in this order.
 */
export interface Outcomes {
  /** I: complete. */
  readonly complete: number
  /** P: at least half of the questions put to them were answered. */
  readonly partial: number
  /** R: refused, broke off before half (2.12), or opened the form and answered nothing (2.121). */
  readonly refused: number
  /** NC: nobody could be reached though it is known that they are there. */
  readonly nonContact: number
  /** O: reached, or known to be eligible, without an answer for another reason. */
  readonly other: number
  /** U: nothing has been heard, so whether they are eligible is not known. */
  readonly unknown: number
  /** NE: not of the population (closed down, moved away). */
  readonly ineligible: number
  /** NE too: wanted to answer when the quota was filled (4.80). */
  readonly quotaFull: number
}

/** What is known of cases that are alike. */
export interface CaseGroup {
  readonly state: 'open' | 'partial' | 'complete'
  readonly disposition: 'none' | 'reached' | 'refused' | 'ineligible' | 'noncontact' | 'other' | 'quota_full'
  /** The form was opened. */
  readonly opened: boolean
  /** Share of the questions put to them that was answered, 0 to 1; only of partial answers. */
  readonly share: number
  readonly cases: number
}

/**
 * From here on a partial answer counts as one, and is not a break-off: AAPOR's own example, in which 50 to 80 % of all applicable
 * questions make a partial. Complete is what the form itself calls complete, however many it leaves open.
 */
export const PARTIAL_FROM = 0.5

/** The group of one kind of case. What was answered decides before what was noted. */
export function outcomeOf({ state, disposition, opened, share }: Omit<CaseGroup, 'cases'>): keyof Outcomes {
  if (state === 'complete') return 'complete'
  if (disposition === 'ineligible') return 'ineligible'
  if (disposition === 'quota_full') return 'quotaFull'
  if (state === 'partial') return share >= PARTIAL_FROM ? 'partial' : 'refused'
  if (disposition === 'refused') return 'refused'
  if (disposition === 'noncontact') return 'nonContact'
  if (disposition === 'reached' || disposition === 'other') return 'other'
  return opened ? 'refused' : 'unknown'
}

/** Counts cases by outcome. */
export function countOutcomes(groups: readonly CaseGroup[]): Outcomes {
  const counts = {
    complete: 0,
    partial: 0,
    refused: 0,
    nonContact: 0,
    other: 0,
    unknown: 0,
    ineligible: 0,
    quotaFull: 0,
  }
  for (const group of groups) counts[outcomeOf(group)] += group.cases
  return counts
}
