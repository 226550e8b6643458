import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseWeights, type Weighting } from '../../../api/core/weights/case-weights.ts'
import { responseClasses, type CaseCell } from '../../../api/core/weights/response-classes.ts'

const PLAIN: Weighting = { classes: [], margins: [], cap: null }

function cell(given: Partial<CaseCell> = {}): CaseCell {
  return {
    stratum: 'small',
    psu: '',
    attributes: {},
    design: 10,
    answers: 30,
    silent: 0,
    unknown: 0,
    ineligible: 0,
    ...given,
  }
}

const cells = fc.array(
  fc.record({
    stratum: fc.constantFrom('a', 'b', 'c'),
    psu: fc.constant(''),
    attributes: fc.record({ sector: fc.constantFrom('x', 'y'), age: fc.constantFrom('new', 'old') }),
    design: fc.double({ min: 1, max: 400, noNaN: true }),
    answers: fc.integer({ min: 0, max: 60 }),
    silent: fc.integer({ min: 0, max: 60 }),
    unknown: fc.integer({ min: 0, max: 60 }),
    ineligible: fc.integer({ min: 0, max: 10 }),
  }),
  { minLength: 1, maxLength: 20 },
)

test('unknown cases are taken for eligible as often as known ones, and the ineligible stand for the ineligible', () => {
  const {
    cells: [own],
    population,
  } = caseWeights([cell({ silent: 20, unknown: 40, ineligible: 10 })], PLAIN)
  // 60 of 100 known; 50 of those 60 are of the population
  expect(own).toMatchObject({ design: 10, eligibility: 100 / 60, response: 50 / 30, raking: 1 })
  expect(population).toBeCloseTo(((10 * 100) / 60) * 50, 8)
})

test('weights are the product of their factors, and stand for the eligible part of the sample, class by class', () => {
  fc.assert(
    fc.property(cells, (list) => {
      const made = caseWeights(list, { ...PLAIN, classes: ['sector', 'age'] })
      for (const { cells: own, answers } of made.classes) {
        const sum = (of: (one: CaseCell) => number) =>
          own.reduce((total, at) => total + list[at]!.design * of(list[at]!), 0)
        const stood = own.reduce((total, at) => total + list[at]!.answers * (made.cells[at]?.weight ?? 0), 0)
        if (answers === 0) {
          expect(stood).toBe(0)
          continue
        }
        const eligible = sum((one) => one.answers + one.silent)
        const known = eligible + sum((one) => one.ineligible)
        expect(stood / (eligible * (1 + sum((one) => one.unknown) / known))).toBeCloseTo(1, 9)
      }
      for (const one of made.cells) {
        if (one === null) continue
        expect(one.weight / (one.design * one.eligibility * one.response * one.raking)).toBeCloseTo(1, 12)
      }
    }),
  )
})

test('no class has fewer than 20 answers unless it is the only one, whatever the order of the cells', () => {
  fc.assert(
    fc.property(cells, fc.integer({ min: 0, max: 1000 }), (list, turn) => {
      const classes = responseClasses(list, ['sector', 'age'])
      expect(classes.length === 1 || classes.every(({ answers }) => answers >= 20)).toBe(true)
      expect(classes.flatMap((one) => one.cells).toSorted((a, b) => a - b)).toEqual([...list.keys()])
      const cut = turn % list.length
      const turned = [...list.slice(cut), ...list.slice(0, cut)]
      const asWeights = (of: readonly CaseCell[]) => {
        const made = caseWeights(of, { ...PLAIN, classes: ['sector', 'age'] }).cells
        return new Map(of.map((one, at) => [one, made[at]?.weight]))
      }
      const [first, second] = [asWeights(list), asWeights(turned)]
      for (const [one, weight] of first) {
        if (weight === undefined) expect(second.get(one)).toBeUndefined()
        else expect(second.get(one)! / weight).toBeCloseTo(1, 9)
      }
    }),
  )
})

