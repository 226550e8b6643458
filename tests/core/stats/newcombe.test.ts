import { describe, expect, it } from 'vitest'
import { newcombe } from '../../../api/core/stats/newcombe.ts'
import { seeded } from './seeded.ts'

describe('newcombe', () => {
  it('is second − first: the cell first and the rest second gives the shortfall', () => {
    const shortfall = newcombe({ favourable: 48, n: 80 }, { favourable: 56, n: 70 })
    expect(shortfall.est).toBeCloseTo(0.2, 14)
    expect(shortfall.lo).toBeCloseTo(0.0524, 4)
    expect(shortfall.hi).toBeCloseTo(0.3339, 4)
    expect(shortfall).toMatchObject({ n: 70, method: 'newcombe', suppressed: null })
    expect(shortfall.nEff).toBeCloseTo((70 * 80) / 150, 12)
  })

  it('changes sign when the groups change places, and contains the difference', () => {
    const random = seeded(2)
    for (let run = 0; run < 500; run += 1) {
      const group = () => {
        const n = 1 + Math.floor(60 * random())
        return { favourable: Math.floor((n + 1) * random()), n }
      }
      const [a, b] = [group(), group()]
      const ab = newcombe(a, b)
      const ba = newcombe(b, a)
      expect(ab.est).toBeCloseTo(-ba.est!, 12)
      expect(ab.lo).toBeCloseTo(-ba.hi!, 12)
      expect(ab.lo! <= ab.est! && ab.est! <= ab.hi! && ab.lo! >= -1 && ab.hi! <= 1).toBe(true)
    }
  })

  it('covers the true difference about 95 times in 100', () => {
    const random = seeded(3)
    const draw = (p: number, n: number) => {
      let favourable = 0
      for (let i = 0; i < n; i += 1) if (random() < p) favourable += 1
      return { favourable, n }
    }
    let covered = 0
    const runs = 4000
    for (let run = 0; run < runs; run += 1) {
      const [p1, p2] = [0.4 + 0.55 * random(), 0.4 + 0.55 * random()]
      const { lo, hi } = newcombe(draw(p1, 35), draw(p2, 300))
      if (lo! <= p2 - p1 && p2 - p1 <= hi!) covered += 1
    }
    expect(covered / runs).toBeGreaterThan(0.94)
    expect(covered / runs).toBeLessThan(0.97)
  })

  it('refuses an empty group', () => {
    expect(() => newcombe({ favourable: 0, n: 0 }, { favourable: 1, n: 2 })).toThrow(RangeError)
    expect(() => newcombe({ favourable: 3, n: 2 }, { favourable: 1, n: 2 })).toThrow(RangeError)
  })
})
