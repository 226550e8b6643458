import { expect, it } from 'vitest'
import { readNumber } from '../../../web/survey/typed-number.ts'

it.each([
  ['12', 0, 12],
  [' 1 200 ', 0, 1200],
  ['1.200', 0, 1200],
  ['1,200', 0, 1200],
  ['1.200.000', 0, 1_200_000],
  ['12,5', 1, 12.5],
  ['12.5', 1, 12.5],
  ['1.200,5', 1, 1200.5],
  ['1,200.5', 1, 1200.5],
  ['1.234', 3, 1.234],
  ['-3', 0, -3],
  ['0', 0, 0],
  ['1.5', 0, 1.5],
])('"%s" with %i decimals is %d', (text, decimals, number) => {
  expect(readNumber(text, decimals)).toBe(number)
})

it.each(['', 'nhiều', '1,', '1.2.3', '1,2,3.4.5', '--1', '1e5', '0x10', '٣', 'Infinity'])(
  '"%s" is no number',
  (text) => {
    expect(readNumber(text, 1)).toBeNull()
  },
)
