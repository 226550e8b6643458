import type { Condition } from '../questionnaire/condition.ts'
import type { Questionnaire, SurveyItem } from '../questionnaire/definition.ts'
import type { Language } from './words.ts'
import { WORDS } from './words.ts'

/** The number of a question on paper: `7`, or `7b` for a row of a matrix. */
export interface Numbered {
  readonly label: string
  readonly item: SurveyItem
}
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** Numbers of all questions by code, in order from 1; the rows of a matrix share its number. */
export function numbersOf({ sections }: Questionnaire): ReadonlyMap<string, Numbered> {
  const numbers = new Map<string, Numbered>()
  for (const [at, item] of sections.flatMap(({ items }) => items).entries()) {
    numbers.set(item.code, { label: String(at + 1), item })
    if (item.type !== 'matrix') continue
    for (const [row, { code }] of item.rows.entries())
      numbers.set(code, { label: `${at + 1}${LETTERS[row] ?? `.${row + 1}`}`, item })
  }
  return numbers
}

/** A condition in words, with questions and options by their printed numbers: "câu 5 chọn 1 hoặc 2". */
export function conditionWords(
  condition: Condition,
  numbers: ReadonlyMap<string, Numbered>,
  language: Language,
): string {
  const words = WORDS[language]
  const part = (one: Condition): string => {
    const text = conditionWords(one, numbers, language)
    return 'all' in one || 'any' in one ? `(${text})` : text
  }
  if ('all' in condition) return condition.all.map(part).join(words.and)
  if ('any' in condition) return condition.any.map(part).join(words.or)
  if ('not' in condition) return `${words.not} ${part(condition.not)}`
  const asked = numbers.get(condition.item)
  const question = `${words.question} ${asked?.label ?? condition.item}`
  if ('answered' in condition) return `${question} ${condition.answered ? words.answered : words.blank}`
  if ('is' in condition) {
    const options = asked && 'options' in asked.item ? asked.item.options : []
    const chosen = condition.is.map((code) => String(options.findIndex((option) => option.code === code) + 1 || code))
    return `${question} ${words.chose} ${chosen.join(words.or)}`
  }
  const from = condition.from === undefined ? '' : `${words.from} ${condition.from}`
  const to = condition.to === undefined ? '' : `${words.to} ${condition.to}`
  return [question, from, to].filter((text) => text !== '').join(' ')
}
