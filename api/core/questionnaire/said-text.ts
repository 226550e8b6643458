import { kept } from '../kept.ts'
import type { AnswerOf } from './asked-tests.ts'
import type { SurveyAnswer, SurveyAnswers } from './definition.ts'

/** What one respondent said, by `ITEM` or `ITEM@unit`: as JSON, and as it is; undefined where nothing was said. */
export interface Said {
  readonly textOf: (key: string) => string | undefined
  readonly answerOf: AnswerOf
}

/** An answer as PostgreSQL writes it in `jsonb`. */
const ANSWER = String.raw`"[^"\\]*"|\{"na": true\}|\[[^\]\\]*\]|[-+.\deE]+`
const TEXTS_KEPT = 1000

/**
 * Takes what one respondent said apart, from the text in which PostgreSQL writes `jsonb`, without making an object of it: answers
 * differ in what was skipped, and an engine makes a new class of objects for every such difference. One expression finds all
 * answers at once, since `jsonb` keeps its keys in one order: shorter ones first, then by bytes. Whatever it does not match (a
 * quotation mark within a text, answers about units, another order) goes through `JSON.parse`.
 *
 * @param codes of items: letters, digits and `_`
 */
export function saidReader(codes: readonly string[]): (text: string) => Said {
  const order = codes.toSorted((a, b) => a.length - b.length || (a < b ? -1 : Number(a > b)))
  const groups = new Map(order.map((code, place) => [code, place + 1]))
  const whole = new RegExp(`^\\{${order.map((code) => `(?:"${code}": (${ANSWER})(?:, )?)?`).join('')}\\}$`)
  const answerIn = kept(TEXTS_KEPT, (text: string) => JSON.parse(text) as SurveyAnswer)
  return (text) => {
    const found = whole.exec(text)
    if (found === null) return saidIn(JSON.parse(text) as SurveyAnswers)
    const textOf = (key: string) => found[groups.get(key) ?? -1]
    const answerOf = (key: string) => {
      const answer = textOf(key)
      return answer === undefined ? undefined : answerIn(answer)
    }
    return { textOf, answerOf }
  }
}

/** The same of answers that are an object. */
export function saidIn(answers: SurveyAnswers): Said {
  const answerOf = (key: string) => (Object.hasOwn(answers, key) ? answers[key] : undefined)
  return { textOf: (key) => JSON.stringify(answerOf(key)), answerOf }
}
