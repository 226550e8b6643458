import { type Adjustment, adjustP } from '../adjustP.ts'
import { normalCdf } from '../normalCdf.ts'
import { assertUnits } from './pairwiseSets.ts'

export const groupNames = ['clearly_above', 'not_distinguishable', 'clearly_below'] as const
export type GroupName = (typeof groupNames)[number]

/** A unit beside the weighted mean of its peers without itself; nulls where it has no peers. */
export interface AgainstPeers {
  readonly peers: number
  readonly peerMean: number | null
  readonly difference: number | null
  readonly se: number | null
  readonly z: number | null
  readonly p: number | null
  readonly pAdjusted: number | null
  readonly group: GroupName | null
}

/**
 * Three groups instead of a league table: each unit against the mean of the others of its kind (itself left out, so that the
 * two sides are independent), two-sided, p values adjusted over all units together.
 * Sampling variances ≥ 0; where both sides are known exactly, they differ if their values do.
 * @param weight how much each unit counts in the mean of the others; default equally
 * @param kind units are compared within the same kind only; default all together
 * @throws RangeError when the lists differ in length or a variance or weight is negative
 */
export function threeGroups(
  units: readonly { est: number; variance: number; weight?: number; kind?: string | null }[],
  { conf = 0.95, adjustment = 'holm' }: { conf?: number; adjustment?: Adjustment } = {},
): AgainstPeers[] {
  const est = units.map((unit) => unit.est)
  const variance = units.map((unit) => unit.variance)
  const weight = units.map((unit) => unit.weight ?? 1)
  assertUnits(est, variance)
  if (!weight.every((each) => each >= 0)) throw new RangeError('threeGroups requires weights ≥ 0')
  const members = Map.groupBy(est.keys(), (i) => units[i]!.kind ?? null)
  const compared = est.map((own, i) => {
    // Sums over the others anew for each unit: subtracting a unit from a total would lose digits.
    const others = members.get(units[i]!.kind ?? null)!.filter((j) => j !== i)
    const peers = others.length
    let total = 0
    for (const j of others) total += weight[j]!
    if (!(total > 0)) return { peers, peerMean: null, difference: null, se: null, z: null, p: null }
    let [difference, spread] = [0, 0]
    for (const j of others) {
      const share = weight[j]! / total
      difference += share * (own - est[j]!)
      spread += share * share * variance[j]!
    }
    const se = Math.sqrt(variance[i]! + spread)
    const z = se > 0 ? difference / se : null
    const p = z === null ? Number(difference === 0) : 2 * normalCdf(-Math.abs(z))
    return { peers, peerMean: own - difference, difference, se, z, p }
  })
  const adjusted = adjustP(
    compared.flatMap(({ p }) => (p === null ? [] : [p])),
    adjustment,
  )
  let at = 0
  return compared.map((row) => {
    if (row.p === null || row.difference === null) return { ...row, pAdjusted: null, group: null }
    const pAdjusted = adjusted[at++]!
    const differs = pAdjusted <= 1 - conf && row.difference !== 0
    const group = !differs ? 'not_distinguishable' : row.difference > 0 ? 'clearly_above' : 'clearly_below'
    return { ...row, pAdjusted, group }
  })
}
