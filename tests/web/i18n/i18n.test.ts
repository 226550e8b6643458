import { describe, expect, it } from 'vitest'
import { fill, pickLocale, pieces, placeholders, translator } from '../../../web/i18n/i18n.ts'

describe('fill', () => {
  it('replaces every placeholder that has a parameter', () => {
    expect(fill('{a} trên {b}, lại {a}', { a: 1, b: 'hai' })).toBe('1 trên hai, lại 1')
  })

  it('leaves a placeholder without a parameter in sight', () => {
    expect(fill('{a} trên {b}', { a: 1 })).toBe('1 trên {b}')
  })

  it('does not fill what a parameter brings along', () => {
    expect(fill('{a}{b}', { a: '{b}', b: 'x' })).toBe('{b}x')
  })
})

describe('pieces', () => {
  it('splits at the template’s own marks', () => {
    expect(pieces('Ở <b>{p}</b>, {n}', { p: 'Khai sinh', n: 5 })).toEqual([
      { text: 'Ở ', strong: false },
      { text: 'Khai sinh', strong: true },
      { text: ', 5', strong: false },
    ])
  })

  it('takes no markup from a parameter', () => {
    expect(pieces('{p}', { p: '<b>x</b>' })).toEqual([{ text: '<b>x</b>', strong: false }])
  })
})

it('placeholders are listed once and sorted', () => {
  expect(placeholders('{b} {a} {b}')).toEqual(['a', 'b'])
})

it('a translator answers an unknown key with the key itself', () => {
  const t = translator<string>({ known: 'có {n}' })
  expect(t('known', { n: 2 })).toBe('có 2')
  expect(t('unknown')).toBe('unknown')
})

it('the first spoken language wins, Vietnamese otherwise', () => {
  expect(pickLocale(['fr-FR', 'en-US', 'vi'])).toBe('en')
  expect(pickLocale(['de'])).toBe('vi')
})
