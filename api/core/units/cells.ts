/** One row of a file: its line (from 1, header included) and its cells under the contract's column names. */
export interface CellRecord {
  line: number
  cells: Readonly<Record<string, string | undefined>>
}

export type CellIssueCode =
  | 'required'
  | 'too_long'
  | 'bad_code'
  | 'bad_date'
  | 'bad_number'
  | 'dates_reversed'
  | 'duplicate'
  | 'unknown_kind'
  | 'unknown_level'
  | 'unknown_group'
  | 'unknown_parent'
  | 'rejected_parent'
  | 'cycle'

/** Why a row is refused: one cell and a stable code; sentences are made in the browser. */
export interface CellIssue {
  line: number
  column: string
  code: CellIssueCode
}

/** Reads the cells of one row and reports what is wrong with them. */
export function cellReader({ line, cells }: CellRecord, issues: CellIssue[]) {
  const before = issues.length
  const report = (column: string, code: CellIssueCode) => void issues.push({ line, column, code })
  const read = (column: string) => (cells[column] ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()
  return {
    report,
    /** True while nothing was reported for this row. */
    clean: () => issues.length === before,
    text: (column: string, charsMax: number, required = false): string | null => {
      const text = read(column)
      if (text === '' && required) report(column, 'required')
      if (text.length > charsMax) report(column, 'too_long')
      return text === '' ? null : text
    },
    parsed: <T>(column: string, parse: (text: string) => T | null, code: CellIssueCode, required = false): T | null => {
      const text = read(column)
      if (text === '') {
        if (required) report(column, 'required')
        return null
      }
      const value = parse(text)
      if (value === null) report(column, code)
      return value
    },
  }
}

/** The text when it has the form, else null. */
export function matching(pattern: RegExp, text: string): string | null {
  return pattern.test(text) ? text : null
}

/** Digits with the leading zeros that spreadsheets eat put back. */
export function digits(text: string, length: number): string | null {
  return /^\d+$/.test(text) && text.length <= length ? text.padStart(length, '0') : null
}
