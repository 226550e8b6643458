import { expect, test } from 'vitest'
import { shareInterval } from '../../../api/core/survey/share-interval.ts'
import { wilsonLimits } from '../../../api/core/stats/wilsonLimits.ts'

const share = (nEff: number) => {
  const p = 1 / 55
  return { p, variance: (p * (1 - p)) / nEff, n: 55, df: 54, nKish: 55 }
}

test('a variance that happens to be small promises no more than as many answers one by one', () => {
  expect(shareInterval('wilson', share(160))).toEqual(wilsonLimits(1 / 55, 55))
  expect(shareInterval('wilson', share(30))).toEqual(wilsonLimits(1 / 55, 30))
})

test('methods of R stay as R has them', () => {
  expect(shareInterval('beta', share(160)).hi).toBeLessThan(shareInterval('beta', share(55)).hi)
})
