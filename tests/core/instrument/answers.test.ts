import { describe, expect, it } from 'vitest'
import { checkAnswers, toMarks } from '../../../api/core/instrument/answers.ts'
import { ratingInstrument } from './rating.ts'

const rating = ratingInstrument()
const issues = (answers: unknown, applicant: 'citizen' | 'business' = 'citizen') =>
  checkAnswers(rating, applicant, answers).map((issue) => `${issue.path} ${issue.code}`)

describe('checkAnswers', () => {
  it('accepts options, "không nhớ" and a comment', () => {
    expect(
      issues({
        OVERALL: '5',
        Q_INFO: { na: true },
        T3: '0',
        COMMENT: 'Cảm ơn 👍',
      }),
    ).toEqual([])
    expect(issues({ OVERALL: { na: true }, B_HARASS: '1' }, 'business')).toEqual([])
    expect(issues({})).toEqual([])
  })

  it.each([
    [{ Q_NEW: 'yes' }, 'answers.Q_NEW unknown_item'],
    [{ B_TIME: 'later' }, 'answers.B_TIME item_not_for_applicant'],
    [{ OVERALL: '6' }, 'answers.OVERALL unknown_option'],
    [{ OVERALL: 5 }, 'answers.OVERALL wrong_type'],
    [{ OVERALL: ['5'] }, 'answers.OVERALL wrong_type'],
    [{ OVERALL: null }, 'answers.OVERALL wrong_type'],
    [{ OVERALL: { na: false } }, 'answers.OVERALL wrong_type'],
    [{ COMMENT: { na: true } }, 'answers.COMMENT unknown_option'],
    [{ COMMENT: 'a'.repeat(2001) }, 'answers.COMMENT too_long'],
    [{ COMMENT: 'a\u0000b' }, 'answers.COMMENT bad_text'],
    [{ COMMENT: 'a\ud800b' }, 'answers.COMMENT bad_text'],
    [['5'], 'answers wrong_type'],
    ['5', 'answers wrong_type'],
    [null, 'answers wrong_type'],
  ])('names what is wrong with %j', (answers, issue) => {
    expect(issues(answers)).toEqual([issue])
  })

  it('never echoes a made-up item name and survives names of object members', () => {
    expect(issues({ 'Nguyễn Văn A': '5' })).toEqual(['answers unknown_item'])
    expect(issues(JSON.parse('{"__proto__": "5", "constructor": "5"}'))).toEqual([
      'answers unknown_item',
      'answers unknown_item',
    ])
  })
})

describe('toMarks', () => {
  it('gives option places and na, without texts and without unanswered items', () => {
    const answers = {
      OVERALL: '5',
      T3: '0',
      Q_INFO: { na: true },
      Q_FEES: 'no',
      COMMENT: 'x',
    } as const
    expect(toMarks(rating, answers)).toEqual({
      OVERALL: 0,
      T3: 2,
      Q_INFO: 'na',
      Q_FEES: 1,
    })
  })
})
