import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explainChange, type PeriodState } from '../../../../api/core/index/explore/change.ts'
import type { Aggregate } from '../../../../api/core/index/definition.ts'
import { boundsChange, compositeChange } from '../../../../api/core/stats/standardise/boundsChange.ts'
import { kitagawa } from '../../../../api/core/stats/standardise/kitagawa.ts'
import { flatIndex } from '../small.ts'
import { FIVE, indexOfFive } from './index-of-five.ts'

const value = fc.double({ min: 1, max: 99, noNaN: true })
const period = (missing: boolean) =>
  fc.record({
    raw: fc.tuple(...FIVE.map(() => (missing ? fc.option(value, { nil: NaN, freq: 5 }) : value))),
    ends: fc.tuple(
      ...FIVE.map(() =>
        fc.record({
          min: fc.double({ min: -20, max: 0, noNaN: true }),
          max: fc.double({ min: 100, max: 130, noNaN: true }),
        }),
      ),
    ),
    weights: fc.tuple(...[...FIVE, 'P', 'Q'].map(() => fc.double({ min: 0.1, max: 5, noNaN: true }))),
    cases: fc.tuple(...[0, 1, 2].map(() => fc.record({ size: fc.integer({ min: 0, max: 50 }), mean: value }))),
  })

function stateOf(
  drawn: {
    raw: number[]
    ends: { min: number; max: number }[]
    weights: number[]
    cases: { size: number; mean: number }[]
  },
  aggregate: Aggregate,
  sameWeights?: number[],
): PeriodState {
  const weights = Object.fromEntries([...FIVE, 'P', 'Q'].map((code, i) => [code, (sameWeights ?? drawn.weights)[i]!]))
  const cases = drawn.cases.map((one, i) => ({ ...one, group: `g${i}`, size: i === 0 ? one.size + 1 : one.size }))
  const size = cases.reduce((sum, one) => sum + one.size, 0)
  const mean = cases.reduce((sum, one) => sum + one.size * one.mean, 0) / size
  return {
    definition: indexOfFive(aggregate, weights),
    goalposts: new Map(FIVE.map((code, i) => [code, drawn.ends[i]!])),
    raw: drawn.raw.map((own, i) => (i === 0 && !Number.isNaN(own) ? mean : own)),
    groups: new Map([['A', cases]]),
  }
}

describe('the change of a score between two periods', () => {
  test('is the sum of its parts at every element, whatever the aggregation and whatever came or went', () => {
    fc.assert(
      fc.property(
        period(true),
        period(true),
        fc.constantFrom<Aggregate[]>('mean', 'sum', 'geometric', { power: 3 }),
        (a, b, how) => {
          for (const { score0, score1, change, parts } of explainChange(stateOf(a, how), stateOf(b, how))!) {
            expect(change).toBe(score0 === null || score1 === null ? null : score1 - score0)
            if (parts === null) continue
            const total = parts.own + parts.mix + parts.goalposts + parts.weights
            expect(total).toBeCloseTo(change!, 10)
          }
        },
      ),
    )
  })

  test('of one min-max score splits as Shapley has it for own change and goalposts', () => {
    fc.assert(
      fc.property(value, value, period(false), period(false), (x0, x1, a, b) => {
        const state = (x: number, bounds: { min: number; max: number }): PeriodState => ({
          definition: flatIndex({ A: { normalise: { method: 'min-max', to: [1, 10] } } }),
          goalposts: new Map([['A', bounds]]),
          raw: [x],
        })
        const want = boundsChange([x0, x1], [a.ends[0]!, b.ends[0]!])!
        const got = explainChange(state(x0, a.ends[0]!), state(x1, b.ends[0]!))!.find(({ code }) => code === 'T')!
        expect(got.parts!.own).toBeCloseTo(want.own, 10)
        expect(got.parts!.goalposts).toBeCloseTo(want.bounds, 10)
      }),
    )
  })

  test('of a mean over cases splits as Kitagawa has it', () => {
    const before = [
      { group: 'land', size: 20, mean: 3 },
      { group: 'civil', size: 80, mean: 4.5 },
    ]
    const after = [
      { group: 'land', size: 60, mean: 3.1 },
      { group: 'civil', size: 30, mean: 4.5 },
      { group: 'new', size: 10, mean: 2 },
    ]
    const state = (cases: typeof before): PeriodState => ({
      definition: flatIndex({ A: {} }),
      goalposts: new Map(),
      raw: [cases.reduce((sum, { size, mean }) => sum + size * mean, 0) / 100],
      groups: new Map([['A', cases]]),
    })
    const want = kitagawa([
      { group: 'land', mix0: 20, mix1: 60, mean0: 3, mean1: 3.1 },
      { group: 'civil', mix0: 80, mix1: 30, mean0: 4.5, mean1: 4.5 },
      { group: 'new', mix0: 0, mix1: 10, mean0: null, mean1: 2 },
    ])
    const { parts } = explainChange(state(before), state(after))!.find(({ code }) => code === 'T')!
    expect(parts!.own).toBeCloseTo(want.rate, 12)
    expect(parts!.mix).toBeCloseTo(want.mix, 12)
    expect([parts!.goalposts, parts!.weights]).toEqual([0, 0])
  })

  test('of a weighted mean carries these parts as the general rule does, indicators that come or go being weights', () => {
    fc.assert(
      fc.property(period(true), period(true), fc.tuple(value, value), (a, b, weights) => {
        const codes = ['A', 'B'] as const
        const state = ({ raw, ends }: typeof a): PeriodState => ({
          definition: flatIndex(
            Object.fromEntries(
              codes.map((code, i) => [code, { weight: weights[i]!, normalise: { method: 'min-max', to: [1, 10] } }]),
            ),
          ),
          goalposts: new Map(codes.map((code, i) => [code, ends[i]!])),
          raw: raw.slice(0, 2),
        })
        const score = (x: number, { min, max }: { min: number; max: number }) =>
          Number.isNaN(x) ? null : 1 + (9 * (x - min)) / (max - min)
        const parts = codes.map((_, i) => {
          const [score0, score1] = [score(a.raw[i]!, a.ends[i]!), score(b.raw[i]!, b.ends[i]!)]
          const change =
            score0 === null || score1 === null ? null : boundsChange([a.raw[i]!, b.raw[i]!], [a.ends[i]!, b.ends[i]!])
          return { weight: weights[i]!, score0, score1, change }
        })
        const got = explainChange(state(a), state(b))!.find(({ code }) => code === 'T')!
        const want = compositeChange(parts)
        if (want === null) {
          expect(got.parts).toBeNull()
          return
        }
        expect(got.parts!.own).toBeCloseTo(want.own, 9)
        expect(got.parts!.goalposts).toBeCloseTo(want.bounds, 9)
        expect(got.parts!.weights).toBeCloseTo(want.weights, 9)
      }),
    )
  })

  test('is explained only within one index', () => {
    const state = (definition: PeriodState['definition']): PeriodState => ({
      definition,
      goalposts: new Map(),
      raw: [5],
    })
    expect(explainChange(state(flatIndex({ A: {} })), state(flatIndex({ A: {} }, 'geometric')))).toBeNull()
    expect(explainChange(state(flatIndex({ A: {} })), state(flatIndex({ B: {} })))).toBeNull()
  })
})
