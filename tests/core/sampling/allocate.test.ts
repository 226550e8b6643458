import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate, type Allocation } from '../../../api/core/sampling/allocate.ts'

const strata = (sizes: Readonly<Record<string, number>>) =>
  Object.entries(sizes).map(([stratum, members]) => ({ stratum, members }))
const casesOf = (sizes: Readonly<Record<string, number>>, allocation: Allocation, certainty: string[] = []) => {
  const made = allocate(strata(sizes), allocation, certainty)
  return 'faults' in made ? made.faults : Object.fromEntries([...made.cases].sort())
}
const proportional = (total: number, minimum = 0): Allocation => ({ kind: 'proportional', total, minimum })

describe('proportional allocation', () => {
  test('rounds by largest remainders, ties by name', () => {
    // 10 × 0.47 = 4.7, 10 × 0.33 = 3.3, 10 × 0.2 = 2.0
    expect(casesOf({ a: 47, b: 33, c: 20 }, proportional(10))).toEqual({ a: 5, b: 3, c: 2 })
    expect(casesOf({ b: 10, a: 10, c: 10 }, proportional(10))).toEqual({ a: 4, b: 3, c: 3 })
  })

  test('keeps the minimum, and takes a smaller stratum whole', () => {
    expect(casesOf({ a: 900, b: 60, c: 4 }, proportional(100, 10))).toEqual({ a: 86, b: 10, c: 4 })
  })

  test('always has the total, within what each stratum has and at least its minimum', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(
        sizes,
        fc.integer({ min: 0, max: 20 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (members, minimum, part) => {
          const list = members.map((count, i) => ({ stratum: `s${i}`, members: count }))
          const floor = (count: number) => Math.min(count, Math.max(1, minimum))
          const least = members.reduce((sum, count) => sum + floor(count), 0)
          const total = least + Math.floor(part * (members.reduce((a, b) => a + b) - least))
          const made = allocate(list, proportional(total, minimum))
          if ('faults' in made) throw new Error(JSON.stringify(made.faults))
          let sum = 0
          for (const one of list) {
            const cases = made.cases.get(one.stratum) ?? 0
            sum += cases
            expect(cases).toBeGreaterThanOrEqual(floor(one.members))
            expect(cases).toBeLessThanOrEqual(one.members)
          }
          expect(sum).toBe(total)
        },
      ),
    )
  })

  test('says when the total is more than there is, or less than the minimums need', () => {
    expect(casesOf({ a: 5, b: 5 }, proportional(11))).toEqual([{ code: 'total_too_large', stratum: null }])
    expect(casesOf({ a: 50, b: 50 }, proportional(9, 5))).toEqual([{ code: 'total_too_small', stratum: null }])
    expect(casesOf({ a: 50, b: 50 }, proportional(55, 5), ['a', 'x'])).toEqual([
      { code: 'unknown_certainty', stratum: 'x' },
    ])
    expect(casesOf({ a: 50, b: 50 }, proportional(40), ['a'])).toEqual([{ code: 'total_too_small', stratum: null }])
  })
})

describe('fixed allocation', () => {
  const fixed = (cases: Readonly<Record<string, number>>): Allocation => ({
    kind: 'fixed',
    strata: Object.entries(cases).map(([stratum, count]) => ({ stratum, cases: count })),
  })

  test('takes what was asked for, and certainty strata whole', () => {
    expect(casesOf({ a: 50, b: 70, c: 3 }, fixed({ a: 10, b: 70 }), ['c'])).toEqual({ a: 10, b: 70, c: 3 })
  })

  test('names every stratum that is too small, empty, or left out', () => {
    expect(casesOf({ a: 5, b: 70, c: 3 }, fixed({ a: 6, x: 1, c: 0 }))).toEqual([
      { code: 'stratum_too_small', stratum: 'a' },
      { code: 'empty_stratum', stratum: 'x' },
      { code: 'stratum_not_allocated', stratum: 'b' },
      { code: 'stratum_not_allocated', stratum: 'c' },
    ])
  })
})
