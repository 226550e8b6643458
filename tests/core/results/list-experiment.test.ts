import { expect, it } from 'vitest'
import { askedSections } from '../../../api/core/questionnaire/asked.ts'
import type { Questionnaire } from '../../../api/core/questionnaire/definition.ts'
import { questionResults } from '../../../api/core/results/questions.ts'
import { RespondentsBuilder } from '../../../api/core/results/respondents.ts'
import { makeSample } from '../../../api/core/results/sample.ts'

const text = { vi: 'Việc', en: 'Thing' }
const list: Questionnaire = {
  code: 'list',
  version: 1,
  kind: 'survey',
  title: text,
  languages: ['vi', 'en'],
  notice: { version: '1', text },
  population: 'business',
  forms: ['A', 'B'],
  sections: [
    {
      code: 'S',
      title: text,
      items: [
        {
          code: 'I_LIST',
          type: 'list',
          text,
          short: text,
          source: '',
          statements: [text, text, text],
          extra: text,
          treated: ['B'],
        },
      ],
    },
  ],
}

/** The share from what each of two forms counted, sixty answers each. */
function shareOf(control: readonly number[], treated: readonly number[]) {
  const builder = new RespondentsBuilder(list)
  for (const [form, counts] of [
    ['A', control],
    ['B', treated],
  ] as const)
    for (let i = 0; i < 60; i += 1) {
      const answers = { I_LIST: counts[i % counts.length]! }
      builder.add(askedSections(list, answers), answers, { unit: null, form })
    }
  const respondents = builder.build()
  const places = Array.from({ length: respondents.count }, (_, place) => place)
  const sample = makeSample(places.map((place) => ({ place, weight: 1, stratum: '', psu: '' })))
  const [result] = questionResults(list, respondents, sample, true)
  return result!.mean!.estimate
}

it('the share of a list experiment and its interval stay within 0 and 1, whatever the two forms counted', () => {
  for (const [control, treated, end] of [
    [[1, 2], [1, 2, 1], 0],
    [[2, 3], [0, 1], 0],
    [[0, 1], [2, 3], 1],
  ] as const) {
    const { est, lo, hi } = shareOf(control, treated)
    expect(est).toBe(end)
    expect([lo! >= 0, hi! <= 1, lo! < hi!, lo! <= est! && est! <= hi!]).toEqual([true, true, true, true])
  }
  const inside = shareOf([1, 2], [2, 1, 2, 2])
  expect(inside.est).toBeCloseTo(0.25, 12)
  // 1.96 standard errors of the difference: two spreads of a half and 0.4330 over sixty answers each
  expect(inside.hi! - inside.est!).toBeCloseTo(inside.est! - inside.lo!, 12)
  expect(inside.hi! - inside.est!).toBeCloseTo(2.0 * Math.sqrt((0.25 + 0.1875) / 60), 2)
})
