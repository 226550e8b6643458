import { expect, test } from 'vitest'
import { selectionBand } from '../../../../api/core/index/compare/selection-band.ts'
import { makeEstimate, notMeasured } from '../../../../api/core/stats/estimate.ts'
import { wilson } from '../../../../api/core/stats/wilson.ts'

/** The table of Meng's identity: bias in standard deviations, and the random sample worth as much. */
test.each([
  [0.02, 0.01, 0.07, 204],
  [0.02, 0.1, 0.7, 2],
  [0.1, 0.05, 0.15, 44],
  [0.3, 0.02, 0.0306, 1071],
  [0.6, 0.05, 0.0408, 600],
])(
  'with %d answering and ρ = %d the mean may be %d standard deviations off, worth %d random answers',
  (f, rho, bias, worth) => {
    const estimate = makeEstimate({ est: 0, se: 0.1, df: 99, lo: -0.2, hi: 0.2, n: 100, nEff: 100, method: 'test' })
    const band = selectionBand(estimate, f, { rho })!
    expect(band.reach).toBeCloseTo(bias, 3)
    expect(Math.round(band.worth!)).toBe(worth)
    expect([band.lo, band.hi]).toEqual([-0.2 - band.reach, 0.2 + band.reach])
  },
)

test('a share’s spread is √(p(1 − p)), and the band stays on the scale', () => {
  const band = selectionBand(wilson(90, 100), 0.1, { rho: 0.05, scale: { min: 0, max: 1 } })!
  expect(band.reach).toBeCloseTo(0.05 * 3 * 0.3, 12)
  expect(selectionBand(wilson(90, 100), 0.1, { rho: 0.5, scale: { min: 0, max: 1 } })!.hi).toBe(1)
})

test('nothing is left to choose where all answered, and nothing is said of a hidden figure', () => {
  expect(selectionBand(wilson(90, 100), 1)).toMatchObject({ reach: 0, worth: null })
  expect(selectionBand(notMeasured(), 0.5)).toBeNull()
  expect(() => selectionBand(wilson(90, 100), 0)).toThrow(RangeError)
})
