import { expect, it } from 'vitest'
import { sum } from '../../../api/core/stats/sum.ts'

it('sum keeps what plain addition loses, in any order', () => {
  expect(sum([1, 1e100, 1, -1e100])).toBe(2)
  expect(sum(Array.from({ length: 10 }, () => 0.1))).toBe(1)
  expect(sum([])).toBe(0)
  expect(sum(new Set([1, 2, 3]))).toBe(6)
  expect(sum([1, Infinity])).toBe(Infinity)
})
