import { MIN_SHOW } from '../disclosure/thresholds.ts'
import { periodsCovering, type CalendarPeriod } from '../time/period.ts'

/** Valid answers of the overall item at a unit, by month (YYYY-MM-01) and procedure; `main` at the unit that decides. */
export interface SharedCount {
  readonly unitId: number
  readonly month: string
  readonly procedureId: number
  readonly main: boolean
  readonly n: number
}

/**
 * Whether the overall figure of a unit that takes dossiers in for others must be hidden. Its answers are the others' too, so
 * beside their figures it would give away a small one of theirs: it is hidden where any unit that decides one of its
 * procedures has 1–9 answers in the same period. So that subtraction over time does not bring it back, the months of a
 * quarter are hidden together, and a year with any of its quarters.
 */
export function sharedHidden(counts: readonly SharedCount[], unitId: number, period: CalendarPeriod): boolean {
  return sharedFigures(counts)(unitId, period)
}

/** The same question about many units of one province: the counts are gone through once per period. */
export function sharedFigures(counts: readonly SharedCount[]): (unitId: number, period: CalendarPeriod) => boolean {
  const byUnit = Map.groupBy(
    counts.filter((count) => !count.main && count.n > 0),
    (count) => count.unitId,
  )
  const main = counts.filter((count) => count.main)
  const small = new Map<string, ReadonlyMap<number, readonly number[]>>()
  const smallIn = (period: CalendarPeriod) => {
    const found = small.get(period.start + period.endExclusive) ?? smallPartners(main, period)
    small.set(period.start + period.endExclusive, found)
    return found
  }
  return (unitId, period) => {
    const own = byUnit.get(unitId)
    if (own === undefined) return false
    return togetherWith(period).some((one) => {
      const procedures = new Set(own.filter(({ month }) => isInside(month, one)).map((count) => count.procedureId))
      return [...smallIn(one)].some(
        ([id, theirs]) => id !== unitId && theirs.some((procedure) => procedures.has(procedure)),
      )
    })
  }
}

/** The months of a quarter are hidden together, and a year with its quarters. */
function togetherWith(period: CalendarPeriod): CalendarPeriod[] {
  const covering = periodsCovering(period)
  const contains = (outer: CalendarPeriod, inner: CalendarPeriod) =>
    outer.start <= inner.start && inner.endExclusive <= outer.endExclusive
  if (period.kind !== 'month') return covering.filter((one) => one.kind !== 'month' && contains(period, one))
  const quarter = covering.find((one) => one.kind === 'quarter' && contains(one, period))
  return covering.filter((one) => one.kind === 'month' && quarter !== undefined && contains(quarter, one))
}

/** Units with 1–9 answers of their own in a period, and the procedures that these are of. */
function smallPartners(main: readonly SharedCount[], period: CalendarPeriod): ReadonlyMap<number, readonly number[]> {
  const partners = new Map<number, { n: number; procedures: Set<number> }>()
  for (const { unitId, month, procedureId, n } of main) {
    if (n === 0 || !isInside(month, period)) continue
    const partner = partners.get(unitId) ?? { n: 0, procedures: new Set() }
    partners.set(unitId, partner)
    partner.n += n
    partner.procedures.add(procedureId)
  }
  return new Map(
    [...partners].flatMap(([id, { n, procedures }]) => (n < MIN_SHOW ? [[id, [...procedures]] as const] : [])),
  )
}

function isInside(month: string, period: CalendarPeriod): boolean {
  return month >= period.start && month < period.endExclusive
}
