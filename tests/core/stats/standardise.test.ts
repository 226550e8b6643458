import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OptionsError } from '../../../api/core/analysis/method.ts'
import { boundsChange, compositeChange, type Goalposts } from '../../../api/core/stats/standardise/boundsChange.ts'
import { directStandardise } from '../../../api/core/stats/standardise/direct.ts'
import { indirectStandardise, pooledRates } from '../../../api/core/stats/standardise/indirect.ts'
import { kitagawa } from '../../../api/core/stats/standardise/kitagawa.ts'
import { estimateDesign, parseDesign } from '../../../api/core/survey/estimate-design.ts'
import type { DataError } from '../../../api/core/table/data-error.ts'

const value = fc.double({ min: -100, max: 100, noNaN: true })
const size = fc.double({ min: 0.01, max: 100, noNaN: true })

describe('Kitagawa', () => {
  const cell = fc.record({ group: fc.string(), mix0: size, mix1: size, mean0: value, mean1: value })
  it('parts add up to the change, for the whole and over the groups; order and scale of the mix change nothing', () => {
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('two' as const, 'three' as const),
        size,
        (cells, parts, k) => {
          const { change, mix, rate, interaction, groups } = kitagawa(cells, parts)
          expect(mix + rate + interaction).toBeCloseTo(change, 8)
          expect(groups.reduce((all, group) => all + group.mix + group.rate + group.interaction, 0)).toBeCloseTo(
            change,
            8,
          )
          const again = kitagawa(
            cells.toReversed().map((each) => ({ ...each, mix0: k * each.mix0 })),
            parts,
          )
          expect(again.mix).toBeCloseTo(mix, 8)
          expect(again.rate).toBeCloseTo(rate, 8)
        },
      ),
    )
  })

  it('equal means leave nothing to the mix, an equal mix nothing but the rate, and swapping the times turns the sign', () => {
    const cells = [
      { group: 'a', mix0: 2, mix1: 3, mean0: 4, mean1: 5 },
      { group: 'b', mix0: 3, mix1: 1, mean0: 1, mean1: 2 },
    ]
    expect(kitagawa(cells.map((c) => ({ ...c, mean0: 4, mean1: 4 }))).mix).toBeCloseTo(0, 12)
    expect(kitagawa(cells.map((c) => ({ ...c, mix1: c.mix0 }))).mix).toBeCloseTo(0, 12)
    const back = kitagawa(
      cells.map(({ group, mix0, mix1, mean0, mean1 }) => ({
        group,
        mix0: mix1,
        mix1: mix0,
        mean0: mean1,
        mean1: mean0,
      })),
    )
    expect(back.mix).toBeCloseTo(-kitagawa(cells).mix, 12)
    expect(back.rate).toBeCloseTo(-kitagawa(cells).rate, 12)
  })

  it('a group that comes counts as mix with the mean it has; a mean missing where the mix is not is refused', () => {
    const cells = [
      { group: 'old', mix0: 1, mix1: 0.5, mean0: 3, mean1: 3 },
      { group: 'new', mix0: 0, mix1: 0.5, mean0: null, mean1: 5 },
    ]
    expect(kitagawa(cells)).toMatchObject({ change: 1, mix: 1, rate: 0 })
    expect(() => kitagawa([{ group: 'a', mix0: 1, mix1: 1, mean0: null, mean1: 1 }])).toThrow(RangeError)
    expect(() => kitagawa([{ group: 'a', mix0: 0, mix1: 1, mean0: 1, mean1: 1 }])).toThrow(RangeError)
  })
})

