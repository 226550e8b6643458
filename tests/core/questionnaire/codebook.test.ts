import { describe, expect, it } from 'vitest'
import { answerKeys, askedSections } from '../../../api/core/questionnaire/asked.ts'
import { cellOf, codebook } from '../../../api/core/questionnaire/codebook.ts'
import type { SurveyAnswers } from '../../../api/core/questionnaire/definition.ts'
import { shippedQuestionnaires } from '../../../db/seeds/questionnaires/shipped.ts'
import { item, option, questionnaire, yesNo } from './small.ts'

const text = (vi: string) => ({ vi, en: vi })
const scale = [5, 3, 1].map((value) => ({ ...option(`o${value}`), value }))
const survey = questionnaire([
  {
    items: [
      yesNo('A'),
      item('M', 'multiple', { options: [option('x'), option('y')], when: { item: 'A', is: ['yes'] } }),
      item('R', 'ranking', { options: [option('x'), option('y'), option('z')], atMost: 2 }),
      item('G', 'matrix', {
        options: scale,
        rows: ['G1', 'G2'].map((code) => ({ code, text: text(code), short: text(code) })),
      }),
      item('L', 'list', { statements: [text('a'), text('b')], extra: text('c'), treated: ['B'] }),
      item('U', 'units', { kinds: ['department'], atMost: 2 }),
    ],
  },
  { repeat: 'U', items: [item('N', 'number', { unit: text('ngày'), min: 0, max: 9 })] },
])
const named = new Map(codebook(survey).map((entry) => [entry.name, entry]))
const cells = (answers: SurveyAnswers, unit: string | null = null) => {
  const asked = new Set(answerKeys(askedSections(survey, answers)))
  return Object.fromEntries([...named].map(([name, entry]) => [name, cellOf(entry, answers, asked, unit)]))
}

describe('codebook', () => {
  it('has a column for each choice, option, place, row and number, in the order of the questions', () => {
    expect([...named.keys()]).toEqual(['A', 'M_x', 'M_y', 'R_1', 'R_2', 'G1', 'G2', 'L', 'U_1', 'U_2', 'N'])
  })

  it('gives a code the number of its scale, or its place where there is none', () => {
    expect(named.get('G1')!.values.map(({ code, number }) => [code, number])).toEqual([
      ['o5', 5],
      ['o3', 3],
      ['o1', 1],
    ])
    expect(named.get('A')!.values.map(({ number }) => number)).toEqual([1, 2])
    expect(named.get('M_x')!.values).toEqual([])
  })

  it('says who is asked, and what a number can be', () => {
    expect([...named.values()].filter(({ askedOfAll }) => !askedOfAll).map(({ name }) => name)).toEqual([
      'M_x',
      'M_y',
      'N',
    ])
    expect(named.get('L')!.range).toEqual({ min: 0, max: 3 })
    expect(named.get('N')).toMatchObject({ repeat: 'U', range: { min: 0, max: 9 }, unit: text('ngày') })
  })

  it('tells not asked, skipped and "không biết" apart, and none of them is zero', () => {
    const none = cells({})
    expect(none.A).toEqual({ missing: 'skipped' })
    expect(none.M_x).toEqual({ missing: 'not_asked' })
    expect(none.N).toEqual({ missing: 'not_asked' })
    expect(cells({ A: { na: true } }).A).toEqual({ missing: 'dont_know' })
    expect(cells({ A: 'yes', M: ['y'] })).toMatchObject({ M_x: 0, M_y: 1 })
    expect(cells({ A: 'yes' }).M_x).toEqual({ missing: 'skipped' })
    // an answer given before its question disappeared is no answer
    expect(cells({ A: 'no', M: ['y'] }).M_y).toEqual({ missing: 'not_asked' })
  })

  it('keeps the order of a ranking, and what was said of one unit apart from what was said of another', () => {
    expect(cells({ R: ['z'] })).toMatchObject({ R_1: 'z', R_2: { missing: 'skipped' } })
    const answers = { U: ['7', '9'], 'N@7': 3, 'N@9': { na: true } } as const
    expect(cells(answers, '7').N).toEqual(3)
    expect(cells(answers, '9').N).toEqual({ missing: 'dont_know' })
    expect(cells(answers, '7').U_2).toEqual('9')
  })

  it.each(shippedQuestionnaires.map((one) => [one.code, one] as const))('of %s has no name twice', (_, one) => {
    // programs of analysts do not tell small letters from capitals
    const names = codebook(one).map(({ name }) => name.toUpperCase())
    expect(new Set(names).size).toBe(names.length)
  })
})
