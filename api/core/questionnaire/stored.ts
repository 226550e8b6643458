import { answerKeys, askedSections } from './asked.ts'
import type { Questionnaire, SurveyAnswer, SurveyAnswers } from './definition.ts'
import { codeOf, keptApart } from './parts.ts'

/** What a revision says: everything it knows, and the sensitive answers that it takes back. */
export interface Said {
  readonly answers: SurveyAnswers
  /** Keys of sensitive answers stored before that are no longer to be kept. */
  readonly cleared: readonly string[]
}

/**
 * A revision together with the sensitive answers that are stored and that it does not bring: sensitive answers are never sent back,
 * so another device cannot repeat them. They stay unless they are taken back, or their questions are no longer asked.
 * @param stored sensitive answers of an earlier revision, by key
 */
export function withStored(
  questionnaire: Questionnaire,
  { answers, cleared }: Said,
  stored: SurveyAnswers,
): SurveyAnswers {
  const apart = keptApart(questionnaire)
  const kept = Object.entries(stored).filter(
    ([key]) => apart.has(codeOf(key)) && !Object.hasOwn(answers, key) && !cleared.includes(key),
  )
  const all: Record<string, SurveyAnswer> = { ...Object.fromEntries(kept), ...answers }
  const asked = new Set(answerKeys(askedSections(questionnaire, all)))
  // what is not asked has no effect on what is, so one look is enough
  for (const [key] of kept) if (!asked.has(key)) delete all[key]
  return all
}
