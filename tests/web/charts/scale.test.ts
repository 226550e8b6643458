import { describe, expect, it } from 'vitest'
import { band, position, ticks } from '../../../web/charts/scale.ts'

const share = { min: 0, max: 1 }

describe('position', () => {
  it('maps the ends and the middle of the domain', () => {
    expect([position(0, share), position(0.5, share), position(1, share)]).toEqual([0, 50, 100])
    expect(position(11 / 6, { min: 1 / 3, max: 10 / 3 })).toBeCloseTo(50)
  })

  it('keeps what lies outside at the edge', () => {
    expect([position(-3, share), position(7, share)]).toEqual([0, 100])
  })

  it('refuses an empty domain and values that are no numbers', () => {
    expect(() => position(1, { min: 2, max: 2 })).toThrow(RangeError)
    expect(() => position(Number.NaN, share)).toThrow(RangeError)
  })
})

describe('band', () => {
  it('is as wide as the interval, whichever end comes first', () => {
    expect(band(0.25, 0.75, share)).toEqual({ left: 25, width: 50 })
    expect(band(0.75, 0.25, share)).toEqual({ left: 25, width: 50 })
  })

  it('has no width where the ends meet', () => {
    expect(band(0.5, 0.5, share)).toEqual({ left: 50, width: 0 })
  })
})

describe('ticks', () => {
  it('are evenly spaced and hold both ends', () => {
    expect(ticks({ min: 1, max: 10 }, 4)).toEqual([1, 4, 7, 10])
  })

  it('are at least two', () => {
    expect(() => ticks(share, 1)).toThrow(RangeError)
  })
})
