import { answerKeys, askedSections } from '../questionnaire/asked.ts'
import type { Questionnaire, SurveyAnswers, SurveyItem } from '../questionnaire/definition.ts'
import { codeOf, keptApart } from '../questionnaire/parts.ts'

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
 * Which share of the questions that are put to a respondent was answered, 0 to 1, by their answers so far. Questions that are kept
 * apart count on neither side: what was said to them is not known here. "Không biết / không trả lời" is an answer.
 *
 * Source: AAPOR, Standard Definitions (10th ed., 2023), complete and partial interviews: part of all applicable questions.
 */
export function answeredShare(questionnaire: Questionnaire): (answers: SurveyAnswers) => number {
  const apart = keptApart(questionnaire)
  return (answers) => {
    const asked = answerKeys(askedSections(questionnaire, answers)).filter((key) => !apart.has(codeOf(key)))
    const answered = asked.filter((key) => Object.hasOwn(answers, key)).length
    return asked.length === 0 ? 0 : answered / asked.length
  }
}
