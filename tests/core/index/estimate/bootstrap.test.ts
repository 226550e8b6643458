import { describe, expect, test } from 'vitest'
import type { IndexDefinition, IndexIndicator, Normalise, Statistic } from '../../../../api/core/index/definition.ts'
import { type Answers, AnswersBuilder } from '../../../../api/core/index/estimate/answers.ts'
import { arrange } from '../../../../api/core/index/estimate/arrange.ts'
import { type BootstrapPlan, bootstrapReplicates, pointScores } from '../../../../api/core/index/estimate/bootstrap.ts'
import { bootstrapEstimates } from '../../../../api/core/index/estimate/bootstrap-estimates.ts'
import { clusterSample } from '../../../../api/core/index/estimate/cluster-sample.ts'
import { compositeEstimator } from '../../../../api/core/index/estimate/composite.ts'
import { linearise, rowsOf } from '../../../../api/core/index/estimate/linearise.ts'
import { seeded } from '../../stats/seeded.ts'

const label = { vi: 'Tên', en: 'Name' }
const leaves: readonly { code: string; parent: string; statistic: Statistic; weight?: number }[] = [
  { code: 'A', parent: 'P', statistic: 'mean', weight: 2 },
  { code: 'B', parent: 'P', statistic: 'share' },
  { code: 'C', parent: 'T', statistic: 'interpolated-median' },
  { code: 'D', parent: 'T', statistic: 'ratio' },
]
const ends: Record<string, [number, number]> = { A: [1, 5], B: [0, 1], C: [0.5, 5.5], D: [0, 3] }

/** T (geometric) over P (A, B: weighted mean), C and D; the hard figure H beside them. */
function definitionOf(change: Readonly<Record<string, Normalise>> = {}): IndexDefinition {
  const indicator = (code: string, parent: string): Omit<IndexIndicator, 'from'> => ({
    code,
    parent,
    direction: 'higher',
    normalise: change[code] ?? {
      method: 'min-max',
      to: [1, 10],
      bounds: { mode: 'fixed', min: ends[code]?.[0] ?? 0, max: ends[code]?.[1] ?? 100 },
    },
    label,
    source: 'test',
  })
  return {
    id: 'small',
    edition: '1',
    official: false,
    label,
    scale: { min: 1, max: 10 },
    nodes: [
      { code: 'T', parent: null, aggregate: 'geometric', label, source: 'test' },
      { code: 'P', parent: 'T', aggregate: 'mean', label, source: 'test' },
    ],
    indicators: [
      ...leaves.map(({ code, parent, statistic, weight = 1 }) => ({
        ...indicator(code, parent),
        weight,
        from: { instrument: 'test', item: code, statistic, ...(statistic === 'ratio' ? { over: 'X' } : {}) },
      })),
      { ...indicator('H', 'T'), from: { hard: 'h' } },
    ],
  }
}

/** People of three units on 30 days each; who comes on one day shares its luck, and most are asked three of four items. */
function people(seed: number): Answers {
  const random = seeded(seed)
  const five = (luck: number) => Math.min(5, Math.max(1, Math.round(3.2 + luck + 2 * (random() - 0.5) + random())))
  const columns = leaves.map(({ code, statistic }) => ({ code, statistic, rates: 'responsible' as const }))
  const builder = new AnswersBuilder(columns)
  const weights: number[] = []
  for (let unit = 0; unit < 3; unit += 1) {
    for (let day = 0; day < 30; day += 1) {
      const luck = 0.8 * (random() - 0.5) + unit * 0.2
      for (let i = 0; i < 4 + Math.floor(random() * 4); i += 1) {
        const values = [five(luck), Number(random() < 0.6 + luck / 5), five(luck), 1 + Math.floor(random() * 3)]
        const skipped = Math.floor(random() * 5)
        builder.add(
          { responsible: unit, receiving: unit, day },
          values.map((value, at) => (at === skipped ? null : value)),
          [null, null, null, 1 + Math.floor(random() * 2)],
        )
        weights.push(1 + Math.floor(random() * 3))
      }
    }
  }
  return builder.build(Float64Array.from(weights))
}

const hard = Float64Array.of(NaN, NaN, NaN, NaN, 60)
const columnOf = Int32Array.of(0, 1, 2, 3, -1)
function study(definition: IndexDefinition, scale: BootstrapPlan['scale'] = 'frozen') {
  const answers = people(7)
  const goalposts = new Map()
  const scopes = [0, 1, 2].map((unit) => Uint8Array.from({ length: 3 }, (_, id) => Number(id === unit)))
  const plan: BootstrapPlan = {
    definition,
    goalposts,
    columnOf,
    scale,
    units: scopes.map((inScope) => ({ sample: clusterSample(answers, rowsOf(answers, inScope), inScope), hard })),
  }
  const columns = new Map(leaves.map(({ code }, i) => [code, i]))
  const units = scopes.map((inScope) =>
    arrange(
      definition,
      linearise(answers, rowsOf(answers, inScope), inScope),
      columns,
      new Map([['H', { value: 60, n: 0 }]]),
    ),
  )
  return { plan, units, delta: units.map(compositeEstimator(definition, goalposts)) }
}

