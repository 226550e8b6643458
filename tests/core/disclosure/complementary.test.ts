import { describe, expect, it } from 'vitest'
import { complementary } from '../../../api/core/disclosure/complementary.ts'
import { seeded } from '../stats/seeded.ts'
import { attack } from './attack.ts'
import { crossed, leaf, type Level, randomTree, type TestCube, year } from './cubes.ts'

const minimum = 10
const hide = ({ cells, equations }: TestCube) => Object.fromEntries(complementary(cells, equations, minimum))

/** A total over parts with the given counts, the parts called a, b, c … */
function row(...counts: number[]): TestCube {
  const parts = counts.map((n, i) => ({ id: 'abcdefgh'[i]!, n }))
  const total = { id: 'T', n: counts.reduce((a, b) => a + b) }
  return { cells: [total, ...parts], equations: [{ total: 'T', parts: parts.map(({ id }) => id) }] }
}

/** Counts with many small and some empty cells, of about the given mean. */
function draw(random: () => number, mean: number): () => number {
  return () => (random() < 0.15 ? 0 : Math.floor(-mean * Math.log(1 - random())))
}

function randomCubes(amount: number, levels: (random: () => number) => readonly Level[]): TestCube[] {
  return Array.from({ length: amount }, (_, seed) => {
    const random = seeded(seed)
    return crossed(levels(random), draw(random, [2, 6, 12, 30][seed % 4]!))
  })
}

const trees = randomCubes(200, (random) => [randomTree(random, 'P', 3, 4)])
const unitByTime = randomCubes(120, (random) => [randomTree(random, 'P', 2, 4), year(2)])
const unitByFieldByTime = randomCubes(60, (random) => [
  randomTree(random, 'P', 1, 3),
  randomTree(random, 'F', 1, 3),
  year(1),
])

