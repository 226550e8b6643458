import type { Questionnaire, SurveyItem } from './definition.ts'
import type { QuestionnaireFault } from './faults.ts'
import { isDay } from './item-faults.ts'
import { layoutOf, leavesOf, type Layout, type Leaf, type Place, type Question } from './layout.ts'

type Fault = Pick<QuestionnaireFault, 'code' | 'subject'> & { readonly at?: string }

/** Faults of conditions and repeats by what they read: unknown, later, repeated or sensitive items, and values they cannot have. */
export function conditionFaults(questionnaire: Questionnaire): QuestionnaireFault[] {
  const layout = layoutOf(questionnaire)
  return [...repeatFaults(questionnaire, layout), ...layout.places.flatMap((place) => placeFaults(layout, place))]
}

function placeFaults(layout: Layout, place: Place): QuestionnaireFault[] {
  if (place.own === undefined) return []
  return leavesOf(place.own, `${place.path}.when`).flatMap(({ path, leaf }) =>
    leafFaults(layout, place, leaf).map(({ at, ...fault }) => ({ path: `${path}.${at ?? 'item'}`, ...fault })),
  )
}

function leafFaults(layout: Layout, place: Place, leaf: Leaf): Fault[] {
  const subject = leaf.item
  const question = layout.questions.get(subject)
  if (question === undefined) return [{ code: layout.matrices.has(subject) ? 'reads_matrix' : 'unknown_item', subject }]
  if (question.order >= place.order)
    return [{ code: isLoop(layout, place, question) ? 'loop' : 'reads_later', subject }]
  if (question.repeat !== null && question.repeat !== place.repeat) return [{ code: 'reads_repeated', subject }]
  // That a question was asked would tell the sensitive answer on which it depends, unless it is kept apart as well.
  const isApart = place.holds.every((code) => layout.questions.get(code)?.item.sensitive === true)
  if (question.item.sensitive === true && !isApart) return [{ code: 'reads_sensitive', subject }]
  return valueFaults(question.item, leaf)
}

/** Whether what is read depends, over any number of steps, on the place that reads it. */
function isLoop({ questions }: Layout, place: Place, read: Question): boolean {
  const within = new Set(place.holds)
  const seen = new Set<string>()
  const waiting = [read.code]
  for (let code = waiting.pop(); code !== undefined; code = waiting.pop()) {
    if (within.has(code)) return true
    if (seen.has(code)) continue
    seen.add(code)
    for (const when of questions.get(code)?.when ?? []) waiting.push(...leavesOf(when, '').map(({ leaf }) => leaf.item))
  }
  return false
}

function valueFaults(item: SurveyItem, leaf: Leaf): Fault[] {
  const subject = item.code
  if ('answered' in leaf) return []
  if ('is' in leaf) {
    if (!('options' in item)) return [{ code: 'comparison_unfit', subject }]
    const codes = new Set(item.options.map(({ code }) => code))
    return leaf.is.flatMap((code, i) =>
      codes.has(code) ? [] : [{ code: 'unknown_option' as const, subject: code, at: `is.${i}` }],
    )
  }
  const range = rangeOf(item)
  if (range === null) return [{ code: 'comparison_unfit', subject }]
  const ends = (['from', 'to'] as const).flatMap((at): Fault[] => {
    const value = leaf[at]
    if (value === undefined) return []
    if (typeof value !== range.type) return [{ code: 'comparison_unfit', subject, at }]
    if (typeof value === 'string' && !isDay(value)) return [{ code: 'bad_day', subject, at }]
    const isOutside = (range.min !== undefined && value < range.min) || (range.max !== undefined && value > range.max)
    return isOutside ? [{ code: 'out_of_range', subject, at }] : []
  })
  if (ends.length > 0) return ends
  const isEmpty = leaf.from === undefined ? leaf.to === undefined : leaf.to !== undefined && leaf.from > leaf.to
  return isEmpty ? [{ code: 'empty_range', subject, at: 'from' }] : []
}

/** What numbers or days an item can have; null for one that has neither. */
function rangeOf(
  item: SurveyItem,
): { type: 'number'; min: number; max: number } | { type: 'string'; min?: string; max?: string } | null {
  switch (item.type) {
    case 'number':
      return { type: 'number', min: item.min, max: item.max }
    case 'percent':
      return { type: 'number', min: 0, max: 100 }
    case 'list':
      return { type: 'number', min: 0, max: item.statements.length + 1 }
    case 'date': {
      const { min, max } = item
      return { type: 'string', ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
    }
    default:
      return null
  }
}

function repeatFaults({ sections }: Questionnaire, { questions }: Layout): QuestionnaireFault[] {
  return sections.flatMap(({ repeat: subject }, s): QuestionnaireFault[] => {
    if (subject === undefined) return []
    const path = `sections.${s}.repeat`
    const read = questions.get(subject)
    if (read === undefined) return [{ path, code: 'unknown_item', subject }]
    if (read.item.type !== 'units') return [{ path, code: 'not_units', subject }]
    return read.section >= s ? [{ path, code: read.section === s ? 'loop' : 'reads_later', subject }] : []
  })
}
