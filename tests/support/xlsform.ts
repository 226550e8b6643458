import { zip } from '../core/dossier/read/workbook.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'

/** Rows of each sheet of an XLSForm, header first. */
export type FormSheets = Readonly<Record<string, readonly (readonly string[])[]>>

/** A workbook with these sheets in this order. */
export function formWorkbook(sheets: FormSheets): Uint8Array<ArrayBuffer> {
  const names = Object.keys(sheets)
  const text = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  const cell = (words: string) => `<c t="inlineStr"><is><t xml:space="preserve">${text(words)}</t></is></c>`
  const rows = (name: string) => (sheets[name] ?? []).map((cells) => `<row>${cells.map(cell).join('')}</row>`).join('')
  const listed = names.map((name, i) => `<sheet name="${text(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
  const related = names.map(
    (_, i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  )
  return new Uint8Array(
    zip({
      '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${listed.join('')}</sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}">${related.join('')}</Relationships>`,
      ...Object.fromEntries(
        names.map((name, i) => [
          `xl/worksheets/sheet${i + 1}.xml`,
          `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${rows(name)}</sheetData></worksheet>`,
        ]),
      ),
    }),
  )
}

/** A form with what we take and what we do not; the rows that are not taken have `left` in their label. */
export const MARKET_FORM: FormSheets = {
  survey: [
    [
      'type',
      'name',
      'label::Tiếng Việt (vi)',
      'label::English (en)',
      'label::Français (fr)',
      'required',
      'relevant',
      'constraint',
      'default',
    ],
    ['start', 'start', '', '', '', '', '', '', ''],
    ['note', 'hello', 'Xin chào', 'Hello', 'Bonjour', '', '', '', ''],
    ['select_one yes_no', 'sells', 'Có bán ở chợ không?', 'Do you sell at a market?', '', 'yes', '', '', ''],
    [
      'integer',
      'days',
      'Mấy ngày một tuần?',
      'How many days a week?',
      '',
      '',
      "${sells} = 'yes'",
      '. >= 1 and . <= 7',
      '5',
    ],
    ['geopoint', 'place', 'left: nơi bán', 'left: place', '', '', '', '', ''],
    ['begin group', 'Goods', 'Hàng hóa', 'Goods', '', '', "${days} > 2 or selected(${sells}, 'yes')", '', ''],
    ['select_multiple kinds', 'kinds', 'Bán những gì?', '', '', '', 'count-selected(${sells}) > 0', '', ''],
    ['begin repeat', 'stall', 'left', '', '', '', '', '', ''],
    ['text', 'stall_name', 'left', '', '', '', '', '', ''],
    ['end repeat', '', '', '', '', '', '', '', ''],
    ['end group', '', '', '', '', '', '', '', ''],
  ],
  choices: [
    ['list_name', 'name', 'label::Tiếng Việt (vi)', 'label::English (en)', 'image'],
    ['yes_no', 'yes', 'Có', 'Yes', 'a.png'],
    ['yes_no', 'no', 'Không', 'No', ''],
    ['kinds', 'rau-qua', 'Rau quả', 'Vegetables', ''],
    ['kinds', 'Ga', 'Gà', 'Chicken', ''],
  ],
  settings: [
    ['form_title', 'form_id', 'version', 'style'],
    ['Khảo sát chợ', 'khao_sat_cho', '3', 'pages'],
  ],
  entities: [['dataset'], ['stalls']],
}