describe('complementary suppression', () => {
  it('hides the smallest other part beside a single gap, parts before the total', () => {
    expect(hide(row(3, 12, 40, 25))).toEqual({ a: 'too_few', b: 'complementary' })
    expect(hide(row(3, 0, 50))).toEqual({ a: 'too_few', b: 'too_few', c: 'complementary' })
  })

  it('needs no companion when the gaps together reach the minimum, and one when they do not', () => {
    expect(hide(row(6, 7, 40))).toEqual({ a: 'too_few', b: 'too_few' })
    expect(hide(row(3, 4, 40))).toEqual({ a: 'too_few', b: 'too_few', c: 'complementary' })
  })

  it('an empty figure is hidden but protects nothing', () => {
    expect(hide(row(0, 20, 30))).toEqual({ a: 'too_few' })
    expect(hide(row(3, 0))).toEqual({ T: 'too_few', a: 'too_few', b: 'too_few' })
  })

  it('hides the total when no part is left to hide, here through the parent', () => {
    const cells = [
      { id: 'P', n: 100 },
      { id: 'U', n: 4 },
      { id: 'V', n: 96 },
      { id: 'U1', n: 4 },
    ]
    const equations = [
      { total: 'P', parts: ['U', 'V'] },
      { total: 'U', parts: ['U1'] },
    ]
    expect(hide({ cells, equations })).toEqual({ U: 'too_few', U1: 'too_few', V: 'complementary' })
  })

  it('does not let a hidden subtotal be replaced by its one small part', () => {
    // P − W = U + V with U = 3 + b: hiding U alone would still give (U's small part + V) = 8 answers away.
    const cells = [
      { id: 'P', n: 348 },
      { id: 'U', n: 43 },
      { id: 'V', n: 5 },
      { id: 'W', n: 300 },
      { id: 'U1', n: 3 },
      { id: 'U2', n: 40 },
    ]
    const equations = [
      { total: 'P', parts: ['U', 'V', 'W'] },
      { total: 'U', parts: ['U1', 'U2'] },
    ]
    const hidden = complementary(cells, equations, minimum)
    expect([...hidden.keys()].sort()).toEqual(['U', 'U1', 'U2', 'V'])
    expect(attack(cells, equations, hidden).derives(['U1', 'V'])).toBe(false)
  })

  it('finds a gap that only several equations together give away', () => {
    // Two blocks of four gaps, and one gap (u1, t2) that joins them: no row or column has fewer than two gaps, but
    // (u0 + u1) − (t0 + t1) leaves exactly the joining one.
    const small = new Map([
      [0, [0, 1]],
      [1, [0, 1, 2]],
      [2, [2, 3]],
      [3, [2, 3]],
    ])
    const axis = (name: string, letter: string) => ({ name, children: [0, 1, 2, 3].map((i) => leaf(letter + i)) })
    const cube = crossed([axis('P', 'u'), axis('year', 't')], ([unit, time]) =>
      small.get(Number(unit!.slice(1)))!.includes(Number(time!.slice(1))) ? 6 : 50,
    )
    const primaries = new Set(cube.cells.filter(({ n }) => n < minimum).map(({ id }) => id))
    const before = attack(cube.cells, cube.equations, primaries)
    expect(before.unknowns.filter((id) => before.derives([id]))).toEqual(['u1/t2'])
    const reader = attack(cube.cells, cube.equations, complementary(cube.cells, cube.equations, minimum))
    expect(reader.unknowns.filter((id) => reader.derives([id]))).toEqual([])
    expect(reader.unknowns.length).toBeLessThanOrEqual(before.unknowns.length + 2)
  })

  for (const [name, cubes] of Object.entries({ trees, unitByTime, unitByFieldByTime })) {
    it(`leaves no hidden figure with answers determined: ${cubes.length} random cubes (${name})`, () => {
      let attacked = 0
      let determinedBefore = 0
      for (const { cells, equations } of cubes) {
        const hidden = complementary(cells, equations, minimum)
        const primaries = new Set(cells.filter(({ n }) => n < minimum).map(({ id }) => id))
        for (const { id, n } of cells) {
          if (n < minimum) expect(hidden.get(id)).toBe('too_few')
          else expect(hidden.get(id) ?? 'complementary').toBe('complementary')
        }
        const before = attack(cells, equations, primaries)
        determinedBefore += before.unknowns.filter((id) => before.derives([id])).length
        const reader = attack(cells, equations, hidden)
        attacked += reader.unknowns.length
        expect(reader.unknowns.filter((id) => reader.derives([id]))).toEqual([])
      }
      // The attack is a real one: without companions it succeeds.
      expect(determinedBefore).toBeGreaterThan(20)
      expect(attacked).toBeGreaterThan(500)
    })

    it(`lets no shown total give away a group below the minimum: ${name}`, () => {
      for (const { cells, equations } of cubes) {
        const hidden = complementary(cells, equations, minimum)
        const n = new Map(cells.map((cell) => [cell.id, cell.n]))
        for (const { total, parts } of equations) {
          if (hidden.has(total)) continue
          const group = parts.reduce((sum, part) => sum + (hidden.has(part) ? n.get(part)! : 0), 0)
          expect(group === 0 || group >= minimum).toBe(true)
        }
      }
    })
  }

  it('in a tree, no group of up to four hidden figures below the minimum follows from all equations together', () => {
    for (const { cells, equations } of trees) {
      const hidden = complementary(cells, equations, minimum)
      const reader = attack(cells, equations, hidden)
      const n = new Map(cells.map((cell) => [cell.id, cell.n]))
      const small = reader.unknowns.filter((id) => n.get(id)! < minimum).slice(0, 40)
      const grow = (from: number, group: string[], answers: number): void => {
        if (group.length > 0) expect(reader.derives(group), group.join()).toBe(false)
        if (group.length === 4) return
        for (let i = from; i < small.length; i += 1) {
          const more = answers + n.get(small[i]!)!
          if (more < minimum) grow(i + 1, [...group, small[i]!], more)
        }
      }
      grow(0, [], 0)
    }
  })

  it('gives the same answer every time and hides nothing where nothing is small', () => {
    const { cells, equations } = unitByTime[3]!
    const once = complementary(cells, equations, minimum)
    expect([...complementary(cells, equations, minimum)]).toEqual([...once])
    expect(hide(row(10, 12, 30))).toEqual({})
    expect(complementary([], [], minimum).size).toBe(0)
  })

  it('takes 200 units × 17 periods in well under a second and hides few extra figures', () => {
    const random = seeded(21)
    const units = Array.from({ length: 200 }, (_, i) => ({ ...leaf(`u${i}`), size: 15 * Math.exp(2 * random() - 1) }))
    const size = new Map(units.map((unit) => [unit.name, unit.size]))
    const cube = crossed([{ name: 'P', children: units }, year()], ([unit]) =>
      Math.floor(size.get(unit!)! * (0.4 + 1.2 * random())),
    )
    expect(cube.cells).toHaveLength(201 * 17)
    const start = performance.now()
    const hidden = complementary(cube.cells, cube.equations, minimum)
    // 300 ms is the budget on an idle machine; tests share theirs.
    expect(performance.now() - start).toBeLessThan(1500)
    const reasons = [...hidden.values()]
    const companions = reasons.filter((reason) => reason === 'complementary').length
    expect(companions).toBeLessThan(0.35 * (reasons.length - companions))
  })

  it('refuses cubes that make no sense', () => {
    const cells = [
      { id: 'T', n: 20 },
      { id: 'a', n: 20 },
    ]
    expect(() => complementary([...cells, cells[0]!], [], minimum)).toThrow(RangeError)
    expect(() => complementary(cells, [{ total: 'T', parts: ['b'] }], minimum)).toThrow(RangeError)
    expect(() => complementary(cells, [{ total: 'T', parts: ['a', 'a'] }], minimum)).toThrow(RangeError)
    expect(() => complementary(cells, [{ total: 'T', parts: ['T'] }], minimum)).toThrow(RangeError)
    expect(() => complementary([{ id: 'T', n: NaN }], [], minimum)).toThrow(RangeError)
  })

  it('ends even when the counts do not add up', () => {
    const cells = ['T', 'a', 'b'].map((id, i) => ({ id, n: [50, 3, 0][i]! }))
    expect(hide({ cells, equations: [{ total: 'T', parts: ['a', 'b'] }] })).toMatchObject({ a: 'too_few' })
  })
})
