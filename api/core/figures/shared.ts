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
  const own = counts.filter((count) => count.unitId === unitId && !count.main && count.n > 0)
  if (own.length === 0) return false
  const covering = periodsCovering(period)
  const contains = (outer: CalendarPeriod, inner: CalendarPeriod) =>
    outer.start <= inner.start && inner.endExclusive <= outer.endExclusive
  const together =
    period.kind === 'month'
      ? covering.filter(
          (one) =>
            one.kind === 'month' &&
            covering.some((q) => q.kind === 'quarter' && contains(q, one) && contains(q, period)),
        )
      : covering.filter((one) => one.kind !== 'month' && contains(period, one))
  return together.some((one) => hasSmallPartner(counts, own, unitId, one))
}

function hasSmallPartner(
  counts: readonly SharedCount[],
  own: readonly SharedCount[],
  unitId: number,
  period: CalendarPeriod,
): boolean {
  const inside = (month: string) => month >= period.start && month < period.endExclusive
  const procedures = new Set(own.filter((count) => inside(count.month)).map((count) => count.procedureId))
  const partners = new Map<number, { n: number; shares: boolean }>()
  for (const { unitId: id, month, procedureId, main, n } of counts) {
    if (!main || id === unitId || !inside(month)) continue
    const partner = partners.get(id) ?? { n: 0, shares: false }
    partner.n += n
    partner.shares ||= procedures.has(procedureId) && n > 0
    partners.set(id, partner)
  }
  return [...partners.values()].some(({ n, shares }) => shares && n > 0 && n < MIN_SHOW)
}