describe('the bootstrap of an index', () => {
  test('agrees with the delta method where both serve: estimates to the last digits, errors and ends within a few percent', () => {
    const { plan, units, delta } = study(definitionOf())
    const boot = bootstrapEstimates(plan, units, [bootstrapReplicates(plan, { seed: 1, from: 0, to: 2000 })])
    for (const [u, elements] of delta.entries()) {
      for (const [j, code] of ['P', 'T'].entries()) {
        const exact = elements.find((element) => element.code === code)!.estimate!
        const got = boot[u]![j]!
        expect(got.est).toBeCloseTo(exact.est!, 12)
        // Standard error of a standard deviation from 2,000 replicates: 1.6 %.
        expect(Math.abs(got.se! / exact.se! - 1)).toBeLessThan(0.06)
        expect(Math.abs(got.lo! - exact.lo!)).toBeLessThan(0.25 * exact.se!)
        expect(Math.abs(got.hi! - exact.hi!)).toBeLessThan(0.25 * exact.se!)
        expect(got).toMatchObject({ n: exact.n, df: exact.df, method: 'bootstrap' })
      }
    }
  })

  test('gives the same digits again, whole or in parts, and others for another seed', () => {
    const { plan } = study(definitionOf())
    const whole = bootstrapReplicates(plan, { seed: 5, from: 0, to: 50 })
    const parts = [
      [0, 7],
      [7, 33],
      [33, 50],
    ].map(([from, to]) => bootstrapReplicates(plan, { seed: 5, from: from!, to: to! }))
    expect(Float64Array.from(parts.flatMap((part) => [...part]))).toEqual(whole)
    expect(bootstrapReplicates(plan, { seed: 6, from: 0, to: 50 })).not.toEqual(whole)
    // The digits themselves: a change of generator or order of draws is a change of every published interval.
    expect(whole[0]).toBeCloseTo(6.729192546583852, 12)
    expect(whole[1]).toBeCloseTo(6.374069994534239, 12)
  })

  test('serves ranks and medians, which have no derivative, and the goalposts’ own error', () => {
    const ranked = study(definitionOf({ A: { method: 'rank', to: [1, 10] } }))
    expect(ranked.delta[0]!.find(({ code }) => code === 'P')!.estimate).toBeNull()
    const replicates = [bootstrapReplicates(ranked.plan, { seed: 1, from: 0, to: 400 })]
    for (const [estimate] of bootstrapEstimates(ranked.plan, ranked.units, replicates)) {
      expect(estimate!.lo!).toBeLessThan(estimate!.hi!)
      expect(estimate!.se!).toBeGreaterThan(0)
    }
    const sample = definitionOf({ A: { method: 'min-max', to: [1, 10] } })
    const se = (scale: BootstrapPlan['scale']) => {
      const { plan, units } = study(sample, scale)
      const bounds = new Map([['A', { min: 2.9, max: 3.6 }]])
      const frozen = { ...plan, goalposts: scale === 'frozen' ? bounds : new Map() }
      const range = { seed: 1, from: 0, to: 400 }
      return bootstrapEstimates(frozen, units, [bootstrapReplicates(frozen, range)]).map(([estimate]) => estimate!.se)
    }
    expect(se('resampled')).not.toEqual(se('frozen'))
  })

  test('point scores are those of the estimates themselves', () => {
    const { plan, delta } = study(definitionOf())
    const want = delta.flatMap((elements) =>
      ['P', 'T'].map((code) => elements.find((one) => one.code === code)!.estimate!.est!),
    )
    pointScores(plan).forEach((score, at) => expect(score).toBeCloseTo(want[at]!, 12))
  })

  test('joins strata of one cluster instead of taking them for certain', () => {
    const builder = new AnswersBuilder([{ code: 'A', rates: 'responsible', statistic: 'mean' }])
    for (const [unit, value] of [1, 3, 5, 2, 4].entries())
      builder.add({ responsible: unit, receiving: unit, day: 1 }, [value])
    const answers = builder.build()
    const inScope = new Uint8Array(5).fill(1)
    const sample = clusterSample(answers, rowsOf(answers, inScope), inScope)
    expect([...sample.strataStarts]).toEqual([0, 5])
  })

  test('reads no interval from too few replicates or from a sample without spread', () => {
    const { plan, units } = study(definitionOf())
    const part = bootstrapReplicates(plan, { seed: 1, from: 0, to: 100 })
    expect(() => bootstrapEstimates(plan, units, [part])).toThrow(RangeError)
    const same = new Float64Array((400 * part.length) / 100).fill(5)
    expect(bootstrapEstimates(plan, units, [same])[0]![0]).toMatchObject({
      suppressed: 'too_few',
      est: null,
      n: Math.min(units[0]!.n[0]!, units[0]!.n[1]!),
    })
  })
})
