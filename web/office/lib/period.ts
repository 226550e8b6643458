import type { Period, PeriodKind } from '../api/types.ts'

/** Calendar periods: a month, a quarter or a year. Months are `YYYY-MM`, which sort as text. */
export const PERIOD_KINDS: readonly PeriodKind[] = ['month', 'quarter', 'year']

const newestFirst = (a: Period, b: Period): number => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0)

/** The periods of one kind, newest first. */
export const periodsOf = (periods: readonly Period[], kind: PeriodKind): Period[] =>
  periods.filter((period) => period.kind === kind).sort(newestFirst)

/** The period an address asks for when it exists, else the latest one, else none. */
export function choosePeriod(
  periods: readonly Period[],
  latest: Period | null,
  from: string | undefined,
  to: string | undefined,
): Period | null {
  const asked = periods.find((period) => period.from === from && period.to === to)
  return asked ?? latest ?? [...periods].sort(newestFirst)[0] ?? null
}

/** Changing month to quarter keeps the eye on the same time: the period of that kind that holds the current end. */
export function sameTimeIn(periods: readonly Period[], kind: PeriodKind, current: Period): Period | null {
  const candidates = periodsOf(periods, kind)
  const holding = candidates.find((period) => period.from <= current.to && current.to <= period.to)
  return holding ?? candidates[0] ?? null
}

const ROMAN = ['I', 'II', 'III', 'IV'] as const

/** The parts a period's name is made of: dictionary key and parameters. */
export function periodName(period: Period): {
  key: 'period.month' | 'period.quarter' | 'period.year'
  params: { month: number; quarter: string; year: string }
} {
  const year = period.from.slice(0, 4)
  const month = Number(period.from.slice(5, 7))
  const quarter = ROMAN[Math.floor((month - 1) / 3)] ?? ''
  const key = period.kind === 'month' ? 'period.month' : period.kind === 'quarter' ? 'period.quarter' : 'period.year'
  return { key, params: { month, quarter, year } }
}

const shift = (month: string, months: number): string => {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** The period just before, of the same kind. */
export function previousPeriod(period: Period): Period {
  const months = period.kind === 'month' ? 1 : period.kind === 'quarter' ? 3 : 12
  return { kind: period.kind, from: shift(period.from, -months), to: shift(period.to, -months) }
}
