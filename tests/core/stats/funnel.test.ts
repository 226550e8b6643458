import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findMethod } from '../../../api/core/analysis/registry.ts'
import { exactLimit, midP, overDispersion, targetError } from '../../../api/core/stats/funnel.ts'
import { DataError } from '../../../api/core/table/data-error.ts'

interface Funnel {
  readonly target: number
  readonly phi: number
  readonly tau2: number
  readonly rows: readonly {
    readonly z: number
    readonly zAdditive: number
    readonly zMultiplicative: number
  }[]
  readonly limits: readonly Record<string, number | string | null>[]
}
const table = (...rows: number[][]) => ({
  file: 'f.csv',
  columns: ['x', 'n'],
  rows: rows.map((cells, i) => ({ line: i + 2, cells: cells.map(String) })),
})
const run = (data: ReturnType<typeof table>, options: object = {}) => findMethod('funnel')!.run(data, options) as Funnel
const fault = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof DataError) return error.faults[0]
  }
  return undefined
}

describe('funnel', () => {
  it('of the Bristol inquiry: 41 deaths in 143 against 11 % are beyond every limit (Spiegelhalter 2005, cardiac surgery)', () => {
    // Deaths of infants after open heart surgery in twelve English centres 1991–95, Spiegelhalter et al., JRSS A 165 (2002).
    const centres = [
      [41, 143],
      [25, 187],
      [24, 323],
      [23, 122],
      [25, 164],
      [42, 405],
      [24, 239],
      [53, 482],
      [26, 195],
      [25, 177],
      [58, 581],
      [31, 301],
    ]
    const got = run(table(...centres))
    const outer = got.limits.filter(({ level }) => level === 0.998)
    expect(outer[0]!['flag']).toBe('above')
    expect(got.rows[0]!.z).toBeGreaterThan(6)
    expect(outer[0]).toMatchObject({
      exactFlag: 'above',
      multiplicativeFlag: 'above',
      additiveFlag: 'above',
    })
  })

  it('is over-dispersed by the published formulas, here with plain arithmetic', () => {
    const z = [-3, -1, 0, 1, 2, 4]
    const s = [0.1, 0.2, 0.1, 0.2, 0.1, 0.2]
    const { phi, tau2, winsorised } = overDispersion(z, s, 0)
    expect(winsorised).toEqual(z)
    expect(phi).toBeCloseTo(31 / 6, 12)
    const w = s.map((error) => 1 / error ** 2)
    const total = w.reduce((a, b) => a + b, 0)
    expect(tau2).toBeCloseTo((31 - 5) / (total - w.reduce((a, b) => a + b * b, 0) / total), 12)
    // Type 7 quantiles at .1 and .9 of six values lie half way between the two outermost.
    expect(overDispersion(z, s, 0.1).winsorised).toEqual([-2, -1, 0, 1, 2, 3])
  })

  it('limits narrow with size, contain the target, and widen with over-dispersion and level', () => {
    const units = fc.array(
      fc.integer({ min: 5, max: 400 }).chain((n) => fc.tuple(fc.integer({ min: 1, max: n - 1 }), fc.constant(n))),
      { minLength: 2, maxLength: 25 },
    )
    fc.assert(
      fc.property(units, (list) => {
        const got = run(table(...list))
        for (const [i, { z, zAdditive, zMultiplicative }] of got.rows.entries()) {
          const [inner, outer] = [got.limits[i], got.limits[list.length + i]] as Record<string, number>[]
          for (const kind of ['', 'exact', 'multiplicative', 'additive']) {
            const [lo, hi] = kind === '' ? ['lo', 'hi'] : [`${kind}Lo`, `${kind}Hi`]
            expect(inner![lo!]!).toBeLessThanOrEqual(got.target + 1 / list[i]![1])
            expect(inner![hi!]!).toBeGreaterThanOrEqual(got.target - 1 / list[i]![1])
            expect(outer![lo!]!).toBeLessThanOrEqual(inner![lo!]!)
            expect(outer![hi!]!).toBeGreaterThanOrEqual(inner![hi!]!)
          }
          expect(Math.abs(zAdditive)).toBeLessThanOrEqual(Math.abs(z))
          expect(Math.abs(zMultiplicative)).toBeLessThanOrEqual(Math.abs(z))
        }
        expect(got.tau2).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 40 },
    )
    expect(targetError('share', 0.8, 400)).toBeCloseTo(targetError('share', 0.8, 100) / 2, 12)
  })

  it('exact limits lie where the distribution passes the level, and near the normal ones for many cases', () => {
    // P(X ≤ 4) = .2375, P(X ≤ 3) = .1071 for 20 trials at .3: the limit at .2 lies (.2375 − .2) / .1304 below 4.
    expect(exactLimit('share', 0.3, 20, 0.2) * 20).toBeCloseTo(
      4 - (0.23750777887760164 - 0.2) / 0.13042097437387415,
      10,
    )
    for (const kind of ['share', 'ratio'] as const)
      for (const [p, z] of [
        [0.025, -1.959964],
        [0.975, 1.959964],
      ] as const)
        expect(exactLimit(kind, 0.5, 1e6, p) + 0.5e-6).toBeCloseTo(0.5 + z * targetError(kind, 0.5, 1e6), 5)
  })

  it('mid-p chances add up to one and halve a count’s own chance', () => {
    const { lower, upper } = midP('share', 0.5, { count: 2, size: 4 })
    expect([lower, upper]).toEqual([0.5, 0.5])
    expect(midP('ratio', 1, { count: 0, size: 2 }).lower).toBeCloseTo(Math.exp(-2) / 2, 12)
  })

  it('takes observed against expected, and a target known beforehand', () => {
    const got = run(table([12, 10.5], [30, 41.2]), { kind: 'ratio', target: 1 })
    expect(got).toMatchObject({ target: 1, rows: [{ est: 12 / 10.5, se: Math.sqrt(1 / 10.5) }, {}] })
    expect(got.rows[0]!.z).toBeCloseTo((12 - 10.5) / Math.sqrt(10.5), 12)
  })

  it('one unit alone is on its target; nothing, everything and no cases are refused with their place', () => {
    expect(run(table([3, 9]))).toMatchObject({ phi: 0, tau2: 0, rows: [{ z: 0 }] })
    expect(fault(() => run(table([0, 9], [0, 3])))).toMatchObject({ code: 'no_variation', column: 'x' })
    expect(fault(() => run(table([9, 9], [3, 3])))).toMatchObject({ code: 'no_variation', column: 'x' })
    expect(fault(() => run(table([1, 9], [0, 0])))).toMatchObject({ code: 'not_a_count', line: 3, column: 'n' })
    expect(() => run(table([1, 9]), { target: 1.2 })).toThrow('target: too_big')
  })
})
