import { expect, test } from 'vitest'
import { keptOutBy, medianPace, rulesSchema } from '../../../api/core/quality/rules.ts'
import { answerSigns, type AnswerSigns } from '../../../api/core/quality/signs.ts'
import { askedSections } from '../../../api/core/questionnaire/asked.ts'
import type { Questionnaire, SurveyAnswers, SurveyItem } from '../../../api/core/questionnaire/definition.ts'

const text = { vi: 'x', en: 'x' }
const base = { text, short: text, source: 'test' }
const scale = ['1', '2', '3'].map((code) => ({ code, text, value: Number(code) }))
const block = (code: string, more: Partial<SurveyItem> = {}) =>
  ({
    ...base,
    code,
    type: 'matrix',
    options: scale,
    rows: [1, 2, 3, 4].map((row) => ({ code: `${code}_${row}`, text, short: text })),
    ...more,
  }) as SurveyItem
const FORM: Questionnaire = {
  code: 'q',
  version: 1,
  kind: 'survey',
  title: text,
  languages: ['vi', 'en'],
  notice: { version: '1', text },
  population: 'business',
  sections: [
    {
      code: 's',
      title: text,
      items: [
        block('A'),
        block('B'),
        block('S', { sensitive: true }),
        { ...base, code: 'N', type: 'single', options: scale, na: true, when: { item: 'A_1', is: ['1'] } },
        { ...base, code: 'T', type: 'text' },
      ],
    },
  ],
}
const rows = (code: string, values: string) =>
  Object.fromEntries([...values].map((value, i) => [`${code}_${i + 1}`, value]))
const signsOf = (answers: SurveyAnswers, ms: Record<string, number> = {}) =>
  answerSigns(askedSections(FORM, answers), answers, ms)

test('signs count what was put and given, leave sensitive questions and free text out, and take "không biết" for no value', () => {
  const answers = { ...rows('A', '2222'), ...rows('B', '1213'), ...rows('S', '1111'), T: 'abc' }
  expect(signsOf(answers)).toEqual({ msPerQuestion: null, blocks: 2, sameBlocks: 1, asked: 9 - 1, given: 8 })
  const open = { ...rows('A', '1'), N: { na: true as const } }
  expect(signsOf(open)).toMatchObject({ blocks: 0, asked: 9, given: 1 })
})

test('times are for a question: those of a block are shared by its rows, and free text has none', () => {
  const answers = { ...rows('A', '2222'), ...rows('B', '1213') }
  const { msPerQuestion } = signsOf(answers, { A_1: 1000, A_2: 1000, A_3: 1000, A_4: 1000, B: 8000, T: 90_000 })
  expect(msPerQuestion).toBe(1500)
})

const signs = (given: Partial<AnswerSigns> = {}): AnswerSigns => ({
  msPerQuestion: 4000,
  blocks: 4,
  sameBlocks: 0,
  asked: 40,
  given: 40,
  ...given,
})

test('a rule keeps out what passes its limit, and nothing else', () => {
  const pace = medianPace([signs(), signs({ msPerQuestion: 1000 }), signs({ msPerQuestion: null }), signs()])
  expect(pace).toBe(4000)
  const out = (code: string, limit: number, given: Partial<AnswerSigns>) =>
    keptOutBy(rulesSchema.parse([{ code, limit }]), signs(given), pace)
  expect(out('speeding', 0.3, { msPerQuestion: 1199 })).toBe('speeding')
  expect(out('speeding', 0.3, { msPerQuestion: 1200 })).toBeNull()
  expect(out('speeding', 0.3, { msPerQuestion: null })).toBeNull()
  expect(out('straight_lining', 4, { sameBlocks: 4 })).toBe('straight_lining')
  expect(out('straight_lining', 4, { sameBlocks: 3 })).toBeNull()
  expect(out('straight_lining', 4, { blocks: 3, sameBlocks: 3 })).toBeNull()
  expect(out('speeding_and_straight_lining', 0.4, { sameBlocks: 4, msPerQuestion: 1500 })).not.toBeNull()
  expect(out('speeding_and_straight_lining', 0.4, { sameBlocks: 4 })).toBeNull()
  expect(out('item_nonresponse', 0.5, { given: 19 })).toBe('item_nonresponse')
  expect(out('item_nonresponse', 0.5, { given: 20 })).toBeNull()
})

test('no rule keeps nothing out; of several the order of codes names one; a rule stands once', () => {
  expect(keptOutBy([], signs({ msPerQuestion: 1, sameBlocks: 4, given: 0 }), 4000)).toBeNull()
  const both = rulesSchema.parse([
    { code: 'item_nonresponse', limit: 0.5 },
    { code: 'speeding', limit: 0.3 },
  ])
  expect(keptOutBy(both, signs({ msPerQuestion: 1, given: 0 }), 4000)).toBe('speeding')
  const twice = [0.3, 0.2].map((limit) => ({ code: 'speeding', limit }))
  expect(rulesSchema.safeParse(twice).success).toBe(false)
})
