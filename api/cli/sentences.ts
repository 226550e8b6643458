import { UNITS_MAX } from '../../db/queries/units.ts'
import type { FileErrorCode, RowIssueCode } from '../core/dossier/errors.ts'
import type { FrameIssueCode } from '../core/sampling/frame.ts'
import type { CellIssueCode } from '../core/units/cells.ts'
import type { AppError } from '../errors.ts'

type LineIssueCode = RowIssueCode | CellIssueCode | FrameIssueCode

/** What is wrong with one row. */
export interface LineIssue {
  line: number
  column: string | null
  code: LineIssueCode
  /** The header as the file writes it. */
  header?: string
}

const ROW: Record<LineIssueCode, readonly [vi: string, en: string]> = {
  required: ['ô bắt buộc đang để trống', 'a required cell is empty'],
  invalid_dossier_code: ['mã hồ sơ không đúng dạng', 'not a dossier code'],
  invalid_procedure_code: ['mã thủ tục không đúng dạng d.dddddd', 'not a procedure code d.dddddd'],
  invalid_date: ['ngày không đúng dạng hoặc không có trong lịch', 'not a date we accept, or not on the calendar'],
  unknown_value: ['giá trị không nằm trong danh mục', 'none of the known values'],
  too_long: ['nội dung quá dài', 'too long'],
  control_character: ['có ký tự không phải chữ', 'contains characters that are no text'],
  before_received: ['sớm hơn ngày tiếp nhận', 'earlier than the day of receipt'],
  in_future: ['ngày ở tương lai', 'lies in the future'],
  missing_return_date: ['đã trả kết quả nhưng thiếu ngày trả', 'returned, but without the day of return'],
  missing_refusal_date: ['bị từ chối nhưng thiếu ngày', 'refused, but without a day'],
  status_conflict: ['trạng thái chưa xong nhưng có ngày trả', 'the state says open, but there is a day of return'],
  cell_count: ['nhiều ô hơn số cột, có thể bị lệch cột', 'more cells than headers, so cells may have shifted'],
  unclosed_quote: ['dấu ngoặc kép không đóng', 'a quotation mark is not closed'],
  record_too_long: ['dòng quá dài', 'the row is too long'],
  unknown_unit: ['không có đơn vị mang mã này', 'no unit has this code'],
  bad_code: ['mã không đúng dạng', 'not a code of this kind'],
  bad_date: ['ngày không hợp lệ', 'not a valid day'],
  bad_number: ['không phải số mà cột này nhận', 'not a number that this column takes'],
  dates_reversed: ['ngày hết hiệu lực trước ngày có hiệu lực', 'ends before it begins'],
  duplicate: ['mã trùng với dòng hoặc đơn vị khác', 'the code belongs to another row or unit'],
  unknown_kind: ['không rõ loại đơn vị', 'not a kind of unit'],
  unknown_level: ['không rõ cấp thực hiện', 'not a level'],
  unknown_group: ['nhóm PAPI phải là 5.1, 5.3, 5.4 hoặc none', 'the PAPI group is 5.1, 5.3, 5.4 or none'],
  unknown_parent: ['không có đơn vị cha mang mã này', 'no unit above has this code'],
  rejected_parent: ['đơn vị cha bị từ chối', 'the unit above was refused'],
  bad_text: [
    'có ký tự lạ, hoặc dấu | trong tên tầng',
    'contains characters that are no text, or | in the name of a stratum',
  ],
  duplicate_code: ['mã đã có ở dòng khác', 'another row has this code as well'],
  size_differs: [
    'quy mô cụm khác với dòng trước của cùng cụm',
    'the size differs from an earlier row of the same cluster',
  ],
  unknown_commune: ['không có xã, phường nào có mã hoặc tên này', 'no commune has this code or name'],
  ambiguous_commune: ['nhiều xã, phường trùng tên; ghi mã', 'several communes have this name; write the code'],
  too_many_strata: ['quá nhiều tầng (trên 1.000)', 'too many strata (over 1,000)'],
  too_many_classes: ['quá nhiều giá trị khác nhau (trên 500)', 'too many different values (over 500)'],
  cycle: ['đơn vị nằm dưới chính nó', 'the unit lies below itself'],
}

const FILE: Record<FileErrorCode, readonly [vi: string, en: string]> = {
  empty_file: ['tệp không có dòng nào', 'the file has no row'],
  not_utf8: ['tệp không phải văn bản UTF-8', 'the file is not UTF-8 text'],
  not_a_table: ['không tìm thấy dòng tiêu đề', 'no header row was found'],
  missing_column: ['thiếu cột bắt buộc', 'a required column is missing'],
  duplicate_column: ['hai cột cùng nghĩa', 'two columns mean the same'],
  too_many_columns: ['quá nhiều cột', 'too many columns'],
  invalid_workbook: ['tệp XLSX bị hỏng', 'the XLSX file is damaged'],
  unsupported_workbook: [
    'tệp .xls cũ hoặc có mật khẩu; hãy lưu thành .xlsx hoặc CSV',
    'an old .xls file or one with a password; save it as .xlsx or CSV',
  ],
  file_too_large: ['tệp quá lớn; hãy lưu thành CSV', 'the file is too large; save it as CSV'],
  too_many_rows: ['quá nhiều dòng', 'too many rows'],
}

/** `Dòng 12, cột "Ngày hẹn trả": … · Line 12, column "Ngày hẹn trả": …` */
export function issueLine({ line, column, code, header }: LineIssue): string {
  const [vi, en] = ROW[code]
  const name = header === undefined || header === column ? column : `${header} (${column})`
  return name === null
    ? `Dòng ${line}: ${vi} · Line ${line}: ${en}`
    : `Dòng ${line}, cột ${name}: ${vi} · Line ${line}, column ${name}: ${en}`
}

/** A refusal in both languages; one line, as every failure of a command is. */
export function problemLines({ code, issues }: AppError): string[] {
  const [issue] = issues
  const found = issue && Object.hasOwn(FILE, issue.code) ? FILE[issue.code as FileErrorCode] : null
  if (issue && found) {
    const columns = issues.map(({ path }) => path).filter((path) => path !== 'file')
    const where = columns.length > 0 ? ` (${columns.join(', ')})` : ''
    return [`Không đọc được tệp: ${found[0]}${where} · The file cannot be read: ${found[1]}${where}`]
  }
  if (issue?.code === 'too_many_units')
    return [`Quá ${UNITS_MAX} đơn vị, không nhập gì · More than ${UNITS_MAX} units, nothing was imported`]
  if (code === 'invalid_input' && issue?.path === 'email') return ['This is not an e-mail address.']
  if (code === 'invalid_input' && issue?.path === 'password') return ['A password has 12 to 128 characters.']
  return [`Refused: ${[code, ...issues.map(({ path, code: what }) => `${path} ${what}`)].join(', ')}`]
}
