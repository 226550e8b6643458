import { describe, expect, it } from 'vitest'
import { DossierFileError } from '../../../../api/core/dossier/errors.ts'
import { readCsv } from '../../../../api/core/dossier/read/csv.ts'
import type { ByteSource, TableRecord } from '../../../../api/core/dossier/read/record.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string) => new Uint8Array([0xff, 0xfe, ...Buffer.from(text, 'utf16le')])

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function records(source: ByteSource, recordLengthMax = 65_536): Promise<TableRecord[]> {
  const all: TableRecord[] = []
  for await (const record of readCsv(source, { recordLengthMax, cellsMax: 200 })) all.push(record)
  return all
}
const cells = async (text: string) => (await records(utf8(text))).map((record) => record.cells)

describe('readCsv', () => {
  it.each([
    ['a;b;c\n1;2,5;3', ';'],
    ['a,b,c\n1,"2,5",3', ','],
    ['a\tb\tc\n1\t2,5\t3', 'tab'],
  ])('finds the separator of %j', async (text) => {
    expect((await cells(text))[1]).toEqual(['1', '2,5', '3'])
  })

  it('does not count separators inside quotes, and believes a declared one', async () => {
    expect(await cells('"a;b;c;d",e\n1,2')).toEqual([
      ['a;b;c;d', 'e'],
      ['1', '2'],
    ])
    expect(await cells('sep=;\r\na,b,c;d\r\n')).toEqual([['a,b,c', 'd']])
  })

  it('looks for the separator below a title line', async () => {
    expect(await cells('DANH SÁCH HỒ SƠ\n\na;b\n1;2')).toEqual([['DANH SÁCH HỒ SƠ'], ['a', 'b'], ['1', '2']])
  })

  it.each(['\n', '\r\n', '\r'])('reads line ends %j and a last line with or without one', async (end) => {
    const expected = [
      ['a', 'b'],
      ['1', ''],
    ]
    expect(await cells(`a;b${end}1;${end}`)).toEqual(expected)
    expect(await cells(`a;b${end}1;`)).toEqual(expected)
    expect(await cells(`a;b${end}"1";""${end}`)).toEqual(expected)
    expect(await cells(`a;b${end}"1";""`)).toEqual(expected)
  })

  it('reads UTF-8 with and without byte order mark and UTF-16 LE with one, whatever the size of the pieces', async () => {
    const text = 'Mã hồ sơ;Lĩnh vực\r\n"Đăng ký ""khai sinh""";🏛\r\n'
    const expected = [
      ['Mã hồ sơ', 'Lĩnh vực'],
      ['Đăng ký "khai sinh"', '🏛'],
    ]
    for (const bytes of [utf8(text), utf8(`\ufeff${text}`), utf16(text)]) {
      for (const size of [1, 2, 3, 7, 64, 10_000]) {
        expect((await records(inPieces(bytes, size))).map((record) => record.cells)).toEqual(expected)
      }
      expect((await records(bytes)).map((record) => record.cells)).toEqual(expected)
    }
  })

  it.each([
    ['windows-1258', [0x4d, 0xe3, 0x20, 0x68, 0xf4]],
    ['a cut character', [0x61, 0xc3]],
    ['a lone first byte', [0xff]],
    ['UTF-16 BE', [0xfe, 0xff, 0, 0x61]],
    ['half a UTF-16 unit', [0xff, 0xfe, 0x61]],
  ])('refuses %s as not_utf8', async (_, bytes) => {
    await expect(records(Uint8Array.from(bytes))).rejects.toEqual(new DossierFileError('not_utf8'))
  })

  it('keeps quoted line breaks and gives the physical line on which a record begins', async () => {
    const text = 'a;b\r\n\r\n"một\r\nhai\nba";2\r\n3;4\n\n"x""\ny";5\n6;7'
    expect(await records(utf8(text))).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 3, cells: ['một\r\nhai\nba', '2'] },
      { line: 6, cells: ['3', '4'] },
      { line: 8, cells: ['x"\ny', '5'] },
      { line: 10, cells: ['6', '7'] },
    ])
  })

  it('takes a mark inside an unquoted cell as a character, and blanks around a quoted cell as nothing', async () => {
    expect(await cells('a;b;c\n5" ống;  "x;y"  ;z')).toEqual([
      ['a', 'b', 'c'],
      ['5" ống', 'x;y', 'z'],
    ])
  })

  it('loses only the line whose quote is not closed', async () => {
    const text = 'a;b\n1;"mở\n2;tốt\n3;tốt\n'
    expect(await records(utf8(text))).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: [], problem: 'unclosed_quote' },
      { line: 3, cells: ['2', 'tốt'] },
      { line: 4, cells: ['3', 'tốt'] },
    ])
  })

  it('loses only the line with an unescaped quote', async () => {
    expect(await records(utf8('a;b\n1;"Công ty "ABC" HY"\n2;tốt'))).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: [], problem: 'unclosed_quote' },
      { line: 3, cells: ['2', 'tốt'] },
    ])
  })

  it('gives up on a quote after the longest record and on a line that is longer, and goes on behind them', async () => {
    const filler = `${'x'.repeat(50)};y\n`.repeat(100)
    const withQuote = await records(inPieces(utf8(`a;b\n1;"mở\n${filler}9;cuối\n`), 30_000), 1000)
    expect(withQuote[1]).toEqual({ line: 2, cells: [], problem: 'unclosed_quote' })
    expect(withQuote).toHaveLength(103)
    expect(withQuote.at(-1)).toEqual({ line: 103, cells: ['9', 'cuối'] })

    for (const size of [100, 20_000, 1_000_000]) {
      const long = await records(inPieces(utf8(`a;b\n${'x'.repeat(70_000)};1\n9;cuối`), size), 1000)
      expect(long).toEqual([
        { line: 1, cells: ['a', 'b'] },
        { line: 2, cells: [], problem: 'record_too_long' },
        { line: 3, cells: ['9', 'cuối'] },
      ])
    }
  })

  it('keeps no more cells of a record than the limit and one, to show that there were more', async () => {
    const [first] = await records(utf8(`${'x;'.repeat(5000)}\n`))
    expect(first?.cells).toHaveLength(201)
    const [quoted] = await records(utf8(`${'"x";'.repeat(5000)}\n`))
    expect(quoted?.cells).toHaveLength(201)
  })

  it('has nothing to say of an empty file', async () => {
    for (const text of ['', '\ufeff', '\n\n \r\n', ';;;\n']) expect(await cells(text)).toEqual([])
  })

  it('agrees with what was written, for random tables in random pieces', async () => {
    const random = generator(7)
    const alphabet = ['a', 'ộ', '"', '\n', '\r\n', ';', ',', ' ', '', '🏛', '""', "'"]
    for (let round = 0; round < 300; round += 1) {
      const separator = [';', ',', '\t'][round % 3] ?? ';'
      const table = Array.from({ length: 1 + random(6) }, () =>
        Array.from({ length: 4 }, () => Array.from({ length: random(5) }, () => alphabet[random(12)]).join('')),
      )
      // The first row is plain so that the separator is certain.
      const rows = [['h1', 'h2', 'h3', 'h4'], ...table]
      const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`
      const text = rows.map((row, i) => (i === 0 ? row : row.map(quote)).join(separator)).join('\r\n')
      const read = await records(inPieces(utf8(text), 1 + random(40)))
      expect(read.map((record) => record.cells)).toEqual(rows.filter((row) => row.some((cell) => cell.trim() !== '')))
    }
  })

  it('streams 100,000 rows while asking for one piece at a time', async () => {
    const rowCount = 100_000
    const row = 'H31.12.7-261001-0001;1.001193;"Đăng ký\nkhai sinh";H31.12.7;01/10/2026 08:00\n'
    let sent = 0
    let read = 0
    let aheadMax = 0
    const source = async function* (): AsyncGenerator<Uint8Array> {
      yield utf8('Mã hồ sơ;Mã TTHC;Tên TTHC;Mã đơn vị;Ngày tiếp nhận\n')
      const piece = utf8(row.repeat(100))
      for (; sent < rowCount; sent += 100) {
        aheadMax = Math.max(aheadMax, sent - read)
        yield piece
      }
    }
    let lastLine = 0
    for await (const record of readCsv(source())) {
      read += 1
      lastLine = record.line
    }
    expect(read).toBe(rowCount + 1)
    expect(lastLine).toBe(2 * rowCount)
    // What has been sent and not yet handed on stays bounded by the reader's gathering, not by the file.
    expect(aheadMax).toBeLessThan(2000)
  })
})

/** A small linear congruential generator, so that a failure can be repeated. */
function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}
