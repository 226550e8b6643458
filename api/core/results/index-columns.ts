import { MIN_SENSITIVE, MIN_SHOW } from '../disclosure/thresholds.ts'
import type { IndexDefinition, IndexIndicator } from '../index/definition.ts'
import type { Column } from '../index/estimate/answers.ts'
import { optionValues } from '../index/estimate/option-values.ts'
import type { Questionnaire, SurveyItem } from '../questionnaire/definition.ts'
import { itemByCode, keptApart } from '../questionnaire/parts.ts'
import { itemFinder } from '../questionnaire/series.ts'
import { CELL, type Respondents, type SurveyColumn } from './respondents.ts'

/** An indicator that a questionnaire's answers give, and how a row's value of it is read. */
export interface IndexColumn extends Column {
  /** Of the question in the codebook. */
  readonly item: string
  /** Whether rows are ratings of units. */
  readonly repeats: boolean
  /** Answers below which nothing is shown. */
  readonly minimum: number
  /** Value and, of a ratio, the amount below the line; null without an answer. */
  readonly read: (row: number) => { readonly value: number; readonly over: number } | null
}

type FromItem = Extract<IndexIndicator['from'], { instrument: string }>

/** Fewest answers of an item below which nothing is shown: its own, more for what is kept apart. */
export function minimumOf({ minimum = 0 }: Pick<SurveyItem, 'minimum'>, isApart: boolean): number {
  return Math.max(MIN_SHOW, minimum, isApart ? MIN_SENSITIVE : 0)
}

/** Indicators that read an answer which is kept apart, by code. */
export function apartIndicators(
  { indicators }: Pick<IndexDefinition, 'indicators'>,
  questionnaire: Questionnaire,
): ReadonlySet<string> {
  const apart = keptApart(questionnaire)
  const find = itemFinder(questionnaire)
  const reads = ({ from }: IndexIndicator) =>
    from !== undefined &&
    'item' in from &&
    [from.item, from.over].some((item) => item !== undefined && apart.has(find(from.instrument, item) ?? ''))
  return new Set(indicators.filter(reads).map(({ code }) => code))
}

/**
 * The columns of an edition that a questionnaire's answers give, by the indicator's code: from its own questions, and from those
 * that carry on a question which the edition asks. What it lacks, or asks without an option that the edition counts, gives no column.
 */
export function indexColumns(
  { indicators }: Pick<IndexDefinition, 'indicators'>,
  questionnaire: Questionnaire,
  respondents: Respondents,
): IndexColumn[] {
  const items = itemByCode(questionnaire)
  const apart = apartIndicators({ indicators }, questionnaire)
  const find = itemFinder(questionnaire)
  const columnsOf = Map.groupBy(respondents.columns.values(), ({ entry }) => entry.code)
  return indicators.flatMap(({ code, from }): IndexColumn[] => {
    if (from === undefined || 'hard' in from) return []
    const question = find(from.instrument, from.item) ?? ''
    const item = items.get(question)
    const own = columnsOf.get(question) ?? []
    const over = from.over === undefined ? undefined : columnsOf.get(find(from.instrument, from.over) ?? '')?.[0]
    const read = item === undefined ? null : reader(item, own, from, over)
    const [first] = own
    if (item === undefined || read === null || first === undefined) return []
    const rates = 'responsible' as const
    const repeats = first.entry.repeat !== null
    return [
      {
        code,
        rates,
        statistic: from.statistic,
        item: question,
        repeats,
        minimum: minimumOf(item, apart.has(code)),
        read,
      },
    ]
  })
}

function reader(
  item: SurveyItem,
  own: readonly SurveyColumn[],
  from: FromItem,
  below: SurveyColumn | undefined,
): IndexColumn['read'] | null {
  const [first] = own
  if (first === undefined) return null
  if ('options' in item && from.options?.some((chosen) => !item.options.some(({ code }) => code === chosen)))
    return null
  const { state, value } = first
  const has = (row: number) => state[row] === CELL.value
  switch (item.type) {
    case 'single':
    case 'matrix': {
      const worth = optionValues(item.options, from)
      return (row) => (has(row) ? { value: worth[value[row]!]!, over: 1 } : null)
    }
    case 'multiple': {
      const chosen = optionValues(item.options, from)
      const marks = own.filter((_, place) => chosen[place]! > 0)
      return (row) => (has(row) ? { value: Number(marks.some((mark) => mark.value[row]! > 0)), over: 1 } : null)
    }
    case 'number':
    case 'percent': {
      if (from.statistic !== 'ratio') return (row) => (has(row) ? { value: value[row]!, over: 1 } : null)
      if (below === undefined || below.entry.repeat !== first.entry.repeat) return null
      return (row) =>
        has(row) && below.state[row] === CELL.value ? { value: value[row]!, over: below.value[row]! } : null
    }
    default:
      return null
  }
}
