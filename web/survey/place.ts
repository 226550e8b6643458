import { answerKeys, type AskedSection } from '../../api/core/questionnaire/asked.ts'
import { answerFault, type SurveyContext, type SurveyIssueCode } from '../../api/core/questionnaire/check.ts'
import type { SurveyAnswers } from '../../api/core/questionnaire/definition.ts'
import { codeOf, itemByCode } from '../../api/core/questionnaire/parts.ts'
import { contextOf, type Survey } from './survey.ts'

/** The page after the last part, as a place; no part has such a code. */
export const REVIEW = '/review'

/** An answer of a page that must be looked at again. */
export interface Fault {
  readonly key: string
  readonly code: SurveyIssueCode
}

/** What is wrong with the answers of some pages. @param hidden answers that only the server knows */
export function faultsOf(
  pages: readonly AskedSection[],
  survey: Survey,
  said: { readonly answers: SurveyAnswers; readonly hidden: readonly string[] },
): Fault[] {
  const items = itemByCode(survey.questionnaire.definition)
  const context: SurveyContext = contextOf(survey)
  return answerKeys(pages).flatMap((key): Fault[] => {
    const item = items.get(codeOf(key))
    const answer = said.answers[key]
    if (item === undefined) return []
    const code = answerFault(item, answer, context)
    if (code !== null) return [{ key, code }]
    const isMissing = item.required === true && answer === undefined && !said.hidden.includes(key)
    return isMissing ? [{ key, code: 'missing' }] : []
  })
}

/** How many of the questions of some pages are answered. */
export function answeredCount(
  pages: readonly AskedSection[],
  answers: SurveyAnswers,
  hidden: readonly string[],
): number {
  return answerKeys(pages).filter((key) => Object.hasOwn(answers, key) || hidden.includes(key)).length
}

/** Where somebody who comes back goes on: the last part with an answer, or the one after when nothing is left of it. */
export function resumeAt(pages: readonly AskedSection[], answers: SurveyAnswers, hidden: readonly string[]): string {
  const last = pages.findLastIndex((page) => answeredCount([page], answers, hidden) > 0)
  const page = pages[last]
  if (page === undefined) return pages[0]?.key ?? REVIEW
  const isWhole = answeredCount([page], answers, hidden) === answerKeys([page]).length
  return isWhole ? (pages[last + 1]?.key ?? REVIEW) : page.key
}
