import * as fc from 'fast-check'
import { Matrix, SingularValueDecomposition } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { findMethod } from '../../../api/core/analysis/registry.ts'
import { SingularError, weightedCovariance } from '../../../api/core/stats/drivers/covariance.ts'
import { importance } from '../../../api/core/stats/drivers/importance.ts'
import { regression } from '../../../api/core/stats/drivers/regression.ts'
import { leastSquares } from '../../../api/core/stats/leastSquares.ts'
import { DataError } from '../../../api/core/table/data-error.ts'
import { seeded } from './seeded.ts'

/** Outcome first; answers that go together, as answers do. */
function answers(n: number, p: number, seed: number): number[][] {
  const random = seeded(seed)
  const mood = Array.from({ length: n }, () => random())
  const items = Array.from({ length: p }, (_, j) => mood.map((m) => (m + random() * (1 + j / p)) * 3))
  return [
    mood.map((m, i) => m + items.reduce((total, item, j) => total + (item[i]! * (j + 1)) / 9, 0) + random()),
    ...items,
  ]
}
const ones = (n: number) => Array.from({ length: n }, () => 1)
const rSquare = (y: readonly number[], columns: readonly (readonly number[])[], weights: readonly number[]) => {
  const total = leastSquares([ones(y.length)], y, weights).squares
  return 1 - leastSquares([ones(y.length), ...columns], y, weights).squares / total
}

