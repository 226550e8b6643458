import { columnNames, dossierColumns, requiredColumns } from './columns.ts'
import type { DossierColumn } from './columns.ts'
import { fold } from './fold.ts'

/** How the columns of one file map to ours. */
export interface HeaderMap {
  /** Canonical column by position in the file; null = dropped on reading. */
  columns: readonly (DossierColumn | null)[]
  /** Headers as the file writes them. */
  headers: Partial<Record<DossierColumn, string>>
  /** Headers of dropped columns, shortened and masked where the header itself could be personal data. */
  ignoredColumns: string[]
  /** How many more were dropped than are listed. */
  ignoredColumnsOmitted: number
}

export type HeaderMatch =
  { ok: true; map: HeaderMap } | { ok: false; code: 'missing_column' | 'duplicate_column'; columns: DossierColumn[] }

const ignoredShownMax = 50
const headerLengthMax = 80

/** A hint of how to fill the column, in brackets behind its name: `Ngày tiếp nhận (dd/MM/yyyy)`, `Mã hồ sơ (bắt buộc)`. */
const hint = /^(?:d{1,2}m{1,2}i{2,4}(?:h{1,2}m{1,2}(?:ss)?)?|batbuoc|tuichon|neuco|khongbatbuoc)$/

type Known = { column: DossierColumn; loose: boolean }

const known = new Map<string, Known>()
for (const column of dossierColumns) {
  for (const name of [column, ...columnNames[column].plain]) known.set(fold(name), { column, loose: false })
}
for (const column of dossierColumns) {
  for (const name of columnNames[column].loose ?? []) {
    if (!known.has(fold(name))) known.set(fold(name), { column, loose: true })
  }
}

/**
 * Finds our columns among the headers of a file, without regard to case, accents, blanks, punctuation or order. Two plain names
 * of one column are `duplicate_column` (which of the two is true cannot be known); a loose name gives way to a plain one.
 */
export function matchHeaders(cells: readonly string[]): HeaderMatch {
  const found = cells.map(recognise)
  const plain = new Set(found.filter((hit) => hit !== null && !hit.loose).map((hit) => hit?.column))

  const headers: Partial<Record<DossierColumn, string>> = {}
  const duplicates = new Set<DossierColumn>()
  const ignored: string[] = []
  const columns = cells.map((cell, i) => {
    const hit = found[i]
    if (!hit || (hit.loose && plain.has(hit.column))) {
      if (cell.trim() !== '') ignored.push(shown(cell))
      return null
    }
    if (headers[hit.column] !== undefined) duplicates.add(hit.column)
    headers[hit.column] = shown(cell)
    return hit.column
  })

  const missing = requiredColumns.filter((column) => headers[column] === undefined)
  if (missing.length > 0) return { ok: false, code: 'missing_column', columns: missing }
  if (duplicates.size > 0) return { ok: false, code: 'duplicate_column', columns: [...duplicates] }
  return {
    ok: true,
    map: {
      columns,
      headers,
      ignoredColumns: ignored.slice(0, ignoredShownMax),
      ignoredColumnsOmitted: Math.max(0, ignored.length - ignoredShownMax),
    },
  }
}

function recognise(header: string): Known | null {
  if (header.length > 200) return null
  const whole = known.get(fold(header))
  if (whole) return whole
  const bracketed = /^(.*)[([]([^)\]]*)[)\]]\s*\*?\s*$/s.exec(header)
  if (!bracketed || !hint.test(fold(bracketed[2] ?? ''))) return null
  return known.get(fold(bracketed[1] ?? '')) ?? null
}

/** A header fit to be shown and logged: one line, short, and without what looks like a number of a person or an address. */
function shown(header: string): string {
  // A header that holds such things is a row of data in the wrong place.
  const line = header.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  if (line.includes('@') || /\d(?:[ .\-/]?\d){7,}/.test(line)) return '***'
  const characters = [...line]
  return characters.length <= headerLengthMax ? line : `${characters.slice(0, headerLengthMax - 1).join('')}…`
}
