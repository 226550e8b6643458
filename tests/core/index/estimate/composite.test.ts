import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Aggregate, IndexDefinition, IndexIndicator } from '../../../../api/core/index/definition.ts'
import { compositeEstimator, type ElementEstimate } from '../../../../api/core/index/estimate/composite.ts'
import type { UnitEstimates } from '../../../../api/core/index/estimate/indicator-estimate.ts'
import { packedAt, packedLength } from '../../../../api/core/index/estimate/packed.ts'
import { deltaReach } from '../../../../api/core/index/estimate/reach.ts'
import { freezeIndex, scoreUnit } from '../../../../api/core/index/frozen.ts'
import { scoreIndex } from '../../../../api/core/index/score.ts'
import { tQuantile } from '../../../../api/core/stats/tQuantile.ts'
import { wilsonLimits } from '../../../../api/core/stats/wilsonLimits.ts'
import { smallData } from '../small.ts'

const label = { vi: 'Tên', en: 'Name' }
const from = (statistic: 'mean' | 'share' | 'median' | 'count') => ({ instrument: 'test', item: 'Q', statistic })

/** T over P (A, B) and C; every indicator a mean of answers between 0 and 10 unless said otherwise. */
function definitionOf(
  aggregate: Aggregate,
  change: Partial<IndexIndicator> = {},
  lower: Aggregate = 'mean',
): IndexDefinition {
  const leaf = (code: string, parent: string, weight: number): IndexIndicator => ({
    code,
    parent,
    weight,
    direction: 'higher',
    normalise: { method: 'min-max', to: [1, 10], bounds: { mode: 'fixed', min: 0, max: 10 } },
    range: [0, 10],
    from: from('mean'),
    label,
    source: 'test',
    ...(code === 'A' ? change : {}),
  })
  return {
    id: 'small',
    edition: '1',
    official: false,
    label,
    scale: { min: 1, max: 10 },
    nodes: [
      { code: 'T', parent: null, aggregate, multiply: 2, label, source: 'test' },
      { code: 'P', parent: 'T', weight: 2, aggregate: lower, label, source: 'test' },
    ],
    indicators: [leaf('A', 'P', 3), leaf('B', 'P', 1), leaf('C', 'T', 1)],
  }
}

const size = 40
function unitOf(est: readonly (number | null)[], covariance: readonly (readonly number[])[], n = size): UnitEstimates {
  const k = est.length
  const packed = new Float64Array(packedLength(k))
  for (let a = 0; a < k; a += 1) for (let b = a; b < k; b += 1) packed[packedAt(k, a, b)] = covariance[a]![b]!
  return {
    est,
    n: est.map((value) => (value === null ? 0 : n)),
    kish: est.map((value) => (value === null ? 0 : n)),
    covariance: packed,
    clusters: 25,
    strata: 1,
  }
}
const spread = [
  [0.04, 0.01, 0.005],
  [0.01, 0.09, -0.02],
  [0.005, -0.02, 0.05],
]
const byCode = (elements: readonly ElementEstimate[]) => new Map(elements.map((element) => [element.code, element]))
const estimateOf = (definition: IndexDefinition, unit: UnitEstimates, goalposts = new Map()) =>
  byCode(compositeEstimator(definition, goalposts)(unit))

const aggregates: readonly Aggregate[] = ['mean', 'sum', 'geometric', 'harmonic', { power: 2 }, { power: -0.5 }]
const raw = fc.tuple(...Array.from({ length: 3 }, () => fc.double({ min: 0.5, max: 9.5, noNaN: true })))

describe('scores of a unit', () => {
  test('are those of the scoring engine to the last digits, for every way of aggregating and whatever is missing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...aggregates),
        fc.tuple(...Array.from({ length: 3 }, () => fc.option(fc.double({ min: 0.5, max: 9.5, noNaN: true })))),
        (aggregate, values) => {
          const definition = definitionOf(aggregate, { direction: 'lower' })
          const got = scoreUnit(
            freezeIndex(definition, new Map()),
            values.map((value) => value ?? NaN),
          )
          const want = scoreIndex(definition, smallData({ A: [values[0]], B: [values[1]], C: [values[2]] } as never))
          want.scores.forEach((column, at) => expect(got.scores[at]).toBe(column[0]))
          want.present.forEach((column, at) => expect(got.present[at]).toBe(column[0]))
        },
      ),
    )
  })
})

