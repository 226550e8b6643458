import { type Asked, askedSections } from './asked.ts'
import type { Questionnaire, SurveyAnswer, SurveyAnswers, SurveyItem, SurveyOption } from './definition.ts'
import { isStorable } from '../text.ts'

/** One fault of an answer. `path` is `answers.KEY`, or `answers` when the key itself is not one of ours. */
export interface SurveyIssue {
  readonly path: string
  readonly code: SurveyIssueCode
}
export type SurveyIssueCode =
  | 'unknown_item'
  | 'hidden_item'
  | 'wrong_type'
  | 'unknown_option'
  | 'duplicate_option'
  | 'exclusive_option'
  | 'too_many'
  | 'out_of_range'
  | 'too_precise'
  | 'bad_day'
  | 'too_long'
  | 'bad_text'
  | 'na_not_offered'
  | 'missing'

/** The longest answer in words, in UTF-16 code units, where the item names no other limit. */
export const TEXT_MAX = 2000
const KEY = /^[A-Z][A-Z0-9_]{0,31}(@[0-9]{1,18})?$/

/** About whom the answers are: the form they got, and the units that may be chosen, by id with their kind (null: any number is one). */
export interface SurveyContext {
  readonly form: string | null
  readonly units: ReadonlyMap<string, string> | null
}

/**
 * Checks answers as they travel: each belongs to a question that is asked (skip logic included) and has its form; with
 * `complete` every required one is there. Never repeats what was said. An empty list means they can be stored.
 */
export function checkSurveyAnswers(
  questionnaire: Questionnaire,
  answers: SurveyAnswers,
  context: SurveyContext,
  complete: boolean,
): SurveyIssue[] {
  const issues: SurveyIssue[] = []
  const askedKeys = new Set<string>()
  const look = (key: string, item: SurveyItem, code: string | null) => {
    askedKeys.add(key)
    const path = `answers.${key}`
    if (code !== null) issues.push({ path, code: code as SurveyIssueCode })
    else if (complete && item.required === true && !Object.hasOwn(answers, key)) issues.push({ path, code: 'missing' })
  }
  for (const { items } of askedSections(questionnaire, answers)) {
    for (const asked of items)
      for (const { key, fault } of faultsOf(asked, answers, context)) look(key, asked.item, fault)
  }
  const known = knownCodes(questionnaire)
  for (const key of Object.keys(answers)) {
    if (askedKeys.has(key)) continue
    const ours = KEY.test(key)
    const code = ours && known.has(key.replace(/@.*/, '')) ? 'hidden_item' : 'unknown_item'
    issues.push({ path: ours ? `answers.${key}` : 'answers', code })
  }
  return issues
}

function faultsOf({ key, item, rows }: Asked, answers: SurveyAnswers, context: SurveyContext) {
  const keys = item.type === 'matrix' ? rows.map((row) => row.key) : [key]
  return keys.map((one) => ({
    key: one,
    fault: answerFault(item, Object.hasOwn(answers, one) ? answers[one] : undefined, context),
  }))
}

/** What is wrong with one answer to a question, whatever else was said; null when nothing is. `undefined` is not answered. */
export function answerFault(
  item: SurveyItem,
  answer: SurveyAnswer | undefined,
  { form, units }: SurveyContext,
): SurveyIssueCode | null {
  if (answer === undefined) return null
  if (answer === null) return 'wrong_type'
  if (typeof answer === 'object' && !Array.isArray(answer)) {
    const isNa = Object.keys(answer).length === 1 && (answer as { na?: unknown }).na === true
    return !isNa ? 'wrong_type' : item.na === true ? null : 'na_not_offered'
  }
  switch (item.type) {
    case 'single':
    case 'matrix':
      return typeof answer !== 'string' ? 'wrong_type' : isOption(item.options, answer) ? null : 'unknown_option'
    case 'multiple':
    case 'ranking':
      return choicesFault(
        answer,
        (code) => isOption(item.options, code),
        item.atMost ?? item.options.length,
        item.options,
      )
    case 'units':
      return choicesFault(
        answer,
        (code) => /^[0-9]{1,18}$/.test(code) && (units === null || item.kinds.includes(units.get(code) ?? '')),
        item.atMost,
        [],
      )
    case 'number':
      return numberFault(answer, item.min, item.max, item.decimals ?? 0)
    case 'percent':
      return numberFault(answer, 0, 100, 1)
    case 'list':
      return numberFault(answer, 0, item.statements.length + (form !== null && item.treated.includes(form) ? 1 : 0), 0)
    case 'date':
      return dayFault(answer, item.min, item.max)
    case 'text':
      return textFault(answer, item.longest ?? TEXT_MAX)
  }
}

const isOption = (options: readonly SurveyOption[], code: string) => options.some((option) => option.code === code)

function choicesFault(
  answer: unknown,
  isKnown: (code: string) => boolean,
  atMost: number,
  options: readonly SurveyOption[],
): SurveyIssueCode | null {
  if (!Array.isArray(answer) || answer.length === 0 || !answer.every((code) => typeof code === 'string'))
    return 'wrong_type'
  if (answer.length > atMost) return 'too_many'
  if (new Set(answer).size !== answer.length) return 'duplicate_option'
  if (!answer.every(isKnown)) return 'unknown_option'
  const alone = options.some((option) => option.exclusive === true && answer.includes(option.code))
  return alone && answer.length > 1 ? 'exclusive_option' : null
}

function numberFault(answer: unknown, min: number, max: number, decimals: number): SurveyIssueCode | null {
  if (typeof answer !== 'number' || !Number.isFinite(answer)) return 'wrong_type'
  if (answer < min || answer > max) return 'out_of_range'
  return Number(answer.toFixed(decimals)) === answer ? null : 'too_precise'
}

function dayFault(answer: unknown, min: string | undefined, max: string | undefined): SurveyIssueCode | null {
  if (typeof answer !== 'string') return 'wrong_type'
  if (!/^\d{4}-\d{2}-\d{2}$/.test(answer)) return 'bad_day'
  const day = new Date(`${answer}T00:00:00Z`)
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== answer) return 'bad_day'
  return (min !== undefined && answer < min) || (max !== undefined && answer > max) ? 'out_of_range' : null
}

function textFault(answer: unknown, longest: number): SurveyIssueCode | null {
  if (typeof answer !== 'string') return 'wrong_type'
  if (answer.length > longest) return 'too_long'
  return isStorable(answer) ? null : 'bad_text'
}

/** Codes under which answers can travel, without units. */
function knownCodes(questionnaire: Questionnaire): ReadonlySet<string> {
  return new Set(
    questionnaire.sections.flatMap(({ items }) =>
      items.flatMap((item) => (item.type === 'matrix' ? item.rows.map((row) => row.code) : [item.code])),
    ),
  )
}
