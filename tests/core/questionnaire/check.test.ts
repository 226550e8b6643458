import { describe, expect, test } from 'vitest'
import { checkSurveyAnswers } from '../../../api/core/questionnaire/check.ts'
import type { SurveyAnswer, SurveyItem } from '../../../api/core/questionnaire/definition.ts'
import { lastAnswered, splitSensitive } from '../../../api/core/questionnaire/parts.ts'
import { item, option, questionnaire, yesNo } from './small.ts'

const context = { form: 'A', units: new Map(['12', '7'].map((id) => [id, 'department'])) }
const text = { vi: 'x', en: 'x' }
const codes = (one: SurveyItem, answer: unknown) =>
  checkSurveyAnswers(questionnaire([{ items: [one] }]), { [one.code]: answer as SurveyAnswer }, context, false).map(
    ({ path, code }) => `${path} ${code}`,
  )
const options = [option('a'), option('b'), { ...option('none'), exclusive: true as const }]
const amount = item('N', 'number', { unit: text, min: 0, max: 10 })
const list = (treated: string[]) => item('L', 'list', { statements: [text, text, text], extra: text, treated })

describe('one answer', () => {
  test.each<[string, SurveyItem, unknown, string[]]>([
    ['an option', yesNo('Q'), 'yes', []],
    ['no option', yesNo('Q'), 'maybe', ['answers.Q unknown_option']],
    ['a number where an option belongs', yesNo('Q'), 1, ['answers.Q wrong_type']],
    ['"không biết" where it is offered', yesNo('Q'), { na: true }, []],
    ['"không biết" where it is not', amount, { na: true }, ['answers.N na_not_offered']],
    ['"không biết" with more in it', yesNo('Q'), { na: true, x: 1 }, ['answers.Q wrong_type']],
    ['several options', item('M', 'multiple', { options }), ['a', 'b'], []],
    ['an option twice', item('M', 'multiple', { options }), ['a', 'a'], ['answers.M duplicate_option']],
    ['"none" beside another', item('M', 'multiple', { options }), ['a', 'none'], ['answers.M exclusive_option']],
    ['no option at all', item('M', 'multiple', { options }), [], ['answers.M wrong_type']],
    ['more than allowed', item('M', 'ranking', { options, atMost: 1 }), ['a', 'b'], ['answers.M too_many']],
    ['zero', amount, 0, []],
    ['a number beyond the range', amount, 11, ['answers.N out_of_range']],
    ['decimals where none belong', amount, 1.5, ['answers.N too_precise']],
    ['a number as text', amount, '5', ['answers.N wrong_type']],
    ['not a number', amount, NaN, ['answers.N wrong_type']],
    ['more than everything', item('P', 'percent', {}), 100.5, ['answers.P out_of_range']],
    ['a day', item('D', 'date', { min: '2026-01-01' }), '2026-02-28', []],
    ['a day that is in no calendar', item('D', 'date', {}), '2026-02-30', ['answers.D bad_day']],
    ['a day too early', item('D', 'date', { min: '2026-01-01' }), '2025-12-31', ['answers.D out_of_range']],
    ['a long text', item('T', 'text', { longest: 3 }), 'dài quá', ['answers.T too_long']],
    ['a text that cannot be stored', item('T', 'text', {}), '\u0000', ['answers.T bad_text']],
    ['all statements of the longer form', list(['A']), 4, []],
    ['one more than the form had', list(['B']), 4, ['answers.L out_of_range']],
    ['units of the campaign', item('U', 'units', { kinds: ['department'], atMost: 2 }), ['12', '7'], []],
    [
      'a unit that is not offered',
      item('U', 'units', { kinds: ['department'], atMost: 2 }),
      ['13'],
      ['answers.U unknown_option'],
    ],
  ])('%s', (_name, one, answer, expected) => expect(codes(one, answer)).toEqual(expected))
})

describe('all answers', () => {
  const skip = questionnaire([
    { items: [yesNo('A', { required: true }), yesNo('B', { required: true, when: { item: 'A', is: ['yes'] } })] },
  ])
  const check = (answers: Record<string, SurveyAnswer>, complete = true) =>
    checkSurveyAnswers(skip, answers, context, complete).map(({ path, code }) => `${path} ${code}`)

  test('a required question must be answered at the end, if it is asked', () => {
    expect(check({}, false)).toEqual([])
    expect(check({})).toEqual(['answers.A missing'])
    expect(check({ A: 'yes' })).toEqual(['answers.B missing'])
    expect(check({ A: 'no' })).toEqual([])
    expect(check({ A: { na: true } })).toEqual([])
  })

  test('an answer to a hidden question is refused, and so is one to no question, whose name is not repeated', () => {
    expect(check({ A: 'no', B: 'yes' })).toEqual(['answers.B hidden_item'])
    expect(check({ A: 'no', X: 'yes' })).toEqual(['answers.X unknown_item'])
    expect(check({ A: 'no', 'my phone is 0912': 'yes' })).toEqual(['answers unknown_item'])
    expect(check({ A: 'no', 'A@12': 'yes' })).toEqual(['answers.A@12 hidden_item'])
  })

  test('sensitive answers can be taken apart from the others', () => {
    const both = questionnaire([{ items: [yesNo('A'), yesNo('B', { sensitive: true })] }])
    expect(splitSensitive(both, { A: 'yes', B: 'no', 'B@7': 'no' })).toEqual({
      open: { A: 'yes' },
      sensitive: { B: 'no', 'B@7': 'no' },
    })
    expect(lastAnswered(both, { A: 'yes' })).toBe('A')
    expect(lastAnswered(both, {})).toBeNull()
  })
})
