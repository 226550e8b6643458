import { itemsOf, type Instrument, type InstrumentItem } from '../instrument/definition.ts'
import type { Questionnaire, SurveyItem } from '../questionnaire/definition.ts'
import { itemByCode } from '../questionnaire/parts.ts'
import type { IndexDefinition, IndexIndicator } from './definition.ts'
import type { DefinitionFault } from './validate.ts'

/** What an indicator can be asked of: a rating instrument or a survey. */
export type ItemSource = Instrument | Questionnaire

type FromItem = Extract<IndexIndicator['from'], { instrument: string }>

/** What of an item decides which statistics it can give. */
interface Askable {
  readonly type: string
  readonly options: readonly { readonly code: string; readonly favourable?: true }[]
}

/** Faults of the places indicators take their values from, see `validateDefinition`. */
export function sourceFaults({ indicators }: IndexDefinition, sources: readonly ItemSource[]): DefinitionFault[] {
  const known = new Map(sources.map((source) => [source.code, askables(source)]))
  return indicators.flatMap(({ from }, i): DefinitionFault[] =>
    from === undefined || 'hard' in from ? [] : itemFaults(from, `indicators.${i}.from`, known),
  )
}

/** Items by code; a row of a matrix is a single choice among the options of the matrix. */
function askables(source: ItemSource): Map<string, Askable> {
  const items: [string, InstrumentItem | SurveyItem][] =
    'rotation' in source ? itemsOf(source).map((item) => [item.code, item]) : [...itemByCode(source)]
  return new Map(
    items.map(([code, item]) => [
      code,
      { type: item.type === 'matrix' ? 'single' : item.type, options: 'options' in item ? item.options : [] },
    ]),
  )
}

function itemFaults(
  { instrument, item, statistic, options = [], over }: FromItem,
  path: string,
  known: ReadonlyMap<string, ReadonlyMap<string, Askable>>,
): DefinitionFault[] {
  const items = known.get(instrument)
  if (items === undefined) return [{ path: `${path}.instrument`, code: 'unknown_instrument', subject: instrument }]
  const asked = items.get(item)
  if (asked === undefined) return [{ path: `${path}.item`, code: 'unknown_item', subject: item }]
  const faults: DefinitionFault[] = []
  for (const [i, option] of options.entries()) {
    if (asked.options.some(({ code }) => code === option)) continue
    faults.push({ path: `${path}.options.${i}`, code: 'unknown_option', subject: option })
  }
  if (!gives(asked, statistic)) faults.push({ path: `${path}.statistic`, code: 'statistic_unfit', subject: item })
  else if (
    statistic === 'share' &&
    options.length === 0 &&
    !asked.options.some(({ favourable }) => favourable === true)
  ) {
    faults.push({ path: `${path}.options`, code: 'options_needed' })
  }
  if (statistic === 'ratio' && over === undefined) faults.push({ path: `${path}.over`, code: 'over_needed' })
  if (over !== undefined && !items.has(over)) faults.push({ path: `${path}.over`, code: 'unknown_item', subject: over })
  return faults
}

/** Whether the answers to an item can be made into a statistic: shares need options, means and medians numbers or options. */
function gives({ type, options }: Askable, statistic: FromItem['statistic']): boolean {
  switch (statistic) {
    case 'count':
      return true
    case 'share':
      return type === 'single' || type === 'multiple'
    case 'top2':
      return type === 'single' && options.length > 2
    default:
      return type === 'single' || type === 'number' || type === 'percent'
  }
}
