import { describe, expect, it } from 'vitest'
import { tellable as tellableRows } from '../../../api/core/disclosure/tellable.ts'
import { seeded } from '../stats/seeded.ts'

/** Rows that are alike in everything that could be told of them, and how many. */
interface AlikeRows {
  readonly values: readonly string[]
  readonly n: number
}
const minimum = 10
/** How much is told of each group; null: nothing leaves. */
function tellable(all: readonly AlikeRows[], least: number): (number | null)[] {
  const rows = all.flatMap(({ n }, at) => Array.from({ length: n }, () => at))
  const valueOf = (all[0]?.values ?? []).map((_, k) => {
    const values = [...new Set(all.map(({ values: { [k]: value = '' } }) => value))].toSorted()
    return (row: number) => values.indexOf(all[rows[row] ?? 0]?.values[k] ?? '')
  })
  const told = all.map((): Set<number> => new Set())
  for (const part of tellableRows([...rows.keys()], valueOf, least))
    for (const row of part.rows) told[rows[row] ?? 0]?.add(part.told)
  return told.map((depths) => {
    expect(depths.size, 'rows that are alike are told alike').toBeLessThan(2)
    return [...depths][0] ?? null
  })
}
const groups = (...given: [values: string, n: number][]): AlikeRows[] =>
  given.map(([values, n]) => ({ values: values.split(' '), n }))

/** Trees of values with the last ones skewed, so that there are groups of every size. */
function randomGroups(seed: number): AlikeRows[] {
  const random = seeded(seed)
  const counts = new Map<string, number>()
  for (let row = 0; row < 20 + Math.floor(random() * 600); row += 1) {
    const values = [2, 5, 4, 3].map((many) => String(Math.floor(many * random() ** 2)))
    counts.set(values.join(' '), (counts.get(values.join(' ')) ?? 0) + 1)
  }
  return groups(...counts)
}
const beginning = ({ values }: AlikeRows, length: number) => values.slice(0, length).join(' ')
const sumWhere = (all: readonly AlikeRows[], keep: (one: AlikeRows, at: number) => boolean) =>
  all.reduce((sum, one, at) => sum + (keep(one, at) ? one.n : 0), 0)

describe('what may be told of rows that leave one by one', () => {
  it('everything where enough rows are alike, and nothing at all where there are too few', () => {
    expect(tellable(groups(['A x', 10], ['A y', 12], ['B x', 99]), minimum)).toEqual([2, 2, 2])
    expect(tellable(groups(['A x', 4], ['B x', 5]), minimum)).toEqual([null, null])
    expect(tellable([], minimum)).toEqual([])
  })

  it('small groups together, as far as they begin alike', () => {
    expect(tellable(groups(['A x', 30], ['A y', 6], ['A z', 4], ['B x', 10]), minimum)).toEqual([2, 1, 1, 2])
  })

  it('a small group alone takes the smallest large one with it', () => {
    expect(tellable(groups(['A x', 30], ['A y', 12], ['A z', 1], ['B x', 10]), minimum)).toEqual([2, 1, 1, 2])
    expect(tellable(groups(['A x', 30], ['B x', 3], ['B y', 2]), minimum)).toEqual([0, 0, 0])
  })

  it('in any tree every row looks like at least as many others as it must', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const all = randomGroups(seed)
      const told = tellable(all, minimum)
      const looks = all.map((one, at) => `${told[at]}: ${beginning(one, told[at] ?? 0)}`)
      for (const look of new Set(looks)) {
        const alike = sumWhere(all, (_, at) => looks[at] === look)
        if (!look.startsWith('null')) expect(alike).toBeGreaterThanOrEqual(minimum)
        else expect(sumWhere(all, () => true)).toBeLessThan(minimum)
      }
    }
  })

  it('in any tree no more is held back than the rule says', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const all = randomGroups(seed)
      const told = tellable(all, minimum)
      if (told.includes(null)) continue
      for (const [at, one] of all.entries()) {
        const depth = told[at] ?? 0
        if (depth === one.values.length) continue
        // one value more would be shared by too few, or is the one group that hides the others
        const next = beginning(one, depth + 1)
        const sharing = sumWhere(all, (other) => beginning(other, depth + 1) === next)
        const others = sumWhere(
          all,
          (other, i) =>
            told[i] === depth &&
            beginning(other, depth) === beginning(one, depth) &&
            beginning(other, depth + 1) !== next,
        )
        expect(sharing < minimum || others < minimum).toBe(true)
      }
    }
  })
})