describe('importance', () => {
  const [y, ...x] = answers(60, 4, 11) as [number[], ...number[][]]
  const weights = Array.from({ length: 60 }, (_, i) => 1 + (i % 3))
  const orders = (list: number[]): number[][] =>
    list.length === 0
      ? [[]]
      : list.flatMap((first) => orders(list.filter((j) => j !== first)).map((rest) => [first, ...rest]))

  for (const [what, w] of [
    ['plain', ones(60)],
    ['weighted', weights],
  ] as const)
    it(`LMG is the average gain over all 24 orders of regressions on the rows, first and last its ends (${what})`, () => {
      const found = importance(weightedCovariance([y, ...x], w).covariance)
      const fit = (set: number[]) =>
        set.length === 0
          ? 0
          : rSquare(
              y,
              set.map((j) => x[j]!),
              w,
            )
      const gain = [0, 0, 0, 0]
      for (const order of orders([0, 1, 2, 3]))
        order.forEach((j, i) => (gain[j]! += (fit(order.slice(0, i + 1)) - fit(order.slice(0, i))) / 24))
      gain.forEach((value, j) => {
        expect(found.lmg![j]).toBeCloseTo(value, 10)
        expect(found.first[j]).toBeCloseTo(fit([j]), 10)
        expect(found.last[j]).toBeCloseTo(fit([0, 1, 2, 3]) - fit([0, 1, 2, 3].filter((k) => k !== j)), 10)
      })
      expect(found.r2).toBeCloseTo(fit([0, 1, 2, 3]), 10)
    })

  it('Johnson’s weights are those of his own construction from singular vectors', () => {
    const standard = (column: readonly number[]) => {
      const mean = column.reduce((a, b) => a + b, 0) / column.length
      const length = Math.hypot(...column.map((value) => value - mean))
      return column.map((value) => (value - mean) / length)
    }
    const z = new Matrix(x.map(standard)).transpose()
    const { leftSingularVectors: p, diagonal: d, rightSingularVectors: q } = new SingularValueDecomposition(z)
    const lambda = q.mmul(Matrix.diag(d)).mmul(q.transpose())
    const beta = q
      .mmul(p.transpose())
      .mmul(Matrix.columnVector(standard(y)))
      .getColumn(0)
    const found = importance(weightedCovariance([y, ...x], ones(60)).covariance)
    found.johnson.forEach((weight, j) =>
      expect(weight).toBeCloseTo(
        beta.reduce((total, b, k) => total + lambda.get(j, k) ** 2 * b * b, 0),
        10,
      ),
    )
    found.car.forEach((square, j) => expect(square).toBeCloseTo(beta[j]! ** 2, 10))
  })

  it('with adjusters divides what they leave: the same as orders in which they come first', () => {
    const found = importance(weightedCovariance([y, ...x], ones(60)).covariance, [3, 4])
    const fit = (set: number[]) =>
      rSquare(
        y,
        [...set, 2, 3].map((j) => x[j]!),
        ones(60),
      )
    expect(found.r2Divided).toBeCloseTo(fit([0, 1]) - fit([]), 10)
    expect(found.lmg![0]).toBeCloseTo((fit([0]) - fit([]) + fit([0, 1]) - fit([1])) / 2, 10)
    expect(found.first[1]).toBeCloseTo(fit([1]) - fit([]), 10)
    expect(found.last[1]).toBeCloseTo(fit([0, 1]) - fit([0]), 10)
  })

  it('adds up, stays within R², does not change with units or order, and is the squared correlation for independent drivers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 2, max: 6 }), (seed, p) => {
        const [outcome, ...drivers] = answers(30, p, seed) as [number[], ...number[][]]
        const of = (list: number[][], scale = 1) =>
          importance(
            weightedCovariance([outcome, ...list.map((c) => c.map((v) => v * scale + 7))], ones(30)).covariance,
          )
        const found = of(drivers)
        const total = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)
        for (const list of [found.lmg!, found.pratt, found.johnson, found.car])
          expect(total(list)).toBeCloseTo(found.r2, 9)
        for (const value of [...found.lmg!, ...found.johnson]) {
          expect(value).toBeGreaterThanOrEqual(-1e-12)
          expect(value).toBeLessThanOrEqual(found.r2 + 1e-12)
        }
        const turned = of(drivers.toReversed(), 1000)
        found.lmg!.forEach((value, j) => expect(turned.lmg!.at(-1 - j)).toBeCloseTo(value, 9))
      }),
      { numRuns: 40 },
    )
    const independent = importance([
      [4, 1, 0.5],
      [1, 1, 0],
      [0.5, 0, 1],
    ])
    for (const list of [independent.lmg!, independent.johnson, independent.pratt, independent.first, independent.last])
      list.forEach((value, j) => expect(value).toBeCloseTo([0.25, 0.0625][j]!, 12))
  })

  it('refuses drivers that determine each other and an outcome that does not vary', () => {
    const twice = weightedCovariance([y, x[0]!, x[1]!, x[0]!.map((v, i) => v - 2 * x[1]![i]!)], ones(60)).covariance
    expect(() => importance(twice)).toThrow(SingularError)
    expect(() =>
      importance([
        [0, 0],
        [0, 1],
      ]),
    ).toThrow(RangeError)
  })

  it('ten drivers take milliseconds, twenty-one do without LMG', () => {
    const many = weightedCovariance(answers(100, 21, 3), ones(100)).covariance
    expect(importance(many)).toMatchObject({ lmg: null })
    expect(importance(many.slice(0, 11).map((row) => row.slice(0, 11))).lmg).toHaveLength(10)
  })
})

