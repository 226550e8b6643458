import { expect, test } from 'vitest'
import { MOST_BEHIND_MS } from '../../../api/indices/moment.ts'
import { tallyPauseMs } from '../../../api/node/jobs.ts'

test('counting leaves the processors to answers for three quarters of the time, as long as pages stay within ten seconds', () => {
  for (let tookMs = 0; tookMs <= 3_000; tookMs += 100) {
    const pauseMs = tallyPauseMs(tookMs)
    // what is committed just after a run has begun is counted at the end of the next
    expect(tookMs + pauseMs + tookMs).toBeLessThanOrEqual(MOST_BEHIND_MS)
    if (tookMs <= 1_600) expect(pauseMs).toBeGreaterThanOrEqual(3 * tookMs)
  }
  expect(tallyPauseMs(0)).toBe(2_000)
  expect(tallyPauseMs(60_000)).toBe(2_000)
})
