import { describe, expect, test } from 'vitest'
import { parseProcedureRows, parseUnitRows } from '../../../api/core/units/csv.ts'
import { parseUnitKind } from '../../../api/core/units/kinds.ts'

type Cells = Record<string, string>
const numbered = (rows: Cells[]) => rows.map((cells, i) => ({ line: i + 2, cells }))
const unit = (id_ngoai: string, ma_cha = '', more: Cells = {}): Cells => ({
  id_ngoai,
  ten: `Đơn vị ${id_ngoai}`,
  loai: 'sở',
  ma_cha,
  ...more,
})
const units = (...rows: Cells[]) => parseUnitRows(numbered(rows))

describe('units', () => {
  test('a full row comes out typed, with codes in their form and the day after the last day', () => {
    const { rows, issues } = units({
      id_ngoai: ' TB-01 ',
      ten: 'Sở  Tư pháp tỉnh Thái Bình'.normalize('NFD'),
      loai: 'Sở',
      ma_cha: '',
      ma_h: 'h54.17',
      ma_tinh: '4',
      ma_xa: '1234',
      hieu_luc_tu: '01/01/1997',
      hieu_luc_den: '2025-06-30',
    })
    expect(issues).toEqual([])
    expect(rows).toEqual([
      {
        line: 2,
        externalId: 'TB-01',
        name: 'Sở Tư pháp tỉnh Thái Bình',
        kind: 'department',
        parentExternalId: null,
        hCode: 'H54.17',
        provinceCode: '04',
        communeCode: '01234',
        validFrom: '1997-01-01',
        validTo: '2025-07-01',
      },
    ])
  })

  test('each bad cell is told with line, column and code, and good rows are kept', () => {
    const { rows, issues } = units(
      unit('A', '', { ten: '' }),
      unit('B', '', { loai: 'phòng họp', ma_h: '54', ma_tinh: '333', ma_xa: 'x' }),
      unit('C', '', { hieu_luc_tu: '31/02/2025' }),
      unit('D', '', { hieu_luc_tu: '02/07/2025', hieu_luc_den: '01/07/2025' }),
      unit('E'),
      unit('E'),
      unit('x'.repeat(65)),
    )
    expect(rows.map((r) => r.externalId)).toEqual(['E'])
    expect(issues).toEqual([
      { line: 2, column: 'ten', code: 'required' },
      { line: 3, column: 'loai', code: 'unknown_kind' },
      { line: 3, column: 'ma_h', code: 'bad_code' },
      { line: 3, column: 'ma_tinh', code: 'bad_code' },
      { line: 3, column: 'ma_xa', code: 'bad_code' },
      { line: 4, column: 'hieu_luc_tu', code: 'bad_date' },
      { line: 5, column: 'hieu_luc_den', code: 'dates_reversed' },
      { line: 7, column: 'id_ngoai', code: 'duplicate' },
      { line: 8, column: 'id_ngoai', code: 'too_long' },
    ])
  })

  test('parents come before their children wherever the file has them', () => {
    const { rows, issues } = units(unit('C', 'B'), unit('B', 'A'), unit('A'))
    expect(issues).toEqual([])
    expect(rows.map((r) => r.externalId)).toEqual(['A', 'B', 'C'])
  })

  test('every unit of a circle is refused, and those below it', () => {
    const { rows, issues } = units(unit('A', 'B'), unit('B', 'A'), unit('C', 'A'), unit('D', 'D'), unit('E'))
    expect(rows.map((r) => r.externalId)).toEqual(['E'])
    expect(issues.map((i) => [i.line, i.column, i.code])).toEqual([
      [2, 'ma_cha', 'cycle'],
      [3, 'ma_cha', 'cycle'],
      [4, 'ma_cha', 'rejected_parent'],
      [5, 'ma_cha', 'cycle'],
    ])
  })

  test('a parent that is nowhere is told apart from one that was refused', () => {
    const { rows, issues } = units(
      unit('A', 'nowhere'),
      unit('B', 'A'),
      unit('C', 'bad'),
      unit('bad', '', { loai: '' }),
    )
    expect(rows).toEqual([])
    expect(issues.map((i) => [i.line, i.code])).toEqual([
      [2, 'unknown_parent'],
      [3, 'rejected_parent'],
      [4, 'rejected_parent'],
      [5, 'required'],
    ])
  })

  test('a unit the tenant has already may be a parent, but not one below the row itself', () => {
    const known = new Map([
      ['P', null],
      ['A', 'P'],
      ['B', 'A'],
    ])
    expect(parseUnitRows(numbered([unit('N', 'B')]), known).issues).toEqual([])
    expect(parseUnitRows(numbered([unit('A', 'B')]), known).issues.map((i) => i.code)).toEqual(['cycle'])
    expect(parseUnitRows(numbered([unit('A', 'P'), unit('B', 'P')]), known).issues).toEqual([])
  })

  test('one H-code has one owner at a time, but may pass on', () => {
    const h = (from: string, to: string) => ({ ma_h: 'H31.20', hieu_luc_tu: from, hieu_luc_den: to })
    expect(units(unit('A', '', h('', '30/06/2025')), unit('B', '', h('01/07/2025', ''))).issues).toEqual([])
    expect(units(unit('A', '', h('', '30/06/2025')), unit('B', '', h('30/06/2025', ''))).issues).toEqual([
      { line: 3, column: 'ma_h', code: 'duplicate' },
    ])
  })

  test.each([
    ['Tỉnh', 'province'],
    ['thành phố trực thuộc Trung ương', 'province'],
    ['SỞ', 'department'],
    ['ban', 'department'],
    ['Sở, ban, ngành', 'department'],
    ['xã', 'commune'],
    ['Phường', 'commune'],
    ['Đặc khu', 'commune'],
    ['Thị trấn', 'commune'],
    ['Bộ phận Một cửa', 'one_stop'],
    ['bộ phận tiếp nhận và trả kết quả', 'one_stop'],
    ['Trung tâm Phục vụ hành chính công cấp xã', 'one_stop'],
    ['Trung tâm phục vụ hành chính công', 'centre'],
    ['huyện', 'district'],
    ['Thị xã', 'district'],
    ['one_stop', 'one_stop'],
    ['thành phố', null],
    ['', null],
  ])('the kind of %j is %s', (word, kind) => {
    expect(parseUnitKind(word)).toBe(kind)
    expect(parseUnitKind(word.normalize('NFD'))).toBe(kind)
  })
})

