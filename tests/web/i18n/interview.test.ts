import { expect, it } from 'vitest'
import { placeholders } from '../../../web/i18n/i18n.ts'
import { interviewEn } from '../../../web/i18n/interview.en.ts'
import { interviewVi, type InterviewWords } from '../../../web/i18n/interview.vi.ts'

it('the page for interviews says the same things in both languages, with the same blanks', () => {
  const keys = Object.keys(interviewVi) as (keyof InterviewWords)[]
  expect(Object.keys(interviewEn).toSorted()).toEqual(keys.toSorted())
  for (const key of keys) {
    expect(placeholders(interviewEn[key]), key).toEqual(placeholders(interviewVi[key]))
    expect(interviewEn[key].trim(), key).not.toBe('')
  }
})
