import type { SurveyOption } from '../definition.ts'
import { LIMITS } from '../schema.ts'
import type { LeftList } from './left.ts'
import { codeFrom } from './names.ts'
import { textReader, type Sheet } from './sheet.ts'

/** A list of choices: our options, and which of them a name of the file stands for. */
export interface ChoiceList {
  readonly options: SurveyOption[]
  readonly codeOf: Map<string, string>
}
const OPTION_TEXT_MAX = 300
const READ = new Set(['list_name', 'list name', 'name', 'value', 'label'])

/** Reads the sheet of choices, list by list. */
export function readChoices(sheet: Sheet | undefined, main: 'vi' | 'en', left: LeftList): Map<string, ChoiceList> {
  const lists = new Map<string, ChoiceList>()
  if (sheet === undefined) return lists
  const text = textReader(sheet, main, left)
  for (const column of sheet.columns) {
    const [base = '', language] = column.split('::')
    const isRead = READ.has(base) && (language === undefined || base === 'label')
    if (!isRead) left.add(sheet.name, null, column, 'unknown_column', column)
  }
  for (const row of sheet.rows) {
    const listName = row.cell.get('list_name') ?? row.cell.get('list name')
    const name = row.cell.get('name') ?? row.cell.get('value')
    if (listName === undefined || name === undefined) {
      left.add(sheet.name, row.line, 'name', 'unnamed', [...row.cell.values()][0] ?? '')
      continue
    }
    const list = lists.get(listName) ?? { options: [], codeOf: new Map<string, string>() }
    lists.set(listName, list)
    if (list.codeOf.has(name)) left.add(sheet.name, row.line, 'name', 'duplicate_option', name)
    else if (list.options.length >= LIMITS.options) left.add(sheet.name, row.line, null, 'too_many', name)
    else {
      const code = codeFrom(name, 'option', new Set(list.codeOf.values()))
      if (code !== name.toLowerCase()) left.add(sheet.name, row.line, 'name', 'option_changed', `${name}: ${code}`)
      list.codeOf.set(name, code)
      list.options.push({ code, text: text(row, 'label', OPTION_TEXT_MAX) })
    }
  }
  return lists
}
