import { describe, expect, it } from 'vitest'
import { publish } from '../../../api/core/disclosure/publish.ts'
import { publishShare } from '../../../api/core/disclosure/publishShare.ts'
import { notMeasured, suppress } from '../../../api/core/stats/estimate.ts'
import { mean } from '../../../api/core/stats/mean.ts'
import { wilson } from '../../../api/core/stats/wilson.ts'

describe('the display rule', () => {
  it('shows nothing below ten, the interval from ten, the value from thirty', () => {
    expect(publishShare(7, 9)).toMatchObject({
      stage: 'hidden',
      needed: 1,
      estimate: { est: null, se: null, lo: null, hi: null, nEff: null, n: 9, suppressed: 'too_few' },
    })
    const interval = publishShare(7, 10)
    expect(interval).toMatchObject({ stage: 'interval_only', needed: 20, estimate: { est: null, se: null, n: 10 } })
    expect(interval.estimate.lo).toBe(wilson(7, 10).lo)
    expect(interval.estimate.suppressed).toBeNull()
    expect(publishShare(20, 29).stage).toBe('interval_only')
    expect(publishShare(20, 30)).toEqual({ stage: 'full', needed: null, estimate: wilson(20, 30) })
    expect(publishShare(0, 0)).toMatchObject({ stage: 'hidden', needed: 10, estimate: { n: 0, suppressed: 'too_few' } })
  })

  it('an item with a higher minimum is hidden up to it; no item can have a lower one', () => {
    expect(publishShare(20, 29, { minimum: 30 })).toMatchObject({
      stage: 'hidden',
      needed: 1,
      estimate: { n: 29, suppressed: 'too_few' },
    })
    expect(publishShare(20, 30, { minimum: 30 }).stage).toBe('full')
    expect(publishShare(5, 9, { minimum: 3 }).stage).toBe('hidden')
  })

  it('is the same for means, and widens with the effective size', () => {
    expect(publish(mean({ values: [0, 1, 2], counts: [1, 1, 7] })).stage).toBe('hidden')
    expect(publish(mean({ values: [0, 1, 2], counts: [1, 1, 8] })).stage).toBe('interval_only')
    expect(publish(mean({ values: [0, 1, 2], counts: [1, 1, 28] })).stage).toBe('full')
    expect(publishShare(20, 30, { nEff: 15 }).estimate).toEqual(wilson(20, 30, { nEff: 15 }))
  })

  it('lets suppressed figures pass and never shows a number without n', () => {
    expect(publish(notMeasured())).toEqual({ estimate: notMeasured(), stage: 'hidden', needed: null })
    const hidden = suppress(wilson(30, 40), 'complementary')
    expect(publish(hidden)).toEqual({ estimate: hidden, stage: 'hidden', needed: null })
    expect(() => publish({ ...wilson(30, 40), n: null })).toThrow(RangeError)
  })
})
