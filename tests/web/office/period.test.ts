import { describe, expect, it } from 'vitest'
import type { Period } from '../../../web/office/api/types.ts'
import { choosePeriod, periodName, periodsOf, previousPeriod, sameTimeIn } from '../../../web/office/lib/period.ts'

const month = (from: string): Period => ({ kind: 'month', from, to: from })
const quarter: Period = { kind: 'quarter', from: '2026-04', to: '2026-06' }
const year: Period = { kind: 'year', from: '2026-01', to: '2026-12' }
const all = [month('2026-04'), month('2026-06'), month('2026-05'), quarter, year]

describe('the period of an address', () => {
  it('is the one asked for', () => {
    expect(choosePeriod(all, quarter, '2026-05', '2026-05')).toEqual(month('2026-05'))
  })

  it('is the latest when the address asks for none, or for one that does not exist', () => {
    expect(choosePeriod(all, quarter, undefined, undefined)).toEqual(quarter)
    expect(choosePeriod(all, quarter, '1999-01', '1999-02')).toEqual(quarter)
  })

  it('does not exist when there are no periods', () => {
    expect(choosePeriod([], null, undefined, undefined)).toBeNull()
  })
})

it('periods of a kind come newest first', () => {
  expect(periodsOf(all, 'month').map((period) => period.from)).toEqual(['2026-06', '2026-05', '2026-04'])
})

it('a change of kind stays at the same time', () => {
  expect(sameTimeIn(all, 'month', quarter)).toEqual(month('2026-06'))
  expect(sameTimeIn(all, 'year', month('2026-05'))).toEqual(year)
})

it('the period before may lie in the year before', () => {
  expect(previousPeriod(month('2026-01'))).toEqual(month('2025-12'))
  expect(previousPeriod({ kind: 'quarter', from: '2026-01', to: '2026-03' })).toEqual({
    kind: 'quarter',
    from: '2025-10',
    to: '2025-12',
  })
  expect(previousPeriod(year)).toEqual({ kind: 'year', from: '2025-01', to: '2025-12' })
})

it('quarters have Roman numerals', () => {
  expect(periodName(quarter)).toEqual({ key: 'period.quarter', params: { month: 4, quarter: 'II', year: '2026' } })
})
