import { describe, expect, it } from 'vitest'
import { benjaminiHochberg } from '../../../api/core/stats/benjaminiHochberg.ts'
import { seeded } from './seeded.ts'

describe('benjaminiHochberg', () => {
  it('adjusts in the order given', () => {
    const { q, rejected } = benjaminiHochberg([0.04, 0.01, 0.9, 0.03], 0.1)
    expect(q.map((value) => Number(value.toFixed(6)))).toEqual([0.053333, 0.04, 0.9, 0.053333])
    expect(rejected).toEqual([true, true, false, true])
  })

  it('is monotone in p, never below p, never above 1', () => {
    const random = seeded(5)
    const p = Array.from({ length: 300 }, () => random() ** 3)
    const { q } = benjaminiHochberg(p)
    const order = p.map((_, i) => i).sort((a, b) => p[a]! - p[b]!)
    order.forEach((at, i) => {
      expect(q[at]! >= p[at]! && q[at]! <= 1).toBe(true)
      if (i > 0) expect(q[at]! >= q[order[i - 1]!]!).toBe(true)
    })
  })

  it('keeps false discoveries at the rate when most hypotheses are true', () => {
    const random = seeded(6)
    let share = 0
    for (let run = 0; run < 500; run += 1) {
      const p = Array.from({ length: 100 }, (_, i) => (i < 20 ? random() / 10000 : random()))
      const { rejected } = benjaminiHochberg(p, 0.1)
      const found = rejected.filter(Boolean).length
      share += found === 0 ? 0 : rejected.filter((hit, i) => hit && i >= 20).length / found
    }
    expect(share / 500).toBeLessThan(0.1)
  })

  it('takes an empty family and refuses what is not a probability', () => {
    expect(benjaminiHochberg([])).toEqual({ q: [], rejected: [] })
    expect(() => benjaminiHochberg([NaN])).toThrow(RangeError)
    expect(() => benjaminiHochberg([0.1], 2)).toThrow(RangeError)
  })
})
