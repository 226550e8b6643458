import { expect, test } from 'vitest'
import { arrange } from '../../../../api/core/index/estimate/arrange.ts'
import { packedAt } from '../../../../api/core/index/estimate/packed.ts'
import { flatIndex } from '../small.ts'

test('an edition takes its columns in its own order, hard figures in between and nothing for what is not asked', () => {
  const flat = flatIndex({ A: {}, H: {}, B: {}, X: {} })
  const item = (code: string) => ({ instrument: 'test', item: code, statistic: 'mean' as const })
  const definition = {
    indicators: flat.indicators.map((one) => ({ ...one, from: one.code === 'H' ? { hard: 'h' } : item(one.code) })),
  }
  const answers = {
    est: [1, 2, 3],
    n: Int32Array.of(10, 20, 30),
    kish: Float64Array.of(9, 19, 29),
    covariance: Float64Array.of(11, 12, 13, 22, 23, 33),
    clusters: 8,
    strata: 2,
  }
  const columns = new Map([
    ['A', 2],
    ['B', 0],
  ])
  const unit = arrange(definition, answers, columns, new Map([['H', { value: 7, n: 400 }]]))
  expect(unit).toMatchObject({
    est: [3, 7, 1, null],
    n: [30, 400, 10, 0],
    kish: [29, 400, 9, 0],
    clusters: 8,
    strata: 2,
  })
  const at = (a: number, b: number) => unit.covariance[packedAt(4, a, b)]
  expect([at(0, 0), at(0, 2), at(2, 2), at(0, 1), at(1, 1), at(3, 3)]).toEqual([33, 13, 11, 0, 0, 0])
})
