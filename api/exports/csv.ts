/** How a table is written. */
export interface CsvLook {
  /** A mark of UTF-8 first, by which Excel knows Vietnamese letters. */
  readonly bom: boolean
  readonly separator: ',' | ';'
}

/** Most cells: codes and numbers. */
const PLAIN = /^[\w.]*$/

/**
 * A text as a cell by RFC 4180. One that a spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV
 * Injection"), and line breaks are spaces, so that a line is a row for every program.
 */
export function csvText(text: string): string {
  if (PLAIN.test(text)) return text
  const line = /\s/.test(text) ? text.replace(/\s+/g, ' ').trim() : text
  const safe = /^[=+\-@]/.test(line) ? `'${line}` : line
  return /[",;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
