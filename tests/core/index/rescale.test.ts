import { describe, expect, it } from 'vitest'
import { rescale } from '../../../api/core/index/rescale.ts'
import { notMeasured, suppress } from '../../../api/core/stats/estimate.ts'
import { wilson } from '../../../api/core/stats/wilson.ts'

const share = wilson(30, 40)

describe('rescale', () => {
  it('moves value, error and ends linearly, and swaps the ends when the direction turns', () => {
    const up = rescale(share, 1, 9)
    expect(up.est).toBeCloseTo(7.75, 14)
    expect(up.lo).toBeCloseTo(1 + 9 * share.lo!, 14)
    expect(up.hi).toBeCloseTo(1 + 9 * share.hi!, 14)
    expect(up.se).toBeCloseTo(9 * share.se!, 14)
    expect(up).toMatchObject({ n: 40, nEff: 40, df: null, method: 'wilson' })
    const down = rescale(share, 1, -1)
    expect(down.lo).toBeCloseTo(1 - share.hi!, 14)
    expect(down.hi).toBeCloseTo(1 - share.lo!, 14)
    expect(down.se).toBe(share.se)
  })

  it('leaves gaps as they are', () => {
    expect(rescale(notMeasured(), 1, 9)).toEqual(notMeasured())
    const hidden = suppress(share, 'too_few', { keepN: true })
    expect(rescale(hidden, 1, 9)).toEqual(hidden)
    expect(rescale({ ...share, est: null, se: null }, 0, 100)).toMatchObject({
      est: null,
      se: null,
      lo: 100 * share.lo!,
    })
    expect(() => rescale(share, NaN, 1)).toThrow(RangeError)
  })
})
