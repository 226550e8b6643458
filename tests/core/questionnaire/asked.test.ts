import { describe, expect, test } from 'vitest'
import { answerKeys, askedSections } from '../../../api/core/questionnaire/asked.ts'
import type { SurveyAnswers } from '../../../api/core/questionnaire/definition.ts'
import { item, option, questionnaire, yesNo } from './small.ts'

const chain = questionnaire([
  {
    items: [
      yesNo('A'),
      yesNo('B', { when: { item: 'A', is: ['yes'] } }),
      yesNo('C', { when: { item: 'B', is: ['yes'] } }),
    ],
  },
])
const keys = (answers: SurveyAnswers, of = chain) => answerKeys(askedSections(of, answers))

describe('what is asked', () => {
  test('follows the answers', () => {
    expect(keys({})).toEqual(['A'])
    expect(keys({ A: 'yes' })).toEqual(['A', 'B'])
    expect(keys({ A: 'yes', B: 'yes' })).toEqual(['A', 'B', 'C'])
    expect(keys({ A: { na: true } })).toEqual(['A'])
  })

  test('does not follow an answer whose own question is no longer asked', () => {
    expect(keys({ A: 'no', B: 'yes' })).toEqual(['A'])
  })

  test('repeats a section for each chosen unit, whose own answers come first in its conditions', () => {
    const repeated = questionnaire([
      { items: [item('UNITS', 'units', { kinds: ['department'], atMost: 3 }), yesNo('MET')] },
      { code: 'ABOUT', repeat: 'UNITS', items: [yesNo('MET2'), yesNo('WHY', { when: { item: 'MET2', is: ['no'] } })] },
    ])
    const answers = { UNITS: ['12', '7'], MET: 'yes', 'MET2@12': 'no', 'MET2@7': 'yes' }
    expect(askedSections(repeated, answers).map(({ key }) => key)).toEqual(['S0', 'ABOUT@12', 'ABOUT@7'])
    expect(keys(answers, repeated)).toEqual(['UNITS', 'MET', 'MET2@12', 'WHY@12', 'MET2@7'])
    expect(keys({ MET: 'yes' }, repeated)).toEqual(['UNITS', 'MET'])
  })

  test('answers a matrix by rows, each with its own condition; without rows it is not there', () => {
    const row = (code: string, more: object = {}) => ({
      code,
      text: { vi: code, en: code },
      short: { vi: code, en: code },
      ...more,
    })
    const grid = questionnaire([
      { items: [yesNo('A')] },
      {
        items: [
          item('GRID', 'matrix', {
            options: [option('good'), option('bad')],
            rows: [row('R1', { when: { item: 'A', is: ['yes'] } }), row('R2', { when: { item: 'A', is: ['no'] } })],
          }),
        ],
      },
    ])
    expect(keys({ A: 'yes' }, grid)).toEqual(['A', 'R1'])
    expect(keys({}, grid)).toEqual(['A'])
    expect(askedSections(grid, {})).toHaveLength(1)
  })
})
