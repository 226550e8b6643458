import type { LocalText } from '../instrument/definition.ts'
import { codebook, type Cell, type CodebookEntry } from '../questionnaire/codebook.ts'
import type { Questionnaire } from '../questionnaire/definition.ts'
import { keptApart } from '../questionnaire/parts.ts'

/** A value that a column can hold: its code, the number that stands for it in statistical software, and its words. */
export interface ColumnValue {
  readonly code: string
  readonly number: number
  readonly label: LocalText
}

/** A column of a data file. */
export interface DataColumn {
  /** ASCII letters, digits and `_`, a letter first; unique whatever the case. */
  readonly name: string
  readonly label: LocalText
  readonly kind: 'number' | 'day' | 'text'
  readonly measure: 'nominal' | 'ordinal' | 'scale'
  readonly decimals: number
  /** Not empty: the cell is a code of these. */
  readonly values: readonly ColumnValue[]
  /** What stands for a cell without a value in statistical software; null: it is simply missing. */
  readonly missing: MissingNumbers | null
}
export type MissingNumbers = Readonly<Record<'dont_know' | 'skipped' | 'not_asked', number>>

/** A cell: null where there can be none (the weight of an answer that is kept out). */
export type DataCell = Cell | null

/** Cells that stand together in a row: one object for all rows in which they are the same, as far as that is known. */
export class Stretch {
  readonly cells: readonly DataCell[]
  /** How the format of the file writes them, once it has. */
  written: unknown = undefined

  constructor(cells: readonly DataCell[]) {
    this.cells = cells
  }
}

/** Words for what is missing; the codes are written in files of codes. */
export const MISSING_WORDS: Readonly<Record<keyof MissingNumbers, LocalText>> = {
  dont_know: { vi: 'không biết / không trả lời', en: "don't know / no answer" },
  skipped: { vi: 'được hỏi, để trống', en: 'asked, left empty' },
  not_asked: { vi: 'không được hỏi', en: 'not asked' },
}

/**
 * A campaign's answers leave in parts, so that what identifies and what is sensitive are never in one file.
 * `answers`: one row for each answer, with design; `units`: one for each answer and unit that it rates; `sensitive` and
 * `sensitive_units`: sensitive items alone, in an order of their own; `texts`: what was written, alone.
 */
export const PARTS = ['answers', 'units', 'sensitive', 'sensitive_units', 'texts'] as const
export type Part = (typeof PARTS)[number]

/** Columns of a questionnaire's items by part, in the order of its questions. */
export function entriesByPart(questionnaire: Questionnaire): Readonly<Record<Part, readonly CodebookEntry[]>> {
  const apart = keptApart(questionnaire)
  const parts: Record<Part, CodebookEntry[]> = { answers: [], units: [], sensitive: [], sensitive_units: [], texts: [] }
  for (const entry of codebook(questionnaire)) parts[partOf(entry, apart)].push(entry)
  return parts
}

function partOf(entry: CodebookEntry, apart: ReadonlySet<string>): Part {
  if (entry.kind === 'text') return 'texts'
  if (apart.has(entry.code)) return entry.repeat === null ? 'sensitive' : 'sensitive_units'
  return entry.repeat === null ? 'answers' : 'units'
}

const MARKS: readonly ColumnValue[] = [
  { code: '1', number: 1, label: { vi: 'có chọn', en: 'chosen' } },
  { code: '0', number: 0, label: { vi: 'không chọn', en: 'not chosen' } },
]

/** The column of an item. @param units what a unit's id means */
export function columnOf(entry: CodebookEntry, units: readonly ColumnValue[]): DataColumn {
  const values = entry.kind === 'mark' ? MARKS : entry.kind === 'unit' ? units : entry.values
  return {
    name: entry.name,
    label: entry.label,
    kind: entry.kind === 'day' || entry.kind === 'text' ? entry.kind : 'number',
    measure: entry.kind === 'number' || entry.kind === 'day' ? 'scale' : isScale(entry) ? 'ordinal' : 'nominal',
    decimals: entry.decimals,
    values: values.map(({ code, number, label }) => ({ code, number, label })),
    missing: entry.kind === 'text' ? null : missingNumbers(entry),
  }
}

/** Options with values of their own that are not merely counted. */
function isScale({ kind, values, type }: CodebookEntry): boolean {
  return kind === 'choice' && type !== 'ranking' && values.some(({ favourable }) => favourable)
}

/** Numbers that no answer can be: −97 to −99, far below where a number may be that low itself. */
function missingNumbers({ kind, range: { min } }: CodebookEntry): MissingNumbers {
  const isLow = kind === 'number' && (typeof min !== 'number' || min <= -97)
  const base = isLow ? -999_999_900 : 0
  return { dont_know: base - 97, skipped: base - 98, not_asked: base - 99 }
}

/** A column that is no item. */
export function plainColumn(name: string, vi: string, en: string, more: Partial<DataColumn> = {}): DataColumn {
  return {
    name,
    label: { vi, en },
    kind: 'number',
    measure: 'scale',
    decimals: 0,
    values: [],
    missing: null,
    ...more,
  }
}
