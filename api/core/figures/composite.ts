import type { Instrument } from '../instrument/definition.ts'
import { findItem } from '../instrument/definition.ts'
import { valuesOf } from '../instrument/favourable.ts'
import { pairItems, type PairItem } from '../instrument/pairs.ts'
import { availableCase } from '../stats/availableCase.ts'
import type { Estimate } from '../stats/estimate.ts'
import { countsOf, validOf, type CountsByItem } from './counts.ts'
import type { Step } from './figure.ts'

/** The composites and what they are made of. */
export const TT01_ITEMS = ['T3', 'T4', 'T7'] as const
export const QUALITY_ITEMS = [
  'Q_INFO',
  'Q_FEES',
  'Q_COMPETENT',
  'Q_RESPECT',
  'Q_PAPERWORK',
  'Q_DEADLINE_GIVEN',
  'Q_DEADLINE_MET',
  'Q_WINDOWS',
] as const
export const BUSINESS_ITEMS = ['B_TIME', 'B_VISITS', 'B_PAPERWORK', 'B_FEES', 'B_STAFF', 'B_HARASS'] as const

/** True for the eight qualities, which pages break down by PAPI group. */
export function isQuality(item: string): boolean {
  return (QUALITY_ITEMS as readonly string[]).includes(item)
}

/**
 * Weighted sum of item means (points, or 1 for a favourable answer) over everyone who answered each item, with the
 * covariances of items that the same person answered.
 * @returns the estimate before the display rule, and one step per item
 */
export function composite(
  definition: Instrument,
  items: CountsByItem,
  codes: readonly string[],
  weight = 1,
): { estimate: Estimate; steps: Step[] } {
  const parts = codes.map((code) => {
    const item = findItem(definition, code)
    const values = item ? valuesOf(item) : []
    return { code, values, counts: countsOf(items, code).counts.slice(0, values.length), weight }
  })
  const pairs = pairItems(definition).flatMap((pair) => joint(pair, codes, items, parts))
  const estimate = availableCase(parts, pairs)
  const steps = parts.map((part): Step => {
    const n = validOf({ counts: part.counts, na: 0 })
    const total = part.counts.reduce((sum, count, k) => sum + count * (part.values[k] ?? 0), 0)
    return { code: 'item_mean', values: { item: part.code, n, total, mean: n > 0 ? total / n : null } }
  })
  return { estimate, steps }
}

/**
 * Joint counts of a pair by option. The tally keeps pairs by value, which is all a covariance needs: the counts of each
 * value stand at the first option of that value.
 */
function joint(
  pair: PairItem,
  codes: readonly string[],
  items: CountsByItem,
  parts: readonly { values: readonly number[] }[],
) {
  const j = codes.indexOf(pair.a)
  const k = codes.indexOf(pair.b)
  if (j < 0 || k < 0) return []
  const cells = countsOf(items, pair.code).counts
  const first = (values: readonly number[], at: number) => values.indexOf(values[at] ?? 0) === at
  const counts = (parts[j]?.values ?? []).map((a, atA, valuesA) =>
    (parts[k]?.values ?? []).map((b, atB, valuesB) =>
      first(valuesA, atA) && first(valuesB, atB) ? (cells[a * pair.baseB + b] ?? 0) : 0,
    ),
  )
  return [{ j, k, counts }]
}
