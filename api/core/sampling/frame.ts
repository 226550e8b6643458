import { fold } from '../dossier/fold.ts'
import type { TableRecord } from '../dossier/read/record.ts'
import { attributeColumns, type CampaignDesign } from './campaign-design.ts'
import { isOneLine } from '../text.ts'

/** Why a row, or the frame with it, is refused. */
export type FrameIssueCode =
  | 'required'
  | 'too_long'
  | 'bad_number'
  | 'bad_text'
  | 'duplicate_code'
  | 'size_differs'
  | 'unknown_commune'
  | 'ambiguous_commune'
  | 'too_many_strata'
  | 'too_many_classes'
  | 'cell_count'
  | 'unclosed_quote'
  | 'record_too_long'

/** Line of the file (sheet row for XLSX), from 1; the header of the column, null for the row as a whole. Never a value. */
export interface FrameIssue {
  readonly line: number
  readonly column: string | null
  readonly code: FrameIssueCode
}

/** A row of the frame as it is read, before its commune is looked up. */
export interface FrameRow {
  readonly line: number
  readonly code: string
  readonly psu: string | null
  /** Of its first-stage unit. */
  readonly size: number | null
  readonly commune: string | null
  /** By header, as the design writes it. */
  readonly attributes: Readonly<Record<string, string>>
  readonly contact: Contact | null
}

/** How somebody is reached. What is not known is absent. */
export interface Contact {
  readonly name?: string
  readonly address?: string
  readonly phone?: string
  readonly email?: string
}

/** Between the values of a stratum's name. */
export const STRATUM_SEPARATOR = ' | '
const CODE_CHARS_MAX = 64
const CLASS_CHARS_MAX = 200
const CONTACT_CHARS_MAX = 500

export type FrameHeader =
  | { readonly ok: true; readonly at: ReadonlyMap<string, number>; readonly ignored: readonly string[] }
  | { readonly ok: false; readonly code: 'missing_column' | 'duplicate_column'; readonly columns: readonly string[] }

/** Every header that a design names. */
export function namedColumns(design: CampaignDesign): string[] {
  const { code, commune, size, psu } = design.columns
  const contacts = design.contacts === null ? [] : Object.values(design.contacts)
  const named = [code, commune, size, psu, ...attributeColumns(design), ...contacts]
  return [...new Set(named.filter((column) => column !== null))]
}

/**
 * Finds the columns of a design among the cells of a header row: as written, else without regard to case, accents, blanks and
 * punctuation. Two that fit equally well are `duplicate_column`.
 */
export function matchFrameHeader(cells: readonly string[], wanted: readonly string[]): FrameHeader {
  const written = cells.map(plain)
  const folded = written.map((cell) => (cell.length > 200 ? '' : fold(cell)))
  const places = wanted.map((column) => {
    const same = placesOf(written, plain(column))
    return { column, found: same.length > 0 ? same : placesOf(folded, fold(column)) }
  })
  const pick = (fits: (count: number) => boolean) =>
    places.filter(({ found }) => fits(found.length)).map(({ column }) => column)
  const missing = pick((count) => count === 0)
  if (missing.length > 0) return { ok: false, code: 'missing_column', columns: missing }
  const twice = pick((count) => count > 1)
  if (twice.length > 0) return { ok: false, code: 'duplicate_column', columns: twice }
  const at = new Map(places.map(({ column, found }) => [column, found[0] ?? -1]))
  const used = new Set(at.values())
  return { ok: true, at, ignored: written.filter((cell, i) => cell !== '' && !used.has(i)) }
}

/**
 * Reads one row by a design. All classes, the code and what the sample needs must be there; what a contact lacks is left out.
 * @returns the row, or everything that is wrong with it
 */
export function readFrameRow(
  { line, cells, numeric }: TableRecord,
  design: CampaignDesign,
  at: ReadonlyMap<string, number>,
): FrameRow | FrameIssue[] {
  const issues: FrameIssue[] = []
  const read = (column: string, longest: number, required = true): string => {
    const text = plain(cells[at.get(column) ?? -1] ?? '')
    if (text === '' && required) issues.push({ line, column, code: 'required' })
    if (text.length > longest) issues.push({ line, column, code: 'too_long' })
    if (!isOneLine(text)) issues.push({ line, column, code: 'bad_text' })
    return text
  }
  const readClass = (column: string): string => {
    const text = read(column, CLASS_CHARS_MAX)
    // it would make one name of two strata
    if (text.includes(STRATUM_SEPARATOR.trim())) issues.push({ line, column, code: 'bad_text' })
    return text
  }
  const readSize = (column: string): number => {
    const text = read(column, CODE_CHARS_MAX)
    const size = numeric?.[at.get(column) ?? -1] === true ? Number(text) : numberIn(text)
    if (text !== '' && !(size > 0 && size < Infinity)) issues.push({ line, column, code: 'bad_number' })
    return size
  }
  const { columns, contacts } = design
  const code = read(columns.code, CODE_CHARS_MAX)
  const psu = columns.psu === null ? null : read(columns.psu, CODE_CHARS_MAX)
  const size = columns.size === null ? null : readSize(columns.size)
  const commune = columns.commune === null ? null : read(columns.commune, CLASS_CHARS_MAX)
  const attributes = Object.fromEntries(attributeColumns(design).map((column) => [column, readClass(column)]))
  const contact = contacts === null ? null : contactOf(contacts, (column) => read(column, CONTACT_CHARS_MAX, false))
  return issues.length > 0 ? once(issues) : { line, code, psu, size, commune, attributes, contact }
}

/** Name of the stratum of these values, in the order of the design's columns. */
export function stratumOf(design: CampaignDesign, attributes: Readonly<Record<string, string>>): string {
  return design.columns.strata.map((column) => attributes[column] ?? '').join(STRATUM_SEPARATOR)
}

function contactOf(columns: NonNullable<CampaignDesign['contacts']>, read: (column: string) => string): Contact {
  const known = Object.entries(columns).flatMap(([part, column]) => {
    const text = column === null ? '' : read(column)
    return text === '' ? [] : [[part, text]]
  })
  return Object.fromEntries(known) as Contact
}

/** Whole or decimal, with point or comma; blanks and points between thousands are taken out (`1.250` is 1250). NaN: no number. */
function numberIn(text: string): number {
  const bare = text.replaceAll(' ', '')
  const whole = /^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/.test(bare) ? bare.replaceAll('.', '') : bare
  return /^\d+([.,]\d+)?$/.test(whole) ? Number(whole.replace(',', '.')) : Number.NaN
}

function plain(cell: string): string {
  return cell.normalize('NFC').replaceAll(/\s+/g, ' ').trim()
}

function placesOf(cells: readonly string[], wanted: string): number[] {
  return cells.flatMap((cell, i) => (cell === wanted ? [i] : []))
}

/** A column that has several parts to play is told once. */
function once(issues: readonly FrameIssue[]): FrameIssue[] {
  return [...new Map(issues.map((issue) => [`${issue.column}:${issue.code}`, issue])).values()]
}
