import { deflateRawSync } from 'node:zlib'

/** A cell of a test sheet: text goes to the shared texts, a number is kept as written, `raw` is the XML of the cell itself. */
export type SheetCell = string | number | { raw: string } | null

export interface WorkbookOptions {
  date1904?: boolean
  /** XML of the sheet in place of rows. */
  sheetXml?: string
  /** Parts to add or replace. */
  parts?: Record<string, string | Uint8Array>
  stored?: boolean
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships'

/** Builds an XLSX file as a spreadsheet writes it (ECMA-376). */
export function workbook(rows: SheetCell[][], options: WorkbookOptions = {}): Uint8Array {
  const shared: string[] = []
  const cellXml = (cell: SheetCell, reference: string): string => {
    if (cell === null) return ''
    if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`
    if (typeof cell === 'object') return cell.raw.replace('<c', `<c r="${reference}"`)
    shared.push(cell)
    return `<c r="${reference}" t="s"><v>${shared.length - 1}</v></c>`
  }
  const rowXml = (cells: SheetCell[], i: number): string =>
    `<row r="${i + 1}">${cells.map((cell, j) => cellXml(cell, `${letters(j)}${i + 1}`)).join('')}</row>`
  const sheetData = `<sheetData>${rows.map(rowXml).join('')}</sheetData>`
  const sheet = options.sheetXml ?? `${head}<worksheet xmlns="${main}"><dimension ref="A1"/>${sheetData}</worksheet>`

  return zip(
    {
      '_rels/.rels': `${head}<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${officeRelations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${officeRelations}"><workbookPr${options.date1904 ? ' date1904="1"' : ''}/><sheets><sheet name="Hồ sơ" sheetId="7" r:id="rId3"/><sheet name="Khác" sheetId="1" r:id="rId4"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${packageRelations}"><Relationship Id="rId9" Type="${officeRelations}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId4" Type="${officeRelations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId3" Type="${officeRelations}/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
      'xl/worksheets/sheet1.xml': `${head}<worksheet xmlns="${main}"><sheetData><row><c t="inlineStr"><is><t>khác</t></is></c></row></sheetData></worksheet>`,
      'xl/worksheets/sheet2.xml': sheet,
      'xl/sharedStrings.xml': `${head}<sst xmlns="${main}">${shared.map((text) => `<si><t xml:space="preserve">${escape(text)}</t></si>`).join('')}</sst>`,
      ...options.parts,
    },
    options.stored ?? false,
  )
}

function letters(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : letters(Math.floor(index / 26) - 1) + letters(index % 26)
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** A ZIP archive of the given parts. Checksums are left at zero: our reader, like most, does not look at them. */
export function zip(parts: Record<string, string | Uint8Array>, stored = false): Uint8Array {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, part] of Object.entries(parts)) {
    const plain = Buffer.from(part)
    const packed = stored ? plain : deflateRawSync(plain)
    const path = Buffer.from(name)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(stored ? 0 : 8, 4)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(plain.length, 18)
    fields.writeUInt16LE(path.length, 22)
    local.push(Buffer.from([0x50, 0x4b, 3, 4]), fields, path, packed)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    central.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), fields, tail, path)
    offset += 30 + path.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(parts).length, 8)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...local, directory, end]))
}
