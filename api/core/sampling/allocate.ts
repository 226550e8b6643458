/** A stratum and how many members the frame has there. */
export interface StratumSize {
  readonly stratum: string
  readonly members: number
}

/** How a sample is spread over strata. */
export type Allocation =
  | {
      readonly kind: 'proportional'
      /** Cases in all, certainty strata included. */
      readonly total: number
      /** Fewest in any stratum; a smaller stratum is taken whole. */
      readonly minimum: number
    }
  | { readonly kind: 'fixed'; readonly strata: readonly { readonly stratum: string; readonly cases: number }[] }

/** Why a frame cannot be sampled as asked; `stratum` where one is meant. */
export interface AllocationFault {
  readonly code:
    | 'total_too_large'
    | 'total_too_small'
    | 'unknown_certainty'
    | 'empty_stratum'
    | 'stratum_not_allocated'
    | 'stratum_too_small'
    | 'duplicate_stratum'
  readonly stratum: string | null
}

/**
 * Cases of each stratum. Certainty strata are taken whole; of what is left of the total each other stratum gets its share by
 * members, rounded by largest remainders (ties: the stratum that comes first by name), never fewer than the minimum and never
 * more than it has.
 *
 * @param strata in any order; members at least 1
 * @returns cases by stratum, or every fault
 */
export function allocate(
  strata: readonly StratumSize[],
  allocation: Allocation,
  certainty: readonly string[] = [],
): { readonly cases: ReadonlyMap<string, number> } | { readonly faults: readonly AllocationFault[] } {
  const known = new Map(strata.map(({ stratum, members }) => [stratum, members]))
  const faults: AllocationFault[] = certainty
    .filter((stratum) => !known.has(stratum))
    .map((stratum) => ({ code: 'unknown_certainty', stratum }))
  const whole = new Set(certainty)
  const taken = new Map([...known].filter(([stratum]) => whole.has(stratum)))
  const others = strata.filter(({ stratum }) => !whole.has(stratum))
  const rest =
    allocation.kind === 'fixed'
      ? fixed(known, others, allocation.strata, whole, faults)
      : proportional(others, allocation.total - sum(taken.values()), allocation.minimum, faults)
  return faults.length > 0 ? { faults } : { cases: new Map([...taken, ...rest]) }
}

function fixed(
  known: ReadonlyMap<string, number>,
  others: readonly StratumSize[],
  asked: readonly { readonly stratum: string; readonly cases: number }[],
  whole: ReadonlySet<string>,
  faults: AllocationFault[],
): ReadonlyMap<string, number> {
  const cases = new Map<string, number>()
  for (const { stratum, cases: count } of asked) {
    const members = known.get(stratum)
    if (cases.has(stratum)) faults.push({ code: 'duplicate_stratum', stratum })
    else if (members === undefined) faults.push({ code: 'empty_stratum', stratum })
    else if (count > members) faults.push({ code: 'stratum_too_small', stratum })
    cases.set(stratum, count)
  }
  // a stratum nobody is drawn from would be left out of every figure
  for (const { stratum } of others)
    if (!((cases.get(stratum) ?? 0) > 0)) faults.push({ code: 'stratum_not_allocated', stratum })
  return new Map([...cases].filter(([stratum]) => !whole.has(stratum)))
}

function proportional(
  strata: readonly StratumSize[],
  total: number,
  minimum: number,
  faults: AllocationFault[],
): ReadonlyMap<string, number> {
  const floor = ({ members }: StratumSize) => Math.min(members, Math.max(1, minimum))
  if (total > sum(strata.map(({ members }) => members))) faults.push({ code: 'total_too_large', stratum: null })
  if (total < sum(strata.map(floor))) faults.push({ code: 'total_too_small', stratum: null })
  if (faults.length > 0) return new Map()
  // Whoever falls below the minimum is held there, and the others share what is left, until nobody does. Shares never exceed
  // the members then, because the total does not.
  const held = new Map<string, number>()
  let free = strata
  for (;;) {
    const left = total - sum(held.values())
    const members = sum(free.map((one) => one.members))
    const below = free.filter((one) => (left * one.members) / members < floor(one))
    if (below.length === 0) return new Map([...held, ...largestRemainders(free, left)])
    for (const one of below) held.set(one.stratum, floor(one))
    free = free.filter((one) => !held.has(one.stratum))
  }
}

/** Whole numbers with this total, as near to the shares by members as can be. */
function largestRemainders(strata: readonly StratumSize[], total: number): ReadonlyMap<string, number> {
  const members = sum(strata.map((one) => one.members))
  const shares = strata.map((one) => {
    const exact = (total * one.members) / members
    return { stratum: one.stratum, cases: Math.floor(exact), remainder: exact - Math.floor(exact) }
  })
  const missing = total - sum(shares.map(({ cases }) => cases))
  const first = shares.toSorted((a, b) => b.remainder - a.remainder || (a.stratum < b.stratum ? -1 : 1))
  const more = new Set(first.slice(0, missing).map(({ stratum }) => stratum))
  return new Map(shares.map(({ stratum, cases }) => [stratum, cases + (more.has(stratum) ? 1 : 0)]))
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}
