import type { LocalText } from '../../../api/core/instrument/definition.ts'
import type { Condition } from '../../../api/core/questionnaire/condition.ts'
import type { Questionnaire, SurveyItem, SurveySection } from '../../../api/core/questionnaire/definition.ts'

/** Changes of a definition as plain functions: each gives a new one and leaves the old as it was. */
export type Path = readonly (string | number)[]

/** What stands at a path, undefined where nothing does. */
export function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  )
}

/** With another value at a path; `undefined` takes the field away. */
export function put<T>(whole: T, path: Path, value: unknown): T {
  const [key, ...rest] = path
  if (key === undefined) return value as T
  const next = rest.length === 0 ? value : put(at(whole, [key]), rest, value)
  if (Array.isArray(whole)) return whole.map((one: unknown, i) => (i === Number(key) ? next : one)) as T
  const { [key]: _before, ...others } = (whole ?? {}) as Record<string, unknown>
  return (next === undefined ? others : { ...(whole as object), [key]: next }) as T
}

const listAt = (whole: unknown, path: Path): readonly unknown[] => (at(whole, path) ?? []) as readonly unknown[]

export const insert = <T>(whole: T, path: Path, index: number, value: unknown): T =>
  put(whole, path, listAt(whole, path).toSpliced(index, 0, value))

export const remove = <T>(whole: T, path: Path, index: number): T =>
  put(whole, path, listAt(whole, path).toSpliced(index, 1))

/** Moves an entry of a list by some places; at an end it stays. */
export function move<T>(whole: T, path: Path, index: number, by: number): T {
  const list = listAt(whole, path)
  const to = Math.min(Math.max(index + by, 0), list.length - 1)
  return put(whole, path, list.toSpliced(index, 1).toSpliced(to, 0, list[index]))
}

const SHORT_MAX = 200

/**
 * Sets a text. One that may be absent goes when it is empty in both languages, and a short name that was the same as the
 * question's words follows them.
 */
export function putText<T>(whole: T, path: Path, text: LocalText): T {
  const [name] = path.slice(-1)
  const isAbsent = (name === 'hint' || name === 'intro') && text.vi === '' && text.en === ''
  const next = put(whole, path, isAbsent ? undefined : text)
  const besides = [...path.slice(0, -1), 'short']
  const short = at(whole, besides) as LocalText | undefined
  const before = at(whole, path) as LocalText | undefined
  if (name !== 'text' || short === undefined || before === undefined) return next
  const follow = (language: 'vi' | 'en') =>
    short[language] === before[language].slice(0, SHORT_MAX) ? text[language].slice(0, SHORT_MAX) : short[language]
  return put(next, besides, { vi: follow('vi'), en: follow('en') })
}

/** Where an item stands. */
export interface ItemPlace {
  readonly section: number
  readonly item: number
}

/** Moves an item one place up or down; from the end of a section into the next. @returns null where there is no place left */
export function moveItem(
  whole: Questionnaire,
  { section, item }: ItemPlace,
  by: 1 | -1,
): { whole: Questionnaire; place: ItemPlace } | null {
  const items = whole.sections[section]?.items ?? []
  const one = items[item]
  if (one === undefined) return null
  if (item + by >= 0 && item + by < items.length)
    return { whole: move(whole, ['sections', section, 'items'], item, by), place: { section, item: item + by } }
  const other = whole.sections[section + by]
  if (other === undefined) return null
  const to = by === 1 ? 0 : other.items.length
  const without = remove(whole, ['sections', section, 'items'], item)
  return {
    whole: insert(without, ['sections', section + by, 'items'], to, one),
    place: { section: section + by, item: to },
  }
}

/** Every code of an item, a matrix or a row. */
function codesOf({ sections }: Questionnaire): Set<string> {
  return new Set(
    sections.flatMap(({ items }) =>
      items.flatMap((item) => [item.code, ...(item.type === 'matrix' ? item.rows.map(({ code }) => code) : [])]),
    ),
  )
}

/** A code that is not taken: the prefix with the first free number. */
export function freeCode(taken: ReadonlySet<string>, prefix: string): string {
  for (let n = taken.size + 1; ; n += 1) if (!taken.has(`${prefix}${n}`)) return `${prefix}${n}`
}

/** Where a question comes from when whoever writes it says nothing else. */
const OWN_SOURCE = 'Câu hỏi của tỉnh'

