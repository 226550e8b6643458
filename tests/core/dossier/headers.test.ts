import { describe, expect, it } from 'vitest'
import { columnNames, dossierColumns } from '../../../api/core/dossier/columns.ts'
import { fold } from '../../../api/core/dossier/fold.ts'
import { matchHeaders } from '../../../api/core/dossier/headers.ts'

const required = ['ma_ho_so', 'ma_tthc', 'ma_don_vi', 'ngay_tiep_nhan']

const mapOf = (cells: string[]) => {
  const match = matchHeaders(cells)
  if (!match.ok) throw new Error(match.code)
  return match.map
}

describe('matchHeaders', () => {
  it.each([
    ['Mã hồ sơ', 'ma_ho_so'],
    ['MA_HO_SO', 'ma_ho_so'],
    ['  mã   HỒ SƠ  ', 'ma_ho_so'],
    ['Mã hồ sơ', 'ma_ho_so'],
    ['Mã\nhồ sơ *', 'ma_ho_so'],
    ['Mã hồ sơ (bắt buộc)', 'ma_ho_so'],
    ['Số hồ sơ', 'ma_ho_so'],
    ['Mã thủ tục hành chính', 'ma_tthc'],
    ['Mã TTHC', 'ma_tthc'],
    ['Tên thủ tục hành chính', 'ten_tthc'],
    ['Thủ tục', 'ten_tthc'],
    ['Lĩnh vực', 'linh_vuc'],
    ['LĨNH VỰC', 'linh_vuc'],
    ['Mã đơn vị', 'ma_don_vi'],
    ['Mã ĐƠN VỊ', 'ma_don_vi'],
    ['Ma don vi', 'ma_don_vi'],
    ['Cơ quan giải quyết', 'ma_don_vi'],
    ['Đơn vị giải quyết', 'ma_don_vi'],
    ['Đơn vị tiếp nhận', 'ma_don_vi_tiep_nhan'],
    ['ma-don-vi-tiep-nhan', 'ma_don_vi_tiep_nhan'],
    ['Đối tượng', 'doi_tuong'],
    ['Hình thức nộp', 'kenh_nop'],
    ['Kênh nộp', 'kenh_nop'],
    ['Ngày tiếp nhận', 'ngay_tiep_nhan'],
    ['Ngày tiếp nhận (dd/MM/yyyy HH:mm)', 'ngay_tiep_nhan'],
    ['Thời gian tiếp nhận', 'ngay_tiep_nhan'],
    ['Ngày hẹn trả kết quả', 'ngay_hen_tra'],
    ['Ngày trả kết quả', 'ngay_tra'],
    ['Ngày yêu cầu bổ sung', 'ngay_yeu_cau_bo_sung'],
    ['Ngày từ chối', 'ngay_tu_choi'],
    ['Trạng thái hồ sơ', 'trang_thai'],
    ['Tình trạng', 'trang_thai'],
    ['Cập nhật lúc', 'cap_nhat_luc'],
  ])('knows %j as %s', (header, column) => {
    const others = required.filter((name) => name !== column)
    const map = mapOf([...others, header])
    expect(map.columns.at(-1)).toBe(column)
    expect(map.ignoredColumns).toEqual([])
  })

  it.each([
    'Họ và tên',
    'Chủ hồ sơ',
    'Tên chủ hồ sơ',
    'Người nộp',
    'Người nộp hồ sơ',
    'Họ tên người nộp',
    'Tên người nộp',
    'Công dân',
    'Số CCCD',
    'CMND/CCCD',
    'Số định danh cá nhân',
    'Mã định danh',
    'Mã số thuế',
    'Số điện thoại',
    'SĐT',
    'Email',
    'Địa chỉ',
    'Địa chỉ chủ hồ sơ',
    'Ngày sinh',
    'Ngày cấp',
    'Giới tính',
    'Cán bộ tiếp nhận',
    'Cán bộ xử lý',
    'Người tiếp nhận',
    'Người xử lý',
    'Nội dung yêu cầu',
    'Trích yếu',
    'Ghi chú',
    'Ngày nộp',
    'Ngày có kết quả',
    'Thời hạn giải quyết',
    'Đơn vị tiếp nhận (họ tên cán bộ)',
  ])('drops %j and says so', (header) => {
    const map = mapOf([header, ...required])
    expect(map.columns[0]).toBeNull()
    expect(map.ignoredColumns).toEqual([header])
  })

  it('takes columns in any order and keeps the headers as written', () => {
    const map = mapOf(['Ngày tiếp nhận', 'Mã đơn vị', 'STT', 'MÃ TTHC', '', 'Mã hồ sơ'])
    expect(map.columns).toEqual(['ngay_tiep_nhan', 'ma_don_vi', null, 'ma_tthc', null, 'ma_ho_so'])
    expect(map.headers.ma_tthc).toBe('MÃ TTHC')
    expect(map.ignoredColumns).toEqual(['STT'])
  })

  it('names every required column that is missing', () => {
    expect(matchHeaders(['Mã hồ sơ', 'Ngày tiếp nhận'])).toEqual({
      ok: false,
      code: 'missing_column',
      columns: ['ma_tthc', 'ma_don_vi'],
    })
  })

  it('refuses two headers for one column', () => {
    expect(matchHeaders([...required, 'Mã hồ sơ'])).toEqual({
      ok: false,
      code: 'duplicate_column',
      columns: ['ma_ho_so'],
    })
  })

  it('prefers the code of a unit to its name', () => {
    const map = mapOf(['Cơ quan giải quyết', 'Mã hồ sơ', 'Mã TTHC', 'Mã cơ quan giải quyết', 'Ngày tiếp nhận'])
    expect(map.columns[0]).toBeNull()
    expect(map.columns[3]).toBe('ma_don_vi')
    expect(map.ignoredColumns).toEqual(['Cơ quan giải quyết'])
  })

  it('masks a header that is itself personal data, shortens a long one and bounds the list', () => {
    const many = Array.from({ length: 120 }, (_, i) => `Cột ${i}`)
    const map = mapOf(['0912 345 678', '033099001234', 'a.nguyen@example.vn', 'Đ'.repeat(300), ...required, ...many])
    expect(map.ignoredColumns.slice(0, 3)).toEqual(['***', '***', '***'])
    expect(map.ignoredColumns[3]).toHaveLength(80)
    expect(map.ignoredColumns).toHaveLength(50)
    expect(map.ignoredColumnsOmitted).toBe(74)
  })
})

describe('columnNames', () => {
  it('gives no name to two columns', () => {
    const seen = new Map<string, string>()
    for (const column of dossierColumns) {
      for (const name of new Set(
        [column, ...columnNames[column].plain, ...(columnNames[column].loose ?? [])].map(fold),
      )) {
        expect([name, seen.get(name)]).toEqual([name, undefined])
        seen.set(name, column)
      }
    }
  })
})
