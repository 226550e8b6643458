import { describe, expect, it } from 'vitest'
import { DossierFileError } from '../../../../api/core/dossier/errors.ts'
import type { FileErrorCode } from '../../../../api/core/dossier/errors.ts'
import type { TableRecord } from '../../../../api/core/dossier/read/record.ts'
import { isXlsx, openXlsx, serialToText, xlsxLimits } from '../../../../api/core/dossier/read/xlsx.ts'
import type { XlsxLimits } from '../../../../api/core/dossier/read/xlsx.ts'
import { workbook, zip } from './workbook.ts'

async function records(bytes: Uint8Array, limits: Partial<XlsxLimits> = {}): Promise<TableRecord[]> {
  const table = await openXlsx(bytes, { ...xlsxLimits, ...limits })
  const all: TableRecord[] = []
  for await (const record of table.records) all.push(record)
  return all
}
const refusal = (code: FileErrorCode) => new DossierFileError(code)
const sheet = (data: string) => `<worksheet><sheetData>${data}</sheetData></worksheet>`

describe('openXlsx', () => {
  it.each([false, true])('reads the first sheet by its order in the workbook (stored: %s)', async (stored) => {
    const bytes = workbook([['Mã hồ sơ', 'Tên <TTHC> & khác'], [], ['  a', null, 'c\nd']], { stored })
    expect(isXlsx(bytes)).toBe(true)
    const [head, row] = await records(bytes)
    expect(head).toMatchObject({ line: 1, cells: ['Mã hồ sơ', 'Tên <TTHC> & khác'] })
    expect(row).toMatchObject({ line: 3, cells: ['  a', '', 'c\nd'] })
  })

  it('keeps the digits of numbers and marks them', async () => {
    const rows = [[1.001193, { raw: '<c><v>1.0012</v></c>' }, 'x', { raw: '<c t="n"><v>1.2E+5</v></c>' }]]
    const [row] = await records(workbook(rows))
    expect(row?.cells).toEqual(['1.001193', '1.0012', 'x', '120000'])
    expect([0, 1, 2, 3].map((i) => row?.numeric?.[i] === true)).toEqual([true, true, false, true])
  })

  it('reads inline and formatted texts, results of formulas, escapes and prefixed elements', async () => {
    const raw = [
      '<c t="inlineStr"><is><r><t>Đăng </t></r><r><rPr><b/></rPr><t>ký</t></r><rPh><t>x</t></rPh></is></c>',
      '<c t="str"><f>A1&amp;"y"</f><v>kết quả</v></c>',
      '<c t="str"><f>A1</f></c>',
      '<c t="e"><v>#N/A</v></c>',
      '<c t="inlineStr"><is><t>a_x000D_b&#x1F3DB;&#250;<![CDATA[<c>]]></t></is></c>',
      '<c t="s"><v>99</v></c>',
      '<c t="inlineStr"><is><t>cuối</t></is></c>',
    ]
    const [row] = await records(workbook([raw.map((xml) => ({ raw: xml }))]))
    expect(row?.cells).toEqual(['Đăng ký', 'kết quả', '', '#N/A', 'a\rb🏛ú<c>', '', 'cuối'])

    const prefixed =
      '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    expect(await records(workbook([], { sheetXml: prefixed }))).toMatchObject([{ line: 1, cells: ['5'] }])
  })

  it('numbers rows and cells that carry no reference', async () => {
    const sheetXml = sheet(
      '<row><c><v>1</v></c></row><row r="5"><c/><c><v>2</v></c></row><row><c r="C6"><v>3</v></c></row>',
    )
    expect(await records(workbook([], { sheetXml }))).toMatchObject([
      { line: 1, cells: ['1'] },
      { line: 5, cells: ['', '2'] },
      { line: 6, cells: ['', '', '3'] },
    ])
  })

  it('asks for no memory for rows and columns that a file only names', async () => {
    const sheetXml = sheet('<row r="1000000"><c r="XFD1000000"><v>1</v></c><c r="A1000000"><v>2</v></c></row>')
    expect(await records(workbook([], { sheetXml }))).toMatchObject([{ line: 1_000_000, cells: ['2'] }])
    const beyond = sheet('<row r="1000000000"><c><v>1</v></c></row>')
    await expect(records(workbook([], { sheetXml: beyond }))).rejects.toEqual(refusal('too_many_rows'))
  })

  it('stops unpacking at the limit, whatever sizes the archive declares', async () => {
    const bomb = workbook([], { parts: { 'xl/worksheets/sheet2.xml': new Uint8Array(50_000_000) } })
    expect(bomb.length).toBeLessThan(100_000)
    await expect(records(bomb, { unpackedBytesMax: 1_000_000 })).rejects.toEqual(refusal('file_too_large'))
    const shared = workbook([['x'.repeat(1000)]])
    await expect(records(shared, { sharedLengthMax: 900 })).rejects.toEqual(refusal('file_too_large'))
    await expect(records(workbook([['a'], ['b'], ['c']]), { rowsMax: 2 })).rejects.toEqual(refusal('too_many_rows'))
  })

  it('refuses document types, where entities that multiply begin', async () => {
    const sheetXml = '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'
    await expect(records(workbook([], { sheetXml }))).rejects.toEqual(refusal('invalid_workbook'))
  })

  it.each([
    ['another kind of archive', zip({ 'word/document.xml': '<w/>' })],
    ['no archive', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0])],
    ['an empty archive', zip({})],
    ['a workbook without its sheet', workbook([], { parts: { 'xl/workbook.xml': '<workbook/>' } })],
    ['text that is not UTF-8', workbook([], { parts: { 'xl/worksheets/sheet2.xml': Uint8Array.from([0x3c, 0xff]) } })],
    ['a cut sheet', workbook([], { sheetXml: '<worksheet><sheetData><row' })],
    ['rows out of order', workbook([], { sheetXml: sheet('<row r="2"/><row r="2"/>') })],
  ])('refuses %s', async (_, bytes) => {
    await expect(records(bytes)).rejects.toEqual(refusal('invalid_workbook'))
  })

  it('refuses a part that is locked with a password', async () => {
    const bytes = workbook([['a']])
    const locked = bytes.slice()
    const view = new DataView(locked.buffer)
    for (let at = 0; at < locked.length - 4; at += 1) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint16(at + 8, 1, true)
    }
    await expect(records(locked)).rejects.toEqual(refusal('unsupported_workbook'))
  })

  it('streams a sheet of 100,000 rows', async () => {
    const row = '<row><c><v>1.001193</v></c><c t="inlineStr"><is><t>Đăng ký khai sinh</t></is></c></row>'
    const table = await openXlsx(workbook([], { sheetXml: sheet(row.repeat(100_000)) }))
    let count = 0
    for await (const { cells } of table.records) count += cells.length / 2
    expect(count).toBe(100_000)
  })
})

describe('serialToText', () => {
  it.each([
    ['46303', false, '2026-10-08'],
    ['46303.5', false, '2026-10-08 12:00:00'],
    ['46303.604166666664', false, '2026-10-08 14:30:00'],
    ['44841', true, '2026-10-08'],
    ['36526', false, '2000-01-01'],
    ['73415', false, '2100-12-31'],
    ['73416', false, null],
    ['36525', false, null],
    ['20261008', false, null],
    ['2026', false, null],
    ['', false, null],
    ['x', false, null],
  ])('reads %s (from 1904: %s) as %s', (raw, date1904, text) => {
    expect(serialToText(raw, date1904)).toBe(text)
  })
})
