import { answerKeys, askedSections } from './asked.ts'
import type { Questionnaire, SurveyAnswer, SurveyAnswers, SurveyItem } from './definition.ts'

/** The item or matrix that answers under a code belong to; a matrix is found by the codes of its rows. */
export function itemByCode(questionnaire: Questionnaire): ReadonlyMap<string, SurveyItem> {
  return new Map(
    questionnaire.sections.flatMap(({ items }) =>
      items.flatMap((item): [string, SurveyItem][] =>
        item.type === 'matrix' ? item.rows.map((row) => [row.code, item]) : [[item.code, item]],
      ),
    ),
  )
}

/** The code of an answer's key: `ITEM` of `ITEM@unit`. */
export function codeOf(key: string): string {
  const at = key.indexOf('@')
  return at < 0 ? key : key.slice(0, at)
}

/** Splits answers into those that may stand beside the respondent's stratum and those that are kept apart. */
export function splitSensitive(
  questionnaire: Questionnaire,
  answers: SurveyAnswers,
): { open: SurveyAnswers; sensitive: SurveyAnswers } {
  const items = itemByCode(questionnaire)
  const open: Record<string, SurveyAnswer> = {}
  const sensitive: Record<string, SurveyAnswer> = {}
  for (const [key, answer] of Object.entries(answers)) {
    const part = items.get(codeOf(key))?.sensitive === true ? sensitive : open
    part[key] = answer
  }
  return { open, sensitive }
}

/** The last question in order that was answered, for the drop-off; null when none was. */
export function lastAnswered(questionnaire: Questionnaire, answers: SurveyAnswers): string | null {
  return answerKeys(askedSections(questionnaire, answers)).findLast((key) => Object.hasOwn(answers, key)) ?? null
}
