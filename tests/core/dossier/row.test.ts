import { describe, expect, it } from 'vitest'
import { parseDossierRow } from '../../../api/core/dossier/row.ts'
import type { DossierCells, RowOptions } from '../../../api/core/dossier/row.ts'

const valid: DossierCells = {
  ma_ho_so: 'H31.12.7-261001-0001',
  ma_tthc: '1.001193',
  ma_don_vi: 'H31.12.7',
  ngay_tiep_nhan: '01/10/2026 14:00',
}

const read = (cells: DossierCells, options?: RowOptions) => parseDossierRow({ ...valid, ...cells }, 7, options)
const dossier = (cells: DossierCells) => {
  const outcome = read(cells)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues))
  return outcome.dossier
}
const issues = (cells: DossierCells, options?: RowOptions) => {
  const outcome = read(cells, options)
  return outcome.ok ? [] : outcome.issues.map(({ column, code }) => `${column} ${code}`)
}

describe('parseDossierRow', () => {
  it('reads a row with every column', () => {
    expect(
      dossier({
        ma_ho_so: ' 000.00.13.H54-230923-0001 ',
        ma_tthc: '1.001193.000.00.00.H31',
        ten_tthc: 'Đăng ký\nkhai  sinh',
        linh_vuc: 'Hộ tịch',
        ma_don_vi: 'STP',
        ma_don_vi_tiep_nhan: 'TTPVHCC',
        doi_tuong: 'Công dân',
        kenh_nop: 'Trực tuyến',
        ngay_tiep_nhan: '01/10/2026 14:00',
        ngay_hen_tra: '08/10/2026',
        ngay_tra: '07/10/2026 09:15:30',
        ngay_yeu_cau_bo_sung: '02/10/2026',
        ngay_tu_choi: '',
        trang_thai: 'Đã trả kết quả',
        cap_nhat_luc: '2026-10-07T09:20:00+07:00',
      }),
    ).toEqual({
      code: '000.00.13.H54-230923-0001',
      procedureCode: '1.001193',
      procedureName: 'Đăng ký khai sinh',
      field: 'Hộ tịch',
      responsibleUnitCode: 'STP',
      receivingUnitCode: 'TTPVHCC',
      applicant: 'citizen',
      channel: 'online',
      receivedAt: '2026-10-01T07:00:00.000Z',
      dueAt: '2026-10-08T16:59:59.000Z',
      returnedAt: '2026-10-07T02:15:30.000Z',
      supplementAt: '2026-10-01T17:00:00.000Z',
      refusedAt: null,
      withdrawnAt: null,
      status: 'returned',
      sourceUpdatedAt: '2026-10-07T02:20:00.000Z',
      defaulted: [],
    })
  })

  it('needs only four cells and says which values are defaults', () => {
    const row = dossier({})
    expect(row).toMatchObject({
      applicant: 'citizen',
      receivingUnitCode: 'H31.12.7',
      status: 'processing',
      dueAt: null,
    })
    expect(row.defaulted).toEqual(['applicant', 'receivingUnitCode'])
  })

  it('names line, column and code of everything that is wrong at once', () => {
    const outcome = read({ ma_ho_so: '12345', ma_tthc: 'x', ngay_tiep_nhan: '31/02/2026', doi_tuong: 'ai đó' })
    expect(outcome).toEqual({
      ok: false,
      issues: [
        { line: 7, column: 'ma_ho_so', code: 'invalid_dossier_code' },
        { line: 7, column: 'ma_tthc', code: 'invalid_procedure_code' },
        { line: 7, column: 'doi_tuong', code: 'unknown_value' },
        { line: 7, column: 'ngay_tiep_nhan', code: 'invalid_date' },
      ],
    })
  })

  it.each(['ma_ho_so', 'ma_tthc', 'ma_don_vi', 'ngay_tiep_nhan'] as const)('refuses an empty %s', (column) => {
    expect(issues({ [column]: '  ' })).toEqual([`${column} required`])
  })

  it.each([
    [{ ngay_hen_tra: '30/09/2026' }, 'ngay_hen_tra before_received'],
    [{ ngay_tra: '30/09/2026' }, 'ngay_tra before_received'],
    [{ ngay_tra: '01/10/2026 13:59' }, 'ngay_tra before_received'],
    [{ ngay_yeu_cau_bo_sung: '30/09/2026' }, 'ngay_yeu_cau_bo_sung before_received'],
    [{ ngay_tu_choi: '30/09/2026' }, 'ngay_tu_choi before_received'],
    [{ ngay_rut: '30/09/2026' }, 'ngay_rut before_received'],
    [{ trang_thai: 'đã trả kết quả' }, 'ngay_tra missing_return_date'],
    [{ trang_thai: 'từ chối' }, 'ngay_tu_choi missing_refusal_date'],
    [{ trang_thai: 'đang giải quyết', ngay_tra: '02/10/2026' }, 'trang_thai status_conflict'],
    [{ trang_thai: 'yêu cầu bổ sung', ngay_tra: '02/10/2026' }, 'trang_thai status_conflict'],
    [{ trang_thai: 'lạ' }, 'trang_thai unknown_value'],
    [{ kenh_nop: 'bồ câu' }, 'kenh_nop unknown_value'],
    [{ ngay_hen_tra: '01/01/2101' }, 'ngay_hen_tra invalid_date'],
    [{ ngay_hen_tra: '9'.repeat(1000) }, 'ngay_hen_tra invalid_date'],
    [{ ma_don_vi: 'x'.repeat(65) }, 'ma_don_vi too_long'],
    [{ ten_tthc: 'x'.repeat(501) }, 'ten_tthc too_long'],
    [{ ma_don_vi: 'A\u0000B' }, 'ma_don_vi control_character'],
    [{ ma_don_vi: 'A\nB' }, 'ma_don_vi control_character'],
    [{ ten_tthc: 'A\u202eB' }, 'ten_tthc control_character'],
    [{ ten_tthc: 'A\ud800B' }, 'ten_tthc control_character'],
  ])('refuses %j with %s', (cells, issue) => {
    expect(issues(cells)).toEqual([issue])
  })

  it('keeps a long name and a long code within the limits', () => {
    expect(dossier({ ten_tthc: 'ơ'.repeat(500), ma_don_vi: 'x'.repeat(64) }).procedureName).toHaveLength(500)
  })

  it('compares a bare day with the time of receipt as a day', () => {
    expect(dossier({ ngay_tra: '01/10/2026', ngay_hen_tra: '01/10/2026' }).status).toBe('returned')
  })

  it.each([
    [{}, 'processing'],
    [{ ngay_hen_tra: '05/10/2026' }, 'processing'],
    [{ ngay_yeu_cau_bo_sung: '02/10/2026' }, 'supplement_requested'],
    [{ ngay_tra: '02/10/2026' }, 'returned'],
    [{ ngay_yeu_cau_bo_sung: '02/10/2026', ngay_tra: '03/10/2026' }, 'returned'],
    [{ ngay_tu_choi: '02/10/2026' }, 'refused'],
    [{ ngay_tu_choi: '02/10/2026', ngay_tra: '02/10/2026' }, 'refused'],
    [{ ngay_tu_choi: '02/10/2026', ngay_tra: '09/10/2026' }, 'returned'],
    [{ ngay_rut: '02/10/2026' }, 'withdrawn'],
    [{ trang_thai: 'Đã xử lý xong' }, 'processing'],
    [{ trang_thai: 'Đã xử lý xong', ngay_tra: '02/10/2026' }, 'returned'],
    [{ trang_thai: 'rút hồ sơ' }, 'withdrawn'],
    [{ trang_thai: 'yêu cầu bổ sung' }, 'supplement_requested'],
  ])('gives %j the state %s', (cells, status) => {
    expect(dossier(cells).status).toBe(status)
  })

  it('takes the day of return as the day of refusal or withdrawal when there is no other', () => {
    expect(dossier({ trang_thai: 'từ chối', ngay_tra: '02/10/2026' })).toMatchObject({
      refusedAt: '2026-10-01T17:00:00.000Z',
      returnedAt: null,
    })
    expect(dossier({ trang_thai: 'rút hồ sơ', ngay_tra: '02/10/2026' })).toMatchObject({
      withdrawnAt: '2026-10-01T17:00:00.000Z',
      returnedAt: null,
    })
  })

  it('refuses what has not happened yet only when told what time it is, and never a due date', () => {
    const future = { ngay_tra: '01/11/2026', cap_nhat_luc: '01/11/2026', ngay_hen_tra: '01/12/2026' }
    expect(issues(future)).toEqual([])
    expect(issues(future, { notAfter: '2026-10-08T00:00:00Z' })).toEqual([
      'ngay_tra in_future',
      'cap_nhat_luc in_future',
    ])
  })
})