test('small classes are joined across the last attribute named first, across strata last', () => {
  const list = [
    cell({ attributes: { sector: 'x', age: 'new' }, answers: 12 }),
    cell({ attributes: { sector: 'x', age: 'old' }, answers: 12 }),
    cell({ attributes: { sector: 'y', age: 'old' }, answers: 25 }),
    cell({ stratum: 'large', attributes: { sector: 'y', age: 'old' }, answers: 3 }),
  ]
  const classes = responseClasses(list, ['sector', 'age'])
  expect(classes.map(({ cells: own, joined }) => ({ own, joined }))).toEqual(
    expect.arrayContaining([
      { own: [2], joined: [] },
      { own: [0, 1, 3], joined: ['age', ''] },
    ]),
  )
})

test('answers kept out move to the silent, and the others stand for them', () => {
  const all = caseWeights([cell({ answers: 40 })], PLAIN)
  const less = caseWeights([cell({ answers: 30, silent: 10 })], PLAIN)
  expect(less.population).toBeCloseTo(all.population, 8)
  expect(less.cells[0]?.response).toBeCloseTo(40 / 30, 12)
})

const BY_SECTOR: readonly CaseCell[] = [
  cell({ attributes: { sector: 'x' }, answers: 90 }),
  cell({ attributes: { sector: 'y' }, answers: 10 }),
]

test('margins hold after raking, and the factor tells by how much', () => {
  const margins = [
    {
      attribute: 'sector',
      totals: [
        { value: 'x', total: 500 },
        { value: 'y', total: 500 },
      ],
    },
  ]
  const made = caseWeights(BY_SECTOR, { classes: [], margins, cap: null })
  expect(made.margins.map(({ after }) => after)).toEqual([expect.closeTo(500, 6), expect.closeTo(500, 6)])
  expect(made.margins.map(({ before }) => before)).toEqual([expect.closeTo(900, 6), expect.closeTo(100, 6)])
  expect(made.cells[1]?.raking).toBeCloseTo(5, 8)
  expect(made.effect.deff).toBeGreaterThan(2)
  expect(made.effect.warnings).toContain('uneven_weights')
  expect(made.unevenness).toBeCloseTo(made.effect.deff! - 1, 9)
})

test('no weight passes the cap, and what cannot be met then is said instead of half done', () => {
  const margins = [
    {
      attribute: 'sector',
      totals: [
        { value: 'x', total: 500 },
        { value: 'y', total: 500 },
      ],
    },
  ]
  const made = caseWeights(BY_SECTOR, { classes: [], margins, cap: 3 })
  expect(made.faults).toEqual([{ code: 'no_convergence', attribute: 'sector', value: null }])
  expect(made.cells.map((one) => one?.raking)).toEqual([1, 1])
  const mild = [
    {
      attribute: 'sector',
      totals: [
        { value: 'x', total: 750 },
        { value: 'y', total: 250 },
      ],
    },
  ]
  const met = caseWeights(BY_SECTOR, { classes: [], margins: mild, cap: 3 })
  expect(met.faults).toEqual([])
  expect(Math.max(...met.cells.map((one) => one!.weight))).toBeLessThanOrEqual(30 * (1 + 1e-9))
})

test.each([
  ['value_without_total', [{ value: 'x', total: 1 }]],
  [
    'value_without_answer',
    [
      { value: 'x', total: 1 },
      { value: 'y', total: 1 },
      { value: 'z', total: 1 },
    ],
  ],
] as const)('margins that do not fit the answers are left aside: %s', (code, totals) => {
  const made = caseWeights(BY_SECTOR, { classes: [], margins: [{ attribute: 'sector', totals }], cap: null })
  expect(made.faults.map((fault) => fault.code)).toContain(code)
  expect(made.cells.every((one) => one?.raking === 1)).toBe(true)
})

test('a campaign without answers has no weights, and no number that is none', () => {
  const made = caseWeights([cell({ answers: 0, unknown: 20 })], PLAIN)
  expect(made.cells).toEqual([null])
  expect(made).toMatchObject({ population: 0, capped: 0, unevenness: 0, effect: { n: 0, deff: null } })
})
