import { describe, expect, it } from 'vitest'
import { instantMs, localDate, monthOf, parseMoment, readMoment } from '../../../api/core/time/moment.ts'

describe('parseMoment', () => {
  it.each([
    ['08/10/2026', '2026-10-07T17:00:00.000Z'],
    ['8/1/2026', '2026-01-07T17:00:00.000Z'],
    ['08-10-2026', '2026-10-07T17:00:00.000Z'],
    [' 08/10/2026 07:30 ', '2026-10-08T00:30:00.000Z'],
    ['08/10/2026 7:30:15', '2026-10-08T00:30:15.000Z'],
    ['29/02/2024', '2024-02-28T17:00:00.000Z'],
    ['2026-10-08', '2026-10-07T17:00:00.000Z'],
    ['2026-10-08T09:00', '2026-10-08T02:00:00.000Z'],
    ['2026-10-08 09:00:30.25', '2026-10-08T02:00:30.250Z'],
    ['2026-10-08T09:00:00Z', '2026-10-08T09:00:00.000Z'],
    ['2026-10-08T09:00:00+07:00', '2026-10-08T02:00:00.000Z'],
    ['2026-10-08T09:00:00-0330', '2026-10-08T12:30:00.000Z'],
    ['2026-10-08T09:00+07', '2026-10-08T02:00:00.000Z'],
    ['01/01/2000', '1999-12-31T17:00:00.000Z'],
    ['31/12/2100', '2100-12-30T17:00:00.000Z'],
  ])('reads %s in the zone of Vietnam unless an offset is given', (text, iso) => {
    expect(parseMoment(text)).toBe(iso)
  })

  it.each([
    '31/02/2026',
    '29/02/2025',
    '29/02/2100',
    '31/04/2026',
    '00/10/2026',
    '01/13/2026',
    '01/00/2026',
    '31/12/1999',
    '01/01/2101',
    '08/10/26',
    '08/10-2026',
    '08.10.2026',
    '2026/10/08',
    '08/10/2026 24:00',
    '08/10/2026 12:60',
    '08/10/2026 12:00:60',
    '08/10/2026 12',
    '2026-02-30',
    '2026-10-08T25:00',
    '2026-10-08T09:00+15:00',
    '2026-10-08T09:00+07:60',
    '20261008',
    '46303',
    '',
    'hôm qua',
    '٠٨/١٠/٢٠٢٦',
  ])('refuses %j', (text) => {
    expect(parseMoment(text)).toBeNull()
  })

  it('reads a bare due day as its last second, so that nothing handed over on that day is late', () => {
    expect(parseMoment('08/10/2026', { endOfDay: true })).toBe('2026-10-08T16:59:59.000Z')
    expect(parseMoment('2026-10-08', { endOfDay: true })).toBe('2026-10-08T16:59:59.000Z')
  })

  it('reads a due time of midnight without offset as a bare day, and any other due time as it stands', () => {
    expect(parseMoment('08/10/2026 00:00', { endOfDay: true })).toBe('2026-10-08T16:59:59.000Z')
    expect(parseMoment('08/10/2026 00:00')).toBe('2026-10-07T17:00:00.000Z')
    expect(parseMoment('08/10/2026 16:30', { endOfDay: true })).toBe('2026-10-08T09:30:00.000Z')
    expect(parseMoment('2026-10-08T00:00:00+07:00', { endOfDay: true })).toBe('2026-10-07T17:00:00.000Z')
  })

  it('says whether only a day was written', () => {
    expect(readMoment('08/10/2026')?.bare).toBe(true)
    expect(readMoment('08/10/2026 00:00')?.bare).toBe(false)
  })

  it('accepts every day of the calendar and no other, from 2000 to 2100', () => {
    const two = (n: number) => String(n).padStart(2, '0')
    let accepted = 0
    for (let year = 2000; year <= 2100; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        for (let day = 1; day <= 31; day += 1) {
          if (parseMoment(`${two(day)}/${two(month)}/${year}`) !== null) accepted += 1
        }
      }
    }
    expect(accepted).toBe((Date.UTC(2101, 0, 1) - Date.UTC(2000, 0, 1)) / 86_400_000)
  })
})

describe('localDate and monthOf', () => {
  it('change the day at midnight in Vietnam, not in Greenwich', () => {
    expect(localDate('2026-10-07T16:59:59.999Z')).toBe('2026-10-07')
    expect(localDate('2026-10-07T17:00:00Z')).toBe('2026-10-08')
    expect(localDate('2026-10-08T01:00:00+09:00')).toBe('2026-10-07')
  })

  it('give the first day of a month', () => {
    expect(monthOf('2026-10-08')).toBe('2026-10-01')
  })

  it('refuse what is not an instant or a day', () => {
    expect(() => localDate('2026-10-08')).toThrow(RangeError)
    expect(() => localDate('08/10/2026')).toThrow(RangeError)
    expect(() => instantMs('2026-13-08T00:00:00Z')).toThrow(RangeError)
    expect(() => monthOf('2026-13-01')).toThrow(RangeError)
    expect(() => monthOf('2026-10')).toThrow(RangeError)
  })
})
