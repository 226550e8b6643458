import { expect, it } from 'vitest'
import { copyQuestionnaire } from '../../../api/core/questionnaire/own.ts'
import { itemFinder } from '../../../api/core/questionnaire/series.ts'
import { shippedQuestionnaires } from '../../../db/seeds/questionnaires/shipped.ts'

const form = shippedQuestionnaires.find(({ code }) => code === 'ddci-form')!
const first = copyQuestionnaire(form, { code: 'ddci-tinh', version: 1 })

/** Another name for a question, and whether it still means the same as before. */
function renamed(item: string, to: string, comparable: boolean) {
  const sections = first.sections.map((section) => ({
    ...section,
    items: section.items.map((one) =>
      one.code === item ? { ...one, code: to, lineage: one.lineage!.map((known) => ({ ...known, comparable })) } : one,
    ),
  }))
  return copyQuestionnaire({ ...first, sections }, { code: 'ddci-tinh', version: 2 })
}

it('finds its own questions, and under their old names those that a copy carries on, through any number of copies', () => {
  expect(itemFinder(form)('ddci-form', 'D_POLICY_CLEAR')).toBe('D_POLICY_CLEAR')
  const find = itemFinder(renamed('D_OVERALL', 'D_ALL', true))
  expect(find('ddci-form', 'D_OVERALL')).toBe('D_ALL')
  expect(find('ddci-tinh', 'D_OVERALL')).toBeNull()
  expect(find('ddci-tinh', 'D_ALL')).toBe('D_ALL')
  expect(find('ddci-form', 'D_POLICY_CLEAR')).toBe('D_POLICY_CLEAR')
  expect(find('business-survey', 'P_TYPE')).toBeNull()
})

it('ends a series where a question no longer means the same', () => {
  expect(itemFinder(renamed('D_OVERALL', 'D_ALL', false))('ddci-form', 'D_OVERALL')).toBeNull()
})