describe('regression from moments', () => {
  it('is that of the rows, weighted or not', () => {
    const [y, ...x] = answers(40, 3, 5) as [number[], ...number[][]]
    const weights = Array.from({ length: 40 }, (_, i) => 0.5 + (i % 4))
    for (const w of [ones(40), weights]) {
      const got = regression(weightedCovariance([y, ...x], w), 0.95)
      const want = leastSquares([ones(40), ...x], y, w)
      const variance = want.squares / 36
      const mine = [got.intercept!, ...got.slopes]
      mine.forEach(({ estimate, se }, j) => {
        expect(estimate).toBeCloseTo(want.coefficients[j]!, 9)
        expect(se).toBeCloseTo(Math.sqrt(variance * want.inverse.get(j, j)), 9)
      })
      expect(got.sigma).toBeCloseTo(Math.sqrt(variance), 10)
      got.slopes.forEach(({ vif }, j) => {
        const others = x.filter((_, k) => k !== j)
        expect(vif).toBeCloseTo(1 / (1 - rSquare(x[j]!, others, w)), 8)
      })
    }
  })

  it('of a perfect line has no error and nothing to test', () => {
    const x = [1, 2, 3, 4, 5, 6]
    const got = regression(weightedCovariance([x.map((v) => 2 + 3 * v), x], ones(6)), 0.95)
    expect(got).toMatchObject({
      r2: 1,
      sigma: 0,
      f: null,
      intercept: { se: 0, t: null },
      slopes: [{ estimate: expect.closeTo(3, 12), se: 0, t: null }],
    })
  })
})

