import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Aggregate, IndexDefinition, Normalise } from '../../../api/core/index/definition.ts'
import { explainUnit } from '../../../api/core/index/explain.ts'
import { scoreIndex } from '../../../api/core/index/score.ts'
import { scorePeriods } from '../../../api/core/index/score-periods.ts'
import { scoreRows } from '../../../api/core/index/score-rows.ts'
import { flatIndex, smallData } from './small.ts'

/** Scores of one indicator A by a way of normalising. */
function normalised(
  values: readonly (number | null)[],
  normalise: Normalise,
  direction: 'higher' | 'lower' = 'higher',
) {
  const scored = scoreIndex(flatIndex({ A: { normalise, direction } }), smallData({ A: values }))
  return { scores: values.map((_, u) => scored.at(u, 'A')), notes: scored.notes.map((note) => note.code) }
}

/** Total of each unit. */
function totals(definition: IndexDefinition, columns: Record<string, (number | null)[]>) {
  const scored = scoreIndex(definition, smallData(columns))
  return { totals: scored.units.map((_, u) => scored.at(u, 'T')), notes: scored.notes }
}

describe('normalisation', () => {
  it('min-max puts worst and best on the ends, and lower is better mirrors to a + b − s', () => {
    expect(normalised([2, 3, null, 6], { method: 'min-max', to: [1, 10] }).scores).toEqual([1, 3.25, null, 10])
    expect(normalised([2, 3, null, 6], { method: 'min-max', to: [1, 10] }, 'lower').scores).toEqual([10, 7.75, null, 1])
  })

  it('without a range the scale of the edition is taken', () => {
    expect(normalised([0, 1], { method: 'min-max' }).scores).toEqual([0, 100])
    expect(normalised([30, 70], { method: 'none' }, 'lower').scores).toEqual([70, 30])
  })

  it('goalposts are cut at their ends, fixed min-max bounds only on request, and both are said', () => {
    const bounds = { mode: 'fixed', min: 0, max: 10 } as const
    const to: [number, number] = [0, 1]
    expect(normalised([-5, 5, 20], { method: 'goalposts', to, bounds })).toEqual({
      scores: [0, 0.5, 1],
      notes: ['clipped'],
    })
    expect(normalised([-5, 5, 20], { method: 'min-max', to, bounds })).toEqual({
      scores: [-0.5, 0.5, 2],
      notes: ['outside_bounds'],
    })
    expect(normalised([-5, 5, 20], { method: 'min-max', to, bounds, clip: true }).scores).toEqual([0, 0.5, 1])
  })

  it('ranks count from the worst, ties share the lowest', () => {
    expect(normalised([5, 1, 5, null, 9], { method: 'rank' }).scores).toEqual([2, 1, 2, null, 4])
    expect(normalised([5, 1, 5, null, 9], { method: 'rank' }, 'lower').scores).toEqual([2, 4, 2, null, 1])
    expect(normalised([5, 1, 9], { method: 'rank', to: [0, 10] }).scores).toEqual([5, 0, 10])
  })

  it('z has mean 0 and standard deviation 1 with n − 1, and changes its sign for lower', () => {
    expect(normalised([1, 2, 3], { method: 'z' }).scores).toEqual([-1, 0, 1])
    expect(normalised([1, 2, 3], { method: 'z', to: [50, 10] }, 'lower').scores).toEqual([60, 50, 40])
  })

  it('distance runs from the worst value to the target, which lower indicators have at the low end', () => {
    const to: [number, number] = [0, 1]
    const target = { method: 'distance', to, bounds: { mode: 'sample', max: 9 } } as const
    expect(normalised([1, 5, 13], target).scores).toEqual([0, 0.5, 1.5])
    expect(normalised([1, 5, 13], { ...target, clip: true }).scores).toEqual([0, 0.5, 1])
    const low = { method: 'distance', to, bounds: { mode: 'sample', min: 3 } } as const
    expect(normalised([1, 5, 13], low, 'lower').scores).toEqual([1.2, 0.8, 0])
  })

  it('a constant indicator, one unit and a column without values score missing and say why, never 0', () => {
    expect(normalised([4, 4, 4], { method: 'min-max' })).toEqual({
      scores: [null, null, null],
      notes: ['constant_indicator'],
    })
    expect(normalised([4], { method: 'z' })).toEqual({ scores: [null], notes: ['constant_indicator'] })
    expect(normalised([null, null], { method: 'min-max' })).toEqual({ scores: [null, null], notes: ['all_missing'] })
    expect(normalised([1, 2], { method: 'min-max', bounds: { mode: 'fixed' } }).notes).toEqual(['bounds_missing'])
  })

  it('equal values that floating point does not average exactly are still constant, by every method', () => {
    const ranked = { method: 'rank', to: [0, 100] as [number, number] } as const
    for (const normalise of [{ method: 'z' }, ranked, { method: 'min-max' }, { method: 'distance' }] as Normalise[]) {
      const constant = { scores: [null, null, null], notes: ['constant_indicator'] }
      expect(normalised([0.1, 0.1, 0.1], normalise)).toEqual(constant)
    }
  })

  it('values too far apart for a number score missing and say so', () => {
    for (const method of ['min-max', 'z'] as const) {
      expect(normalised([-1e308, 0, 1e308], { method })).toEqual({ scores: [null, null, null], notes: ['not_finite'] })
    }
  })

  it('an infinite value is refused', () => {
    expect(() => normalised([1, Infinity], { method: 'none' })).toThrow(RangeError)
  })
})

