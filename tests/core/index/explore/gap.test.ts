import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gapTo } from '../../../../api/core/index/explore/gap.ts'
import { leverage, medianValues, whatIf } from '../../../../api/core/index/explore/what-if.ts'
import type { Aggregate } from '../../../../api/core/index/definition.ts'
import { freezeIndex, scoreUnit } from '../../../../api/core/index/frozen.ts'
import { FIVE, indexOfFive } from './index-of-five.ts'

const ends = new Map(FIVE.map((code) => [code, { min: 0, max: 100 }]))
const frozenAs = (aggregate: Aggregate, weights = {}) => freezeIndex(indexOfFive(aggregate, weights, aggregate), ends)
const value = fc.double({ min: 0, max: 100, noNaN: true })
const values = fc.tuple(...FIVE.map(() => value))
const some = fc.tuple(...FIVE.map(() => fc.option(value, { nil: NaN, freq: 5 })))

describe('contributions to the gap', () => {
  test('add up to it from the indicators to the root, under every aggregation', () => {
    fc.assert(
      fc.property(
        some,
        some,
        fc.constantFrom<Aggregate[]>('mean', 'sum', 'geometric', 'harmonic', { power: 2 }),
        (own, other, how) => {
          const gap = gapTo(frozenAs(how, { P: 3, A: 2 }), own, other)
          if (gap === null) return
          const points = (codes: readonly string[]) =>
            gap.parts.reduce((sum, part) => sum + (codes.includes(part.code) ? part.points : 0), 0)
          expect(points(FIVE)).toBeCloseTo(gap.gap, 8)
          expect(points(['T'])).toBeCloseTo(gap.gap, 8)
          expect(points(['P'])).toBeCloseTo(points(['A', 'B']), 10)
        },
      ),
    )
  })

  test('are weight times difference of scores under a weighted mean', () => {
    const gap = gapTo(frozenAs('mean', { P: 2, Q: 1, E: 1, A: 3, B: 1 }), [50, 50, 50, 50, 50], [90, 50, 40, 30, 50])!
    const points = Object.fromEntries(gap.parts.map(({ code, points }) => [code, points]))
    expect(points.A).toBeCloseTo(0.5 * 0.75 * 3.6, 12)
    expect(points.C).toBeCloseTo(-0.25 * 0.5 * 0.9, 12)
    // Lower is better at D.
    expect(points.D).toBeCloseTo(0.25 * 0.5 * 1.8, 12)
    expect(points.B).toBe(0)
  })

  test('leave out what only one of the two has, and say so', () => {
    const gap = gapTo(frozenAs('mean'), [50, NaN, 50, 50, 50], [90, 50, 50, 50, NaN])!
    expect(gap.left).toEqual(['B', 'E'])
    expect(gap.gap).toBeCloseTo(3.6 / 2, 12)
    expect(
      gapTo(
        frozenAs('mean'),
        FIVE.map(() => NaN),
        FIVE.map(() => 5),
      ),
    ).toBeNull()
  })
})

describe('what if', () => {
  test('gives the scores that the engine gives for the changed values, and names what moved', () => {
    fc.assert(
      fc.property(values, value, fc.constantFrom(...FIVE), (raw, to, code) => {
        const frozen = frozenAs('geometric')
        const got = whatIf(frozen, raw, new Map([[code, to]]))
        const changed = raw.map((own, i) => (FIVE[i] === code ? to : own))
        expect(got.total.before).toBe(scoreUnit(frozen, raw).scores.at(-1))
        expect(got.total.after).toBe(scoreUnit(frozen, changed).scores.at(-1))
        expect(got.moved.every(({ code: moved }) => ['T', 'P', 'Q', code].includes(moved))).toBe(true)
      }),
    )
    expect(() => whatIf(frozenAs('mean'), [1, 2, 3, 4, 5], new Map([['P', 4]]))).toThrow(RangeError)
  })

  test('at the peers’ median moves the total by the contributions to that gap', () => {
    const frozen = frozenAs('mean')
    const own = [10, 20, 30, 40, 50]
    const peers = [
      [60, 20, NaN, 40, 10],
      [80, 10, 50, 20, 20],
      [70, 30, 10, 30, 30],
    ]
    const median = medianValues(peers)
    expect([...median]).toEqual([70, 20, 30, 30, 20])
    const moved = whatIf(frozen, own, new Map([['A', median[0]!]]))
    const points = gapTo(frozen, own, median)!.parts.find(({ code }) => code === 'A')!.points
    expect(moved.total.after! - moved.total.before!).toBeCloseTo(points, 12)
  })

  test('leverage is the slope of the total in raw units', () => {
    fc.assert(
      fc.property(
        fc.tuple(...FIVE.map(() => fc.double({ min: 5, max: 95, noNaN: true }))),
        fc.constantFrom<Aggregate[]>('mean', 'geometric', 'harmonic'),
        (raw, how) => {
          const frozen = frozenAs(how)
          const slopes = leverage(frozen, raw)
          for (const i of FIVE.keys()) {
            const total = (by: number) =>
              scoreUnit(
                frozen,
                raw.map((own, j) => (i === j ? own + by : own)),
              ).scores.at(-1)!
            expect(slopes[i]).toBeCloseTo((total(1e-4) - total(-1e-4)) / 2e-4, 6)
          }
        },
      ),
    )
  })
})
