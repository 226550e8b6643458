import type { LocalText } from '../../instrument/definition.ts'
import type { Condition } from '../condition.ts'
import type { SurveyItem, SurveySection } from '../definition.ts'
import { LIMITS } from '../schema.ts'
import type { ChoiceList } from './choices.ts'
import { conditionOf, type Known } from './expression.ts'
import type { LeftList } from './left.ts'
import { codeFrom } from './names.ts'
import { questionOf, rowType, type RowType } from './question.ts'
import type { ReadText, Row, Sheet } from './sheet.ts'

interface Context {
  readonly form: string
  readonly lists: ReadonlyMap<string, ChoiceList>
  readonly text: ReadText
  readonly left: LeftList
}
type Draft<T> = { -readonly [K in keyof T]: T[K] }
type OpenSection = Draft<SurveySection> & { items: SurveyItem[] }
/** A group that has begun: a section, a matrix whose rows come, or one inside another, whose questions join those around it. */
interface Group {
  readonly row: Row
  readonly kind: 'section' | 'matrix' | 'inner'
  readonly when: Condition | undefined
  /** Questions of a matrix, until it is known whether they make one. */
  readonly members: { readonly row: Row; readonly item: SurveyItem; readonly list: string | null }[]
}

const METADATA = new Set(
  'start end today deviceid subscriberid simserial phonenumber username email audit start-geopoint background-audio'.split(
    ' ',
  ),
)
/** Columns that are read somewhere below. */
const READ = new Set('type name label hint required relevant constraint appearance parameters'.split(' '))
const TITLE_MAX = 200
const INTRO_MAX = 3000

