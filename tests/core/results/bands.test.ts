import { expect, test } from 'vitest'
import { selectionBands } from '../../../api/core/results/bands.ts'
import { makeEstimate, notMeasured } from '../../../api/core/stats/estimate.ts'
import { flatIndex } from '../index/small.ts'

const n = 100
const shown = (code: string, sd: number, change: Partial<{ est: null; se: null }> = {}) => {
  const se = sd / Math.sqrt(n)
  const estimate = makeEstimate({
    est: 50,
    se,
    df: 99,
    lo: 50 - 2 * se,
    hi: 50 + 2 * se,
    n,
    nEff: n,
    method: 'delta_t',
  })
  const part = { present: 1, of: 1, clipped: 0, stage: 'full' as const, needed: null }
  return { code, ...part, estimate: { ...estimate, ...change } }
}
const definition = flatIndex({ A: { weight: 3 }, B: { weight: 1 } })
const bandsOf = (elements: ReturnType<typeof shown>[]) =>
  selectionBands(definition, elements, { participation: 0.1, unevenness: 0 }, 0.05)

test('the band of a composite of a campaign reaches as far as its parts do on the average', () => {
  const [total, a, b] = bandsOf([shown('T', 10), shown('A', 20), shown('B', 12)])
  expect(a!.reach).toBeCloseTo(0.15 * 20, 10)
  expect(b!.reach).toBeCloseTo(0.15 * 12, 10)
  expect(total!.reach).toBeCloseTo((3 * a!.reach + b!.reach) / 4, 10)
})

test('no band where a part is not shown, and what is missing does not count', () => {
  expect(bandsOf([shown('T', 10), shown('A', 20, { est: null, se: null }), shown('B', 12)])[0]).toBeNull()
  const missing = { ...shown('A', 20), estimate: notMeasured() }
  expect(bandsOf([shown('T', 12), missing as ReturnType<typeof shown>, shown('B', 12)])[0]!.reach).toBeCloseTo(1.8, 10)
})
