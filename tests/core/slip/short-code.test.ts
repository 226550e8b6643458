import { describe, expect, test } from 'vitest'
import { printedShortCode, SHORT_CODES, shortCodeOf } from '../../../api/core/slip/short-code.ts'
import { parseShortCode, SHORT_CODE_LETTERS, shortCodeFault } from '../../../api/core/slip/typed-code.ts'

/** Bytes that look random and are the same in every run. */
function bytesOf(seed: number): Uint8Array {
  let state = seed >>> 0 || 1
  return Uint8Array.from({ length: 32 }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state & 255
  })
}

describe('the letters', () => {
  test('hold no two that are taken for one another, no vowel, and nothing that a Vietnamese keyboard changes', () => {
    expect(new Set(SHORT_CODE_LETTERS).size).toBe(20)
    for (const group of ['0OQD', '1IL7', '8B', '5S', '2Z', '6G', 'VUYW']) {
      const printed = [...group].filter((letter) => SHORT_CODE_LETTERS.includes(letter))
      expect(printed.length, group).toBeLessThanOrEqual(1)
    }
    expect(SHORT_CODE_LETTERS).not.toMatch(/[AEIOUYDW01]/)
  })

  test('make 20⁸ codes, 2.56 · 10¹⁰', () => {
    expect(SHORT_CODES).toBe(25_600_000_000n)
  })
})

test.each([
  ['36V9-5C2M', null],
  ['36V95C2', 'length'],
  ['', 'length'],
  ['3'.repeat(65), 'length'],
  ['ABCD-2345', 'letters'],
] as const)('what was typed as %j is refused for its %s', (typed, fault) => {
  expect(shortCodeFault(typed)).toBe(fault)
  expect(parseShortCode(typed) === null).toBe(fault !== null)
})

describe('derivation', () => {
  test('is stable: the same hash gives the same eight letters, for ever', () => {
    const mac = Uint8Array.from({ length: 32 }, (_, i) => i * 7)
    expect(shortCodeOf(mac)).toBe(shortCodeOf(mac.slice()))
    expect(shortCodeOf(mac)).toBe('36V95C2M')
    expect(shortCodeOf(new Uint8Array(8))).toBe('22222222')
    expect(shortCodeOf(new Uint8Array(8).fill(255))).toHaveLength(8)
  })

  test('uses every letter in every place about equally', () => {
    const rounds = 20_000
    const places = Array.from({ length: 8 }, () => new Map<string, number>())
    for (let seed = 1; seed <= rounds; seed += 1) {
      const code = shortCodeOf(bytesOf(seed * 2_654_435_761))
      places.forEach((place, i) => place.set(code[i] ?? '', (place.get(code[i] ?? '') ?? 0) + 1))
    }
    for (const place of places) {
      expect([...place.keys()].sort().join('')).toBe([...SHORT_CODE_LETTERS].sort().join(''))
      const expected = rounds / 20
      const chi2 = [...place.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
      // 99.99 % point of chi-squared with 19 degrees of freedom
      expect(chi2).toBeLessThan(50.8)
    }
  })

  test('refuses a hash that is too short to be even', () => {
    expect(() => shortCodeOf(new Uint8Array(7))).toThrow(RangeError)
  })
})

describe('reading what somebody typed', () => {
  test.each([
    ['K7PM-2XTR', 'K7PM2XTR'],
    ['k7pm2xtr', 'K7PM2XTR'],
    [' K7 PM – 2x.tr ', 'K7PM2XTR'],
    ['k7pm\u00a02xtr\n', 'K7PM2XTR'],
    ['Ｋ７ＰＭ２ＸＴＲ', 'K7PM2XTR'],
    ['K7PM-ZXTR', 'K7PM2XTR'],
    ['BSZG-U134', '8526V734'],
  ])('%j is %s', (typed, code) => {
    expect(parseShortCode(typed)).toBe(code)
  })

  test.each([
    '',
    'K7PM',
    'K7PM-2XTRR',
    'K7PM-2XT',
    'K7PM-2XT0',
    'K7PM-2XTO',
    'K7PM-2XTĐ',
    'K7PM_2XTR',
    'a'.repeat(9000),
  ])('%.20j cannot be a code', (typed) => {
    expect(parseShortCode(typed)).toBeNull()
  })

  test('what is printed reads back as itself', () => {
    for (let seed = 1; seed < 500; seed += 1) {
      const code = shortCodeOf(bytesOf(seed))
      expect(parseShortCode(printedShortCode(code))).toBe(code)
      expect(parseShortCode(printedShortCode(code).toLowerCase())).toBe(code)
    }
  })
})
