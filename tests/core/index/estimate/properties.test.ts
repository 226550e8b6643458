import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Aggregate, IndexDefinition, Statistic } from '../../../../api/core/index/definition.ts'
import { AnswersBuilder } from '../../../../api/core/index/estimate/answers.ts'
import { arrange } from '../../../../api/core/index/estimate/arrange.ts'
import { compositeEstimator } from '../../../../api/core/index/estimate/composite.ts'
import { linearise, rowsOf } from '../../../../api/core/index/estimate/linearise.ts'
import type { Estimate } from '../../../../api/core/stats/estimate.ts'

const label = { vi: 'Tên', en: 'Name' }
const statistics: readonly Statistic[] = ['mean', 'share', 'interpolated-median', 'top2']
const codes = ['A', 'B', 'C', 'D'] as const

interface Study {
  readonly aggregate: Aggregate
  readonly lower: boolean
  readonly weights: readonly number[]
  readonly people: readonly Person[]
}
interface Person {
  readonly unit: number
  readonly day: number
  readonly weight: number
  /** Levels from 1 to 5; null: not asked. */
  readonly levels: readonly (number | null)[]
}

function definitionOf({ aggregate, lower, weights }: Study): IndexDefinition {
  return {
    id: 'properties',
    edition: '1',
    official: false,
    label,
    scale: { min: 1, max: 10 },
    nodes: [
      { code: 'T', parent: null, aggregate, label, source: 'test' },
      { code: 'P', parent: 'T', weight: weights[4]!, aggregate: 'mean', label, source: 'test' },
    ],
    indicators: codes.map((code, i) => {
      const [min, max] = i % 2 === 1 ? [0, 1] : [0.5, 5.5]
      return {
        code,
        parent: i < 2 ? 'P' : 'T',
        weight: weights[i]!,
        direction: lower ? 'lower' : 'higher',
        normalise: { method: 'min-max', to: [1, 10], bounds: { mode: 'fixed', min: min!, max: max! } },
        range: [min!, max!],
        from: { instrument: 'test', item: code, statistic: statistics[i]! },
        label,
        source: 'test',
      }
    }),
  }
}

/** Estimates at every element of the units 1 and up to `units` together. */
function estimates(study: Study, units = 2): Map<string, Estimate> {
  const definition = definitionOf(study)
  const builder = new AnswersBuilder(
    codes.map((code, i) => ({ code, rates: 'responsible', statistic: statistics[i]! })),
  )
  for (const { unit, day, levels } of study.people) {
    const values = levels.map((level, i) => (level === null ? null : i % 2 === 1 ? Number(level >= 4) : level))
    builder.add({ responsible: unit, receiving: unit, day }, values)
  }
  const answers = builder.build(Float64Array.from(study.people, ({ weight }) => weight))
  const inScope = Uint8Array.from({ length: 9 }, (_, id) => Number(id >= 1 && id <= units))
  const columns = new Map(codes.map((code, i) => [code, i]))
  const unit = arrange(definition, linearise(answers, rowsOf(answers, inScope), inScope), columns)
  return new Map(compositeEstimator(definition, new Map())(unit).map(({ code, estimate }) => [code, estimate!]))
}

const person = fc.record({
  unit: fc.integer({ min: 1, max: 2 }),
  day: fc.integer({ min: 0, max: 14 }),
  weight: fc.double({ min: 0.5, max: 8, noNaN: true }),
  levels: fc.tuple(...codes.map(() => fc.option(fc.integer({ min: 1, max: 5 }), { nil: null, freq: 4 }))),
})
const study: fc.Arbitrary<Study> = fc.record({
  aggregate: fc.constantFrom<Aggregate[]>('mean', 'sum', 'geometric', 'harmonic'),
  lower: fc.boolean(),
  weights: fc.tuple(...[0, 1, 2, 3, 4].map(() => fc.double({ min: 0.1, max: 9, noNaN: true }))),
  people: fc.array(person, { minLength: 30, maxLength: 90 }),
})

