import { describe, expect, it } from 'vitest'
import { itemsFor } from '../../../api/core/instrument/definition.ts'
import { shownItems } from '../../../api/core/instrument/show.ts'
import { ratingInstrument } from './rating.ts'

const rating = ratingInstrument()
const sets = rating.rotation.citizen
const together = (...codes: string[]) => sets.filter((set) => codes.every((code) => set.includes(code))).length
const qualities = itemsFor(rating, 'citizen')
  .map((item) => item.code)
  .filter((code) => code.startsWith('Q_'))
const tokens = Array.from({ length: 22_000 }, (_, at) => `HY1-${(at * 2_654_435_761).toString(36)}`)

describe('the citizen rotation', () => {
  it('asks every pair of the eight qualities together in at least three sets, so each covariance can be estimated', () => {
    expect(qualities).toHaveLength(8)
    for (const a of qualities) {
      for (const b of qualities) if (a < b) expect(together(a, b), `${a} ${b}`).toBeGreaterThanOrEqual(3)
    }
  })

  it('asks the three TT 01/2018 criteria together in more than a third of the sets', () => {
    expect(together('T3', 'T4', 'T7') / sets.length).toBeGreaterThan(1 / 3)
  })

  it('asks about informal payment in fewer than a tenth of the sets', () => {
    expect(together('X_PAYMENT') / sets.length).toBeLessThan(0.1)
    expect(together('X_PAYMENT')).toBeGreaterThan(0)
  })

  it('asks every other item equally often', () => {
    const others = itemsFor(rating, 'citizen').filter(
      (item) => item.na && !['OVERALL', 'X_PAYMENT'].includes(item.code),
    )
    expect(new Set(others.map((item) => together(item.code)))).toEqual(new Set([9]))
  })
})

describe('shownItems', () => {
  it('gives the same items for the same token, and every item of the applicant exactly once', () => {
    for (const applicant of ['citizen', 'business', 'organisation'] as const) {
      const shown = shownItems(rating, applicant, 'HY1-abc')
      expect(shownItems(rating, applicant, 'HY1-abc')).toEqual(shown)
      expect(shown.first.length).toBeLessThanOrEqual(5)
      const own = itemsFor(rating, applicant).map((item) => item.code)
      expect([...shown.first, ...shown.more, 'OVERALL', 'COMMENT'].toSorted()).toEqual(own.toSorted())
    }
  })

  it('spreads tokens evenly over the sets', () => {
    const counts = new Map<string, number>()
    for (const token of tokens) {
      const key = shownItems(rating, 'citizen', token).first.join()
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    expect(counts.size).toBe(sets.length)
    // 1000 expected per set, standard deviation 31.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })
})