describe('aggregation', () => {
  const columns = { A: [1, 4, null], B: [4, null, null] }
  const leaves = { A: { weight: 3 }, B: { weight: 1 } }

  it.each<[Aggregate, (number | null)[]]>([
    ['mean', [7 / 4, 4, null]],
    ['sum', [7, 16, null]],
    ['geometric', [Math.SQRT2, 4, null]],
    ['harmonic', [4 / 3.25, 4, null]],
    [{ power: 2 }, [Math.sqrt(19 / 4), 4, null]],
    [{ power: 0 }, [Math.SQRT2, 4, null]],
  ])('%j weighs the children present; without any child there is no score', (aggregate, want) => {
    const { totals: got } = totals(flatIndex(leaves, aggregate), columns)
    got.forEach((score, u) => (score === null ? expect(want[u]).toBeNull() : expect(score).toBeCloseTo(want[u]!, 13)))
  })

  it.each<Aggregate>(['mean', 'geometric', 'harmonic', { power: 3 }])(
    '%j never leaves the span of its children',
    (how) => {
      const tenths = Array.from({ length: 100 }, (_, i) => (i + 1) / 10)
      expect(totals(flatIndex({ A: {} }, how), { A: tenths }).totals).toEqual(tenths)
      const same = { A: tenths, B: tenths, C: tenths }
      expect(totals(flatIndex({ A: {}, B: { weight: 0.3 }, C: { weight: 7 } }, how), same).totals).toEqual(tenths)
    },
  )

  it('minShare counts children and leaves blank below it; two of three meet 0.6667', () => {
    const three = { A: [1, 1], B: [2, null], C: [null, null] }
    const definition = flatIndex({ A: {}, B: {}, C: {} }, 'mean', { minShare: 2 / 3 })
    const { totals: got, notes } = totals(definition, three)
    expect(got).toEqual([1.5, null])
    expect(notes.map((note) => note.code)).toContain('too_few_children')
    expect(notes.find((note) => note.code === 'weights_renormalised')).toMatchObject({
      at: 'T',
      units: 1,
      examples: ['u0'],
    })
  })

  it('scores that a mean cannot take and weights that are all zero give no score and a reason', () => {
    expect(totals(flatIndex({ A: {}, B: {} }, 'geometric'), { A: [0], B: [4] })).toMatchObject({
      totals: [null],
      notes: [{ code: 'not_positive' }],
    })
    expect(totals(flatIndex({ A: {}, B: {} }, 'harmonic'), { A: [-1], B: [4] }).totals).toEqual([null])
    expect(totals(flatIndex({ A: { weight: 0 }, B: {} }), { A: [3], B: [null] })).toMatchObject({
      totals: [null],
      notes: [{ code: 'all_missing' }, { code: 'weights_renormalised' }, { code: 'zero_weights' }],
    })
  })

  it('multiply comes after the mean', () => {
    expect(totals(flatIndex({ A: {}, B: {} }, 'mean', { multiply: 10 }), { A: [1], B: [4] }).totals).toEqual([25])
  })

  it('a root far beyond what a number holds is missing, not infinite', () => {
    const { totals: got, notes } = totals(flatIndex({ A: {} }, 'mean', { multiply: 1e200 }), { A: [1e200] })
    expect([got, notes.map((note) => note.code)]).toEqual([[null], ['not_finite']])
  })
})

describe('rows', () => {
  it('carry the grade of nodes that have bands: a bound belongs to the better grade, below the last there is none', () => {
    const label = { vi: 'Hạng', en: 'Grade' }
    const bands = [
      { code: 'good', from: 12, label },
      { code: 'fair', from: 9, label },
    ]
    const scored = scoreIndex(flatIndex({ A: {}, B: {} }, 'mean', { bands }), smallData({ A: [12, 8.7, 8, null] }))
    expect(scoreRows(scored).map(({ grade }) => grade)).toEqual(['good', null, null, null])
    const thirds = scoreIndex(
      flatIndex({ A: { weight: 0.1 }, B: { weight: 0.2 } }, 'mean', { bands }),
      smallData({ A: [9], B: [9] }),
    )
    expect(scoreRows(thirds, true).map(({ node, grade }) => [node, grade])).toEqual([
      ['T', 'fair'],
      ['A', undefined],
      ['B', undefined],
    ])
  })
})

