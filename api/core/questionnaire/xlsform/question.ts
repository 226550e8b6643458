import type { Condition } from '../condition.ts'
import type { SurveyItem } from '../definition.ts'
import type { ChoiceList } from './choices.ts'
import { conditionOf } from './expression.ts'
import type { LeftList } from './left.ts'
import type { ReadText, Row } from './sheet.ts'

/** What a row's `type` asks for. */
export interface RowType {
  readonly word: string
  readonly list: string | null
  readonly orOther: boolean
}

/** Words of older forms for the same type. */
const ALIASES: Readonly<Record<string, string>> = {
  int: 'integer',
  string: 'text',
  'select one': 'select_one',
  'select one from': 'select_one',
  select1: 'select_one',
  'select multiple': 'select_multiple',
  'select multiple from': 'select_multiple',
  'select all that apply': 'select_multiple',
  'select all that apply from': 'select_multiple',
  'begin group': 'begin_group',
  'end group': 'end_group',
  'begin repeat': 'begin_repeat',
  'end repeat': 'end_repeat',
}
const WITH_LIST =
  /^(select_one|select one from|select one|select1|select_multiple|select multiple from|select multiple|select all that apply from|select all that apply|rank)\s+(\S+)(\s+or[ _]other)?$/

/** Splits `select_one yes_no or_other` into its parts. */
export function rowType(text: string): RowType {
  const plain = text.toLowerCase().replaceAll(/\s+/g, ' ')
  const match = WITH_LIST.exec(plain)
  if (match === null) return { word: ALIASES[plain] ?? plain, list: null, orOther: false }
  const [, word = '', , other] = match
  // Names of lists keep their case.
  const list = text.split(/\s+/)[word.split(' ').length] ?? ''
  return { word: ALIASES[word] ?? word, list, orOther: other !== undefined }
}

const TEXT_MAX = 1000
const HINT_MAX = 500
const SHORT_MAX = 200
/** Where a number has no limits in the file. */
const NUMBER_MAX = 1_000_000_000
const DECIMALS = 2
const YES = /^(yes|true|true\(\)|1)$/i
const NO = /^(no|false|false\(\)|0)$/i

/** What a question is made from beside its row. */
export interface QuestionPlace {
  readonly sheet: string
  readonly form: string
  readonly text: ReadText
  readonly left: LeftList
  readonly list: ChoiceList | null
}

/** The item of a row, or null for a type that we have not. Its condition is the caller's. */
export function questionOf(row: Row, type: RowType, code: string, place: QuestionPlace): SurveyItem | null {
  const { sheet, form, left, list } = place
  const text = place.text(row, 'label', TEXT_MAX)
  const hint = place.text(row, 'hint', HINT_MAX)
  const short = { vi: cutShort(text.vi), en: cutShort(text.en) }
  const required = row.cell.get('required')
  if (required !== undefined && !YES.test(required) && !NO.test(required))
    left.add(sheet, row.line, 'required', 'required_left', required)
  const base = {
    code,
    text,
    ...(hint.vi === '' && hint.en === '' ? {} : { hint }),
    short,
    ...(required !== undefined && YES.test(required) ? { required: true as const } : {}),
    source: `XLSForm ${form}, ${sheet} ${row.line}`,
  }
  if (type.orOther) left.add(sheet, row.line, 'type', 'or_other_left', row.cell.get('type') ?? '')
  const options = list?.options ?? []
  switch (type.word) {
    case 'select_one':
      return limited({ ...base, type: 'single', options }, row, place)
    case 'select_multiple':
      return limited({ ...base, type: 'multiple', options }, row, place)
    case 'rank':
      return limited({ ...base, type: 'ranking', options }, row, place)
    case 'integer':
    case 'decimal':
    case 'range': {
      const steps = type.word === 'range' ? (row.cell.get('parameters') ?? '') : ''
      const isDecimal = type.word === 'decimal' || /step\s*=\s*\d*\.\d/.test(steps)
      const at = (name: string) => new RegExp(`${name}\\s*=\\s*(-?\\d+(?:\\.\\d+)?)`).exec(steps)?.[1]
      const decimals = isDecimal ? { decimals: DECIMALS } : {}
      const unit = { vi: '', en: '' }
      const [min, max] = type.word === 'range' ? [Number(at('start') ?? 0), Number(at('end') ?? 10)] : [0, NUMBER_MAX]
      return limited({ ...base, type: 'number', unit, min, max, ...decimals }, row, place)
    }
    case 'date':
      return limited({ ...base, type: 'date' }, row, place)
    case 'text':
      return limited({ ...base, type: 'text' }, row, place)
    default:
      return null
  }
}

/** Takes the ends of a plain constraint over; tells what is left, and where ends are only assumed. */
function limited(item: SurveyItem, row: Row, { sheet, left }: QuestionPlace): SurveyItem {
  const constraint = row.cell.get('constraint')
  const ends = constraint === undefined ? null : endsOf(item, constraint)
  if (constraint !== undefined && ends === null) left.add(sheet, row.line, 'constraint', 'constraint_left', constraint)
  if (item.type === 'number') {
    const min = typeof ends?.from === 'number' ? ends.from : item.min
    const max = typeof ends?.to === 'number' ? ends.to : item.max
    if (ends?.from === undefined || ends.to === undefined) {
      const isRange = row.cell.get('type')?.toLowerCase() === 'range'
      if (!isRange) left.add(sheet, row.line, 'constraint', 'range_assumed', `${min} – ${max}`)
    }
    return { ...item, min, max }
  }
  if (item.type !== 'date' || ends === null) return item
  return {
    ...item,
    ...(typeof ends.from === 'string' ? { min: ends.from } : {}),
    ...(typeof ends.to === 'string' ? { max: ends.to } : {}),
  }
}

type Ends = Extract<Condition, { from?: unknown }>

/** The ends that a constraint such as `. >= 0 and . <= 100` sets; null where it says more, or anything else. */
function endsOf(item: SurveyItem, constraint: string): Ends | null {
  if (item.type !== 'number' && item.type !== 'date') return null
  const self = { item, code: item.code, option: () => null }
  const found = conditionOf(constraint, (name) => (name === '.' || name.toUpperCase() === item.code ? self : null))
  return found !== null && ('from' in found || 'to' in found) ? found : null
}

const cutShort = (text: string): string =>
  (text.split('\n')[0] ?? '')
    .slice(0, SHORT_MAX)
    .replace(/\p{Surrogate}$/u, '')
    .trim()
