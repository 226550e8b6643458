import { describe, expect, it } from 'vitest'
import { DossierFileError } from '../../../api/core/dossier/errors.ts'
import { openDossierFile } from '../../../api/core/dossier/file.ts'
import type { DossierFileOptions, DossierFileRow } from '../../../api/core/dossier/file.ts'
import type { ByteSource } from '../../../api/core/dossier/read/record.ts'
import { workbook } from './read/workbook.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

async function read(source: ByteSource, options?: DossierFileOptions) {
  const file = await openDossierFile(source, options)
  const rows: DossierFileRow[] = []
  for await (const row of file.rows) rows.push(row)
  return { file, rows }
}
const codes = (rows: DossierFileRow[]) =>
  rows.map((row) => (row.ok ? `${row.line} ok` : row.issues.map((i) => `${i.line} ${i.column} ${i.code}`).join(', ')))
const refusal = (...args: ConstructorParameters<typeof DossierFileError>) => new DossierFileError(...args)

const header = 'STT;Mã hồ sơ;Họ và tên;Mã TTHC;Mã đơn vị;Ngày tiếp nhận;Ngày hẹn trả kết quả;Ngày trả kết quả'
const line = (n: number) =>
  `${n};H31.12.7-261001-000${n};Nguyễn Thị Hoa;1.001193;H31.12.7;01/10/2026;08/10/2026;07/10/2026`