function expectSame(got: ReadonlyMap<string, Estimate>, want: ReadonlyMap<string, Estimate>): void {
  for (const [code, estimate] of want) {
    for (const key of ['est', 'se', 'df', 'lo', 'hi', 'n', 'nEff'] as const) {
      if (estimate[key] === null) expect(got.get(code)![key]).toBeNull()
      else expect(got.get(code)![key]).toBeCloseTo(estimate[key], 8)
    }
  }
}

describe('scores with their intervals', () => {
  test('do not change when all weights of answers, or of an index under means, are scaled', () => {
    fc.assert(
      fc.property(study, fc.double({ min: 0.01, max: 100, noNaN: true }), (drawn, factor) => {
        const people = drawn.people.map((one) => ({ ...one, weight: one.weight * factor }))
        expectSame(estimates({ ...drawn, people }), estimates(drawn))
        if (drawn.aggregate === 'sum') return
        expectSame(estimates({ ...drawn, weights: drawn.weights.map((weight) => weight * factor) }), estimates(drawn))
      }),
    )
  })

  test('do not depend on the order of answers', () => {
    fc.assert(
      fc.property(study, (drawn) =>
        expectSame(estimates({ ...drawn, people: drawn.people.toReversed() }), estimates(drawn)),
      ),
    )
  })

  test('mirror to a + b − s, ends included, when every indicator is turned round under a mean', () => {
    fc.assert(
      fc.property(study, (drawn) => {
        const [up, down] = [false, true].map((lower) => estimates({ ...drawn, aggregate: 'mean', lower }))
        for (const [code, { est, se, lo, hi }] of up!) {
          const mirrored = down!.get(code)!
          if (est === null || se === null || lo === null || hi === null) {
            expect(mirrored.est).toBeNull()
            continue
          }
          expect(mirrored.est).toBeCloseTo(11 - est, 9)
          expect(mirrored.se).toBeCloseTo(se, 9)
          expect(mirrored.lo).toBeCloseTo(11 - hi, 9)
          expect(mirrored.hi).toBeCloseTo(11 - lo, 9)
        }
      }),
    )
  })

  test('of two units with equal values are that value when the units are merged, and surer', () => {
    fc.assert(
      fc.property(study, (drawn) => {
        const first = drawn.people.map((one) => ({ ...one, unit: 1 }))
        const both = { ...drawn, people: [...first, ...first.map((one) => ({ ...one, unit: 2 }))] }
        const [single, merged] = [estimates(both, 1), estimates(both, 2)]
        for (const [code, { est, se, lo, hi }] of single) {
          const other = merged.get(code)!
          if (est === null || lo === null || hi === null) continue
          expect(other.est).toBeCloseTo(est, 9)
          expect(other.hi! - other.lo!).toBeLessThanOrEqual(hi - lo + 1e-9)
          if (se! > 1e-6) expect(other.se! / se!).toBeCloseTo(Math.SQRT1_2, 6)
        }
      }),
    )
  })

  test('have intervals that shrink as the same answers come again on more days', () => {
    fc.assert(
      fc.property(study, (drawn) => {
        const again = (times: number) =>
          Array.from({ length: times }, (_, i) =>
            drawn.people.map((one) => ({ ...one, day: one.day + 100 * i })),
          ).flat()
        const widths = [1, 2, 4].map((times) => {
          const got = estimates({ ...drawn, people: again(times) })
          return new Map([...got].map(([code, { lo, hi }]) => [code, lo === null || hi === null ? null : hi - lo]))
        })
        for (const [code, width] of widths[0]!) {
          if (width === null) continue
          expect(widths[1]!.get(code)!).toBeLessThan(width + 1e-9)
          expect(widths[2]!.get(code)!).toBeLessThan(widths[1]!.get(code)! + 1e-9)
        }
      }),
    )
  })
})