const empty = () => ({ vi: '', en: '' })
const newOptions = () => ['1', '2'].map((code) => ({ code, text: empty() }))

/** A new, empty question of a kind. */
export function newItem(whole: Questionnaire, type: SurveyItem['type']): SurveyItem {
  const codes = codesOf(whole)
  const code = freeCode(codes, 'Q')
  const base = { code, text: empty(), short: empty(), source: OWN_SOURCE }
  switch (type) {
    case 'single':
    case 'multiple':
    case 'ranking':
      return { ...base, type, options: newOptions() }
    case 'number':
      return { ...base, type, unit: empty(), min: 0, max: 100 }
    case 'matrix':
      return { ...base, type, options: newOptions(), rows: [{ code: `${code}_1`, text: empty(), short: empty() }] }
    case 'list':
      return { ...base, type, statements: [empty(), empty()], extra: empty(), treated: (whole.forms ?? []).slice(1, 2) }
    case 'units':
      return { ...base, type, kinds: ['department'], atMost: 3 }
    case 'percent':
    case 'date':
    case 'text':
      return { ...base, type }
  }
}

export function newSection(whole: Questionnaire): SurveySection {
  return { code: freeCode(new Set(whole.sections.map(({ code }) => code)), 'phan_'), title: empty(), items: [] }
}

/** The same question as another kind: what both kinds have is kept. */
export function asType(whole: Questionnaire, item: SurveyItem, type: SurveyItem['type']): SurveyItem {
  const { code, text, hint, short, when, required, na, sensitive, minimum, source, lineage } = item
  const base = { hint, when, required, na, sensitive, minimum, lineage }
  const kept = Object.fromEntries(Object.entries(base).filter(([, value]) => value !== undefined))
  const options = 'options' in item && item.options.length > 0 ? { options: item.options } : {}
  const fresh = newItem(whole, type)
  const rows = fresh.type === 'matrix' ? { rows: fresh.rows.map((row) => ({ ...row, code: `${code}_1` })) } : {}
  return { ...fresh, ...('options' in fresh ? options : {}), ...rows, ...kept, code, text, short, source } as SurveyItem
}

/** Gives an item or row another code, wherever it is named: in conditions and where a section repeats. */
export function renameItem(whole: Questionnaire, path: Path, from: string, to: string): Questionnaire {
  const renamed = put(whole, [...path, 'code'], to)
  // With a second item of the old code, nobody can say which of them was meant.
  if (codesOf(renamed).has(from)) return renamed
  const when = (condition: Condition): Condition =>
    mapLeaves(condition, (leaf) => (leaf.item === from ? { ...leaf, item: to } : leaf))
  return mapConditions(renamed, when, (repeat) => (repeat === from ? to : repeat))
}

/** Gives an option another code, also in the conditions that read it. */
export function renameOption(whole: Questionnaire, item: string, path: Path, from: string, to: string): Questionnaire {
  const when = (condition: Condition): Condition =>
    mapLeaves(condition, (leaf) =>
      'is' in leaf && leaf.item === item ? { ...leaf, is: leaf.is.map((code) => (code === from ? to : code)) } : leaf,
    )
  return mapConditions(put(whole, [...path, 'code'], to), when, (repeat) => repeat)
}

type Leaf = Extract<Condition, { item: string }>
function mapLeaves(condition: Condition, change: (leaf: Leaf) => Leaf): Condition {
  if ('all' in condition) return { all: condition.all.map((part) => mapLeaves(part, change)) }
  if ('any' in condition) return { any: condition.any.map((part) => mapLeaves(part, change)) }
  if ('not' in condition) return { not: mapLeaves(condition.not, change) }
  return change(condition)
}

function mapConditions(
  whole: Questionnaire,
  change: (condition: Condition) => Condition,
  repeat: (code: string) => string,
): Questionnaire {
  const changed = <T extends { readonly when?: Condition }>(one: T): T =>
    one.when === undefined ? one : { ...one, when: change(one.when) }
  return {
    ...whole,
    sections: whole.sections.map((section) => ({
      ...changed(section),
      ...(section.repeat === undefined ? {} : { repeat: repeat(section.repeat) }),
      items: section.items.map((item) =>
        item.type === 'matrix' ? { ...changed(item), rows: item.rows.map(changed) } : changed(item),
      ),
    })),
  }
}
