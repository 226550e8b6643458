import { answerKeys, askedSections } from '../questionnaire/asked.ts'
import type { Questionnaire, SurveyAnswer, SurveyAnswers } from '../questionnaire/definition.ts'
import { codeOf, itemByCode } from '../questionnaire/parts.ts'

/** One question that two passes over the same paper form answer differently; null is left blank. */
export interface Difference {
  readonly key: string
  readonly first: SurveyAnswer | null
  readonly second: SurveyAnswer | null
}
/** What a person decided of a difference: one of the passes, or what the paper says in truth (null: it is blank). */
export type Choice = { readonly pass: 1 | 2 } | { readonly answer: SurveyAnswer | null }
export type Choices = Readonly<Record<string, Choice>>

/** Questions that two passes answer differently, in order. The order of several choices counts only in a ranking. */
export function differencesOf(questionnaire: Questionnaire, first: SurveyAnswers, second: SurveyAnswers): Difference[] {
  const items = itemByCode(questionnaire)
  const text = (key: string, answer: SurveyAnswer | undefined) =>
    JSON.stringify(Array.isArray(answer) && items.get(codeOf(key))?.type !== 'ranking' ? answer.toSorted() : answer)
  return keysOf(questionnaire, first, second)
    .filter((key) => text(key, first[key]) !== text(key, second[key]))
    .map((key) => ({ key, first: first[key] ?? null, second: second[key] ?? null }))
}

/** Keys of the questions that either pass was asked, in the order of the first that has them. */
export function keysOf(questionnaire: Questionnaire, first: SurveyAnswers, second: SurveyAnswers): string[] {
  const asked = (answers: SurveyAnswers) => answerKeys(askedSections(questionnaire, answers))
  return [...new Set([...asked(first), ...asked(second)])]
}

/**
 * One answer of two passes: what they agree on, and elsewhere what was chosen. A choice may hide questions; those fall away.
 * @returns the answers, and the keys of differences that are asked and that nobody has decided
 */
export function mergedPasses(
  questionnaire: Questionnaire,
  first: SurveyAnswers,
  second: SurveyAnswers,
  choices: Choices,
): { answers: SurveyAnswers; undecided: string[] } {
  const open = new Set(differencesOf(questionnaire, first, second).map(({ key }) => key))
  const answers: Record<string, SurveyAnswer> = {}
  for (const key of keysOf(questionnaire, first, second)) {
    const answer = open.has(key) ? chosen(choices[key], first[key], second[key]) : first[key]
    if (answer !== undefined && answer !== null) answers[key] = answer
  }
  const asked = answerKeys(askedSections(questionnaire, answers))
  return {
    answers: Object.fromEntries(asked.flatMap((key) => (Object.hasOwn(answers, key) ? [[key, answers[key]!]] : []))),
    undecided: asked.filter((key) => open.has(key) && !Object.hasOwn(choices, key)),
  }
}

function chosen(choice: Choice | undefined, first: SurveyAnswer | undefined, second: SurveyAnswer | undefined) {
  if (choice === undefined) return undefined
  if ('answer' in choice) return choice.answer
  return choice.pass === 1 ? first : second
}
