import { yearMax, yearMin } from './zone.ts'

/**
 * A whole calendar month, quarter or year. No other spans exist in the product: freely chosen spans would let a reader
 * subtract one published figure from another and see a handful of answers.
 */
export interface CalendarPeriod {
  kind: 'month' | 'quarter' | 'year'
  /** First month, `YYYY-MM`. */
  from: string
  /** Last month, `YYYY-MM`, inclusive. */
  to: string
  /** First day, `YYYY-MM-DD`. */
  start: string
  /** First day after the period, `YYYY-MM-DD`. */
  endExclusive: string
}

const monthsIn = { month: 1, quarter: 3, year: 12 } as const

/** The period from month `from` to month `to` (both `YYYY-MM`), or null when that is not a whole month, quarter or year. */
export function calendarPeriod(from: string, to: string): CalendarPeriod | null {
  const first = monthIndex(from)
  const last = monthIndex(to)
  if (first === null || last === null) return null
  const months = last - first + 1
  if (months === 1) return build('month', first)
  if (months === 3 && first % 3 === 0) return build('quarter', first)
  if (months === 12 && first % 12 === 0) return build('year', first)
  return null
}

/** The period of the same kind just before: the month, quarter or year that ended when this one began. */
export function previousPeriod(period: CalendarPeriod): CalendarPeriod {
  const first = indexOf(period)
  return build(period.kind, first - monthsIn[period.kind])
}

/**
 * All periods of the calendar year in which a period lies: its twelve months, four quarters and the year, in this order.
 * These are the figures from which a suppressed one could be recovered by subtraction, so suppression over time looks at all
 * of them together.
 */
export function periodsCovering(period: CalendarPeriod): CalendarPeriod[] {
  const january = Math.floor(indexOf(period) / 12) * 12
  const periods: CalendarPeriod[] = []
  for (const kind of ['month', 'quarter', 'year'] as const) {
    for (let first = january; first < january + 12; first += monthsIn[kind]) periods.push(build(kind, first))
  }
  return periods
}

/** Months (`YYYY-MM`) from one to another, both included; none when either is no month, or the first is after the last. */
export function monthsBetween(first: string, last: string): string[] {
  const [from, to] = [monthIndex(first), monthIndex(last)]
  if (from === null || to === null) return []
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => monthText(from + i))
}

/** The last month that has ended before a day. */
export function lastWholeMonth(day: string): string {
  return monthText((monthIndex(day.slice(0, 7)) ?? 0) - 1)
}

function build(kind: CalendarPeriod['kind'], first: number): CalendarPeriod {
  const after = first + monthsIn[kind]
  return {
    kind,
    from: monthText(first),
    to: monthText(after - 1),
    start: `${monthText(first)}-01`,
    endExclusive: `${monthText(after)}-01`,
  }
}

/** Months since January of year 0; 0 = January modulo 12. */
function monthIndex(month: string): number | null {
  const m = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month)
  if (!m) return null
  const year = Number(m[1])
  if (year < yearMin || year > yearMax) return null
  return year * 12 + Number(m[2]) - 1
}

function indexOf(period: CalendarPeriod): number {
  const m = /^(\d{4})-(\d{2})$/.exec(period.from)
  if (!m) throw new RangeError('a calendar period with months as YYYY-MM is required')
  return Number(m[1]) * 12 + Number(m[2]) - 1
}

function monthText(index: number): string {
  const month = (index % 12) + 1
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String(month).padStart(2, '0')}`
}
