import type { Condition } from '../../../api/core/questionnaire/condition.ts'
import { itemByCode } from '../../../api/core/questionnaire/parts.ts'
import { own } from '../lib/locale.ts'
import type { Questionnaire } from './types.ts'
import { say } from './words.ts'

/** A condition as a sentence, with the names of options. */
export function conditionWords(condition: Condition, whole: Questionnaire): string {
  const items = itemByCode(whole)
  const words = (part: Condition): string => {
    if ('all' in part) return part.all.map(inner).join(say('words.and'))
    if ('any' in part) return part.any.map(inner).join(say('words.or'))
    if ('not' in part) return say('words.not', { part: words(part.not) })
    const { item } = part
    if ('answered' in part) return say(part.answered ? 'words.answered' : 'words.unanswered', { item })
    if ('is' in part) {
      const known = items.get(item)
      const options = known !== undefined && 'options' in known ? known.options : []
      const names = part.is.map(
        (code) => own(options.find((one) => one.code === code)?.text ?? { vi: '', en: '' }) || code,
      )
      return say('words.is', { item, options: names.map((name) => `“${name}”`).join(say('words.or')) })
    }
    const { from, to } = part
    if (from !== undefined && to !== undefined) return say('words.between', { item, from, to })
    return from === undefined ? say('words.to', { item, to: to ?? '' }) : say('words.from', { item, from })
  }
  /** Parts that join others stand in brackets. */
  const inner = (part: Condition): string => ('all' in part || 'any' in part ? `(${words(part)})` : words(part))
  return words(condition)
}
