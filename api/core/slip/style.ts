import { A4_SHEET, FORMATS, type SlipFormat } from './paper.ts'

/**
 * The style of a document of slips. Black on white only: thermal paper has no grey. Sizes are those of paper; on a screen the
 * same slips stand one below the other on grey.
 * @param heightMm of a receipt's page
 */
export function styleOf(format: SlipFormat, heightMm: number): string {
  return COMMON + (format === 'a4' ? sheetStyle() : receiptStyle(format, heightMm))
}

const COMMON = `
*{box-sizing:border-box}
html{background:#fff;color:#000}
body{margin:0;font:9.5pt/1.35 Arial,'Liberation Sans','Open Sans',Helvetica,sans-serif}
p{margin:0}
.unit{font-weight:700;font-size:11.5pt;line-height:1.25}
.receiving{font-size:9pt}
.invite{margin-top:1mm}
.qr{display:block}
.address{display:block;font-weight:700}
.code{font:700 19pt/1.3 'Courier New','Liberation Mono',monospace;letter-spacing:.06em;white-space:nowrap}
.english{font-size:7.5pt;line-height:1.25;margin-top:.8mm}
.sample{font-weight:700;border:.4mm solid #000;padding:.4mm 1.5mm;margin-bottom:1.2mm;text-align:center}
.none{padding:8mm}
@media screen{html{background:#e4e4e4}html{padding:1mm}.strip,.sheet{background:#fff;margin:4mm auto}}
`

function receiptStyle(format: 'receipt58' | 'receipt80', heightMm: number): string {
  const { paperMm, printMm } = FORMATS[format]
  return `
@page{size:${paperMm}mm ${heightMm}mm;margin:0}
.strip{width:${paperMm}mm;padding:3mm ${(paperMm - printMm) / 2}mm 4mm}
.strip+.strip{break-before:page}
.citizen{text-align:center}
.qr{margin:0 auto}
.stub{margin-top:3mm;padding-top:2mm;border-top:.3mm dashed #000;font-size:8.5pt;overflow-wrap:anywhere}
`
}

function sheetStyle(): string {
  const { widthMm, heightMm, columns, rows } = A4_SHEET
  const heightOfSlip = heightMm / rows
  // .head is positioned: drawn after the white around the QR code, which would cut marks below its last line off
  return `
@page{size:A4 portrait;margin:0}
.sheet{position:relative;width:${widthMm}mm;height:${heightMm - 0.1}mm;display:grid;grid-template-columns:repeat(${columns},1fr);grid-auto-rows:${heightOfSlip}mm;align-content:start;overflow:hidden}
.sheet+.sheet{break-before:page}
.marks{position:absolute;inset:0;width:${widthMm}mm;height:${heightMm}mm;overflow:hidden}
.marks path{stroke:#000;stroke-width:.15;fill:none}
.slip{height:${heightOfSlip}mm;padding:4.5mm 6mm 3mm;display:flex;flex-direction:column;justify-content:space-between;overflow:hidden}
.citizen{display:grid;grid-template-columns:auto 1fr;gap:1.6mm 2mm;align-content:start}
.sample,.head{grid-column:1/-1}
.head{position:relative}
.unit{font-size:10.5pt}
.qr{margin:0 0 0 -3mm;align-self:start}
.by-hand{align-self:center}
.code{font-size:17pt}
.english{font-size:7pt}
.invite,.receiving{font-size:8.5pt}
.by-hand p:first-child,.until{font-size:8.5pt}
.stub{border-top:.2mm dashed #000;padding-top:1mm;font-size:7.5pt;line-height:1.2;flex:none;overflow-wrap:anywhere}
.sample{font-size:8pt;line-height:1.2;margin-bottom:.8mm}
.long .citizen{row-gap:.2mm}
.long .unit{font-size:8.5pt}
.long .receiving,.long .invite{font-size:7.5pt;line-height:1.2}
`
}
