import type { LocalText } from '../instrument/definition.ts'
import type {
  Questionnaire,
  SurveyAnswer,
  SurveyAnswers,
  SurveyItem,
  SurveyOption,
  SurveySection,
} from './definition.ts'

/** What a column holds: a code of `values`, 1 or 0 for one of several, a number, a day, words, or a unit's id. */
export type CodebookKind = 'choice' | 'mark' | 'number' | 'day' | 'text' | 'unit'

/** A code that a column can hold. `number` is its place on the scale where all have one, else its place in the list from 1. */
export interface CodebookValue {
  readonly code: string
  readonly number: number
  readonly label: LocalText
  readonly favourable: boolean
}

/** One column of a table of answers, as the data dictionary describes it. */
export interface CodebookEntry {
  /** Item or matrix row; `ITEM_option` for each option of multiple choice, `ITEM_1` … for places of a ranking or of units. */
  readonly name: string
  /** Under which the answer travels, without `@unit`. */
  readonly code: string
  /** The item it belongs to: the same, or the matrix of a row. */
  readonly item: string
  readonly type: SurveyItem['type']
  readonly kind: CodebookKind
  readonly section: string
  /** The `units` item whose units it is asked about, one by one. */
  readonly repeat: string | null
  /** Of `mark`: the option. */
  readonly option: string | null
  /** Of a ranking or units: the place from 0. */
  readonly place: number | null
  /** The whole question; the matrix's text stands before a row's. */
  readonly label: LocalText
  readonly short: LocalText
  readonly values: readonly CodebookValue[]
  readonly unit: LocalText | null
  readonly range: { readonly min: number | string | null; readonly max: number | string | null }
  readonly decimals: number
  readonly na: boolean
  readonly sensitive: boolean
  /** Whether everybody is asked: neither item, row nor section has a condition, and it does not repeat. */
  readonly askedOfAll: boolean
  readonly source: string
}

/** Why a cell has no value. None of them is zero, and they are three different things. */
export type Missing = 'dont_know' | 'skipped' | 'not_asked'
/** A code or a number, or why there is none. */
export type Cell = string | number | { readonly missing: Missing }
export const NO_VALUE = {
  dont_know: { missing: 'dont_know' },
  skipped: { missing: 'skipped' },
  not_asked: { missing: 'not_asked' },
} as const satisfies Record<Missing, Cell>

/** The columns of a questionnaire's answers, in the order of its questions. */
export function codebook({ sections }: Questionnaire): CodebookEntry[] {
  return sections.flatMap((section) => section.items.flatMap((item) => entriesOf(section, item)))
}

/**
 * What stands in a column for one respondent, or for one respondent and unit.
 * @param asked keys of the questions that were put to them (`answerKeys` of `askedSections`)
 * @param unit of a part that repeats
 */
export function cellOf(
  entry: CodebookEntry,
  answers: SurveyAnswers,
  asked: ReadonlySet<string>,
  unit: string | null = null,
): Cell {
  const key = entry.repeat === null || unit === null ? entry.code : `${entry.code}@${unit}`
  if (!asked.has(key)) return NO_VALUE.not_asked
  return saidCell(entry, Object.hasOwn(answers, key) ? answers[key] : undefined)
}

/** What stands in a column for one answer to a question that was put. */
export function saidCell({ option, place }: CodebookEntry, answer: SurveyAnswer | undefined): Cell {
  if (answer === undefined) return NO_VALUE.skipped
  if (typeof answer !== 'object') return answer
  if (!isList(answer)) return NO_VALUE.dont_know
  if (option !== null) return answer.includes(option) ? 1 : 0
  return answer[place ?? 0] ?? NO_VALUE.skipped
}

const isList = (answer: object): answer is readonly string[] => Array.isArray(answer)

function entriesOf(section: SurveySection, item: SurveyItem): CodebookEntry[] {
  const always = section.when === undefined && section.repeat === undefined && item.when === undefined
  const base: CodebookEntry = {
    name: item.code,
    code: item.code,
    item: item.code,
    type: item.type,
    kind: kindOf(item),
    section: section.code,
    repeat: section.repeat ?? null,
    option: null,
    place: null,
    label: item.text,
    short: item.short,
    values: 'options' in item && item.type !== 'multiple' ? valuesOf(item.options) : [],
    unit: item.type === 'number' ? item.unit : null,
    range: rangeOf(item),
    decimals: item.type === 'number' ? (item.decimals ?? 0) : item.type === 'percent' ? 1 : 0,
    na: item.na === true,
    sensitive: item.sensitive === true,
    askedOfAll: always,
    source: item.source,
  }
  switch (item.type) {
    case 'matrix':
      return item.rows.map(({ code, text, short, when }) => {
        const label = joined(item.text, text, ' ')
        return { ...base, name: code, code, label, short, askedOfAll: always && when === undefined }
      })
    case 'multiple':
      return item.options.map(({ code, text }) => ({
        ...base,
        name: `${item.code}_${code}`,
        option: code,
        label: joined(item.text, text, ' '),
        short: joined(item.short, text, ': '),
      }))
    case 'ranking':
      return places(base, item.atMost ?? item.options.length)
    case 'units':
      return places(base, item.atMost)
    default:
      return [base]
  }
}

const joined = (a: LocalText, b: LocalText, by: string): LocalText => ({ vi: a.vi + by + b.vi, en: a.en + by + b.en })

const places = (base: CodebookEntry, count: number): CodebookEntry[] =>
  Array.from({ length: count }, (_, place) => ({ ...base, name: `${base.code}_${place + 1}`, place }))

const KINDS: Readonly<Record<SurveyItem['type'], CodebookKind>> = {
  single: 'choice',
  multiple: 'mark',
  ranking: 'choice',
  number: 'number',
  percent: 'number',
  date: 'day',
  text: 'text',
  matrix: 'choice',
  list: 'number',
  units: 'unit',
}
const kindOf = ({ type }: SurveyItem): CodebookKind => KINDS[type]

function valuesOf(options: readonly SurveyOption[]): CodebookValue[] {
  const own = options.map(({ value }) => value)
  const isScale = own.every((value) => Number.isInteger(value)) && new Set(own).size === own.length
  return options.map(({ code, text, value, favourable }, i) => ({
    code,
    number: isScale && value !== undefined ? value : i + 1,
    label: text,
    favourable: favourable === true,
  }))
}

function rangeOf(item: SurveyItem): CodebookEntry['range'] {
  switch (item.type) {
    case 'number':
    case 'date':
      return { min: item.min ?? null, max: item.max ?? null }
    case 'percent':
      return { min: 0, max: 100 }
    case 'list':
      return { min: 0, max: item.statements.length + 1 }
    default:
      return { min: null, max: null }
  }
}
