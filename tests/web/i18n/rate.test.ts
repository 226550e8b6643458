import { expect, it } from 'vitest'
import { placeholders } from '../../../web/i18n/i18n.ts'
import { rateTypedEn } from '../../../web/i18n/rate-typed.en.ts'
import { rateTypedVi } from '../../../web/i18n/rate-typed.vi.ts'
import { rateEn } from '../../../web/i18n/rate.en.ts'
import { rateVi } from '../../../web/i18n/rate.vi.ts'

it.each([
  ['the rating page', rateVi, rateEn],
  ['its pages for typed codes', rateTypedVi, rateTypedEn],
])('%s: the same things in both languages, with the same blanks', (_page, vi, en: Readonly<Record<string, string>>) => {
  expect(Object.keys(en).toSorted()).toEqual(Object.keys(vi).toSorted())
  for (const [key, text] of Object.entries(vi)) {
    expect(placeholders(en[key] ?? ''), key).toEqual(placeholders(text))
    expect(en[key]?.trim(), key).not.toBe('')
  }
})
