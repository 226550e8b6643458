import { describe, expect, it } from 'vitest'
import { fisherMidP } from '../../../api/core/stats/fisherMidP.ts'

/** Exact rational check for small tables: the hypergeometric distribution by whole-number binomials. */
function byHand(a: number, n1: number, b: number, n2: number): number {
  const choose = (n: number, k: number): number =>
    k < 0 || k > n ? 0 : Array.from({ length: k }, (_, i) => (n - i) / (i + 1)).reduce((p, x) => p * x, 1)
  const p = (k: number) => (choose(a + b, k) * choose(n1 + n2 - a - b, n1 - k)) / choose(n1 + n2, n1)
  let sum = p(a) / 2
  for (let k = 0; k < a; k += 1) sum += p(k)
  return sum
}

describe('fisherMidP', () => {
  it('equals the sum over the hypergeometric distribution for every small table', () => {
    for (let n1 = 1; n1 <= 8; n1 += 1)
      for (let n2 = 1; n2 <= 9; n2 += 1)
        for (let a = 0; a <= n1; a += 1)
          for (let b = 0; b <= n2; b += 1)
            expect(fisherMidP({ favourable: a, n: n1 }, { favourable: b, n: n2 })).toBeCloseTo(byHand(a, n1, b, n2), 12)
  })

  it('keeps its level far out in a large skewed table', () => {
    expect(fisherMidP({ favourable: 150, n: 200 }, { favourable: 1500, n: 1700 })).toBeGreaterThan(0)
    expect(fisherMidP({ favourable: 150, n: 200 }, { favourable: 1500, n: 1700 })).toBeLessThan(1e-5)
  })

  it('is one half when the two sides mirror each other', () => {
    expect(fisherMidP({ favourable: 50, n: 100 }, { favourable: 50, n: 100 })).toBeCloseTo(0.5, 12)
  })

  it('is small when the first falls short and near one when it is ahead', () => {
    expect(fisherMidP({ favourable: 10, n: 40 }, { favourable: 300, n: 400 })).toBeLessThan(1e-8)
    expect(fisherMidP({ favourable: 39, n: 40 }, { favourable: 200, n: 400 })).toBeGreaterThan(0.999)
  })

  it('says nothing either way when everybody is favourable', () => {
    expect(fisherMidP({ favourable: 40, n: 40 }, { favourable: 400, n: 400 })).toBeCloseTo(0.5, 12)
  })
})
