import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FrameCell, weightingClasses } from '../../../api/core/weights/classes.ts'
import { registerWeights, WEIGHT_CAP } from '../../../api/core/weights/register-weights.ts'

const cell = (
  group: string,
  channel: string,
  late: boolean,
  dossiers: number,
  answers: number,
  unit = 1,
): FrameCell => ({
  unit,
  group,
  channel,
  late,
  dossiers,
  answers,
})

const cells = fc
  .uniqueArray(
    fc.record({
      unit: fc.integer({ min: 1, max: 3 }),
      group: fc.constantFrom('land', 'civil', 'business'),
      channel: fc.constantFrom('counter', 'online', 'post'),
      late: fc.boolean(),
      rate: fc.double({ min: 0.01, max: 1, noNaN: true }),
      dossiers: fc.integer({ min: 0, max: 3000 }),
    }),
    { selector: ({ unit, group, channel, late }) => [unit, group, channel, late].join(), minLength: 1, maxLength: 40 },
  )
  .map((list) => list.map(({ rate, ...rest }) => ({ ...rest, answers: Math.floor(rest.dossiers * rate ** 2) })))

describe('weighting classes', () => {
  test('join across channels first, then groups, then timeliness, and never across units', () => {
    const joined = (list: FrameCell[]) =>
      weightingClasses(list).map(({ cells: places, joined: step, late }) => ({ places, step, late }))
    expect(
      joined([cell('a', 'x', false, 90, 30), cell('a', 'y', false, 90, 5), cell('b', 'x', false, 90, 40)]),
    ).toEqual([
      { places: [0, 1], step: 'channel', late: false },
      { places: [2], step: 'none', late: false },
    ])
    expect(joined([cell('a', 'x', false, 90, 30), cell('b', 'y', false, 90, 5), cell('a', 'x', true, 90, 40)])).toEqual(
      [
        { places: [0, 1], step: 'group', late: false },
        { places: [2], step: 'none', late: true },
      ],
    )
    expect(
      joined([cell('a', 'x', false, 90, 30), cell('a', 'x', true, 90, 5), cell('a', 'x', true, 90, 3, 2)]),
    ).toEqual([
      { places: [0, 1], step: 'late', late: null },
      { places: [2], step: 'none', late: true },
    ])
  })

  test('hold every cell with dossiers once, and twenty answers each unless they are all a unit has', () => {
    fc.assert(
      fc.property(cells, (list) => {
        const classes = weightingClasses(list)
        const places = classes.flatMap((one) => one.cells).sort((a, b) => a - b)
        expect(places).toEqual([...list.keys()].filter((at) => list[at]!.dossiers > 0))
        for (const one of classes) {
          const alone = classes.filter(({ unit }) => unit === one.unit).length === 1
          expect(one.answers >= 20 || alone).toBe(true)
          expect(new Set(one.cells.map((at) => list[at]!.unit)).size).toBe(1)
        }
      }),
    )
  })

  test('refuse a cell given twice and counts that are none', () => {
    expect(() => weightingClasses([cell('a', 'x', true, 9, 1), cell('a', 'x', true, 8, 1)])).toThrow(RangeError)
    expect(() => weightingClasses([cell('a', 'x', true, 9.5, 1)])).toThrow(RangeError)
  })
})

