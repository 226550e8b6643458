import type { LocalText } from '../../instrument/definition.ts'
import type { LeftList } from './left.ts'

/** A sheet as it was read: its rows with content, the header first. */
export interface RawSheet {
  readonly name: string
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
}
/** A row with its cells by the names of their columns, lower case, empty ones left out. */
export interface Row {
  readonly line: number
  readonly cell: ReadonlyMap<string, string>
}
export interface Sheet {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
}

/** Rows and columns that are read of a sheet. */
const ROWS_MAX = 5000
const COLUMNS_MAX = 100

/** Reads the header of a sheet and names the cells of every row after it. Of two columns of one name the first counts. */
export function namedSheet({ name, rows: [header, ...rest] }: RawSheet): Sheet {
  const columns = (header?.cells ?? []).slice(0, COLUMNS_MAX).map(columnName)
  const rows = rest.slice(0, ROWS_MAX).map(({ line, cells }): Row => {
    const cell = new Map<string, string>()
    for (const [i, column] of columns.entries()) {
      const text = cleanText(cells[i] ?? '')
      if (column !== '' && text !== '' && !cell.has(column)) cell.set(column, text)
    }
    return { line, cell }
  })
  return { name, columns: [...new Set(columns)].filter((column) => column !== ''), rows }
}

/** `Label :: English (en)` → `label::english (en)`; older forms write one colon. */
const columnName = (text: string): string =>
  cleanText(text)
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\s*::?\s*/g, '::')

/** Trimmed, in composed letters, with line breaks of one kind and nothing that no text may hold. */
const cleanText = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]|\p{Surrogate}/gu, '')
    .normalize('NFC')
    .trim()

type Language = 'vi' | 'en'

const NAMES: Readonly<Record<Language, RegExp>> = {
  vi: /^(vi|vie|viet|việt|vietnamese|tiếng việt|tieng viet)$/,
  en: /^(en|eng|english|tiếng anh|tieng anh)$/,
}

/** The language that a column or setting names, `English (en)`, `Tiếng Việt`, `vi`; null for any other. */
export function languageOf(words: string): Language | null {
  const code = /\(\s*([a-z]{2,3})(?:-[a-z]+)?\s*\)\s*$/i.exec(words)?.[1]?.toLowerCase()
  if (code !== undefined) return code === 'vi' || code === 'en' ? code : null
  const name = words
    .replace(/\(.*\)\s*$/, '')
    .trim()
    .toLowerCase()
  return (['vi', 'en'] as const).find((language) => NAMES[language].test(name)) ?? null
}

/** Reads texts that stand in a column for each language. `main` is the language of a column that names none. */
export function textReader(sheet: Sheet, main: Language, left: LeftList) {
  const columnsOf = (base: string) => {
    const found = new Map<Language, string>()
    for (const column of sheet.columns) {
      const [name, words] = column.split('::')
      if (name !== base) continue
      const language = words === undefined ? main : languageOf(words)
      if (language === null) left.add(sheet.name, null, column, 'language_left', words ?? '')
      else if (!found.has(language)) found.set(language, column)
    }
    return found
  }
  const known = new Map<string, Map<Language, string>>()

  /** @param longest the most characters; longer texts are cut, and told */
  return (row: Row, base: string, longest: number): LocalText => {
    const columns = known.get(base) ?? columnsOf(base)
    known.set(base, columns)
    const read = (language: Language): string => {
      const column = columns.get(language)
      const text = column === undefined ? '' : (row.cell.get(column) ?? '')
      if (column !== undefined && /\$\{[^}]*\}/.test(text))
        left.add(sheet.name, row.line, column, 'reference_in_text', text)
      if (text.length <= longest) return text
      left.add(sheet.name, row.line, column ?? base, 'text_shortened', text)
      return cut(text, longest)
    }
    return { vi: read('vi'), en: read('en') }
  }
}
export type ReadText = ReturnType<typeof textReader>

/** The first characters of a text, never half of one. */
export const cut = (text: string, longest: number): string => text.slice(0, longest).replace(/\p{Surrogate}$/u, '')
