import { expect, it } from 'vitest'
import { placeholders } from '../../../web/i18n/i18n.ts'
import { rateEn } from '../../../web/i18n/rate.en.ts'
import { rateVi } from '../../../web/i18n/rate.vi.ts'

it('the rating page says the same things in both languages, with the same blanks', () => {
  expect(Object.keys(rateEn).toSorted()).toEqual(Object.keys(rateVi).toSorted())
  for (const key of Object.keys(rateVi) as (keyof typeof rateVi)[]) {
    expect(placeholders(rateEn[key]), key).toEqual(placeholders(rateVi[key]))
    expect(rateEn[key].trim(), key).not.toBe('')
  }
})
