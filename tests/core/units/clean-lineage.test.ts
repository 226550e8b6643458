import { expect, test } from 'vitest'
import { cleanLineage, type RawMapping } from '../../../api/core/units/clean-lineage.ts'
import { nameKey } from '../../../api/core/units/names.ts'

const current = [
  { code: '11401', name: 'Phường An Dương', provinceCode: '31' },
  { code: '12452', name: 'Phường Thái Bình', provinceCode: '33' },
  { code: '12466', name: 'Phường Vũ Phúc', provinceCode: '33' },
]
const provinceCodes = new Map([
  [nameKey('Hưng Yên'), '33'],
  [nameKey('Thành phố Hải Phòng'), '31'],
])

function row(oldCode: string | null, oldName: string | null, newCode: string, newName: string): RawMapping {
  const oldDistrict = oldName && 'Thành phố Thái Bình'
  const oldProvince = oldName && 'Tỉnh Thái Bình'
  return { oldCode, oldName, oldDistrict, oldProvince, newCode, newName, newProvince: 'Hưng Yên' }
}

const clean = (...rows: RawMapping[]) => cleanLineage(current, rows, provinceCodes)

test('a pair with both codes right is taken as listed, once however often it is said', () => {
  const listed = row('12400', 'Phường Lê Hồng Phong', '12452', 'Phường Thái Bình')
  const { former, pairs, gaps } = clean(listed, listed, { ...listed, oldName: 'phường Lê Hồng Phong' })
  expect(former).toEqual([
    { code: '12400', name: 'Phường Lê Hồng Phong', district: 'Thành phố Thái Bình', province: 'Tỉnh Thái Bình' },
  ])
  expect(pairs).toEqual([{ oldCode: '12400', newCode: '12452', basis: 'listed' }])
  expect(gaps.repeatedRows).toBe(2)
})

test('a wrong new code gives way to the name within the province, and is told', () => {
  const { pairs, gaps } = clean(row('12400', 'Phường Đề Thám', '9493', 'Phường Thái Bình'))
  expect(pairs).toEqual([{ oldCode: '12400', newCode: '12452', basis: 'name_match' }])
  expect(gaps.repairedNewCodes).toEqual([
    { given: '9493', name: 'Phường Thái Bình', province: 'Hưng Yên', code: '12452' },
  ])
})

test('a code that exists but belongs to another commune is wrong too', () => {
  const { pairs } = clean(row('12400', 'Phường Đề Thám', '11401', 'Phường Thái Bình'))
  expect(pairs).toEqual([{ oldCode: '12400', newCode: '12452', basis: 'name_match' }])
})

test('a row without old code that names a coded commune makes it a commune in parts', () => {
  const { pairs, gaps } = clean(
    row(null, 'Xã Vũ Chính', '12466', 'Phường Vũ Phúc'),
    row('12460', 'Xã Vũ Chính', '12452', 'Phường Thái Bình'),
  )
  expect(pairs).toEqual([
    { oldCode: '12460', newCode: '12452', basis: 'part' },
    { oldCode: '12460', newCode: '12466', basis: 'part' },
  ])
  expect(gaps.formerWithoutCode).toEqual([])
})

test('a name of another district is not taken for the same commune: it stays a gap', () => {
  const elsewhere = { ...row(null, 'Xã Vũ Chính', '12466', 'Phường Vũ Phúc'), oldDistrict: 'Huyện Vũ Thư' }
  const { former, pairs, gaps } = clean(elsewhere, row('12460', 'Xã Vũ Chính', '12452', 'Phường Thái Bình'), elsewhere)
  expect(former).toHaveLength(1)
  expect(pairs).toEqual([{ oldCode: '12460', newCode: '12452', basis: 'listed' }])
  expect(gaps.formerWithoutCode).toEqual([
    { name: 'Xã Vũ Chính', district: 'Huyện Vũ Thư', province: 'Tỉnh Thái Bình', newCode: '12466' },
  ])
  expect(gaps.repeatedRows).toBe(1)
})

test('what names no commune of today, no old one, or is never named, is listed and nothing is invented', () => {
  const nowhere = row('12400', 'Phường Đề Thám', '12452', 'Phường Không Có')
  const { pairs, gaps } = clean(nowhere, row('', null, '12466', 'Phường Vũ Phúc'))
  expect(pairs).toEqual([])
  expect(gaps).toMatchObject({
    unknownNew: [nowhere],
    unnamedOld: ['12466'],
    withoutPredecessor: ['11401', '12452'],
  })
})

test('names come out in normal form C, and the order of the rows does not matter', () => {
  const rows = [
    row('12460', 'Xã Vũ Chính'.normalize('NFD'), '12452', 'Phường Thái Bình'),
    row('12400', 'Phường  Đề Thám', '12452', 'Phường Thái Bình'),
  ]
  expect(clean(...rows)).toEqual(clean(...rows.toReversed()))
  expect(clean(...rows).former.map((c) => c.name)).toEqual(['Phường Đề Thám', 'Xã Vũ Chính'])
})
