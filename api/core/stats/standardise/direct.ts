import { normalQuantile } from '../normalQuantile.ts'
import { sum } from '../sum.ts'

/** One unit's mean in one group, with its standard error and the answers it rests on where they are known. */
export interface GroupMean {
  readonly group: string
  readonly mean: number
  readonly se: number | null
  readonly n: number | null
}

export interface DirectlyStandardised {
  /** Σ n·mean / Σ n; null unless every n is known. */
  readonly crude: number | null
  /** Mean under the common mix; null when a group of the mix is missing and weights may not be renormalised. */
  readonly est: number | null
  readonly se: number | null
  readonly lo: number | null
  readonly hi: number | null
  /** Groups of the standard mix in which the unit has no value. */
  readonly missing: readonly string[]
}

/**
 * Mean of a unit as it would be under a common mix of groups: Σ π_g·mean_g, with standard error √Σ π_g² se_g² for independent
 * groups and the normal interval.
 * @param standard size of each group in the common mix, ≥ 0, not all 0; groups of size 0 are not needed
 * @param renormalise whether a unit that lacks groups is compared over the others (another mix than the rest!)
 * @throws RangeError when the sizes are negative or all 0
 */
export function directStandardise(
  cells: readonly GroupMean[],
  standard: ReadonlyMap<string, number>,
  { renormalise = false, conf = 0.95 }: { renormalise?: boolean; conf?: number } = {},
): DirectlyStandardised {
  const whole = sum(standard.values())
  if (!(whole > 0) || ![...standard.values()].every((size) => size >= 0))
    throw new RangeError('directStandardise requires sizes ≥ 0 that are not all 0')
  const known = new Map(cells.map((cell) => [cell.group, cell]))
  const missing = [...standard].flatMap(([group, size]) => (size > 0 && !known.has(group) ? [group] : []))
  const used = cells.flatMap((cell) => {
    const size = standard.get(cell.group) ?? 0
    return size > 0 ? [{ ...cell, size }] : []
  })
  const n = sum(cells.map((cell) => cell.n ?? Number.NaN))
  const crude = n > 0 ? sum(cells.map((cell) => (cell.n ?? 0) * cell.mean)) / n : null
  const covered = sum(used.map(({ size }) => size))
  if (covered === 0 || (missing.length > 0 && !renormalise))
    return { crude, est: null, se: null, lo: null, hi: null, missing }
  const est = sum(used.map(({ size, mean }) => (size / covered) * mean))
  if (used.some(({ se }) => se === null)) return { crude, est, se: null, lo: null, hi: null, missing }
  const se = Math.sqrt(sum(used.map(({ size, se }) => ((size / covered) * se!) ** 2)))
  const z = normalQuantile((1 + conf) / 2)
  return { crude, est, se, lo: est - z * se, hi: est + z * se, missing }
}
