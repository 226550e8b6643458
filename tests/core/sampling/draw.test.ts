import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  designWeight,
  drawSample,
  type DrawnCell,
  type FrameStratum,
  type SampleDesign,
} from '../../../api/core/sampling/draw.ts'

const oneStage = (total: number, more: Partial<SampleDesign> = {}): SampleDesign => ({
  allocation: { kind: 'proportional', total, minimum: 2 },
  certainty: [],
  perUnit: null,
  reserve: 0,
  ...more,
})
const plain = (stratum: string, members: number): FrameStratum => ({ stratum, members, units: [] })
const cellsOf = (strata: readonly FrameStratum[], design: SampleDesign, seed: number, forms: string[] = []) => {
  const draw = drawSample(strata, design, { seed, forms })
  if ('faults' in draw) throw new Error(JSON.stringify(draw.faults))
  return draw.cells
}
const totalWeight = (cells: readonly DrawnCell[]) =>
  cells.reduce((sum, cell) => sum + cell.main * designWeight(cell, cell.main), 0)

const frames = fc
  .uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 400 })), {
    minLength: 1,
    maxLength: 12,
    selector: ([stratum]) => stratum,
  })
  .map((pairs) => pairs.map(([stratum, members]) => plain(stratum, members)))

describe('a stratified sample', () => {
  test('is the same for the same seed and frame, whatever the order of the strata, and another for another seed', () => {
    const strata = [plain('b', 300), plain('a', 500), plain('c', 40)]
    const design = oneStage(80, { reserve: 0.5 })
    const first = cellsOf(strata, design, 7, ['A', 'B'])
    expect(cellsOf(strata.toReversed(), design, 7, ['A', 'B'])).toEqual(first)
    expect(cellsOf(strata, design, 8, ['A', 'B'])).not.toEqual(first)
    // fixed, so that no change of code or library moves a sample that a province has recorded
    expect(first.map(({ positions }) => positions.slice(0, 3))).toEqual(RECORDED)
  })

  test('never draws a member twice, and its weights sum to the frame in every stratum', () => {
    fc.assert(
      fc.property(frames, fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), (strata, seed, part) => {
        const members = strata.reduce((sum, one) => sum + one.members, 0)
        const least = strata.reduce((sum, one) => sum + Math.min(2, one.members), 0)
        const total = least + Math.floor(part * (members - least))
        const cells = cellsOf(strata, oneStage(total, { reserve: 1 }), seed)
        expect(cells.reduce((sum, cell) => sum + cell.main, 0)).toBe(total)
        for (const cell of cells) {
          expect(new Set(cell.positions).size).toBe(cell.positions.length)
          expect(cell.positions.every((at) => at >= 0 && at < cell.members)).toBe(true)
          expect(cell.main * designWeight(cell, cell.main)).toBeCloseTo(cell.members, 8)
          expect(cell.main).toBeGreaterThanOrEqual(Math.min(2, cell.members))
        }
      }),
    )
  })

  test('takes every member equally often, main cases and replacements alike', () => {
    const [main, released] = [new Float64Array(10), new Float64Array(10)]
    const rounds = 5000
    for (let seed = 0; seed < rounds; seed += 1) {
      const [cell] = cellsOf([plain('a', 10)], oneStage(3, { reserve: 1 }), seed)
      for (const [place, at] of cell!.positions.entries()) {
        if (place < 3) main[at]! += 1 / rounds
        if (place < 5) released[at]! += 1 / rounds
      }
    }
    // standard error of a share here: below 0.0071
    for (const share of main) expect(Math.abs(share - 0.3)).toBeLessThan(0.03)
    for (const share of released) expect(Math.abs(share - 0.5)).toBeLessThan(0.03)
  })

  test('takes certainty strata whole and shares the rest of the total', () => {
    const cells = cellsOf([plain('large', 12), plain('small', 900)], oneStage(62, { certainty: ['large'] }), 1)
    expect(cells.map(({ main }) => main)).toEqual([12, 50])
    expect(designWeight(cells[0]!, 12)).toBe(1)
    expect(cells[0]!.positions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i))
  })

  test('gives forms by chance, balanced in each stratum', () => {
    const strata = [plain('a', 200), plain('b', 77)]
    for (const seed of [1, 2, 3]) {
      for (const cell of cellsOf(strata, oneStage(101, { reserve: 0.3 }), seed, ['A', 'B'])) {
        const count = (form: string) => cell.forms.slice(0, cell.main).filter((one) => one === form).length
        expect(Math.abs(count('A') - count('B'))).toBeLessThanOrEqual(1)
        expect(cell.forms).toHaveLength(cell.positions.length)
      }
    }
    const firsts = Array.from(
      { length: 400 },
      (_, seed) => cellsOf(strata, oneStage(10), seed, ['A', 'B'])[0]!.forms[0],
    )
    expect(Math.abs(firsts.filter((form) => form === 'A').length - 200)).toBeLessThan(50)
    expect(cellsOf(strata, oneStage(10), 1, ['A'])[0]!.forms[0]).toBe(null)
  })
})

