import { describe, expect, it } from 'vitest'
import { twoShareTest } from '../../../api/core/stats/twoShareTest.ts'
import { seeded } from './seeded.ts'

describe('twoShareTest', () => {
  it('equals R prop.test(c(15, 25), c(50, 50), correct = FALSE): X² = 4.1667, p = 0.04123', () => {
    const { z, oneSided, twoSided } = twoShareTest({ favourable: 15, n: 50 }, { favourable: 25, n: 50 })
    expect(z * z).toBeCloseTo(25 / 6, 12)
    expect(twoSided).toBeCloseTo(0.0412268, 6)
    expect(oneSided).toBeCloseTo(twoSided / 2, 15)
  })

  it('is small on one side only when the first group falls short', () => {
    const better = twoShareTest({ favourable: 25, n: 50 }, { favourable: 15, n: 50 })
    expect(better.oneSided).toBeGreaterThan(0.95)
    expect(better.z).toBeLessThan(0)
  })

  it('finds no evidence where both groups are unanimous', () => {
    for (const favourable of [0, 1]) {
      const got = twoShareTest({ favourable: 20 * favourable, n: 20 }, { favourable: 50 * favourable, n: 50 })
      expect(got).toEqual({ z: 0, oneSided: 0.5, twoSided: 1 })
    }
  })

  it('raises a false alarm in about five of a hundred equal pairs', () => {
    const random = seeded(4)
    const draw = (n: number) => {
      let favourable = 0
      for (let i = 0; i < n; i += 1) if (random() < 0.8) favourable += 1
      return { favourable, n }
    }
    let alarms = 0
    for (let run = 0; run < 4000; run += 1) if (twoShareTest(draw(50), draw(500)).oneSided < 0.05) alarms += 1
    expect(alarms / 4000).toBeGreaterThan(0.035)
    expect(alarms / 4000).toBeLessThan(0.075)
  })

  it('refuses impossible counts', () => {
    expect(() => twoShareTest({ favourable: 1, n: 0 }, { favourable: 1, n: 2 })).toThrow(RangeError)
  })
})