describe('openDossierFile', () => {
  it('reads a CSV list and keeps nothing of columns it does not know', async () => {
    const { file, rows } = await read(
      utf8(`${header};Số CCCD\r\n${line(1)};033099001234\r\n${line(2)};033099001235\r\n`),
    )
    expect(file.format).toBe('csv')
    expect(file.ignoredColumns).toEqual(['STT', 'Họ và tên', 'Số CCCD'])
    expect(codes(rows)).toEqual(['2 ok', '3 ok'])
    expect(JSON.stringify(rows)).not.toMatch(/Nguyễn|0330/)
  })

  it('keeps good rows and names line, column and header of bad ones', async () => {
    const bad = '2;H31-1;Trần Văn An;1.001193;H31.12.7;31/02/2026;;'
    const { rows } = await read(utf8(`${header}\n${line(1)}\n${bad}\n${line(3)}\n`))
    expect(rows.map(({ ok }) => ok)).toEqual([true, false, true])
    expect(rows[1]).toEqual({
      ok: false,
      line: 3,
      issues: [
        { line: 3, column: 'ma_ho_so', code: 'invalid_dossier_code', header: 'Mã hồ sơ' },
        { line: 3, column: 'ngay_tiep_nhan', code: 'invalid_date', header: 'Ngày tiếp nhận' },
      ],
    })
    expect(JSON.stringify(rows[1])).not.toMatch(/Trần|31\/02/)
  })

  it('refuses a row whose cells have shifted, and one whose quote is open', async () => {
    const shifted = `${line(1)};thừa`
    const { rows } = await read(utf8(`${header}\n${shifted}\n2;"H31\n${line(3)}\n${line(4)};;\n`))
    expect(codes(rows)).toEqual(['2 null cell_count', '3 null unclosed_quote', '4 ok', '5 ok'])
  })

  it('finds the header below titles and passes over rows without any known cell', async () => {
    const { rows } = await read(utf8(`UBND TỈNH HƯNG YÊN\nDANH SÁCH HỒ SƠ\n${header}\n${line(1)}\nTổng;;một\n`))
    expect(codes(rows)).toEqual(['4 ok'])
  })

  it('reads an XLSX list: dates and codes that the sheet keeps as numbers are what their columns mean', async () => {
    const rows = [
      ['Báo cáo'],
      ['Mã hồ sơ', 'Mã TTHC', 'Mã đơn vị', 'Ngày tiếp nhận', 'Ngày hẹn trả kết quả', 'Ngày trả kết quả', 'Chủ hồ sơ'],
      ['H31.12.7-261001-0001', 1.0012, 'H31.12.7', 46296.354166666664, 46303, '07/10/2026 09:00', 'Lê Thị Mai'],
      ['H31.12.7-261001-0002', '1.0012', 'H31.12.7', 46296, null, 46295],
    ]
    const { file, rows: read1900 } = await read(workbook(rows))
    expect(file).toMatchObject({ format: 'xlsx', ignoredColumns: ['Chủ hồ sơ'] })
    expect(read1900[0]).toMatchObject({
      ok: true,
      line: 3,
      dossier: {
        procedureCode: '1.001200',
        receivedAt: '2026-10-01T01:30:00.000Z',
        dueAt: '2026-10-08T16:59:59.000Z',
        returnedAt: '2026-10-07T02:00:00.000Z',
      },
    })
    expect(codes(read1900)[1]).toBe('4 ma_tthc invalid_procedure_code, 4 ngay_tra before_received')

    const older = [rows[1] ?? [], ['H31.12.7-261001-0001', '1.001193', 'H31.12.7', 44834, 44841]]
    const { rows: read1904 } = await read(workbook(older, { date1904: true }))
    expect(read1904[0]).toMatchObject({ dossier: { dueAt: '2026-10-08T16:59:59.000Z' } })
  })

  it('tells CSV from XLSX by the first bytes, in any pieces', async () => {
    const inPieces = async function* (bytes: Uint8Array, size: number) {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    }
    const book = workbook([header.split(';'), line(1).split(';')])
    for (const size of [1, 3, 5000]) {
      expect(codes((await read(inPieces(book, size))).rows)).toEqual(['2 ok'])
      expect(codes((await read(inPieces(utf8(`${header}\n${line(1)}`), size))).rows)).toEqual(['2 ok'])
    }
  })

  it.each([
    ['an empty file', utf8(''), refusal('empty_file')],
    ['blank lines', utf8('\n ;; \n'), refusal('empty_file')],
    ['an empty sheet', workbook([]), refusal('empty_file')],
    ['a missing column', utf8('Mã hồ sơ;Mã TTHC;Ngày tiếp nhận\n'), refusal('missing_column', ['ma_don_vi'])],
    [
      'the row that comes nearest to a header',
      utf8('Danh sách\nMã hồ sơ;Mã TTHC;Ngày tiếp nhận\nx;y;z\n'),
      refusal('missing_column', ['ma_don_vi']),
    ],
    ['two equal columns', utf8(`${header};ma_ho_so\n`), refusal('duplicate_column', ['ma_ho_so'])],
    ['too many columns', utf8(`${header}${';x'.repeat(300)}\n`), refusal('too_many_columns')],
    ['a header that is none', utf8(`"${'x'.repeat(70_000)}`), refusal('not_a_table')],
    ['an old workbook', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), refusal('unsupported_workbook')],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0xff]), refusal('not_utf8')],
  ])('refuses %s with its code', async (_, bytes, error) => {
    const caught = await read(bytes).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(caught).toBeInstanceOf(DossierFileError)
    expect(caught).toMatchObject({ code: error.code, columns: error.columns })
  })

  it('refuses a workbook larger than it is told to take', async () => {
    const book = workbook([header.split(';'), line(1).split(';')])
    await expect(read(book, { xlsxBytesMax: 100 })).rejects.toEqual(refusal('file_too_large'))
    await expect(read(book, { unpackedBytesMax: 100 })).rejects.toEqual(refusal('file_too_large'))
  })

  it('never throws anything but its own error, whatever the bytes', async () => {
    const random = generator(11)
    const book = workbook([header.split(';'), ...[1, 2, 3].map((n) => line(n).split(';'))])
    const text = utf8(`${header}\n${line(1)}\n"${line(2)}"\n`)
    const outcomes = new Map<string, number>()
    for (let round = 0; round < 1500; round += 1) {
      const bytes = round % 3 === 0 ? book.slice() : round % 3 === 1 ? text.slice() : noise(random, book)
      const flips = round % 3 === 2 ? 0 : random(8)
      for (let n = 0; n < flips; n += 1) bytes[random(bytes.length)] = random(256)
      const cut = random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes
      const outcome = await read(cut).then(
        () => 'read',
        (error: unknown) => (error instanceof DossierFileError ? error.code : `unexpected ${String(error)}`),
      )
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    expect([...outcomes.keys()].filter((outcome) => outcome.startsWith('unexpected'))).toEqual([])
    // The noise reached all the way through: some files read, some were refused in both formats.
    expect([...outcomes.keys()]).toEqual(expect.arrayContaining(['read', 'not_utf8', 'invalid_workbook']))
  })
})

/** Random bytes, now and then behind the magic bytes of a workbook. */
function noise(random: (below: number) => number, book: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from({ length: random(2000) + 4 }, () => random(256))
  if (random(2) === 0) bytes.set(book.subarray(0, 4))
  return bytes
}

/** A small linear congruential generator, so that a failure can be repeated. */
function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}
