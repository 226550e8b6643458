import { expect, it } from 'vitest'
import { askedSections } from '../../../api/core/questionnaire/asked.ts'
import type { Questionnaire } from '../../../api/core/questionnaire/definition.ts'
import business from '../../../db/seeds/questionnaires/business-survey/1.json' with { type: 'json' }
import { answeredCount, resumeAt, REVIEW } from '../../../web/survey/place.ts'

const questionnaire = business as unknown as Questionnaire
const pagesOf = (answers: Record<string, string>) => askedSections(questionnaire, answers)

it('goes on at the last part with an answer, at the next when nothing is left of it, at the first when nothing was said', () => {
  expect(resumeAt(pagesOf({}), {}, [])).toBe('profile')
  const some = { P_TYPE: 'limited' }
  expect(resumeAt(pagesOf(some), some, [])).toBe('profile')
  const whole = { P_TYPE: 'limited', P_YEAR: 'x', P_SIZE: 'x', P_SECTOR: 'x' }
  expect(resumeAt(pagesOf(whole), whole, [])).toBe('entry')
  // a private answer of another device is a place as well
  expect(resumeAt(pagesOf(some), some, ['I_SHARE'])).toBe('informal')
  const last = pagesOf({}).at(-1)!
  const end = Object.fromEntries(last.items.map(({ key }) => [key, 'x']))
  expect(resumeAt(pagesOf(end), end, [])).toBe(REVIEW)
})

it('counts what was answered, here or elsewhere, and no question that is not asked', () => {
  expect(answeredCount(pagesOf({}), { P_TYPE: 'limited', E_DAYS_NEW: '3' }, ['I_SHARE'])).toBe(2)
})