describe('the methods by name', () => {
  const columns = answers(50, 3, 9)
  const names = ['y', 'a', 'b', 'c']
  const table = (header: string[], rows: (string | number)[][]) => ({
    file: 'd.csv',
    columns: header,
    rows: rows.map((cells, i) => ({ line: i + 2, cells: cells.map(String) })),
  })
  const rows = columns[0]!.map((_, i) => columns.map((column) => column[i]!))
  const run = (name: string, data: ReturnType<typeof table>, options: object) =>
    findMethod(name)!.run(data, options) as {
      drivers: { driver: string; lmg: number; rank: number }[]
      intervals: { driver: string; measure: string; lo: number; hi: number }[]
      regression: { coefficients: { term: string; estimate: number; se: number }[] }
      n: number
      missing: number
    }
  const faults = (work: () => unknown) => {
    try {
      work()
    } catch (error) {
      if (error instanceof DataError) return error.faults
      throw error
    }
    return []
  }

  it('rows and their covariance matrix give the same measures and slopes; a correlation matrix the same measures', () => {
    const { covariance } = weightedCovariance(columns, ones(50))
    const matrix = table(
      ['variable', ...names],
      covariance.map((row, i) => [names[i]!, ...row]),
    )
    const deviation = covariance.map((row, i) => Math.sqrt(row[i]!))
    const correlation = covariance.map((row, i) =>
      row.map((value, j) => (i === j ? 1 : value / deviation[i]! / deviation[j]!)),
    )
    const ofRows = run('drivers', table(names, rows), { bootstrap: 0 })
    const ofMatrix = run('drivers', matrix, { input: 'covariance', n: 50 })
    const ofCorrelation = run(
      'drivers',
      table(
        ['variable', ...names],
        correlation.map((row, i) => [names[i]!, ...row]),
      ),
      {
        input: 'correlation',
        n: 50,
      },
    )
    ofRows.drivers.forEach(({ lmg }, j) => {
      expect(ofMatrix.drivers[j]!.lmg).toBeCloseTo(lmg, 12)
      expect(ofCorrelation.drivers[j]!.lmg).toBeCloseTo(lmg, 12)
    })
    ofMatrix.regression.coefficients.forEach(({ term, estimate, se }, j) => {
      expect(ofRows.regression.coefficients[j + 1]).toMatchObject({
        term,
        estimate: expect.closeTo(estimate, 9),
        se: expect.closeTo(se, 9),
      })
    })
  })

  it('bootstrap intervals are the same for the same seed, contain the estimate here, and cost nothing when not wanted', () => {
    const [first, again, other] = [1, 1, 2].map((seed) => run('drivers', table(names, rows), { bootstrap: 200, seed }))
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
    first!.drivers.forEach(({ driver, lmg }) => {
      const { lo, hi } = first!.intervals.find((each) => each.driver === driver && each.measure === 'lmg')!
      expect(lo).toBeLessThan(lmg)
      expect(hi).toBeGreaterThan(lmg)
    })
    expect(run('drivers', table(names, rows), { bootstrap: 0 }).intervals).toEqual([])
  })

  it.each([
    ['two drivers', ['y', 'a', 'b'], [[1, 1, 2], [2, 2, 1], [3, 3, 4], [4, 4, 3], [5, 6, 5]], {}], // prettier-ignore
    ['one driver', ['y', 'a'], [[1, 1], [1, 2], [1, 3], [1, 2], [1, 1], [2, 3]], {}], // prettier-ignore
    ['no draw that serves', ['y', 'a'], [...rows.slice(0, 40).map(() => [0, 3]), [1, 4]], { bootstrap: 1, seed: 4 }],
  ])(
    'small tables: draws in which a variable does not vary are left out and counted (%s)',
    (what, header, data, options) => {
      const got = run('drivers', table(header, data), options)
      const { replicates, left } = (got as unknown as { bootstrap: { replicates: number; left: number } }).bootstrap
      expect(left).toBeGreaterThan(0)
      expect(replicates + left).toBe(what === 'no draw that serves' ? 1 : 1000)
      expect(got.intervals).toHaveLength(replicates === 0 ? 0 : 8 * (header.length - 1))
      expect(JSON.stringify(got)).not.toMatch(/NaN|Infinity/)
      for (const { lo, hi } of got.intervals) expect([Number.isFinite(lo), Number.isFinite(hi)]).toEqual([true, true])
    },
  )

  it('leaves out rows with a missing value and weights of zero, and text columns when none are named', () => {
    const extra = rows.map((cells, i) => [...cells, `unit ${i}`, i === 3 ? 0 : 1])
    extra[5]![1] = ''
    const got = run('drivers', table([...names, 'unit', 'w'], extra as (string | number)[][]), {
      weight: 'w',
      bootstrap: 0,
    })
    expect(got).toMatchObject({ n: 48, missing: 1 })
    expect(got.drivers.map(({ driver }) => driver)).toEqual(['a', 'b', 'c'])
  })

  it('tells bad data and options by their place', () => {
    const bad = (header: string[], cells: (string | number)[][], options: object = {}) =>
      faults(() => run('drivers', table(header, cells), options))
    expect(
      bad(
        names,
        rows.map(([a, b, c]) => [a!, b!, c!, 1]),
      ),
    ).toMatchObject([{ code: 'no_variation', column: 'c' }])
    expect(bad(names, rows.slice(0, 3))).toMatchObject([{ code: 'too_few_rows' }])
    expect(
      bad(
        names,
        rows.map(([y, a, b]) => [y!, a!, b!, 2 * a! - b!]),
      ),
    ).toMatchObject([{ code: 'collinear' }])
    expect(
      bad(
        ['y', 'a'],
        [
          [1, 2],
          ['1,5', 3],
          [2, 4],
          [5, 6],
        ],
      ),
    ).toMatchObject([{ code: 'decimal_comma', line: 3, column: 'y' }])
    expect(
      bad(
        [...names, 'w'],
        rows.map((row, i) => [...row, i - 2]),
        { weight: 'w' },
      ),
    ).toMatchObject([{ code: 'negative', line: 2 }, { line: 3 }])
    const matrix = [
      ['y', 1, 0.5],
      ['a', 0.4, 1],
    ]
    expect(bad(['variable', 'y', 'a'], matrix, { input: 'correlation', n: 9 })).toMatchObject([
      { code: 'not_symmetric', line: 2, column: 'a' },
      { code: 'not_symmetric', line: 3, column: 'y' },
    ])
    expect(() => run('drivers', table(names, rows), { drivers: ['a', 'a'] })).toThrow('drivers: named_twice')
    expect(() => run('drivers', table(names, rows), { input: 'covariance' })).toThrow('n: needed_for_a_matrix')
    expect(() => run('drivers', table(names, rows), { bootstrap: 20, drivers: ['a'], always: ['b'] })).not.toThrow()
  })
})
