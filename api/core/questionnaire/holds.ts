import type { Condition } from './condition.ts'
import type { SurveyAnswer } from './definition.ts'

/** Whether an answer says something: absent and "không biết / không trả lời" do not. */
export function isGiven(answer: SurveyAnswer | undefined): answer is Exclude<SurveyAnswer, { readonly na: true }> {
  return answer !== undefined && (typeof answer !== 'object' || Array.isArray(answer))
}

/**
 * Whether a condition holds. A comparison with an item that says nothing is false, also below `not`, which turns it round.
 * @param answerOf the answer to an item, undefined where there is none
 */
export function holds(condition: Condition, answerOf: (item: string) => SurveyAnswer | undefined): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, answerOf))
  if ('any' in condition) return condition.any.some((part) => holds(part, answerOf))
  if ('not' in condition) return !holds(condition.not, answerOf)
  const answer = answerOf(condition.item)
  if ('answered' in condition) return isGiven(answer) === condition.answered
  if (!isGiven(answer)) return false
  if ('is' in condition) {
    const chosen = typeof answer === 'object' ? answer : [String(answer)]
    return chosen.some((code) => condition.is.includes(code))
  }
  return (
    (condition.from === undefined || inOrder(condition.from, answer)) &&
    (condition.to === undefined || inOrder(answer, condition.to))
  )
}

/** Numbers by size, days by calendar; two different kinds are in no order. */
function inOrder(a: unknown, b: unknown): boolean {
  return (
    (typeof a === 'number' && typeof b === 'number' && a <= b) ||
    (typeof a === 'string' && typeof b === 'string' && a <= b)
  )
}

/** Items that a condition reads. */
export function itemsRead(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(itemsRead)
  if ('any' in condition) return condition.any.flatMap(itemsRead)
  if ('not' in condition) return itemsRead(condition.not)
  return [condition.item]
}
