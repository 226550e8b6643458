import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AnswersBuilder, type Answers, type Column } from '../../../../api/core/index/estimate/answers.ts'
import { linearise, rowsOf, type Linearised } from '../../../../api/core/index/estimate/linearise.ts'
import { packedAt } from '../../../../api/core/index/estimate/packed.ts'

interface Person {
  responsible: number
  receiving: number
  day: number
  weight: number
  values: (number | null)[]
}
const columns: Column[] = [
  { code: 'A', rates: 'responsible', statistic: 'mean' },
  { code: 'B', rates: 'responsible', statistic: 'mean' },
  { code: 'C', rates: 'receiving', statistic: 'mean' },
]

function answersOf(people: readonly Person[]): Answers {
  const builder = new AnswersBuilder(columns)
  for (const person of people) builder.add(person, person.values)
  return builder.build(Float64Array.from(people, (person) => person.weight))
}

function estimate(people: readonly Person[], units: readonly number[]): Linearised {
  const inScope = new Uint8Array(20)
  for (const unit of units) inScope[unit] = 1
  const answers = answersOf(people)
  return linearise(answers, rowsOf(answers, inScope), inScope)
}

/** The textbook formula written out plainly, for one pair of columns. */
function plainCovariance(people: readonly Person[], units: readonly number[], a: number, b: number): number {
  const inside = (unit: number) => units.includes(unit)
  const mine = people.filter((p) => inside(p.responsible) || inside(p.receiving))
  const rated = (p: Person, column: number) =>
    p.values[column] !== null && inside(columns[column]!.rates === 'receiving' ? p.receiving : p.responsible)
  const influence = (column: number) => {
    const own = mine.filter((p) => rated(p, column))
    const total = own.reduce((sum, p) => sum + p.weight, 0)
    const mean = own.reduce((sum, p) => sum + p.weight * p.values[column]!, 0) / total
    return (p: Person) => (rated(p, column) ? (p.weight * (p.values[column]! - mean)) / total : 0)
  }
  const [za, zb] = [influence(a), influence(b)]
  const unitOf = (p: Person) => (inside(p.responsible) ? p.responsible : p.receiving)
  let covariance = 0
  for (const stratum of Map.groupBy(mine, unitOf).values()) {
    const clusters = [...Map.groupBy(stratum, (p) => p.day).values()].map((cluster) => ({
      a: cluster.reduce((sum, p) => sum + za(p), 0),
      b: cluster.reduce((sum, p) => sum + zb(p), 0),
    }))
    const n = clusters.length
    const mean = (key: 'a' | 'b') => (n > 1 ? clusters.reduce((sum, c) => sum + c[key], 0) / n : 0)
    const [ma, mb] = [mean('a'), mean('b')]
    covariance += (n > 1 ? n / (n - 1) : 1) * clusters.reduce((sum, c) => sum + (c.a - ma) * (c.b - mb), 0)
  }
  return covariance
}

const person = fc.record({
  responsible: fc.integer({ min: 1, max: 4 }),
  receiving: fc.integer({ min: 1, max: 4 }),
  day: fc.integer({ min: 0, max: 6 }),
  weight: fc.double({ min: 0.2, max: 9, noNaN: true }),
  values: fc.tuple(
    ...columns.map(() => fc.option(fc.integer({ min: 0, max: 4 }), { nil: null, freq: 3 })),
  ) as fc.Arbitrary<(number | null)[]>,
})
const crowd = fc.array(person, { minLength: 5, maxLength: 60 })

describe('estimates of a group of units', () => {
  test('equal the textbook formula for any answers, weights, days and units', () => {
    fc.assert(
      fc.property(crowd, fc.subarray([1, 2, 3, 4], { minLength: 1 }), (people, units) => {
        const result = estimate(people, units)
        for (const a of columns.keys()) {
          for (const b of columns.keys()) {
            const got = result.covariance[packedAt(3, a, b)]
            if (result.est[a] === null || result.est[b] === null) expect(got).toBe(0)
            else expect(got).toBeCloseTo(plainCovariance(people, units, a, b), 10)
          }
        }
      }),
    )
  })

  test('do not depend on the order of rows nor on the scale of weights', () => {
    fc.assert(
      fc.property(crowd, fc.double({ min: 0.1, max: 50, noNaN: true }), (people, factor) => {
        const scaled = people.map((one) => ({ ...one, weight: one.weight * factor })).toReversed()
        const [was, is] = [estimate(people, [1, 2]), estimate(scaled, [1, 2])]
        was.est.forEach((est, at) => {
          if (est === null) expect(is.est[at]).toBeNull()
          else expect(is.est[at]).toBeCloseTo(est, 10)
        })
        was.covariance.forEach((value, at) => expect(is.covariance[at]).toBeCloseTo(value, 10))
      }),
    )
  })

  test('with one person a day and equal weights are the mean and s²/n of a simple random sample', () => {
    const values = [1, 4, 4, 2, 3, 0, 4, 4]
    const people = values.map((value, day) => ({
      responsible: 1,
      receiving: 1,
      day,
      weight: 1,
      values: [value, null, null],
    }))
    const { est, n, kish, covariance, clusters, strata } = estimate(people, [1])
    const mean = values.reduce((sum, x) => sum + x, 0) / 8
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 7
    expect([est[0], n[0], kish[0], clusters, strata]).toEqual([mean, 8, 8, 8, 1])
    expect(covariance[0]).toBeCloseTo(variance / 8, 14)
    expect(est.slice(1)).toEqual([null, null])
  })
})
