import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeMethod } from '../../../api/core/analysis/methods/describe.ts'
import { adjustments, adjustP } from '../../../api/core/stats/adjustP.ts'
import { c4, d2 } from '../../../api/core/stats/chartConstants.ts'
import { moments } from '../../../api/core/stats/moments.ts'
import { shape } from '../../../api/core/stats/shape.ts'
import { medianAbsoluteDeviation, quantile, type QuantileType } from '../../../api/core/stats/quantile.ts'

const table = (columns: string[], ...rows: string[][]) => ({
  file: 'd.csv',
  columns,
  rows: rows.map((cells, i) => ({ line: i + 2, cells })),
})

describe('moments', () => {
  it('do not lose a small spread beside a large mean', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 50 }), (values) => {
        const small = moments(values)
        const large = moments(values.map((value) => value + 2 ** 40))
        expect(large.variance!).toBeCloseTo(small.variance!, 6)
      }),
    )
    expect(moments([5]).variance).toBeNull()
    expect(moments([3, 3, 3]).variance).toBe(0)
    expect(() => moments([])).toThrow(RangeError)
  })
})

describe('quantiles', () => {
  const types: QuantileType[] = [1, 2, 3, 4, 5, 6, 7, 8, 9]
  it('lie among the values, grow with p, and take the extremes at 0 and 1', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 30 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(...types),
        (values, p, q, type) => {
          const sorted = values.toSorted((a, b) => a - b)
          const [low, high] = [quantile(sorted, Math.min(p, q), type), quantile(sorted, Math.max(p, q), type)]
          expect(low).toBeLessThanOrEqual(high + 1e-9)
          expect(quantile(sorted, 0, type)).toBe(sorted[0])
          expect(quantile(sorted, 1, type)).toBe(sorted.at(-1))
        },
      ),
    )
  })
  it('are those of Hyndman & Fan for 1…5 at a quarter', () => {
    expect(types.map((type) => quantile([1, 2, 3, 4, 5], 0.25, type))).toEqual([
      2,
      2,
      1,
      1.25,
      1.75,
      1.5,
      2,
      5 / 3,
      1.6875,
    ])
  })
  it('MAD of constant values is 0', () => expect(medianAbsoluteDeviation([4, 4, 4])).toBe(0))
})

describe('describe', () => {
  it('skips missing cells, counts them, and gives nulls for a column without values', () => {
    const given = table(['a', 'b', 'c'], ['1', '', 'x'], ['', 'NA', 'y'], ['3', '', 'z'])
    expect(describeMethod.run(given, {})).toMatchObject({
      columns: [
        { column: 'a', n: 2, missing: 1, mean: 2, variance: 2, median: 2 },
        { column: 'b', n: 0, missing: 3, mean: null, quantiles: [] },
      ],
    })
  })
})

describe('describe of numbers whose squares overflow', () => {
  it('is refused by line and column', () => {
    expect(() => describeMethod.run(table(['a'], ['1'], ['1e308']), {})).toThrow('d.csv line 3 column a: too_large')
  })
})

describe('the shape of a sample', () => {
  it('is that of R e1071, type 2, for 1, 2, 3, 4, 10', () => {
    // 5 values, mean 4: m2 = 10, m3 = 36, m4 = 278.8
    const { skewness, kurtosis } = shape([1, 2, 3, 4, 10])
    expect(skewness).toBeCloseTo(((36 / 10 ** 1.5) * Math.sqrt(20)) / 3, 12)
    expect(kurtosis).toBeCloseTo((4 / 6) * (6 * (278.8 / 100 - 3) + 6), 12)
  })
  it('does not change with the unit, mirrors its skewness, and is nothing for few or equal values', () => {
    const values = [1, 5, 2, 9, 4, 4]
    const { skewness, kurtosis } = shape(values)
    for (const factor of [1e-100, 1e100]) {
      const scaled = shape(values.map((value) => -value * factor))
      expect(scaled.skewness).toBeCloseTo(-skewness!, 10)
      expect(scaled.kurtosis).toBeCloseTo(kurtosis!, 10)
    }
    expect(shape([1, 2])).toEqual({ skewness: null, kurtosis: null })
    expect(shape([1, 2, 4]).kurtosis).toBeNull()
    expect(shape([3, 3, 3, 3])).toEqual({ skewness: null, kurtosis: null })
  })
})

describe('adjusted p values', () => {
  const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 25 })
  it('keep the order, never fall below p, and are ordered from mild to strict', () => {
    fc.assert(
      fc.property(pValues, (p) => {
        const by = Object.fromEntries(adjustments.map((name) => [name, adjustP(p, name)])) as Record<string, number[]>
        p.forEach((value, i) => {
          for (const name of adjustments) expect(by[name]![i]).toBeGreaterThanOrEqual(value * (1 - 1e-12))
          const chain = ['bh', 'hommel', 'hochberg', 'holm', 'bonferroni'].map((name) => by[name]![i]!)
          for (let k = 1; k < chain.length; k += 1) expect(chain[k]).toBeGreaterThanOrEqual(chain[k - 1]! - 1e-12)
        })
        for (const name of adjustments)
          p.forEach((value, i) =>
            p.forEach((other, j) => value < other && expect(by[name]![i]!).toBeLessThanOrEqual(by[name]![j]! + 1e-15)),
          )
      }),
    )
  })
  it('reject 4 of 15 by Benjamini–Hochberg and 3 by Bonferroni in the example of 1995', () => {
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ]
    const rejected = (name: (typeof adjustments)[number]) => adjustP(p, name).filter((value) => value <= 0.05).length
    expect({ bh: rejected('bh'), bonferroni: rejected('bonferroni') }).toEqual({ bh: 4, bonferroni: 3 })
  })
  it('refuse what is no probability', () => expect(() => adjustP([1.1], 'holm')).toThrow(RangeError))
})

describe('constants of control charts', () => {
  it('are exact: d2 by integration to 30 digits, c4 in closed form', () => {
    const exact = {
      2: 1.12837916709551257,
      3: 1.69256875064326886,
      5: 2.32592894728103925,
      10: 3.07750546167034571,
      25: 3.93062921950711316,
    }
    for (const [n, value] of Object.entries(exact)) expect(Math.abs(d2(Number(n)) - value)).toBeLessThan(1e-14)
    expect(c4(2)).toBeCloseTo(Math.sqrt(2 / Math.PI), 14)
    expect(c4(3)).toBeCloseTo(Math.sqrt(Math.PI) / 2, 14)
    expect(() => d2(1)).toThrow(RangeError)
  })
})
