import { describe, expect, test } from 'vitest'
import { AnswersBuilder } from '../../../../api/core/index/estimate/answers.ts'
import { linearise, rowsOf } from '../../../../api/core/index/estimate/linearise.ts'
import { optionValues } from '../../../../api/core/index/estimate/option-values.ts'
import { packedAt } from '../../../../api/core/index/estimate/packed.ts'
import type { Statistic } from '../../../../api/core/index/definition.ts'
import { estimateDesign, parseDesign } from '../../../../api/core/survey/estimate-design.ts'
import { readTable } from '../../../../api/core/table/read-table.ts'

/** y, x and weight of people who came on 12 days to two units. */
const people = Array.from({ length: 60 }, (_, i) => ({
  unit: 1 + (i % 2),
  day: i % 12 < 6 ? i % 6 : 3 + (i % 9),
  y: ((i * 7) % 5) + 1,
  x: ((i * 11) % 4) + 1,
  weight: 1 + ((i * 3) % 4) / 2,
}))

function ours(statistic: Statistic, value: (one: (typeof people)[number]) => number) {
  const builder = new AnswersBuilder([{ code: 'A', rates: 'responsible', statistic }])
  for (const one of people) {
    builder.add({ responsible: one.unit, receiving: one.unit, day: one.day }, [value(one)], [one.x])
  }
  const answers = builder.build(Float64Array.from(people, ({ weight }) => weight))
  const inScope = Uint8Array.of(0, 1, 1)
  const result = linearise(answers, rowsOf(answers, inScope), inScope)
  return {
    est: result.est[0]!,
    se: Math.sqrt(result.covariance[packedAt(1, 0, 0)]!),
    df: result.clusters - result.strata,
  }
}

/** The same through the survey engine, whose agreement with R is tested in tests/oracles. */
async function survey(ask: object) {
  const lines = people.map(({ unit, day, y, x, weight }) => [unit, `${unit}-${day}`, y, x, weight].join(','))
  const text = ['unit,day,y,x,weight', ...lines].join('\n')
  const table = await readTable([Buffer.from(text)] as never, 'people.csv')
  const spec = parseDesign({ strata: 'unit', clusters: ['day'], weight: 'weight', ask: [ask] })
  const [estimate] = estimateDesign(table, spec)
  return { est: estimate!.est!, se: estimate!.se!, df: estimate!.df! }
}

describe('statistics of an item equal those of the survey engine', () => {
  test.each<[Statistic, (one: (typeof people)[number]) => number, object]>([
    ['mean', ({ y }) => y, { statistic: 'mean', y: 'y' }],
    ['share', ({ y }) => Number(y >= 4), { statistic: 'share', y: 'y', x: [4, 5] }],
    ['top2', ({ y }) => Number(y >= 4), { statistic: 'share', y: 'y', x: [4, 5] }],
    ['ratio', ({ y }) => y, { statistic: 'ratio', y: 'y', x: 'x' }],
    ['count', ({ y }) => y, { statistic: 'total', y: 'y' }],
  ])('%s', async (statistic, value, ask) => {
    const [got, want] = [ours(statistic, value), await survey(ask)]
    expect(got.est / want.est).toBeCloseTo(1, 13)
    expect(got.se / want.se).toBeCloseTo(1, 12)
    expect(got.df).toBe(want.df)
  })

  test('median', async () => {
    expect(ours('median', ({ y }) => y).est).toBe((await survey({ statistic: 'quantile', y: 'y' })).est)
  })
})

describe('values of options', () => {
  const five = ['5', '4', '3', '2', '1'].map((code, i) => ({ code, ...(i < 2 ? { favourable: true as const } : {}) }))

  test.each<[Statistic, string[] | undefined, number[]]>([
    ['mean', undefined, [5, 4, 3, 2, 1]],
    ['share', undefined, [1, 1, 0, 0, 0]],
    ['share', ['1', '2'], [0, 0, 0, 1, 1]],
    ['top2', undefined, [1, 1, 0, 0, 0]],
    ['count', undefined, [1, 1, 1, 1, 1]],
    ['count', ['3'], [0, 0, 1, 0, 0]],
  ])('%s of %j', (statistic, options, want) => {
    expect(optionValues(five, { statistic, options })).toEqual(want)
  })

  test('a mean takes values, points, codes that are numbers, or favourable as 1, in this order', () => {
    expect(
      optionValues(
        [
          { code: '1', value: 9, points: 2 },
          { code: '2', value: 7, points: 1 },
        ],
        { statistic: 'mean' },
      ),
    ).toEqual([9, 7])
    expect(
      optionValues(
        [
          { code: '1', points: 2 },
          { code: '2', points: 1 },
        ],
        { statistic: 'mean' },
      ),
    ).toEqual([2, 1])
    expect(optionValues([{ code: 'YES', favourable: true }, { code: 'NO' }], { statistic: 'mean' })).toEqual([1, 0])
    expect(() => optionValues([{ code: 'YES' }, { code: 'NO' }], { statistic: 'top2' })).toThrow(RangeError)
  })
})
