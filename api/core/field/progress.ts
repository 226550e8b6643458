import type { Questionnaire, SurveyItem } from '../questionnaire/definition.ts'
import { codeOf } from '../questionnaire/parts.ts'

/** One question in the order of the questionnaire; a row of a matrix is one of its own. */
export interface Question {
  readonly code: string
  readonly section: string
  readonly short: SurveyItem['short']
}

/** All questions in order, whether or not everybody is asked them. */
export function questionsOf({ sections }: Questionnaire): Question[] {
  return sections.flatMap((section) =>
    section.items.flatMap((item) =>
      (item.type === 'matrix' ? item.rows : [item]).map(({ code, short }) => ({ code, section: section.code, short })),
    ),
  )
}

/**
 * How far an answer got: the place of its last answered question among all, above 0 to 1. Questions that were skipped by rule
 * count as passed. 0 when nothing was answered, or by a question that the questionnaire does not have.
 * @param lastKey `ITEM` or `ITEM@unit`
 */
export function progressOf(questions: readonly Question[], lastKey: string | null): number {
  if (lastKey === null) return 0
  const at = questions.findIndex(({ code }) => code === codeOf(lastKey))
  return at < 0 ? 0 : (at + 1) / questions.length
}
