import { answeredByMonth } from '../../db/queries/tallies.ts'
import { calendarPeriod, type CalendarPeriod } from '../core/time/period.ts'
import type { Services } from '../services.ts'

type PeriodView = Pick<CalendarPeriod, 'kind' | 'from' | 'to'>
interface Month {
  month: string
  answered: number
}
const MONTHS = { month: 1, quarter: 3, year: 12 } as const
/** A quarter with less than this share of the busiest quarter's answers says too little to open with. */
const WORTH_OPENING = 0.25

/**
 * The calendar periods that have finished dossiers, newest first within each kind, and the one to open with: the newest
 * quarter with about as many answers as others have, rather than one that has just begun.
 */
export async function listPeriods(services: Services, tenantId: number) {
  const months = await services.db.withTenant(tenantId, (trx) => answeredByMonth(trx, tenantId))
  const quarters = periodsOf('quarter', months)
  const answered = quarters.map((quarter) => answeredIn(quarter, months))
  const enough = WORTH_OPENING * Math.max(0, ...answered)
  const latest = quarters.find((_, i) => (answered[i] ?? 0) >= enough) ?? null
  return { items: [...periodsOf('year', months), ...quarters, ...periodsOf('month', months)], latest, next: null }
}

function periodsOf(kind: CalendarPeriod['kind'], months: Month[]): PeriodView[] {
  const size = MONTHS[kind]
  const starts = [...new Set(months.map(({ month }) => Math.floor(indexOf(month) / size) * size))].sort((a, b) => b - a)
  return starts.flatMap((start) => {
    const period = calendarPeriod(monthText(start), monthText(start + size - 1))
    return period ? [{ kind: period.kind, from: period.from, to: period.to }] : []
  })
}

function answeredIn(period: PeriodView, months: Month[]): number {
  return months
    .filter(({ month }) => month >= `${period.from}-01` && month <= `${period.to}-01`)
    .reduce((sum, { answered }) => sum + answered, 0)
}

function indexOf(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1
}

function monthText(index: number): string {
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}
