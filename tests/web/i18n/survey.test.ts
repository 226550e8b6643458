import { expect, it } from 'vitest'
import { placeholders } from '../../../web/i18n/i18n.ts'
import { surveyEn } from '../../../web/i18n/survey.en.ts'
import { surveyVi, type SurveyWords } from '../../../web/i18n/survey.vi.ts'

it('the page of a survey says the same things in both languages, with the same blanks', () => {
  const keys = Object.keys(surveyVi) as (keyof SurveyWords)[]
  expect(Object.keys(surveyEn).toSorted()).toEqual(keys.toSorted())
  for (const key of keys) {
    expect(placeholders(surveyEn[key]), key).toEqual(placeholders(surveyVi[key]))
    expect(surveyEn[key].trim(), key).not.toBe('')
  }
})