describe('the delta method', () => {
  test('takes the derivative of every aggregation: it agrees with differences of the score itself', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...aggregates),
        fc.constantFrom(...aggregates),
        fc.constantFrom('higher' as const, 'lower' as const),
        raw,
        (aggregate, lower, direction, est) => {
          const definition = definitionOf(aggregate, { direction }, lower)
          const frozen = freezeIndex(definition, new Map())
          const total = (values: readonly number[]) => scoreUnit(frozen, values).scores.at(-1)!
          const slopes = est.map((value, i) => {
            const moved = (by: number) => total(est.map((other, j) => (j === i ? value + by : other)))
            return (moved(1e-5) - moved(-1e-5)) / 2e-5
          })
          const variance = slopes.reduce(
            (sum, a, i) => sum + slopes.reduce((inner, b, j) => inner + a * b * spread[i]![j]!, 0),
            0,
          )
          const { estimate } = estimateOf(definition, unitOf(est, spread)).get('T')!
          expect(estimate!.est).toBe(total(est))
          expect(estimate!.se! / Math.sqrt(variance)).toBeCloseTo(1, 6)
        },
      ),
    )
  })

  test('gives Student intervals on clusters less strata, and n of the least answered indicator', () => {
    const unit = { ...unitOf([5, 6, 7], spread), n: [40, 35, 60] }
    const { estimate, present, of } = estimateOf(definitionOf('mean'), unit).get('T')!
    const t = tQuantile(0.975, 24)
    expect(estimate).toMatchObject({ n: 35, df: 24, method: 'delta_t', suppressed: null })
    expect([estimate!.lo, estimate!.hi]).toEqual([
      estimate!.est! - t * estimate!.se!,
      estimate!.est! + t * estimate!.se!,
    ])
    expect([present, of]).toEqual([2, 2])
  })

  test('shares the weights among the children present and says how many there are', () => {
    const without = estimateOf(definitionOf('mean'), unitOf([5, null, 7], spread))
    expect(without.get('P')).toMatchObject({ present: 1, of: 2 })
    expect(without.get('P')!.estimate!.est).toBe(5.5)
    expect(without.get('P')!.estimate!.se).toBeCloseTo(0.9 * 0.2, 14)
    expect(without.get('B')).toMatchObject({ present: 0, of: 1, estimate: { suppressed: 'too_few', n: 0, est: null } })
  })

  test('takes the slope of a cut indicator as 0, and counts it', () => {
    const bounds = { mode: 'fixed' as const, min: 0, max: 4 }
    const normalise = { method: 'goalposts' as const, to: [1, 10] as [number, number], bounds }
    const elements = estimateOf(definitionOf('mean', { normalise }), unitOf([5, 6, 7], spread))
    expect(elements.get('P')!.clipped).toBe(1)
    expect(elements.get('P')!.estimate!.se).toBeCloseTo(0.25 * 0.9 * 0.3, 14)
    expect(elements.get('A')!.estimate).toMatchObject({ est: 10, hi: 10, se: 0 })
  })

  test('carries Wilson limits at the effective size through the path where one share is all there is', () => {
    const change: Partial<IndexIndicator> = { from: from('share'), direction: 'lower' }
    const hundred: IndexIndicator['normalise'] = {
      method: 'min-max',
      to: [1, 10],
      bounds: { mode: 'fixed', min: 0, max: 1 },
    }
    const definition = definitionOf('geometric', { ...change, normalise: hundred })
    const p = 0.9
    const unit = unitOf(
      [p, null, null],
      [[0.004], [0, 0], [0, 0, 0]].map((row) => [...row, 0, 0]),
    )
    const { estimate } = estimateOf(definition, unit).get('T')!
    const ratio = tQuantile(0.975, size - 1) / tQuantile(0.975, 24)
    const ends = wilsonLimits(p, ((p * (1 - p)) / 0.004) * ratio ** 2)
    const score = (share: number) => 2 * (11 - (1 + 9 * share))
    expect(estimate!.est).toBeCloseTo(score(p), 12)
    expect(estimate!.lo).toBeCloseTo(score(ends.hi), 12)
    expect(estimate!.hi).toBeCloseTo(score(ends.lo), 12)
    expect(estimate).toMatchObject({ method: 'delta_design_share', n: size })
    expect(estimate!.nEff).toBeCloseTo(0.09 / 0.004, 10)
  })

  test('claims no certainty where all answers are the same', () => {
    const zero = spread.map((row) => row.map(() => 0))
    const { estimate } = estimateOf(definitionOf('mean'), unitOf([10, 10, 10], zero)).get('T')!
    expect(estimate).toMatchObject({ est: 20, hi: 20, method: 'delta_ends' })
    expect(estimate!.lo).toBeCloseTo(20 - 18 * wilsonLimits(0, size).hi, 12)
  })

  test.each([0, 1e-34])('claims no certainty where all days have the same share (variance %s)', (variance) => {
    const shares: Partial<IndexIndicator> = {
      from: from('share'),
      normalise: { method: 'goalposts', to: [0, 100], bounds: { mode: 'fixed', min: 0, max: 1 } },
    }
    const same = spread.map((row) => row.map(() => variance))
    const elements = estimateOf(definitionOf('mean', shares), unitOf([0.75, null, null], same))
    const plain = wilsonLimits(0.75, size * (tQuantile(0.975, size - 1) / tQuantile(0.975, 24)) ** 2)
    for (const code of ['A', 'P', 'T']) {
      const { lo, hi, nEff } = elements.get(code)!.estimate!
      const factor = code === 'T' ? 2 : 1
      expect(lo).toBeCloseTo(factor * 100 * plain.lo, 10)
      expect(hi).toBeCloseTo(factor * 100 * plain.hi, 10)
      expect(nEff).toBe(size)
    }
  })

  test('leaves medians, ranks and z to the bootstrap, and the nodes above them', () => {
    const median = definitionOf('mean', { from: from('median') })
    expect(Object.fromEntries(deltaReach(median))).toEqual({
      A: 'bootstrap_only',
      B: 'exact',
      C: 'exact',
      P: 'bootstrap_only',
      T: 'bootstrap_only',
    })
    const rank = definitionOf('mean', { normalise: { method: 'rank' } })
    const elements = estimateOf(rank, unitOf([5, 6, 7], spread))
    expect(elements.get('P')).toEqual({ code: 'P', present: 2, of: 2, estimate: null, clipped: 0 })
    expect(elements.get('C')!.estimate!.est).toBeCloseTo(7.3, 12)
    expect(deltaReach(definitionOf('mean', { normalise: { method: 'min-max' } })).get('T')).toBe('given_goalposts')
  })

  test('takes hard figures as known: no error of their own, and none above where there is nothing else', () => {
    const hard = definitionOf('mean', { from: { hard: 'late' } })
    const unit = unitOf(
      [5, null, null],
      spread.map((row) => row.map(() => 0)),
    )
    expect(estimateOf(hard, unit).get('P')!.estimate).toMatchObject({
      est: 5.5,
      se: 0,
      lo: 5.5,
      hi: 5.5,
      method: 'known',
    })
    const mixed = estimateOf(
      hard,
      unitOf(
        [5, null, 7],
        [[0], [0, 0], [0, 0, 0.05]].map((row) => [...row, 0, 0]),
      ),
    ).get('T')!
    expect(mixed.estimate!.se).toBeCloseTo(2 * (1 / 3) * 0.9 * Math.sqrt(0.05), 12)
    expect(mixed.estimate!.n).toBe(size)
  })

  test('shows nothing where days are too few to judge the spread by', () => {
    const one = { ...unitOf([5, 6, 7], spread), clusters: 1 }
    expect(estimateOf(definitionOf('mean'), one).get('T')!.estimate).toMatchObject({
      est: null,
      lo: null,
      n: size,
      suppressed: 'too_few',
    })
  })
})
