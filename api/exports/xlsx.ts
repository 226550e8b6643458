import { strToU8, Zip, ZipDeflate } from 'fflate'

/** Sheets of a workbook by name; their rows some at a time, each as `sheetCells` writes it. */
export interface Sheet {
  readonly name: string
  readonly rows: AsyncIterable<readonly string[]>
}
/** Rows of one sheet that Excel reads, and letters of one cell. */
export const XLSX_ROWS_MAX = 1_048_576
const LETTERS_MAX = 32_767

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/**
 * A workbook (ECMA-376) in pieces as its rows come: texts are texts and never formulas, numbers are numbers, the first row stays
 * in sight. Zipped by fflate, which streams; libraries that write workbooks keep every cell until the end.
 */
export async function* xlsx(sheets: readonly Sheet[]): AsyncGenerator<Uint8Array> {
  let failure: Error | null = null
  let made: Uint8Array[] = []
  const zip = new Zip((error, piece) => {
    if (error) failure = error
    else made.push(piece)
  })
  const taken = (): Uint8Array[] => {
    if (failure !== null) throw failure
    const pieces = made
    made = []
    return pieces
  }
  const open = (path: string): ZipDeflate => {
    const file = new ZipDeflate(path, { level: 6 })
    zip.add(file)
    return file
  }
  for (const [path, text] of framework(sheets)) open(path).push(strToU8(XML + text), true)
  for (const [at, { rows }] of sheets.entries()) {
    const file = open(`xl/worksheets/sheet${at + 1}.xml`)
    file.push(
      strToU8(
        `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`,
      ),
    )
    for await (const batch of rows) {
      file.push(strToU8(batch.map((cells) => `<row>${cells}</row>`).join('')))
      yield* taken()
    }
    file.push(strToU8('</sheetData></worksheet>'), true)
    yield* taken()
  }
  zip.end()
  yield* taken()
}

function framework(sheets: readonly Sheet[]): [path: string, text: string][] {
  const each = (write: (n: number, name: string) => string) =>
    sheets.map(({ name }, at) => write(at + 1, escaped(name))).join('')
  return [
    [
      '[Content_Types].xml',
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>${each((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPES}.worksheet+xml"/>`)}</Types>`,
    ],
    [
      '_rels/.rels',
      `<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each((n, name) => `<sheet name="${name}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${RELATIONS}">${each((n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}</Relationships>`,
    ],
  ]
}

/** Cells beside one another. */
export function sheetCells(cells: readonly (string | number | null)[]): string {
  return cells.map(cell).join('')
}

function cell(value: string | number | null): string {
  if (value === null || value === '') return '<c/>'
  if (typeof value === 'number') return `<c><v>${value}</v></c>`
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(value.slice(0, LETTERS_MAX))}</t></is></c>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** Letters that XML has no way to write are left out. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => ENTITIES[mark] ?? '').replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '')
}
