import { expect, test } from 'vitest'
import { communeType, nameKey } from '../../../api/core/units/names.ts'

test.each([
  ['Xã Thuận Hòa', 'Xã Thuận Hoà'],
  ['Phường Điềm Thụy', 'phường  Điềm Thuỵ'],
  ['Xã Nậm Nèn', 'Xã Nậm Nèn'.normalize('NFD')],
  ['Phường 9', 'Phường 09'],
  ['Thành phố Phan Rang - Tháp Chàm', 'Thành phố Phan Rang-Tháp Chàm'],
  ["Xã Ea M'Đoal", 'Xã Ea M’Đoal'],
])('two spellings of one place have one key: %s, %s', (a, b) => {
  expect(nameKey(a)).toBe(nameKey(b))
})

test.each([
  ['Xã Tân Hòa', 'Xã Tấn Hòa'],
  ['Phường 1', 'Phường 10'],
  ['Xã Ia Mơ', 'Xã Ia Mơ Nông'],
  ['Xã Đông Động', 'Xã Đông Đông'],
  ['Xã Trảng Bom', 'Phường Trảng Bom'],
])('two places keep two keys: %s, %s', (a, b) => {
  expect(nameKey(a)).not.toBe(nameKey(b))
})

test('a commune tells its type by its name, and nothing else does', () => {
  expect(
    ['Xã Thái Thụy', 'Phường Phố Hiến', 'Đặc khu Lý Sơn', 'Thị trấn Ba Chẽ', 'xã Bắc Sơn', 'Quận 1'].map(communeType),
  ).toEqual(['rural', 'ward', 'special_zone', 'township', 'rural', null])
})
