import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shrinkUnits, type SmallUnit } from '../../../../api/core/index/compare/shrink.ts'
import { notMeasured, suppress } from '../../../../api/core/stats/estimate.ts'
import { fayHerriot } from '../../../../api/core/stats/shrinkage/fayHerriot.ts'
import { wilson } from '../../../../api/core/stats/wilson.ts'

const commune = (unit: number, favourable: number, n: number, size = n * 4): SmallUnit => ({
  unit,
  kind: 'commune',
  estimate: wilson(favourable, n),
  size,
})
const seven = [
  commune(1, 7, 7),
  commune(2, 45, 60),
  commune(3, 150, 200),
  commune(4, 28, 40),
  commune(5, 90, 100),
  commune(6, 12, 24),
]

describe('expected values of small units', () => {
  test('are Fay–Herriot’s with deff·p̃(1 − p̃)/n, also for a unit whose answers are all alike', () => {
    const got = shrinkUnits(seven)
    const shares = seven.map(({ estimate }) => estimate.est!)
    const sizes = seven.map(({ estimate }) => estimate.n!)
    const pooled = shares.reduce((sum, p, i) => sum + sizes[i]! * p * (1 - p), 0) / sizes.reduce((sum, n) => sum + n, 0)
    const model = { y: shares, v: sizes.map((n) => pooled / n), columns: [shares.map(() => 1)] }
    const { fitted } = fayHerriot(model)
    expect(got.map(({ own }) => own)).toEqual(fitted.map(({ gamma }) => expect.closeTo(gamma!, 12)))
    const moved = got.map(({ expected }, i) => expected!.est! - fitted[i]!.eblup)
    for (const by of moved) expect(by).toBeCloseTo(moved[0]!, 12)
    expect(got[0]!.raw.est).toBe(1)
    expect(Math.max(...shrinkUnits(seven, { min: 0, max: 0.9 }).map(({ expected }) => expected!.hi!))).toBe(0.9)
    expect(got[0]!.expected!.est!).toBeLessThan(0.95)
    expect(got[0]!.own!).toBeLessThan(got[2]!.own!)
  })

  test('keep the size-weighted mean of the kind', () => {
    const counts = fc.array(
      fc.tuple(
        fc.integer({ min: 10, max: 300 }),
        fc.double({ min: 0.3, max: 0.98, noNaN: true }),
        fc.integer({ min: 1, max: 5000 }),
      ),
      { minLength: 5, maxLength: 20 },
    )
    fc.assert(
      fc.property(counts, (list) => {
        const units = list.map(([n, p, size], i) => commune(i, Math.round(n * p), n, size))
        const got = shrinkUnits(units)
        const total = (value: (at: number) => number) => units.reduce((sum, { size }, at) => sum + size * value(at), 0)
        expect(total((at) => got[at]!.expected!.est!)).toBeCloseTo(
          total((at) => units[at]!.estimate.est!),
          6,
        )
      }),
    )
  })

  test('stand beside the raw value and never replace it; without four peers there are none', () => {
    const hidden = { ...commune(9, 1, 10), estimate: suppress(notMeasured(), 'too_few') }
    const got = shrinkUnits([...seven, hidden, { ...commune(10, 5, 10), kind: 'sở' }])
    expect(got.map(({ raw }) => raw)).toEqual([
      ...seven.map(({ estimate }) => estimate),
      hidden.estimate,
      wilson(5, 10),
    ])
    expect(got.slice(-2).map(({ expected, own }) => [expected, own])).toEqual([
      [null, null],
      [null, null],
    ])
  })
})
