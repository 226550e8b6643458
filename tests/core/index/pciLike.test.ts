import { expect, it } from 'vitest'
import { pciLike } from '../../../api/core/index/pciLike.ts'
import { notMeasured } from '../../../api/core/stats/estimate.ts'
import { wilson } from '../../../api/core/stats/wilson.ts'

it('pciLike puts no and every favourable answer on 1 and 10, and the interval with them', () => {
  expect(pciLike(wilson(0, 30)).est).toBe(1)
  expect(pciLike(wilson(30, 30)).est).toBe(10)
  const share = wilson(24, 30)
  expect(pciLike(share).est).toBeCloseTo(8.2, 12)
  expect(pciLike(share).lo).toBeCloseTo(1 + 9 * share.lo!, 12)
  expect(pciLike(notMeasured()).suppressed).toBe('not_measured')
  expect(() => pciLike({ ...share, hi: 80 })).toThrow(RangeError)
})
