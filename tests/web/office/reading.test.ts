import { describe, expect, it } from 'vitest'
import type { Estimate } from '../../../web/office/api/types.ts'
import { readEstimate, writeEnd, writeRange, writeValue } from '../../../web/office/figures/reading.ts'

const full: Estimate = {
  est: 0.62,
  se: 0.02,
  df: null,
  lo: 0.58,
  hi: 0.66,
  n: 412,
  nEff: 412,
  method: 'wilson',
  suppressed: null,
}
const empty = { est: null, se: null, df: null, lo: null, hi: null, n: null, nEff: null, method: 'none' }

describe('what may be said about an estimate', () => {
  it('a value needs its interval and its number of answers', () => {
    expect(readEstimate(full, null)).toEqual({ kind: 'value', est: 0.62, lo: 0.58, hi: 0.66, n: 412 })
  })

  it('without a value only the interval is said, and what is still needed', () => {
    expect(readEstimate({ ...full, est: null, se: null, n: 22 }, 8)).toEqual({
      kind: 'interval',
      lo: 0.58,
      hi: 0.66,
      n: 22,
      needed: 8,
    })
  })

  it('too few answers say how many are missing', () => {
    expect(readEstimate({ ...empty, n: 4, suppressed: 'too_few' }, 6)).toEqual({ kind: 'too_few', n: 4, needed: 6 })
  })

  it('hidden and not measured stay apart', () => {
    expect(readEstimate({ ...empty, suppressed: 'complementary' }, null).kind).toBe('complementary')
    expect(readEstimate({ ...empty, suppressed: 'not_measured' }, null).kind).toBe('not_measured')
  })

  it('a count over the whole register has no interval to show', () => {
    const register = { ...full, est: 92.4, lo: 92.4, hi: 92.4, se: 0, method: 'register_count' }
    expect(readEstimate(register, null)).toEqual({ kind: 'plain', est: 92.4, n: 412 })
  })

  it('an estimate without anything reads as not measured, never as zero', () => {
    expect(readEstimate({ ...empty, suppressed: null }, null)).toEqual({ kind: 'not_measured' })
    expect(readEstimate({ ...full, est: Number.NaN, lo: Number.NaN }, null)).toEqual({ kind: 'not_measured' })
  })
})

describe('writing a value', () => {
  it('shares are whole percentages', () => {
    expect(writeValue(0.617, { min: 0, max: 1 }, 0.001, 'vi')).toBe('62%')
    expect(writeRange(0.58, 0.66, { min: 0, max: 1 }, 0.02, 'vi')).toBe('58–66%')
  })

  it('percentages of the register keep one decimal', () => {
    expect(writeValue(91.7, { min: 0, max: 100 }, 0, 'vi')).toBe('91,7%')
  })

  it('other scales have the decimals their error allows', () => {
    expect(writeValue(2.714, { min: 1 / 3, max: 10 / 3 }, 0.04, 'vi')).toBe('2,7')
    expect(writeRange(6.401, 6.439, { min: 0, max: 8 }, 0.01, 'vi')).toBe('6,40–6,44')
  })

  it('ends of a scale are short', () => {
    expect([writeEnd(8, 'vi'), writeEnd(1 / 3, 'vi')]).toEqual(['8', '0,33'])
  })
})