describe('periods', () => {
  const definition = (mode: 'sample' | 'cumulative' | 'pooled') =>
    flatIndex({ A: { normalise: { method: 'min-max', to: [0, 1], bounds: { mode } } } })
  const periods = [
    { period: '2020', data: smallData({ A: [0, 2] }) },
    { period: '2021', data: smallData({ A: [1, 4] }) },
    { period: '2022', data: smallData({ A: [2, 8] }) },
  ]

  it.each<['sample' | 'cumulative' | 'pooled', (number | null)[][]]>([
    [
      'sample',
      [
        [0, 1],
        [0, 1],
        [0, 1],
      ],
    ],
    [
      'cumulative',
      [
        [0, 1],
        [0.25, 1],
        [0.25, 1],
      ],
    ],
    [
      'pooled',
      [
        [0, 0.25],
        [0.125, 0.5],
        [0.25, 1],
      ],
    ],
  ])('%s bounds', (mode, want) => {
    const scored = scorePeriods(definition(mode), periods)
    expect(scored.map(({ scored: run }) => run.units.map((_, u) => run.at(u, 'A')))).toEqual(want)
  })
})

const values = fc.array(fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })), { minLength: 3, maxLength: 12 })
const table = fc
  .tuple(values, values, fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 2, maxLength: 2 }))
  .map(([a, b, weights]) => {
    const length = Math.min(a.length, b.length)
    return { columns: { A: a.slice(0, length), B: b.slice(0, length) }, weights }
  })
const minMax = (weights: readonly number[], direction: 'higher' | 'lower' = 'higher') =>
  flatIndex({
    A: { weight: weights[0]!, direction, normalise: { method: 'min-max', to: [1, 10] } },
    B: { weight: weights[1]!, normalise: { method: 'min-max', to: [1, 10] } },
  })
const close = (got: (number | null)[], want: (number | null)[]) =>
  got.every((score, u) => {
    const wanted = want[u] ?? null
    return score === wanted || (score !== null && wanted !== null && Math.abs(score - wanted) < 1e-9)
  })

describe('properties', () => {
  it('scaling all weights of a node changes nothing', () => {
    fc.assert(
      fc.property(table, fc.double({ min: 0.001, max: 1000, noNaN: true }), ({ columns, weights }, factor) => {
        const scaled = weights.map((weight) => weight * factor)
        return close(totals(minMax(scaled), columns).totals, totals(minMax(weights), columns).totals)
      }),
    )
  })

  it('the order of units changes nothing', () => {
    fc.assert(
      fc.property(table, ({ columns, weights }) => {
        const turned = { A: columns.A.toReversed(), B: columns.B.toReversed() }
        expect(totals(minMax(weights), turned).totals.toReversed()).toEqual(totals(minMax(weights), columns).totals)
      }),
    )
  })

  it('a reversed indicator mirrors on its range', () => {
    fc.assert(
      fc.property(values, (column) => {
        const up = normalised(column, { method: 'min-max', to: [1, 10] }).scores
        const down = normalised(column, { method: 'min-max', to: [1, 10] }, 'lower').scores
        expect(down).toEqual(up.map((score) => (score === null ? null : 11 - score)))
      }),
    )
  })

  it('a second unit with the values of another changes nobody and scores the same', () => {
    fc.assert(
      fc.property(table, ({ columns, weights }) => {
        const twice = { A: [...columns.A, columns.A[0]!], B: [...columns.B, columns.B[0]!] }
        const { totals: got } = totals(minMax(weights), twice)
        const alone = totals(minMax(weights), columns).totals
        expect(got).toEqual([...alone, alone[0]])
      }),
    )
  })

  it('every score lies between the ends and is never NaN; contributions add up to the total', () => {
    fc.assert(
      fc.property(table, ({ columns, weights }) => {
        const scored = scoreIndex(minMax(weights), smallData(columns))
        for (const { score } of scoreRows(scored, true)) {
          if (score !== null) expect(score >= 1 - 1e-9 && score <= 10 + 1e-9).toBe(true)
        }
        for (const u of scored.units.keys()) {
          const parts = explainUnit(scored, u).filter((step) => step.kind === 'indicator')
          const total = parts.reduce((all, { contribution }) => all + (contribution ?? 0), 0)
          expect(Math.abs(total - (scored.at(u, 'T') ?? 0))).toBeLessThan(1e-9)
          const weight = parts.reduce((all, { effective }) => all + (effective ?? 0), 0)
          expect(Math.abs(weight - (scored.at(u, 'T') === null ? 0 : 1))).toBeLessThan(1e-9)
        }
      }),
    )
  })
})