describe('a two-stage sample', () => {
  const units = (sizes: readonly number[], members: readonly number[]) =>
    sizes.map((size, i) => ({ psu: `x${String(i).padStart(2, '0')}`, size, members: members[i]! }))
  const twoStage = (total: number, perUnit: number): SampleDesign => oneStage(total, { perUnit })

  test('has weights that sum to the frame when units are drawn by how many members they have', () => {
    const counts = [120, 80, 300, 45, 60, 210, 95, 40]
    const strata = [{ stratum: 'a', members: counts.reduce((a, b) => a + b), units: units(counts, counts) }]
    for (let seed = 0; seed < 50; seed += 1) {
      const cells = cellsOf(strata, twoStage(40, 10), seed)
      expect(cells).toHaveLength(4)
      expect(totalWeight(cells.filter(({ first }) => first < 1))).toBeCloseTo(
        950 - cells.filter(({ first }) => first === 1).reduce((sum, cell) => sum + cell.members, 0),
        6,
      )
      expect(totalWeight(cells)).toBeCloseTo(950, 6)
    }
  })

  test('estimates a total without bias, with units of other sizes, some certain, some smaller than what is taken of each', () => {
    const members = [30, 8, 50, 20, 400, 12, 25, 60]
    const sizes = [25, 10, 70, 15, 500, 9, 40, 50]
    const strata = [{ stratum: 'a', members: members.reduce((a, b) => a + b), units: units(sizes, members) }]
    const value = (psu: string, at: number) => 1 + Number(psu.slice(1)) * 3 + (at % 7) + (at > 200 ? 11 : 0)
    const truth = strata[0]!.units.reduce(
      (sum, unit) =>
        sum + Array.from({ length: unit.members }, (_, at) => value(unit.psu, at)).reduce((a, b) => a + b, 0),
      0,
    )
    const estimates = Array.from({ length: 2500 }, (_, seed) =>
      cellsOf(strata, twoStage(60, 12), seed).reduce((sum, cell) => {
        const weight = designWeight(cell, cell.main)
        return sum + cell.positions.slice(0, cell.main).reduce((s, at) => s + weight * value(cell.psu!, at), 0)
      }, 0),
    )
    const mean = estimates.reduce((a, b) => a + b) / estimates.length
    const sd = Math.sqrt(estimates.reduce((s, one) => s + (one - mean) ** 2, 0) / (estimates.length - 1))
    expect(Math.abs(mean - truth)).toBeLessThan((4 * sd) / Math.sqrt(estimates.length))
    expect(sd).toBeGreaterThan(0)
  })

  test('draws each unit as often as its probability says, and large ones always', () => {
    const sizes = [10, 20, 30, 40, 200, 5, 15, 25]
    const strata = [
      {
        stratum: 'a',
        members: 800,
        units: units(
          sizes,
          sizes.map(() => 100),
        ),
      },
    ]
    const rounds = 2500
    const drawn = new Map<string, number>()
    const told = new Map<string, number>()
    for (let seed = 0; seed < rounds; seed += 1) {
      for (const cell of cellsOf(strata, twoStage(40, 10), seed)) {
        drawn.set(cell.psu!, (drawn.get(cell.psu!) ?? 0) + 1 / rounds)
        told.set(cell.psu!, cell.first)
      }
    }
    expect(told.get('x04')).toBe(1)
    expect(told.get('x03')).toBeCloseTo((3 * 40) / 145, 12)
    for (const [psu, share] of drawn) expect(Math.abs(share - told.get(psu)!)).toBeLessThan(0.045)
    expect([...told.values()].reduce((a, b) => a + b, 0)).toBeCloseTo(4, 10)
  })

  test('takes at least two units of a stratum, all members of a certainty stratum, and no more than there are', () => {
    const strata = [
      { stratum: 'few', members: 30, units: units([10, 10, 10], [10, 10, 10]) },
      { stratum: 'one', members: 9, units: units([9], [9]) },
      { stratum: 'whole', members: 25, units: units([20, 5], [20, 5]) },
    ]
    const cells = cellsOf(strata, { ...twoStage(40, 12), certainty: ['whole'] }, 3)
    const of = (stratum: string) => cells.filter((cell) => cell.stratum === stratum)
    expect(of('few').map(({ main }) => main)).toEqual([10, 10])
    expect(of('one').map(({ main, first }) => [main, first])).toEqual([[9, 1]])
    expect(of('whole').map(({ main, first }) => [main, first])).toEqual([
      [20, 1],
      [5, 1],
    ])
  })
})
const RECORDED = [
  [263, 356, 355],
  [23, 147, 70],
  [23, 0, 36],
]
