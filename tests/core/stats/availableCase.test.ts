import { describe, expect, it } from 'vitest'
import { availableCase, type JointCounts } from '../../../api/core/stats/availableCase.ts'
import { mean } from '../../../api/core/stats/mean.ts'
import { seeded } from './seeded.ts'

type Person = readonly (number | null)[]

/** Items and joint tables of people's option indices (null: not shown). */
function tables(people: readonly Person[], values: readonly (readonly number[])[], weights: readonly number[]) {
  const items = values.map((options, j) => ({
    values: options,
    weight: weights[j]!,
    counts: options.map((_, a) => people.filter((person) => person[j] === a).length),
  }))
  const pairs: JointCounts[] = []
  for (let j = 0; j < values.length; j += 1) {
    for (let k = j + 1; k < values.length; k += 1) {
      const both = (a: number, b: number) => people.filter((person) => person[j] === a && person[k] === b).length
      pairs.push({ j, k, counts: values[j]!.map((_, a) => values[k]!.map((__, b) => both(a, b))) })
    }
  }
  return { items, pairs }
}

const binary = Array.from({ length: 8 }, () => [0, 1])
const ones = Array.from({ length: 8 }, () => 1)

/** A person's common mood makes the eight answers hang together. */
function person(random: () => number): number[] {
  const mood = 0.45 * (random() - 0.5)
  return binary.map((_, j) => (random() < 0.65 + 0.03 * j + mood ? 1 : 0))
}

describe('availableCase', () => {
  it('with complete data equals mean and standard error of the per-person sums', () => {
    const random = seeded(7)
    const values = [
      [0, 1, 2],
      [2, 1, 0],
      [1, 3.5],
      [5, 4, 3, 2, 1],
    ]
    const weights = [1, 2, -0.5, 0.25]
    for (let run = 0; run < 50; run += 1) {
      const people = Array.from({ length: 5 + run }, () => {
        const mood = random()
        return values.map((options) => Math.floor(options.length * (0.5 * mood + 0.5 * random())))
      })
      const sums = people.map((answers) =>
        answers.reduce((total, option, j) => total + weights[j]! * values[j]![option]!, 0),
      )
      const levels = [...new Set(sums)]
      const ordinary = mean({ values: levels, counts: levels.map((level) => sums.filter((s) => s === level).length) })
      const { items, pairs } = tables(people, values, weights)
      const got = availableCase(items, pairs)
      expect(got.est).toBeCloseTo(ordinary.est!, 12)
      expect(got.se).toBeCloseTo(ordinary.se!, 12)
      expect(got.df).toBe(people.length - 1)
      expect(got.n).toBe(people.length)
    }
  })

  it('adds variances where nobody answered two items, however the joint table is given', () => {
    const items = [
      { values: [0, 1], counts: [10, 30], weight: 1 },
      { values: [0, 1], counts: [25, 25], weight: 1 },
    ]
    const variance = (0.75 * 0.25 * 40) / 39 / 40 + (0.25 * 50) / 49 / 50
    const none = availableCase(items, [])
    expect(none.se).toBeCloseTo(Math.sqrt(variance), 14)
    expect(none).toMatchObject({ n: 40, df: 39, est: 1.25 })
    const empty = [
      {
        j: 0,
        k: 1,
        counts: [
          [0, 0],
          [0, 0],
        ],
      },
    ]
    const one = [
      {
        j: 1,
        k: 0,
        counts: [
          [0, 1],
          [0, 0],
        ],
      },
    ]
    expect(availableCase(items, empty)).toEqual(none)
    expect(availableCase(items, one)).toEqual(none)
  })

  it('covers the true sum about 95 times in 100 under rotation, where ignoring covariance would not', () => {
    const random = seeded(8)
    // Five of eight items each, as on the rating page.
    const blocks = [
      [0, 1, 2, 3, 4],
      [5, 6, 7, 0, 1],
      [2, 3, 5, 6, 4],
      [7, 4, 0, 3, 6],
      [1, 2, 7, 5, 3],
    ]
    const truth = 8 * 0.65 + 0.03 * 28
    let covered = 0
    let coveredIgnoring = 0
    const runs = 1500
    for (let run = 0; run < runs; run += 1) {
      const people = Array.from({ length: 90 }, (_, i) => {
        const answers = person(random)
        return answers.map((answer, j) => (blocks[i % blocks.length]!.includes(j) ? answer : null))
      })
      const { items, pairs } = tables(people, binary, ones)
      const got = availableCase(items, pairs)
      if (got.lo! <= truth && truth <= got.hi!) covered += 1
      const ignoring = availableCase(items, [])
      if (ignoring.lo! <= truth && truth <= ignoring.hi!) coveredIgnoring += 1
    }
    expect(covered / runs).toBeGreaterThan(0.93)
    expect(covered / runs).toBeLessThan(0.97)
    expect(coveredIgnoring / runs).toBeLessThan(covered / runs - 0.03)
  })

  it('stays on the scale and never claims certainty', () => {
    const all = tables(
      Array.from({ length: 30 }, () => ones.map(() => 1)),
      binary,
      ones,
    )
    const got = availableCase(all.items, all.pairs)
    expect(got).toMatchObject({ est: 8, hi: 8, n: 30, method: 'available_case_no_spread' })
    expect(got.lo).toBeCloseTo(8 - 8 * 0.1135, 2)
    // Perfectly opposed items: every sum is 1, so the variance is 0 in truth.
    const opposed = tables(
      Array.from({ length: 20 }, (_, i) => [i % 2, 1 - (i % 2)]),
      [
        [0, 1],
        [0, 1],
      ],
      [1, 1],
    )
    const flat = availableCase(opposed.items, opposed.pairs)
    expect(flat.est).toBe(1)
    expect(flat.hi! - flat.lo!).toBeGreaterThan(0.2)
  })

  it('never becomes NaN or negative when joint tables are thin', () => {
    const random = seeded(9)
    for (let run = 0; run < 400; run += 1) {
      const people = Array.from({ length: 4 + Math.floor(12 * random()) }, () =>
        person(random).map((answer) => (random() < 0.35 ? answer : null)),
      )
      const { items, pairs } = tables(people, binary, ones)
      const got = availableCase(items, pairs)
      if (got.suppressed !== null) continue
      expect(got.est! >= 0 && got.est! <= 8 && got.lo! <= got.est! && got.est! <= got.hi!).toBe(true)
      if (got.n! > 1) expect(got.se).toBeGreaterThan(0)
    }
  })

  it('tells an item without answers from one that is not there, and refuses tables that do not fit', () => {
    const item = { values: [0, 1], counts: [1, 2], weight: 1 }
    expect(availableCase([], []).suppressed).toBe('not_measured')
    expect(availableCase([item, { ...item, counts: [0, 0] }], [])).toMatchObject({ suppressed: 'too_few', n: 0 })
    expect(availableCase([item, { ...item, counts: [0, 1] }], [])).toMatchObject({ n: 1, se: null, lo: 0, hi: 2 })
    const pair = {
      j: 0,
      k: 1,
      counts: [
        [0, 1],
        [1, 0],
      ],
    }
    expect(() => availableCase([item, item], [pair, { ...pair, j: 1, k: 0 }])).toThrow(RangeError)
    expect(() => availableCase([item, item], [{ ...pair, k: 2 }])).toThrow(RangeError)
    expect(() => availableCase([item, item], [{ ...pair, counts: [[1, 1]] }])).toThrow(RangeError)
    expect(() => availableCase([{ ...item, counts: [1] }], [])).toThrow(RangeError)
  })
})
