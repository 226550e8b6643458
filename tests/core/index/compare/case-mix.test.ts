import { describe, expect, test } from 'vitest'
import { againstReference, referenceMeans } from '../../../../api/core/index/compare/against-reference.ts'
import { standardise } from '../../../../api/core/index/compare/case-mix.ts'
import { AnswersBuilder } from '../../../../api/core/index/estimate/answers.ts'
import { linearise, rowsOf } from '../../../../api/core/index/estimate/linearise.ts'
import { packedAt } from '../../../../api/core/index/estimate/packed.ts'
import { directStandardise } from '../../../../api/core/stats/standardise/direct.ts'
import { indirectStandardise } from '../../../../api/core/stats/standardise/indirect.ts'
import { estimateDesign, parseDesign } from '../../../../api/core/survey/estimate-design.ts'
import { readTable } from '../../../../api/core/table/read-table.ts'

const people = Array.from({ length: 90 }, (_, i) => ({
  unit: i % 3 === 0 ? 1 : 2,
  day: Math.floor(i / 6),
  group: (i * i) % 4 === 0 ? 0 : i % 5 === 0 ? 1 : 2,
  y: (i * 7) % 5,
  late: Number((i * 11) % 3 === 0),
  weight: 1 + (i % 4),
}))
const columns = [
  { code: 'Y', rates: 'responsible' as const, statistic: 'mean' as const },
  { code: 'L', rates: 'responsible' as const, statistic: 'share' as const },
]
function answersOf() {
  const builder = new AnswersBuilder(columns)
  for (const { unit, day, y, late } of people) builder.add({ responsible: unit, receiving: unit, day }, [y, late])
  return builder.build(Float64Array.from(people, ({ weight }) => weight))
}
const groupOf = Int32Array.from(people, ({ group }) => group)
const sizes = Float64Array.of(500, 200, 300)
const scope = (unit: number) => Uint8Array.from({ length: 3 }, (_, id) => Number(id === unit))

describe('direct standardisation', () => {
  test('gives estimate and standard error of the survey engine, which are those of R svystandardize', async () => {
    const mine = people.filter(({ unit }) => unit === 2)
    const lines = mine.map(({ day, group, y, weight }) => [day, `g${group}`, y, weight].join(','))
    const table = await readTable([Buffer.from(['day,group,y,weight', ...lines].join('\n'))] as never, 'unit.csv')
    const design = {
      clusters: ['day'],
      weight: 'weight',
      standardise: { by: 'group', population: { g0: 500, g1: 200, g2: 300 } },
      ask: [{ statistic: 'mean', y: 'y' }],
    }
    const [want] = estimateDesign(table, parseDesign(design))
    const answers = answersOf()
    const got = standardise(answers, rowsOf(answers, scope(2)), scope(2), { groupOf, sizes })
    expect(got.est[0]).toBeCloseTo(want!.est!, 12)
    expect(Math.sqrt(got.covariance[packedAt(2, 0, 0)]!)).toBeCloseTo(want!.se!, 12)
    expect([...got.covered]).toEqual([1, 1])
  })

  test('is the sum of group means by the common mix, over the groups that the unit has', () => {
    const answers = answersOf()
    const mix = { groupOf: Int32Array.from(groupOf, (group) => (group === 1 ? 0 : group)), sizes }
    const got = standardise(answers, rowsOf(answers, scope(1)), scope(1), mix)
    expect(got.covered[0]).toBeCloseTo(0.8, 12)
    const mean = (group: number) => {
      const own = people.filter((one, row) => one.unit === 1 && mix.groupOf[row] === group)
      const weight = own.reduce((sum, one) => sum + one.weight, 0)
      return {
        group: String(group),
        mean: own.reduce((sum, one) => sum + one.weight * one.y, 0) / weight,
        se: null,
        n: null,
      }
    }
    const standard = new Map([...sizes].map((size, group) => [String(group), size]))
    const { est } = directStandardise([mean(0), mean(2)], standard, { renormalise: true })
    expect(got.est[0]).toBeCloseTo(est!, 12)
  })

  test('with one group changes nothing', () => {
    const answers = answersOf()
    const rows = rowsOf(answers, scope(2))
    const one = standardise(answers, rows, scope(2), { groupOf: new Int32Array(90), sizes: Float64Array.of(7) })
    const plain = linearise(answers, rows, scope(2))
    expect(one.est[0]).toBeCloseTo(plain.est[0]!, 14)
    one.covariance.forEach((value, at) => expect(value).toBeCloseTo(plain.covariance[at]!, 14))
  })
})

describe('indirect standardisation', () => {
  test('is observed over expected, with the standard error of a ratio', () => {
    const answers = answersOf()
    const reference = [
      [2, 1.5, 2.5],
      [0.3, 0.4, null],
    ]
    const ratio = linearise(againstReference(answers, groupOf, reference), rowsOf(answers, scope(1)), scope(1))
    const cells = [0, 1].map((group) => {
      const own = people.filter((one) => one.unit === 1 && one.group === group)
      const add = (value: (one: (typeof people)[number]) => number) =>
        own.reduce((sum, one) => sum + one.weight * value(one), 0)
      return { group: String(group), events: add(({ late }) => late), exposure: add(() => 1) }
    })
    const rates = new Map([
      ['0', 0.3],
      ['1', 0.4],
    ])
    expect(ratio.est[1]).toBeCloseTo(indirectStandardise(cells, rates).ratio!, 12)
    expect(ratio.covariance[packedAt(2, 1, 1)]!).toBeGreaterThan(0)
    expect(ratio.n[1]).toBe(people.filter(({ unit, group }) => unit === 1 && group !== 2).length)
  })

  test('everyone together got what was expected, when they are the reference', () => {
    const answers = answersOf()
    const all = Uint8Array.of(0, 1, 1)
    const expected = againstReference(answers, groupOf, referenceMeans(answers, groupOf, 3))
    const { est } = linearise(expected, rowsOf(answers, all), all)
    for (const ratio of est) expect(ratio).toBeCloseTo(1, 12)
  })
})