describe('moved goalposts', () => {
  const scale = fc.record({
    min: fc.double({ min: 0, max: 4, noNaN: true }),
    max: fc.double({ min: 6, max: 10, noNaN: true }),
  })
  const x = fc.double({ min: 0, max: 10, noNaN: true })
  const better = fc.constantFrom('higher' as const, 'lower' as const)

  it('own + bounds = change, lower end + upper end = bounds, and a mirrored score has mirrored parts', () => {
    fc.assert(
      fc.property(x, x, scale, scale, (x0, x1, s0, s1) => {
        const up = boundsChange([x0, x1], [s0, s1])!
        const down = boundsChange([x0, x1], [s0, s1], { better: 'lower' })!
        expect(up.own + up.bounds).toBeCloseTo(up.change, 10)
        expect(up.boundsMin! + up.boundsMax!).toBeCloseTo(up.bounds, 10)
        for (const part of ['change', 'own', 'bounds', 'boundsMin', 'boundsMax'] as const)
          expect(down[part]!).toBeCloseTo(-up[part]!, 10)
        expect(up.score0 + down.score0).toBeCloseTo(11, 10)
      }),
    )
  })

  it('the parts are Shapley’s: the mean over every order of three changes in which the ends move together', () => {
    fc.assert(
      fc.property(x, x, scale, scale, better, (x0, x1, s0, s1, direction) => {
        const score = (value: number, { min, max }: Goalposts) => {
          const up = 1 + (9 * (value - min)) / (max - min)
          return direction === 'higher' ? up : 11 - up
        }
        const orders = [
          ['x', 'min', 'max'],
          ['x', 'max', 'min'],
          ['min', 'max', 'x'],
          ['max', 'min', 'x'],
        ] as const
        const parts = { x: 0, min: 0, max: 0 }
        for (const order of orders) {
          let state = { x: x0, ...s0 }
          for (const step of order) {
            const next = { ...state, [step]: step === 'x' ? x1 : s1[step] }
            parts[step] += (score(next.x, next) - score(state.x, state)) / orders.length
            state = next
          }
        }
        const got = boundsChange([x0, x1], [s0, s1], { better: direction })!
        expect(got.own).toBeCloseTo(parts.x, 10)
        expect(got.boundsMin).toBeCloseTo(parts.min, 10)
        expect(got.boundsMax).toBeCloseTo(parts.max, 10)
      }),
    )
  })

  it('a scale without width gives no score; scales that do not overlap are not split by end', () => {
    expect(
      boundsChange(
        [1, 2],
        [
          { min: 1, max: 1 },
          { min: 0, max: 3 },
        ],
      ),
    ).toBeNull()
    expect(
      boundsChange(
        [1, 6],
        [
          { min: 0, max: 2 },
          { min: 5, max: 9 },
        ],
      ),
    ).toMatchObject({ boundsMin: null, boundsMax: null })
  })

  it('a composite’s parts add up, also when an indicator is there only once', () => {
    const score = fc.option(fc.double({ min: 1, max: 10, noNaN: true }))
    const part = fc.record({ weight: size, x0: score, x1: score, s0: scale, s1: scale })
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (list) => {
        const parts = list.map(({ weight, x0, x1, s0, s1 }) => ({
          weight,
          score0: x0 === null ? null : boundsChange([x0, x0], [s0, s0])!.score0,
          score1: x1 === null ? null : boundsChange([x1, x1], [s1, s1])!.score0,
          change: x0 === null || x1 === null ? null : boundsChange([x0, x1], [s0, s1])!,
        }))
        const found = compositeChange(parts)
        const once = (pick: 'score0' | 'score1') => parts.some((each) => each[pick] !== null)
        expect(found === null).toBe(!once('score0') || !once('score1'))
        if (found === null) return
        expect(found.own + found.bounds + found.weights).toBeCloseTo(found.change, 9)
        if (parts.every(({ change }) => change !== null)) expect(found.weights).toBeCloseTo(0, 12)
      }),
    )
  })
})

describe('direct standardisation', () => {
  const cells = [
    { group: 'land', mean: 3.2, se: 0.1, n: 80 },
    { group: 'civil', mean: 4.4, se: 0.05, n: 20 },
  ]
  it('a unit’s own mix gives its crude mean; the error follows the squares of the shares', () => {
    const own = directStandardise(
      cells,
      new Map([
        ['land', 80],
        ['civil', 20],
      ]),
    )
    expect(own.est).toBeCloseTo(own.crude!, 12)
    const half = directStandardise(
      cells,
      new Map([
        ['land', 1],
        ['civil', 1],
      ]),
    )
    expect(half.est).toBeCloseTo(3.8, 12)
    expect(half.se).toBeCloseTo(Math.sqrt(0.25 * 0.01 + 0.25 * 0.0025), 12)
  })
  it('a missing group leaves no result, or is renormalised and named; groups of size 0 are not needed', () => {
    const mix = new Map([
      ['land', 1],
      ['civil', 1],
      ['business', 2],
    ])
    expect(directStandardise(cells, mix)).toMatchObject({ est: null, missing: ['business'] })
    expect(directStandardise(cells, mix, { renormalise: true })).toMatchObject({
      est: 3.8000000000000003,
      missing: ['business'],
    })
    expect(
      directStandardise(
        cells,
        new Map([
          ['land', 1],
          ['business', 0],
        ]),
      ),
    ).toMatchObject({ est: 3.2, missing: [] })
    expect(() => directStandardise(cells, new Map([['land', 0]]))).toThrow(RangeError)
  })
})