/** Reads the sheet of questions into sections. */
export function readSurvey(sheet: Sheet, context: Context): SurveySection[] {
  const { left, lists, text, form } = context
  const sections: OpenSection[] = []
  const groups: Group[] = []
  const known = new Map<string, Known>()
  const sectionCodes = new Set<string>()
  const usedLists = new Set<string>()
  let current: OpenSection | null = null
  let repeats = 0
  let count = 0

  const tell = (row: Row, column: string | null, code: Parameters<LeftList['add']>[3], what: string) =>
    left.add(sheet.name, row.line, column, code, what)
  for (const row of sheet.rows) {
    const type = rowType(row.cell.get('type') ?? '')
    const what = row.cell.get('type') ?? [...row.cell.values()][0] ?? ''
    if (type.word === 'begin_repeat') {
      tell(row, 'type', 'repeat_unsupported', row.cell.get('name') ?? what)
      repeats += 1
    } else if (type.word === 'end_repeat') repeats = Math.max(0, repeats - 1)
    else if (repeats > 0) tell(row, 'type', 'in_repeat', `${what} ${row.cell.get('name') ?? ''}`.trim())
    else if (type.word === 'begin_group') begin(row)
    else if (type.word === 'end_group') end()
    else if (METADATA.has(type.word)) tell(row, 'type', 'metadata', what)
    else if (type.word === 'note') note(row)
    else question(row, type, what)
  }
  for (const group of groups) tell(group.row, 'type', 'unclosed_group', group.row.cell.get('name') ?? '')
  while (groups.length > 0) end()
  for (const name of lists.keys()) if (!usedLists.has(name)) left.add('choices', null, 'list_name', 'unused_list', name)
  return sections.filter((section) => {
    if (section.items.length === 0) left.add(sheet.name, null, null, 'empty_group', section.title.vi || section.code)
    return section.items.length > 0
  })

  function openSection(name: string, title: LocalText, when: Condition | undefined): void {
    const code = codeFrom(name, 'section', sectionCodes)
    sectionCodes.add(code)
    const n = sections.length + 1
    const isUntitled = title.vi === '' && title.en === ''
    const shown = isUntitled ? { vi: `Phần ${n}`, en: `Part ${n}` } : title
    current = { code, title: shown, ...(when === undefined ? {} : { when }), items: [] }
    sections.push(current)
  }

  function begin(row: Row): void {
    otherCells(row, ['hint', 'required', 'constraint', 'parameters'])
    const appearance = row.cell.get('appearance') ?? ''
    const when = conditionIn(row)
    const isMatrix = /\btable-list\b/.test(appearance)
    if (!isMatrix && appearance !== '' && appearance !== 'field-list')
      tell(row, 'appearance', 'appearance_left', appearance)
    if (isMatrix) groups.push({ row, kind: 'matrix', when, members: [] })
    else if (groups.length === 0 && sections.length < LIMITS.sections) {
      openSection(row.cell.get('name') ?? 'group', text(row, 'label', TITLE_MAX), when)
      groups.push({ row, kind: 'section', when: undefined, members: [] })
    } else {
      tell(row, 'type', 'group_flattened', row.cell.get('name') ?? '')
      groups.push({ row, kind: 'inner', when, members: [] })
    }
  }

  function end(): void {
    const group = groups.pop()
    if (group?.kind === 'matrix') endMatrix(group)
    if (group?.kind === 'section') current = null
  }

  /** Questions of one list become rows of a matrix; others stay questions, and the table is told as left. */
  function endMatrix(group: Group): void {
    const { row, members } = group
    const outer = [...groups.map(({ when }) => when), group.when]
    const [first] = members
    const isOne =
      first !== undefined &&
      members.length <= LIMITS.rows &&
      members.every(({ item, list }) => item.type === 'single' && list === first.list && item.hint === undefined)
    if (!isOne || first.item.type !== 'single') {
      tell(row, 'appearance', 'appearance_left', row.cell.get('appearance') ?? '')
      for (const { item } of members) place(withWhen(item, [...outer, item.when]), row)
      return
    }
    const code = codeFrom(row.cell.get('name') ?? 'matrix', 'item', codesTaken())
    const label = text(row, 'label', 1000)
    const isRequired = members.every(({ item }) => item.required === true)
    for (const { row: asked, item } of members)
      if (item.required === true && !isRequired) tell(asked, 'required', 'required_left', 'yes')
    const item: SurveyItem = {
      code,
      type: 'matrix',
      text: label,
      short: { vi: cutShort(label.vi), en: cutShort(label.en) },
      ...(isRequired ? { required: true } : {}),
      source: first.item.source,
      options: first.item.options,
      rows: members.map(({ item: { code: rowCode, text: rowText, short, when } }) => ({
        code: rowCode,
        text: rowText,
        short,
        ...(when === undefined ? {} : { when }),
      })),
    }
    for (const [name, one] of known)
      if (members.some((member) => member.item.code === one.code)) known.set(name, { ...one, item })
    place(withWhen(item, outer), row)
  }

  function note(row: Row): void {
    const words = text(row, 'label', INTRO_MAX)
    const isFirst = current === null || (current.items.length === 0 && current.intro === undefined)
    if (!isFirst || groups.some(({ kind }) => kind === 'matrix') || row.cell.has('relevant'))
      return tell(row, 'type', 'note_left', words.vi || words.en)
    if (current === null) openSection('part', { vi: '', en: '' }, undefined)
    current!.intro = words
    otherCells(row, ['hint', 'required', 'constraint', 'appearance', 'parameters'])
  }

  function question(row: Row, type: RowType, what: string): void {
    const name = row.cell.get('name')
    if (name === undefined) return tell(row, 'name', 'unnamed', what)
    const list = type.list === null ? null : (lists.get(type.list) ?? null)
    if (type.list !== null) {
      usedLists.add(type.list)
      if (list === null) return tell(row, 'type', 'unknown_list', what)
      if (list.options.length === 0) return tell(row, 'type', 'empty_list', what)
    }
    if (count >= LIMITS.items) return tell(row, null, 'too_many', name)
    const code = codeFrom(name, 'item', codesTaken())
    const item = questionOf(row, type, code, { sheet: sheet.name, form, text, left, list })
    if (item === null) return tell(row, 'type', 'type_unsupported', `${what} ${name}`)
    if (code !== name.toUpperCase()) tell(row, 'name', 'name_changed', `${name}: ${code}`)
    otherCells(
      row,
      type.word === 'range' ? ['appearance'] : ['appearance', 'parameters'],
      groups.at(-1)?.kind === 'matrix',
    )
    count += 1
    const group = groups.at(-1)
    const own = conditionIn(row)
    const whole = withWhen(item, group?.kind === 'matrix' ? [own] : [...groups.map(({ when }) => when), own])
    if (!known.has(name)) known.set(name, { item: whole, code, option: (option) => list?.codeOf.get(option) ?? null })
    if (group?.kind === 'matrix') group.members.push({ row, item: whole, list: type.list })
    else place(whole, row)
  }

  function place(item: SurveyItem, row: Row): void {
    const isFull = current !== null && current.items.length >= LIMITS.itemsInSection
    if ((current === null || isFull) && sections.length >= LIMITS.sections)
      return tell(row, null, 'too_many', item.code)
    if (current === null || isFull) openSection('part', { vi: '', en: '' }, undefined)
    current!.items.push(item)
  }

  function codesTaken(): Set<string> {
    return new Set([...known.values()].map(({ code }) => code))
  }

  function conditionIn(row: Row): Condition | undefined {
    const expression = row.cell.get('relevant')
    if (expression === undefined) return undefined
    const found = conditionOf(expression, (name) => known.get(name) ?? null)
    if (found === null) tell(row, 'relevant', 'condition_left', expression)
    return found ?? undefined
  }

  /** Tells cells that nothing is made of. @param others columns that are read for other kinds of rows */
  function otherCells(row: Row, others: readonly string[], inTable = false): void {
    for (const [column, value] of row.cell) {
      const base = column.split('::')[0] ?? ''
      if (column === 'appearance' && others.includes(column)) {
        const isTableRow = inTable && /^list-nolabel$/.test(value)
        if (!isTableRow) tell(row, column, 'appearance_left', value)
      } else if (!READ.has(base) || others.includes(base)) tell(row, column, 'cell_left', value)
    }
  }
}

/** An item that is asked only where all of these hold, its own condition among them. */
function withWhen(item: SurveyItem, conditions: readonly (Condition | undefined)[]): SurveyItem {
  const all = conditions.filter((one) => one !== undefined)
  const when = all.length > 1 ? { all } : all[0]
  return when === undefined ? item : { ...item, when }
}
const cutShort = (words: string): string => words.slice(0, 200).replace(/\p{Surrogate}$/u, '')
