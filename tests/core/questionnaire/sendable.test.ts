import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askedSections } from '../../../api/core/questionnaire/asked.ts'
import { checkSurveyAnswers } from '../../../api/core/questionnaire/check.ts'
import { minutesLeft, minutesOf } from '../../../api/core/questionnaire/minutes.ts'
import { sendableAnswers } from '../../../api/core/questionnaire/sendable.ts'
import { shippedQuestionnaires } from '../../../db/seeds/questionnaires/shipped.ts'
import { answered, generated } from './generated.ts'
import { item, questionnaire, yesNo } from './small.ts'

const form = questionnaire([
  {
    items: [
      item('DAYS', 'number', { unit: { vi: 'ngày', en: 'days' }, min: 0, max: 30 }),
      yesNo('LATE', { when: { item: 'DAYS', from: 10 } }),
      yesNo('OTHER'),
    ],
  },
])
const nobody = { form: null, units: null }

test('an answer out of range is not sent, nor what was asked on its account', () => {
  expect(sendableAnswers(form, { DAYS: 150, LATE: 'yes', OTHER: 'no' }, nobody)).toEqual({ OTHER: 'no' })
  expect(sendableAnswers(form, { DAYS: 15, LATE: 'yes', OTHER: 'no' }, nobody)).toEqual({
    DAYS: 15,
    LATE: 'yes',
    OTHER: 'no',
  })
})

test('whatever is chosen and left, what a page sends is what the server takes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), (seed) => {
      const made = generated(seed)
      const context = { form: 'A', units: null }
      const sent = sendableAnswers(made, answered(made, seed), context)
      expect(checkSurveyAnswers(made, sent, context, false)).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('minutes left fall from what the questionnaire says to nothing, and are never nought before the end', () => {
  for (const one of shippedQuestionnaires) {
    const pages = askedSections(one, {})
    const left = [...pages.keys(), pages.length].map((from) => minutesLeft(one, pages, from))
    expect(left[0]).toBe(minutesOf(one))
    expect(left.at(-1)).toBe(0)
    expect(left.slice(0, -1).every((minutes) => minutes >= 1)).toBe(true)
    expect(left).toEqual(left.toSorted((a, b) => b - a))
  }
})
