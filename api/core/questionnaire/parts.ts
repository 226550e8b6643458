import type { Condition } from './condition.ts'
import { answerKeys, askedSections } from './asked.ts'
import type { Questionnaire, SurveyAnswer, SurveyAnswers, SurveyItem } from './definition.ts'
import { itemsRead } from './holds.ts'

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

/** Codes of answers that are kept apart. */
export interface ApartCodes {
  readonly apart: ReadonlySet<string>
  /** Those of them that are asked only on account of another: that they were asked tells what was said there. */
  readonly followUps: ReadonlySet<string>
}

/** Which answers are kept apart: of sensitive items, and of whatever is asked only on account of one. */
export function apartCodes(questionnaire: Questionnaire): ApartCodes {
  const apart = new Set<string>()
  const followUps = new Set<string>()
  const tells = (when: Condition | undefined) => when !== undefined && itemsRead(when).some((code) => apart.has(code))
  // in order, since a condition reads only what is asked before
  for (const section of questionnaire.sections) {
    const isTold = tells(section.when) || (section.repeat !== undefined && apart.has(section.repeat))
    for (const item of section.items) {
      const parts = item.type === 'matrix' ? item.rows : [item]
      const told = parts.filter(({ when }) => isTold || tells(item.when) || tells(when))
      for (const { code } of item.sensitive === true ? parts : told) apart.add(code)
      for (const { code } of told) followUps.add(code)
    }
  }
  return { apart, followUps }
}

/** Codes of all answers that are kept apart. */
export function keptApart(questionnaire: Questionnaire): ReadonlySet<string> {
  return apartCodes(questionnaire).apart
}

/** Splits answers into those that may stand beside the respondent's stratum and those that are kept apart. */
export function splitSensitive(
  questionnaire: Questionnaire,
  answers: SurveyAnswers,
): { open: SurveyAnswers; sensitive: SurveyAnswers } {
  const apart = keptApart(questionnaire)
  const open: Record<string, SurveyAnswer> = {}
  const sensitive: Record<string, SurveyAnswer> = {}
  for (const [key, answer] of Object.entries(answers)) {
    const part = apart.has(codeOf(key)) ? sensitive : open
    part[key] = answer
  }
  return { open, sensitive }
}

/** The last question in order that was answered and is not kept apart, for the drop-off; null when none was. */
export function lastAnswered(questionnaire: Questionnaire, answers: SurveyAnswers): string | null {
  const apart = keptApart(questionnaire)
  const keys = answerKeys(askedSections(questionnaire, answers))
  return keys.findLast((key) => Object.hasOwn(answers, key) && !apart.has(codeOf(key))) ?? null
}
