import { answerKeys, askedSections } from './asked.ts'
import { answerFault, type SurveyContext } from './check.ts'
import type { Questionnaire, SurveyAnswer, SurveyAnswers } from './definition.ts'
import { codeOf, itemByCode } from './parts.ts'

/** Answers that have the form of their questions; what somebody is still writing may not have it yet. */
export function soundAnswers(
  questionnaire: Questionnaire,
  answers: SurveyAnswers,
  context: SurveyContext,
): Record<string, SurveyAnswer> {
  const items = itemByCode(questionnaire)
  const sound = Object.entries(answers).filter(([key, answer]) => {
    const item = items.get(codeOf(key))
    return item !== undefined && answerFault(item, answer, context) === null
  })
  return Object.fromEntries(sound)
}

/** The answers that a server takes: sound ones to questions that are asked. What was given before its question disappeared is left out. */
export function sendableAnswers(
  questionnaire: Questionnaire,
  answers: SurveyAnswers,
  context: SurveyContext,
): Record<string, SurveyAnswer> {
  const sound = soundAnswers(questionnaire, answers, context)
  const keys = answerKeys(askedSections(questionnaire, sound)).filter((key) => Object.hasOwn(sound, key))
  return Object.fromEntries(keys.map((key) => [key, sound[key] as SurveyAnswer]))
}
