import { describe, expect, it } from 'vitest'
import {
  atLeastPoints,
  byName,
  count,
  day,
  decimalsFor,
  instant,
  percent,
  percentRange,
} from '../../../web/office/lib/format.ts'

describe('numbers', () => {
  it('separate thousands as each language does', () => {
    expect(count(8412, 'vi')).toBe('8.412')
    expect(count(8412, 'en')).toBe('8,412')
  })

  it('are whole percentages', () => {
    expect(percent(0.6189, 'vi')).toBe('62%')
    expect(percentRange(0.5749, 0.6613, 'vi')).toBe('57–66%')
  })
})

describe('"at least" points', () => {
  it('are rounded towards zero, so that the claim stays true', () => {
    expect(atLeastPoints(0.1299, 'vi')).toBe('12')
    expect(atLeastPoints(0.12, 'vi')).toBe('12')
  })

  it('keep one decimal below one point', () => {
    expect(atLeastPoints(0.0068, 'vi')).toBe('0,6')
  })

  it('are never negative', () => {
    expect(atLeastPoints(-0.2, 'vi')).toBe('0,0')
  })
})

describe('decimals of a scale value', () => {
  it('are never finer than half the standard error', () => {
    expect(decimalsFor(0.06)).toBe(1)
    expect(decimalsFor(0.02)).toBe(2)
    expect(decimalsFor(0.001)).toBe(2)
    expect(decimalsFor(3)).toBe(1)
  })

  it('are one where no standard error is known', () => {
    expect(decimalsFor(null)).toBe(1)
    expect(decimalsFor(0)).toBe(1)
  })
})

describe('days', () => {
  it('are written as people write them', () => {
    expect(day('2026-07-01', 'vi')).toBe('01/07/2026')
    expect(day('2026-07-01', 'en')).toBe('1 Jul 2026')
  })

  it('and instants are in Vietnamese time, wherever the browser is', () => {
    expect(instant('2026-11-23T18:30:00Z', 'vi')).toContain('24/11/2026')
    expect(instant('2026-11-23T18:30:00Z', 'vi')).toContain('01:30')
  })

  it('an instant that cannot be read is shown as it is', () => {
    expect(instant('hôm qua', 'vi')).toBe('hôm qua')
  })
})

it('names are sorted as in a Vietnamese dictionary, Đ after D', () => {
  expect(['Sở Y tế', 'Đông Hưng', 'Diêm Điền', 'Ân Thi'].sort(byName('vi'))).toEqual([
    'Ân Thi',
    'Diêm Điền',
    'Đông Hưng',
    'Sở Y tế',
  ])
})