describe('procedures', () => {
  const procedures = (...rows: Cells[]) => parseProcedureRows(numbered(rows))

  test('a full row comes out typed; what the file leaves open stays unknown, not none', () => {
    const { rows, issues } = procedures(
      {
        ma_tthc: '1.001193.000.00.00.H31',
        ten: 'Đăng ký khai sinh',
        linh_vuc: 'Hộ tịch',
        cap: 'Cấp xã; cấp huyện',
        thoi_han_ngay: '1 ngày làm việc',
        nhom_papi: '5,4',
      },
      { ma_tthc: '2.000815', ten: 'Chứng thực bản sao', nhom_papi: 'none' },
      { ma_tthc: '1.000419', ten: 'Khai tử lưu động' },
    )
    expect(issues).toEqual([])
    const open = { field: '', levels: [], dueDays: null }
    expect(rows).toEqual([
      {
        line: 2,
        code: '1.001193',
        name: 'Đăng ký khai sinh',
        field: 'Hộ tịch',
        levels: ['commune', 'district'],
        dueDays: 1,
        papiGroup: '5.4',
      },
      { line: 3, code: '2.000815', name: 'Chứng thực bản sao', ...open, papiGroup: 'none' },
      { line: 4, code: '1.000419', name: 'Khai tử lưu động', ...open, papiGroup: null },
    ])
  })

  test('each bad cell is told with line, column and code, and good rows are kept', () => {
    const { rows, issues } = procedures(
      { ma_tthc: '1.00119', ten: 'A' },
      { ma_tthc: '', ten: '' },
      { ma_tthc: '1.001193', ten: 'B', cap: 'cấp phó', thoi_han_ngay: '3-5', nhom_papi: '5.2' },
      { ma_tthc: '1.001193', ten: 'C', thoi_han_ngay: '-1' },
      { ma_tthc: '1.001193', ten: 'D' },
      { ma_tthc: '1.001193', ten: 'E' },
    )
    expect(rows.map((r) => r.name)).toEqual(['D'])
    expect(issues).toEqual([
      { line: 2, column: 'ma_tthc', code: 'bad_code' },
      { line: 3, column: 'ma_tthc', code: 'required' },
      { line: 3, column: 'ten', code: 'required' },
      { line: 4, column: 'cap', code: 'unknown_level' },
      { line: 4, column: 'thoi_han_ngay', code: 'bad_number' },
      { line: 4, column: 'nhom_papi', code: 'unknown_group' },
      { line: 5, column: 'thoi_han_ngay', code: 'bad_number' },
      { line: 7, column: 'ma_tthc', code: 'duplicate' },
    ])
  })
})
