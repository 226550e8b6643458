import { MIN_POINT, MIN_SHOW } from '../disclosure/thresholds.ts'
import { periodsCovering, type CalendarPeriod } from '../time/period.ts'

/** Months of a period and, of a year, its quarters: each a list of first days of months. */
export interface InnerPeriods {
  readonly months: readonly string[]
  readonly quarters: readonly (readonly string[])[]
}

/** What other pages show of a period's cells by themselves. */
export function innerPeriods(period: CalendarPeriod): InnerPeriods {
  const inside = (kind: CalendarPeriod['kind'], outer: CalendarPeriod) =>
    periodsCovering(period).filter(
      (one) => one.kind === kind && one.start >= outer.start && one.endExclusive <= outer.endExclusive,
    )
  const monthsOf = (outer: CalendarPeriod) => inside('month', outer).map(({ start }) => start)
  return {
    months: monthsOf(period),
    quarters: period.kind === 'year' ? inside('quarter', period).map(monthsOf) : [],
  }
}

/**
 * True when the months and quarters of a cell that other pages show leave too few of its answers.
 *
 * @param valid the cell's valid answers by month
 */
export function leavesFew({ months, quarters }: InnerPeriods, valid: ReadonlyMap<string, number>): boolean {
  const inMonth = (month: string) => valid.get(month) ?? 0
  const total = sum(months.map(inMonth))
  // a month stands alone: nothing within it is shown
  if (months.length === 1) return isFew(total)
  const shown = (n: number) => (n >= MIN_POINT ? n : 0)
  const seenByMonth = (list: readonly string[]) => sum(list.map((month) => shown(inMonth(month))))
  const seen =
    quarters.length === 0
      ? seenByMonth(months)
      : sum(quarters.map((quarter) => shown(sum(quarter.map(inMonth))) || seenByMonth(quarter)))
  return isFew(total - seen)
}

/** Some, but fewer than may be shown. */
export function isFew(n: number): boolean {
  return n > 0 && n < MIN_SHOW
}

function sum(list: readonly number[]): number {
  return list.reduce((all, n) => all + n, 0)
}
