import { allocate, type AllocationFault } from '../../../api/core/sampling/allocate.ts'
import type { CampaignDesign } from '../api/campaign-types.ts'

type Allocation = CampaignDesign['allocation']

/** What a person has entered of a sampling plan. Numbers that are not there yet are NaN. */
export interface Plan {
  readonly kind: Allocation['kind']
  readonly total: number
  readonly minimum: number
  /** Cases by stratum, for fixed allocation. */
  readonly fixed: ReadonlyMap<string, number>
  /** Strata that are taken whole. */
  readonly whole: ReadonlySet<string>
  /** Replacements in percent of the main cases. */
  readonly reservePct: number
  /** Cases of each first-stage unit; null: one stage. */
  readonly perUnit: number | null
}

/** A stratum of the frame. */
export interface Stratum {
  readonly stratum: string
  readonly members: number
}

const whole = (value: number): number => (Number.isInteger(value) && value >= 0 ? value : 0)

/** The plan as the sampling core takes it. */
export function allocationOf(plan: Plan, strata: readonly Stratum[]): Allocation {
  if (plan.kind === 'proportional')
    return { kind: 'proportional', total: whole(plan.total), minimum: whole(plan.minimum) }
  const asked = strata.filter(({ stratum }) => !plan.whole.has(stratum))
  return {
    kind: 'fixed',
    strata: asked.map(({ stratum }) => ({ stratum, cases: whole(plan.fixed.get(stratum) ?? 0) })),
  }
}

/** Cases of each stratum by the same rule by which the server draws, or why there can be none. */
export function planned(
  plan: Plan,
  strata: readonly Stratum[],
): { readonly cases: ReadonlyMap<string, number>; readonly faults: readonly AllocationFault[] } {
  const result = allocate(strata, allocationOf(plan, strata), [...plan.whole])
  return 'faults' in result ? { cases: new Map(), faults: result.faults } : { cases: result.cases, faults: [] }
}
