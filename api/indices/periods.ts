import { tallySpan } from '../../db/queries/tallies.ts'
import { calendarPeriod, type CalendarPeriod } from '../core/time/period.ts'
import type { Services } from '../services.ts'

type PeriodView = Pick<CalendarPeriod, 'kind' | 'from' | 'to'>
const MONTHS = { month: 1, quarter: 3, year: 12 } as const
const MAX_MONTHS = 240

/** The calendar periods that have finished dossiers, newest first within each kind, and the one to open with: the newest quarter. */
export async function listPeriods(services: Services, tenantId: number) {
  const span = await services.db.withTenant(tenantId, (trx) => tallySpan(trx, tenantId))
  if (!span) return { items: [], latest: null, next: null }
  const items = (['year', 'quarter', 'month'] as const).flatMap((kind) => periodsBetween(kind, span.first, span.last))
  return { items, latest: items.find((period) => period.kind === 'quarter') ?? null, next: null }
}

function periodsBetween(kind: CalendarPeriod['kind'], first: string, last: string): PeriodView[] {
  const size = MONTHS[kind]
  const start = Math.floor(indexOf(first) / size) * size
  const found: PeriodView[] = []
  for (let at = start; at <= indexOf(last) && at < start + MAX_MONTHS; at += size) {
    const period = calendarPeriod(monthText(at), monthText(at + size - 1))
    if (period) found.unshift({ kind: period.kind, from: period.from, to: period.to })
  }
  return found
}

function indexOf(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1
}

function monthText(index: number): string {
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}
