import { NA_MARK } from '../../../api/core/paper/words.ts'
import type { SurveyAnswer, SurveyItem, SurveyOption } from '../../../api/core/questionnaire/definition.ts'
import { readNumber } from '../../survey/typed-number.ts'

type Unit = { readonly id: number; readonly kind: string; readonly name: string }

/** Letters without marks and case, so that "thue" finds "Thuế". */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase()

/**
 * What was typed as an answer: options by their printed number or their code, several apart by a space or comma, days as
 * day/month/year, offices by a part of their name apart by semicolons, K for "không biết". Null is left blank; undefined is not
 * understood. Ranges are checked afterwards, by the rule that the server applies.
 */
export function typedAnswer(item: SurveyItem, typed: string, units: readonly Unit[]): SurveyAnswer | null | undefined {
  const text = typed.trim()
  if (text === '') return null
  if (item.type !== 'text' && text.toUpperCase() === NA_MARK) return { na: true }
  switch (item.type) {
    case 'single':
    case 'matrix':
      return optionOf(item.options, text)
    case 'multiple':
    case 'ranking':
      return all(text.split(/[\s,;.]+/), (one) => optionOf(item.options, one))
    case 'number':
      return readNumber(text, item.decimals ?? 0) ?? undefined
    case 'percent':
      return readNumber(text, 1) ?? undefined
    case 'list':
      return readNumber(text, 0) ?? undefined
    case 'date':
      return dayOf(text)
    case 'text':
      return text
    case 'units': {
      const known = units.filter(({ kind }) => item.kinds.includes(kind))
      return all(text.split(';'), (part) => unitOf(known, plain(part.trim())))
    }
  }
}

/** An answer as somebody would type it. */
export function asTyped(item: SurveyItem, answer: SurveyAnswer | undefined, units: readonly Unit[]): string {
  if (answer === undefined) return ''
  if (typeof answer === 'number') return String(answer).replace('.', ',')
  const number = (code: string) =>
    'options' in item ? String(item.options.findIndex((option) => option.code === code) + 1) : code
  if (typeof answer === 'string') {
    if (item.type === 'date') return answer.split('-').toReversed().join('/')
    return item.type === 'text' ? answer : number(answer)
  }
  if (!isList(answer)) return NA_MARK
  if (item.type !== 'units') return answer.map(number).join(' ')
  return answer.map((id) => units.find((unit) => String(unit.id) === id)?.name ?? id).join('; ')
}

const isList = (answer: SurveyAnswer): answer is readonly string[] => Array.isArray(answer)

function optionOf(options: readonly SurveyOption[], text: string): string | undefined {
  const byNumber = /^[1-9]\d?$/.test(text) ? options[Number(text) - 1] : undefined
  return (byNumber ?? options.find(({ code }) => code.toLowerCase() === text.toLowerCase()))?.code
}

function all(parts: readonly string[], read: (part: string) => string | undefined): readonly string[] | undefined {
  const found = parts.filter((part) => part.trim() !== '').map(read)
  return found.every((one) => one !== undefined) ? found : undefined
}

function dayOf(text: string): string | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/.-]?(\d{1,2})[/.-]?(\d{4})$/.exec(text) ?? []
  return year === '' ? undefined : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function unitOf(units: readonly Unit[], words: string): string | undefined {
  const exact = units.filter(({ name }) => plain(name) === words)
  const found = exact.length > 0 ? exact : units.filter(({ name }) => plain(name).includes(words))
  return found.length === 1 ? String(found[0]?.id) : undefined
}
