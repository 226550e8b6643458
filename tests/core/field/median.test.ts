import { expect, test } from 'vitest'
import { publishedMedian } from '../../../api/core/field/median.ts'
import { seeded } from '../stats/seeded.ts'

test('the interval of a median holds the true one about 19 times in 20', () => {
  const next = seeded(11)
  for (const n of [30, 101, 800]) {
    let held = 0
    for (let round = 0; round < 1000; round += 1) {
      // exponential, so skewed as times are: true median ln 2
      const sorted = Array.from({ length: n }, () => -Math.log(1 - next())).sort((a, b) => a - b)
      const { lo, hi } = publishedMedian(sorted)
      if ((lo ?? 9) <= Math.LN2 && Math.LN2 <= (hi ?? 0)) held += 1
    }
    expect(held).toBeGreaterThan(930)
    expect(held).toBeLessThan(990)
  }
})

test('few values show nothing, some only the interval', () => {
  expect(publishedMedian([])).toMatchObject({ est: null, n: 0, suppressed: 'too_few' })
  expect(publishedMedian([1, 2, 3])).toMatchObject({ est: null, lo: null, n: 3, suppressed: 'too_few' })
  const ten = publishedMedian(Array.from({ length: 12 }, (_, i) => i))
  expect([ten.est, ten.lo !== null, ten.suppressed]).toEqual([null, true, null])
  expect(publishedMedian(Array.from({ length: 31 }, (_, i) => i)).est).toBe(15)
})
