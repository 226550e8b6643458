import type { Applicant, Instrument } from './definition.ts'
import { findItem, itemsFor, itemsOf } from './definition.ts'
import { isStorable } from '../text.ts'

/** One answer as it travels: an option's code, a text, or "Không nhớ / không áp dụng". */
export type Answer = string | { readonly na: true }

/** Answers by item code. An item that was not answered is absent. */
export type Answers = Readonly<Record<string, Answer>>

/** Answers as the tally counts them: the option's place (from 0) or 'na', by item code. Texts are not in it. */
export type Marks = Record<string, number | 'na'>

export type AnswerIssueCode =
  'unknown_item' | 'item_not_for_applicant' | 'unknown_option' | 'wrong_type' | 'too_long' | 'bad_text'

export type AnswerIssue = {
  readonly path: string
  readonly code: AnswerIssueCode
}

/** The longest comment, in UTF-16 code units, which is what `maxlength` in a browser counts. */
export const COMMENT_MAX = 2000

const isNa = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length === 1 &&
  (value as { na?: unknown }).na === true

/**
 * Checks what a client sent against the instrument. `answers` may be anything; the result is empty when every answer
 * belongs to an item of this applicant and has its form. An unknown item's name is only repeated in `path` when it
 * looks like an item code, so a problem document never echoes free text.
 */
export function checkAnswers(definition: Instrument, applicant: Applicant, answers: unknown): AnswerIssue[] {
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) {
    return [{ path: 'answers', code: 'wrong_type' }]
  }
  const allowed = new Set(itemsFor(definition, applicant).map((item) => item.code))
  const issues: AnswerIssue[] = []
  for (const [code, answer] of Object.entries(answers)) {
    const path = /^[A-Z][A-Z0-9_]{0,31}$/.test(code) ? `answers.${code}` : 'answers'
    const add = (issue: AnswerIssueCode) => issues.push({ path, code: issue })
    const item = findItem(definition, code)
    if (item === undefined) add('unknown_item')
    else if (!allowed.has(code)) add('item_not_for_applicant')
    else if (isNa(answer)) {
      if (item.na !== true) add('unknown_option')
    } else if (typeof answer !== 'string') add('wrong_type')
    else if (item.type === 'single') {
      if (!item.options.some((option) => option.code === answer)) add('unknown_option')
    } else if (answer.length > COMMENT_MAX) add('too_long')
    else if (!isStorable(answer)) add('bad_text')
  }
  return issues
}

/** Turns checked answers into marks for the tally. Text items and anything that is not an option are left out. */
export function toMarks(definition: Instrument, answers: Answers): Marks {
  const marks: Marks = {}
  for (const item of itemsOf(definition)) {
    if (item.type !== 'single' || !Object.hasOwn(answers, item.code)) continue
    const answer = answers[item.code]
    if (typeof answer === 'string') {
      const place = item.options.findIndex((option) => option.code === answer)
      if (place >= 0) marks[item.code] = place
    } else if (answer?.na === true && item.na === true) marks[item.code] = 'na'
  }
  return marks
}
