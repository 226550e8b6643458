import { calendarPeriod, periodsCovering, previousPeriod, type CalendarPeriod } from './period.ts'

/**
 * The months up to a day, the quarters and years that they lie in: what a nightly job keeps current. In order of their
 * end, shorter ones first; none begins after the day.
 * @param today `YYYY-MM-DD`
 * @throws RangeError for another form
 */
export function recentPeriods(today: string, months = 12): CalendarPeriod[] {
  const current = calendarPeriod(today.slice(0, 7), today.slice(0, 7))
  if (current === null) throw new RangeError('a day as YYYY-MM-DD is required')
  const found = new Map<string, CalendarPeriod>()
  for (let month = current, k = 0; k < months; month = previousPeriod(month), k += 1) {
    for (const period of periodsCovering(month)) {
      if (period.start <= month.start && period.endExclusive >= month.endExclusive)
        found.set(`${period.from} ${period.to}`, period)
    }
  }
  return [...found.values()].sort((a, b) => compare(a.to, b.to) || compare(b.from, a.from))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
