import { expect, test } from 'vitest'
import { hardRanges, isWithin, publishedSpan } from '../../../api/core/index/spans.ts'
import { shippedIndices } from '../../../db/seeds/indices/shipped.ts'

const papi = shippedIndices.find(({ id }) => id === 'papi-2021')!

test('a published value lies on the scale of its level: total, dimension, sub-dimension', () => {
  expect(publishedSpan(papi, 'PAPI')).toEqual([8, 80])
  expect(publishedSpan(papi, 'S1.1')).toEqual([0.245, 2.505])
  const [least, most] = publishedSpan(papi, 'D5')!
  expect(least).toBeCloseTo(1, 1)
  expect(most).toBeCloseTo(10, 1)
  expect(publishedSpan(papi, 'NOPE')).toBeNull()
})

test('rounding is no fault, a value that cannot be is', () => {
  expect([8, 79.99, 80.005].map((value) => isWithin([8, 80], value))).toEqual([true, true, true])
  expect([-400, 7.9, 99].map((value) => isWithin([8, 80], value))).toEqual([false, false, false])
  expect(isWithin(null, 1e9)).toBe(true)
})

test('a hard figure fits every edition that takes it', () => {
  const indicator = (code: string, range: [number, number]) => ({
    ...papi.indicators[0]!,
    code,
    from: { hard: 'x' },
    range,
  })
  expect(
    hardRanges([{ indicators: [indicator('a', [0, 100])] }, { indicators: [indicator('b', [-5, 50])] }]).get('x'),
  ).toEqual([0, 50])
})
