import type { DossierColumn } from './columns.ts'

/**
 * Why a file as a whole cannot be read.
 * - `empty_file`: no row with content
 * - `not_utf8`: text that is neither UTF-8 nor UTF-16 with a byte order mark
 * - `not_a_table`: a header that is no header (too long to be one)
 * - `missing_column`: one or more required columns are absent (`columns` names them)
 * - `duplicate_column`: two headers mean the same column (`columns` names it)
 * - `too_many_columns`: more columns than a dossier list can have
 * - `invalid_workbook`: begins like an XLSX file but is damaged or is another kind of archive
 * - `unsupported_workbook`: the old .xls format, or a workbook locked with a password
 * - `file_too_large`: more bytes, or more bytes once unpacked, than the reader accepts
 * - `too_many_rows`: more rows than the reader accepts
 */
export type FileErrorCode =
  | 'empty_file'
  | 'not_utf8'
  | 'not_a_table'
  | 'missing_column'
  | 'duplicate_column'
  | 'too_many_columns'
  | 'invalid_workbook'
  | 'unsupported_workbook'
  | 'file_too_large'
  | 'too_many_rows'

/** The only error the readers throw. It never carries a value of the file: files hold personal data. */
export class DossierFileError extends Error {
  override readonly name = 'DossierFileError'
  readonly code: FileErrorCode
  readonly columns: readonly DossierColumn[]

  constructor(code: FileErrorCode, columns: readonly DossierColumn[] = []) {
    super(code)
    this.code = code
    this.columns = columns
  }
}

/**
 * Why one row is refused while the others are kept.
 * - `required`: a required cell is empty
 * - `invalid_dossier_code`: neither grammar of dossier codes
 * - `invalid_procedure_code`: not `d.dddddd`
 * - `invalid_date`: not a date we accept, or not on the calendar, or outside 2000–2100
 * - `unknown_value`: a word that is none of the known kinds, channels or states
 * - `too_long`: longer than the column holds
 * - `control_character`: contains characters that are no text
 * - `before_received`: earlier than the day of receipt
 * - `in_future`: something that has happened, dated later than now
 * - `missing_return_date`: state "returned" without the day of return
 * - `missing_refusal_date`: state "refused" without a day
 * - `status_conflict`: state says open, but there is a day of return
 * - `cell_count`: more cells than headers, so cells may have shifted
 * - `unclosed_quote`: a quotation mark that is not closed properly
 * - `record_too_long`: a row longer than any dossier row can be
 * - `unknown_unit`: no unit has this code (raised where units are known, not here)
 */
export type RowIssueCode =
  | 'required'
  | 'invalid_dossier_code'
  | 'invalid_procedure_code'
  | 'invalid_date'
  | 'unknown_value'
  | 'too_long'
  | 'control_character'
  | 'before_received'
  | 'in_future'
  | 'missing_return_date'
  | 'missing_refusal_date'
  | 'status_conflict'
  | 'cell_count'
  | 'unclosed_quote'
  | 'record_too_long'
  | 'unknown_unit'

/** Line = physical line of the file (sheet row for XLSX), from 1. Column = canonical name, null for the row as a whole. */
export interface RowIssue {
  line: number
  column: DossierColumn | null
  code: RowIssueCode
  /** The header as the file writes it, when it has one for this column. */
  header?: string
}