describe('weights from the register', () => {
  test('make each answer stand for the dossiers of its class, and say what uneven weights cost', () => {
    const { weights, units, effect } = registerWeights([
      cell('a', 'x', false, 1000, 100),
      cell('a', 'x', true, 300, 20),
    ])
    expect([...weights]).toEqual([10, 15])
    const deff = (120 * (100 * 100 + 20 * 225)) / 1300 ** 2
    expect(effect.deff).toBeCloseTo(deff, 12)
    expect(effect.nEff).toBeCloseTo(120 / deff, 12)
    expect(units).toMatchObject([{ unit: 1, dossiers: 1300, answers: 120, capped: 0, fits: 'classes' }])
  })

  test('add up to every answered unit’s dossiers, late and on time apart where classes keep them apart, within the cap', () => {
    fc.assert(
      fc.property(cells, (list) => {
        const { weights, units, uncovered } = registerWeights(list)
        const total = (of: (one: FrameCell) => boolean, value: (one: FrameCell, at: number) => number) =>
          list.reduce((sum, one, at) => sum + (of(one) ? value(one, at) : 0), 0)
        for (const { unit, dossiers, answers, fits } of units) {
          const mine = (one: FrameCell) => one.unit === unit
          expect(total(mine, (one, at) => one.answers * weights[at]!) / dossiers).toBeCloseTo(1, 8)
          const most = Math.max(...list.map((one, at) => (mine(one) ? weights[at]! : 0)))
          expect(most).toBeLessThanOrEqual((WEIGHT_CAP * dossiers * (1 + 1e-8)) / answers)
          const apart = weightingClasses(list)
            .filter((one) => one.unit === unit)
            .every((one) => one.late !== null)
          if (fits === 'total' || !apart) continue
          for (const late of [true, false]) {
            const side = (one: FrameCell) => mine(one) && one.late === late
            const want = total(side, (one) => one.dossiers)
            if (want > 0) expect(total(side, (one, at) => one.answers * weights[at]!) / want).toBeCloseTo(1, 8)
          }
        }
        const answered = new Set(units.map(({ unit }) => unit))
        expect(uncovered).toBe(
          total(
            ({ unit }) => !answered.has(unit),
            (one) => one.dossiers,
          ),
        )
      }),
    )
  })

  test('cut a weight above five times the mean, and let the other on-time answers take what it lost', () => {
    const list = [cell('a', 'x', false, 10000, 1000), cell('b', 'x', false, 4000, 20), cell('a', 'x', true, 500, 50)]
    const { weights, units } = registerWeights(list)
    const mean = 14500 / 1070
    expect(weights[1]).toBeCloseTo(5 * mean, 8)
    expect(weights[0]! * 1000 + weights[1]! * 20).toBeCloseTo(14000, 6)
    expect(weights[2]).toBeCloseTo(10, 9)
    expect(units[0]).toMatchObject({ capped: 20, fits: 'late' })
  })

  test('hold only the unit’s total where the cap leaves late dossiers too few answers to stand for them', () => {
    const { weights, units } = registerWeights([cell('a', 'x', false, 1000, 1000), cell('a', 'x', true, 4000, 20)])
    expect(units[0]).toMatchObject({ capped: 20, fits: 'total', effect: { warnings: [] } })
    expect(weights[0]! * 1000 + weights[1]! * 20).toBeCloseTo(5000, 6)
  })

  test('warn above an effect of two and below thirty effective answers', () => {
    const few = registerWeights([cell('a', 'x', false, 100, 12)])
    expect(few.effect.warnings).toEqual(['too_few_effective'])
    const uneven = registerWeights([
      cell('a', 'x', false, 100, 100),
      cell('a', 'x', true, 300, 60),
      cell('b', 'y', true, 9000, 500),
    ])
    expect(uneven.effect.deff).toBeLessThan(2)
    const wide = registerWeights([cell('a', 'x', false, 400, 400), cell('a', 'x', true, 5500, 100)])
    expect(wide.effect.deff).toBeGreaterThan(2)
    expect(wide.effect.warnings).toEqual(['uneven_weights'])
  })

  test('count people who answered without a dossier as one each, and dossiers of units nobody rated as uncovered', () => {
    const { weights, uncovered, units } = registerWeights([
      cell('a', 'x', false, 3, 5),
      cell('a', 'x', false, 70, 0, 2),
    ])
    expect([...weights]).toEqual([1, 0])
    expect([uncovered, units.length]).toEqual([70, 1])
  })

  test('do not depend on the order of the cells', () => {
    fc.assert(
      fc.property(cells, (list) => {
        const [was, is] = [registerWeights(list), registerWeights(list.toReversed())]
        is.weights.toReversed().forEach((weight, at) => expect(weight).toBeCloseTo(was.weights[at]!, 8))
      }),
    )
  })
})
