import { describe, expect, test } from 'vitest'
import { intervalWarnings } from '../../../../api/core/index/estimate/warnings.ts'
import { grid, mustHold, SURVEYS } from './grid.ts'
import { coverage } from './simulation.ts'

/** Fewer surveys of many people, which take long: docs/coverage.md has 2,000 of each (`scripts/coverage.ts`). */
const quick = grid
  .filter(mustHold)
  .map((arrival) => ({ ...arrival, surveys: arrival.n === 100 ? SURVEYS : SURVEYS / 4 }))

describe('95 % intervals hold the truth', () => {
  test.each(quick)(
    'in 92–98 % of $surveys surveys of $n people on $days days, for every statistic',
    { timeout: 300_000 },
    (arrival) => {
      for (const [code, { covered }] of coverage(arrival, arrival.surveys, arrival.seed)) {
        expect(covered, code).toBeGreaterThanOrEqual(0.92)
        expect(covered, code).toBeLessThanOrEqual(0.98)
      }
    },
  )

  test('the page warns exactly where that is not promised', () => {
    for (const arrival of grid) {
      const warnings = intervalWarnings({ n: arrival.n, se: 0.1 }, { clusters: arrival.days })
      expect(warnings.length > 0).toBe(!mustHold(arrival))
    }
    expect(intervalWarnings({ n: 400, se: 0.1 }, { clusters: 8 })).toEqual(['few_clusters'])
    expect(intervalWarnings({ n: null, se: 0 }, { clusters: 8 })).toEqual([])
  })
})
