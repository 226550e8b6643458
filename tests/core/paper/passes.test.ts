import { describe, expect, test } from 'vitest'
import { numbersOf, conditionWords } from '../../../api/core/paper/numbers.ts'
import { differencesOf, mergedPasses } from '../../../api/core/paper/passes.ts'
import type { Questionnaire, SurveyItem } from '../../../api/core/questionnaire/definition.ts'

const text = (vi: string) => ({ vi, en: vi })
const base = (code: string) => ({ code, text: text(code), short: text(code), source: 'test' })
const options = ['a', 'b', 'c'].map((code) => ({ code, text: text(code) }))
const items: SurveyItem[] = [
  { ...base('Q1'), type: 'single', options },
  { ...base('Q2'), type: 'number', unit: text('ngày'), min: 0, max: 9, when: { item: 'Q1', is: ['a', 'c'] } },
  { ...base('Q3'), type: 'multiple', options },
  { ...base('Q4'), type: 'ranking', options },
  {
    ...base('M'),
    type: 'matrix',
    options,
    rows: ['M1', 'M2'].map((code) => ({ code, text: text(code), short: text(code) })),
  },
]
const questionnaire: Questionnaire = {
  code: 'test',
  version: 1,
  kind: 'survey',
  title: text('Thử'),
  languages: ['vi', 'en'],
  notice: { version: '1', text: text('') },
  population: 'business',
  sections: [{ code: 's', title: text('S'), items }],
}

describe('two passes over a paper form', () => {
  test('the order of choices is no difference, that of a ranking is, and a blank differs from an answer', () => {
    const first = { Q1: 'b', Q3: ['a', 'b'], Q4: ['a', 'b'], M1: 'a' }
    const second = { Q1: 'b', Q3: ['b', 'a'], Q4: ['b', 'a'] }
    expect(differencesOf(questionnaire, first, second)).toEqual([
      { key: 'Q4', first: ['a', 'b'], second: ['b', 'a'] },
      { key: 'M1', first: 'a', second: null },
    ])
  })

  test('a choice that hides a question takes its answer away, and nothing has to be decided about it', () => {
    const [first, second] = [{ Q1: 'a', Q2: 3 }, { Q1: 'b' }]
    expect(mergedPasses(questionnaire, first, second, { Q1: { pass: 2 } })).toEqual({
      answers: { Q1: 'b' },
      undecided: [],
    })
    expect(mergedPasses(questionnaire, first, second, { Q1: { pass: 1 } })).toEqual({
      answers: { Q1: 'a' },
      undecided: ['Q2'],
    })
    expect(mergedPasses(questionnaire, first, second, {}).undecided).toEqual(['Q1'])
  })

  test('what the paper says in truth may be neither pass, or nothing', () => {
    const [first, second] = [
      { Q1: 'a', M1: 'a' },
      { Q1: 'b', M1: 'b' },
    ]
    const choices = { Q1: { answer: 'c' }, M1: { answer: null } }
    expect(mergedPasses(questionnaire, first, second, choices).answers).toEqual({ Q1: 'c' })
  })
})

test('conditions are told with the printed numbers of questions and options', () => {
  const numbers = numbersOf(questionnaire)
  const words = (when: Parameters<typeof conditionWords>[0]) => conditionWords(when, numbers, 'vi')
  expect(words({ item: 'Q1', is: ['a', 'c'] })).toBe('câu 1 chọn 1 hoặc 3')
  expect(
    words({
      all: [
        { item: 'Q2', from: 2, to: 5 },
        {
          any: [
            { item: 'M2', is: ['b'] },
            { item: 'Q3', answered: false },
          ],
        },
      ],
    }),
  ).toBe('câu 2 từ 2 đến 5 và (câu 5b chọn 2 hoặc câu 3 để trống)')
  expect(words({ not: { item: 'Q1', is: ['b'] } })).toBe('không phải câu 1 chọn 2')
})
