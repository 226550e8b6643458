import { fold } from '../dossier/fold.ts'

/** A column of a file and what else it is called; its own name always counts. */
export interface NamedColumn {
  readonly column: string
  readonly names: readonly string[]
  readonly required?: true
}

export const unitHeaders: readonly NamedColumn[] = [
  { column: 'id_ngoai', names: ['Mã đơn vị', 'Mã riêng', 'Mã', 'Id'], required: true },
  { column: 'ten', names: ['Tên', 'Tên đơn vị'], required: true },
  { column: 'loai', names: ['Loại', 'Loại đơn vị', 'Cấp đơn vị'], required: true },
  { column: 'ma_cha', names: ['Mã đơn vị cha', 'Mã đơn vị cấp trên', 'Mã cấp trên', 'Đơn vị cha'] },
  { column: 'ma_h', names: ['Mã định danh', 'Mã định danh đơn vị', 'Mã định danh điện tử'] },
  { column: 'ma_tinh', names: ['Mã tỉnh/thành phố', 'Mã tỉnh, thành phố', 'Mã tỉnh thành'] },
  { column: 'ma_xa', names: ['Mã xã/phường', 'Mã xã, phường', 'Mã phường xã'] },
  { column: 'hieu_luc_tu', names: ['Có hiệu lực từ', 'Hiệu lực từ ngày', 'Từ ngày'] },
  { column: 'hieu_luc_den', names: ['Có hiệu lực đến', 'Hiệu lực đến ngày', 'Đến ngày'] },
]

export const procedureHeaders: readonly NamedColumn[] = [
  {
    column: 'ma_tthc',
    names: ['Mã thủ tục', 'Mã thủ tục hành chính', 'Mã số TTHC', 'Mã TTHC quốc gia', 'Mã'],
    required: true,
  },
  { column: 'ten', names: ['Tên', 'Tên TTHC', 'Tên thủ tục', 'Tên thủ tục hành chính'], required: true },
  { column: 'linh_vuc', names: ['Tên lĩnh vực', 'Lĩnh vực TTHC'] },
  { column: 'cap', names: ['Cấp thực hiện', 'Cấp giải quyết'] },
  {
    column: 'thoi_han_ngay',
    names: ['Thời hạn', 'Thời hạn giải quyết', 'Thời hạn giải quyết (ngày)', 'Số ngày giải quyết'],
  },
  { column: 'nhom_papi', names: ['Nhóm PAPI 5', 'Nội dung PAPI'] },
]

export type HeaderRow =
  | { ok: true; columns: (string | null)[]; headers: Record<string, string>; ignored: string[] }
  | { ok: false; code: 'missing_column' | 'duplicate_column'; columns: string[] }

/**
 * Finds known columns among the cells of a header row, without regard to case, accents, blanks, punctuation or order.
 * Two headers of one column are `duplicate_column`: which of them is true cannot be known.
 */
export function matchNamedColumns(cells: readonly string[], known: readonly NamedColumn[]): HeaderRow {
  const byName = new Map(known.flatMap(({ column, names }) => [column, ...names].map((name) => [fold(name), column])))
  const columns = cells.map((cell) => (cell.length > 200 ? null : (byName.get(fold(cell)) ?? null)))
  const missing = known.filter(({ column, required }) => required && !columns.includes(column))
  if (missing.length > 0) return { ok: false, code: 'missing_column', columns: missing.map(({ column }) => column) }
  const twice = columns.filter((column, i) => column !== null && columns.indexOf(column) !== i)
  if (twice.length > 0) return { ok: false, code: 'duplicate_column', columns: [...new Set(twice)].map(String) }
  const headers: Record<string, string> = {}
  const ignored: string[] = []
  for (const [i, cell] of cells.entries()) {
    const column = columns[i]
    const shown = cell.replace(/\s+/g, ' ').trim().slice(0, 80)
    if (column) headers[column] = shown
    else if (shown !== '') ignored.push(shown)
  }
  return { ok: true, columns, headers, ignored }
}
