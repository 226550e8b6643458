import { describe, expect, it } from 'vitest'
import { calendarPeriod, periodsCovering, previousPeriod } from '../../../api/core/time/period.ts'
import type { CalendarPeriod } from '../../../api/core/time/period.ts'

const period = (from: string, to: string): CalendarPeriod => {
  const found = calendarPeriod(from, to)
  if (!found) throw new Error(`${from} to ${to} is a period`)
  return found
}

describe('calendarPeriod', () => {
  it.each([
    ['2026-10', '2026-10', 'month', '2026-10-01', '2026-11-01'],
    ['2026-12', '2026-12', 'month', '2026-12-01', '2027-01-01'],
    ['2026-10', '2026-12', 'quarter', '2026-10-01', '2027-01-01'],
    ['2026-01', '2026-03', 'quarter', '2026-01-01', '2026-04-01'],
    ['2026-01', '2026-12', 'year', '2026-01-01', '2027-01-01'],
  ])('knows %s to %s as a %s', (from, to, kind, start, endExclusive) => {
    expect(calendarPeriod(from, to)).toEqual({ kind, from, to, start, endExclusive })
  })

  it.each([
    ['2026-10', '2026-11'],
    ['2026-02', '2026-04'],
    ['2025-07', '2026-06'],
    ['2026-01', '2026-06'],
    ['2026-03', '2026-01'],
    ['2026-13', '2026-13'],
    ['2026-1', '2026-1'],
    ['2026-10-01', '2026-10-31'],
    ['1999-12', '1999-12'],
    ['', ''],
  ])('refuses %s to %s, which is no whole month, quarter or year', (from, to) => {
    expect(calendarPeriod(from, to)).toBeNull()
  })
})

describe('previousPeriod', () => {
  it.each([
    ['2026-10', '2026-10', '2026-09', '2026-09'],
    ['2026-01', '2026-01', '2025-12', '2025-12'],
    ['2026-01', '2026-03', '2025-10', '2025-12'],
    ['2026-01', '2026-12', '2025-01', '2025-12'],
  ])('of %s to %s is %s to %s', (from, to, previousFrom, previousTo) => {
    expect(previousPeriod(period(from, to))).toEqual(period(previousFrom, previousTo))
  })
})

describe('periodsCovering', () => {
  it('gives the twelve months, four quarters and the year of the calendar year, whichever period is asked for', () => {
    const all = periodsCovering(period('2026-05', '2026-05'))
    expect(all.map(({ kind }) => kind)).toEqual([
      ...Array<string>(12).fill('month'),
      ...Array<string>(4).fill('quarter'),
      'year',
    ])
    expect(all[0]).toEqual(period('2026-01', '2026-01'))
    expect(all[13]).toEqual(period('2026-04', '2026-06'))
    expect(all[16]).toEqual(period('2026-01', '2026-12'))
    expect(periodsCovering(period('2026-10', '2026-12'))).toEqual(all)
    expect(periodsCovering(period('2026-01', '2026-12'))).toEqual(all)
  })

  it('gives periods that calendarPeriod knows', () => {
    for (const p of periodsCovering(period('2026-05', '2026-05'))) expect(calendarPeriod(p.from, p.to)).toEqual(p)
  })
})
