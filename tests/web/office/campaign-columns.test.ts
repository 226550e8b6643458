import { expect, test } from 'vitest'
import {
  firstDesign,
  guessRoles,
  roleFault,
  rolesOf,
  withRoles,
  type Role,
} from '../../../web/office/campaigns/columns.ts'

const HEADERS = ['Mã số thuế', 'Mã cũ', 'TÊN DOANH NGHIỆP', 'dia_chi', 'Loại hình', 'Xã/phường', 'Ngành', 'Ghi chú']

test('usual headers are known however they are written; a role that one column alone can have is guessed once', () => {
  expect(guessRoles(HEADERS, true)).toEqual([
    'code',
    'none',
    'name',
    'address',
    'stratum',
    'communeStratum',
    'attribute',
    'none',
  ])
})

test('where contacts are not kept no column is guessed to be one', () => {
  expect(guessRoles(HEADERS, false).filter((role) => role === 'name' || role === 'address')).toEqual([])
})

test('a design gives its columns the roles that made it, also for a file that writes its headers otherwise', () => {
  const headers = ['Mã hộ', 'Xã', 'Thôn', 'Số hộ', 'Giới', 'Điện thoại', 'Khác']
  const roles: Role[] = ['code', 'communeStratum', 'psu', 'size', 'attribute', 'phone', 'none']
  const design = withRoles(firstDesign('Sở Nội vụ'), headers, roles)
  expect(design).toMatchObject({
    columns: { code: 'Mã hộ', strata: ['Xã'], commune: 'Xã', psu: 'Thôn', size: 'Số hộ', attributes: ['Giới'] },
    contacts: { name: null, address: null, phone: 'Điện thoại', email: null },
    perUnit: 10,
  })
  expect(rolesOf(design, headers)).toEqual(roles)
  expect(rolesOf(design, ['ma_ho', 'XÃ', 'thon', 'SO HO', 'gioi', 'dien thoai'])).toEqual(roles.slice(0, 6))
  expect(rolesOf(design, headers.slice(0, 3))).toBeNull()
})

test('without a column of clusters there is one stage, and without a contact column nothing is kept', () => {
  const design = withRoles({ ...firstDesign(''), perUnit: 8 }, ['Mã', 'Tên'], ['code', 'none'])
  expect([design.perUnit, design.contacts]).toEqual([null, null])
})

test('a choice without a code, or with two of what can be there once, is refused', () => {
  expect(roleFault(['stratum', 'name'])).toBe('no_code')
  expect(roleFault(['code', 'code'])).toBe('role_twice')
  expect(roleFault(['code', 'commune', 'communeStratum'])).toBe('role_twice')
  expect(roleFault(['code', 'stratum', 'stratum', 'attribute', 'attribute'])).toBeNull()
})
