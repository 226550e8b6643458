import { sum } from '../sum.ts'

/**
 * One group at two times (or in two places): its part of the mix (any unit; normalised) and its mean or rate. A mean may be
 * missing only where the mix is 0; the other time's mean is then taken, so that the group's coming or going counts as mix.
 */
export interface MixedGroup {
  readonly group: string
  readonly mix0: number
  readonly mix1: number
  readonly mean0: number | null
  readonly mean1: number | null
}

/** Parts of a change. `interaction` is 0 when the change is split into two parts. */
export interface ChangeParts {
  readonly mix: number
  readonly rate: number
  readonly interaction: number
}

export interface Kitagawa extends ChangeParts {
  readonly total0: number
  readonly total1: number
  readonly change: number
  readonly groups: readonly (ChangeParts & { readonly group: string })[]
}

/**
 * Splits the change of an overall mean into what the mix of groups did and what happened inside the groups.
 *
 * Two parts, each weighted by the mean of both times: mix Σ(π1 − π0)(m0 + m1)/2, rate Σ(m1 − m0)(π0 + π1)/2. Three parts
 * with the first time as base: mix Σ(π1 − π0)m0, rate Σ(m1 − m0)π0, and their interaction Σ(π1 − π0)(m1 − m0).
 * Parts add up to the change exactly; a single group's mix part has meaning only beside the other groups'.
 * Source: E. M. Kitagawa, JASA 50 (1955).
 * @throws RangeError on mixes that are negative or all 0, or a mean that is missing where the mix is not
 */
export function kitagawa(cells: readonly MixedGroup[], parts: 'two' | 'three' = 'two'): Kitagawa {
  const whole0 = sum(cells.map(({ mix0 }) => mix0))
  const whole1 = sum(cells.map(({ mix1 }) => mix1))
  if (!(whole0 > 0) || !(whole1 > 0) || cells.some(({ mix0, mix1 }) => mix0 < 0 || mix1 < 0))
    throw new RangeError('kitagawa requires mixes ≥ 0 that are not all 0')
  const shares = cells.map(({ group, mix0, mix1, mean0, mean1 }) => {
    const [m0, m1] = [mean0 ?? mean1, mean1 ?? mean0]
    if ((mean0 === null && mix0 > 0) || (mean1 === null && mix1 > 0))
      throw new RangeError('kitagawa requires a mean where the mix is not 0')
    // A group that exists at neither time takes no part.
    return { group, p0: mix0 / whole0, p1: mix1 / whole1, m0: m0 ?? 0, m1: m1 ?? 0 }
  })
  const groups = shares.map(({ group, p0, p1, m0, m1 }) => {
    const [shift, growth] = [p1 - p0, m1 - m0]
    return parts === 'two'
      ? { group, mix: (shift * (m0 + m1)) / 2, rate: (growth * (p0 + p1)) / 2, interaction: 0 }
      : { group, mix: shift * m0, rate: growth * p0, interaction: shift * growth }
  })
  const total0 = sum(shares.map(({ p0, m0 }) => p0 * m0))
  const total1 = sum(shares.map(({ p1, m1 }) => p1 * m1))
  return {
    total0,
    total1,
    change: total1 - total0,
    mix: sum(groups.map(({ mix }) => mix)),
    rate: sum(groups.map(({ rate }) => rate)),
    interaction: sum(groups.map(({ interaction }) => interaction)),
    groups,
  }
}
