import { type Estimate, makeEstimate, notMeasured, suppress } from '../stats/estimate.ts'
import { wilsonLimits } from '../stats/wilsonLimits.ts'
import type { Outcomes } from './outcomes.ts'

/** AAPOR's four response rates, each with Wilson's interval on its denominator. */
export interface ResponseRates {
  readonly rr1: Estimate
  readonly rr2: Estimate
  readonly rr3: Estimate
  readonly rr4: Estimate
}

/**
 * Share of the cases of unknown eligibility that are taken to be eligible: as among those of which it is known (proportional
 * allocation, or CASRO method). 1 where nothing is known.
 */
export function eligibleShare(outcomes: Outcomes): number {
  const eligible = knownEligible(outcomes)
  const known = eligible + outcomes.ineligible + outcomes.quotaFull
  return known === 0 ? 1 : eligible / known
}

/**
 * RR1 = I ÷ (I + P + R + NC + O + U) and RR2 = (I + P) ÷ the same; RR3 and RR4 with e·U in place of U. The ineligible, and those
 * whom a filled quota turned away, are in no denominator. Every case counts once, whatever its design weight.
 *
 * Source: AAPOR, Standard Definitions (10th ed., 2023), response rates.
 * @param e share of the unknown that is eligible, 0 to 1: of the whole campaign also for one stratum, where few are known
 */
export function responseRates(outcomes: Outcomes, e: number): ResponseRates {
  const eligible = knownEligible(outcomes)
  const answered = outcomes.complete + outcomes.partial
  const all = eligible + outcomes.unknown
  const likely = eligible + e * outcomes.unknown
  return {
    rr1: rate('aapor_rr1', outcomes.complete, all, all),
    rr2: rate('aapor_rr2', answered, all, all),
    rr3: rate('aapor_rr3', outcomes.complete, likely, all),
    rr4: rate('aapor_rr4', answered, likely, all),
  }
}

function knownEligible({ complete, partial, refused, nonContact, other }: Outcomes): number {
  return complete + partial + refused + nonContact + other
}

function rate(method: string, count: number, of: number, n: number): Estimate {
  if (of === 0) return suppress({ ...notMeasured(method), n }, 'too_few', { keepN: true })
  const p = count / of
  const se = Math.sqrt((p * (1 - p)) / of)
  return makeEstimate({ est: p, se, df: null, ...wilsonLimits(p, of), n, nEff: of, method })
}