describe('a survey with one mix for all groups', () => {
  const table = {
    file: 'survey.csv',
    columns: ['unit', 'kind', 'y'],
    rows: ['A,land,1', 'A,land,3', 'A,civil,5', 'B,land,2', 'B,civil,4', 'B,civil,4', 'B,civil,'].map((text, i) => ({
      line: i + 2,
      cells: text.split(','),
    })),
  }
  const standardise = { by: 'kind', over: 'unit', population: { land: 3, civil: 1 }, present: ['y'] }
  const ask = [{ statistic: 'mean', y: 'y', by: 'unit' }]
  const run = (design: object) => estimateDesign(table, parseDesign({ ask, ...design }))

  it('gives each group the mean of its own values under that mix', () => {
    expect(run({ standardise }).map(({ est }) => est)).toEqual([0.75 * 2 + 0.25 * 5, 0.75 * 2 + 0.25 * 4])
  })
  it('refuses a level without a size, a missing level, and calibration at the same time', () => {
    const faults = (design: object) => {
      try {
        return run(design)
      } catch (error) {
        return (error as OptionsError | DataError).faults
      }
    }
    expect(faults({ standardise: { ...standardise, population: { land: 1 } } })).toEqual([
      { path: 'standardise.population.civil', code: 'level_without_total' },
    ])
    expect(faults({ standardise: { ...standardise, by: 'y', present: [] } })).toContainEqual({
      code: 'missing_value',
      line: 8,
      column: 'y',
    })
    const calibrate = { method: 'post-stratify', margins: { kind: { land: 1, civil: 1 } } }
    expect(faults({ standardise, calibrate })).toEqual([{ path: 'standardise', code: 'not_with_calibrate' }])
  })
})

describe('indirect standardisation', () => {
  const units = [
    [
      { group: 'a', events: 8, exposure: 100 },
      { group: 'b', events: 2, exposure: 100 },
    ],
    [
      { group: 'a', events: 4, exposure: 100 },
      { group: 'b', events: 6, exposure: 300 },
    ],
  ]
  it('expected events under pooled rates add up to the observed', () => {
    const rates = pooledRates(units.flat())
    expect(rates).toEqual(
      new Map([
        ['a', 0.06],
        ['b', 0.02],
      ]),
    )
    const found = units.map((cells) => indirectStandardise(cells, rates))
    expect(found.reduce((all, { expected }) => all + expected, 0)).toBeCloseTo(20, 12)
    expect(found[0]!.ratio).toBeCloseTo(10 / 8, 12)
  })
  it('the interval is exact: 10 against 8 expected gives 0.5994 to 2.2988', () => {
    // χ²(0.025; 20)/2 = 4.795389 and χ²(0.975; 22)/2 = 18.390356, printed in every table of Poisson limits
    const { lo, hi } = indirectStandardise(
      units[0]!,
      new Map([
        ['a', 0.06],
        ['b', 0.02],
      ]),
    )
    expect(lo).toBeCloseTo(4.795389 / 8, 6)
    expect(hi).toBeCloseTo(18.390356 / 8, 6)
  })
  it('nothing expected gives no ratio', () => {
    expect(indirectStandardise([{ group: 'a', events: 0, exposure: 0 }], new Map())).toMatchObject({
      ratio: null,
      lo: null,
    })
    expect(() => indirectStandardise([{ group: 'a', events: 0, exposure: 1 }], new Map())).toThrow(RangeError)
  })
})
