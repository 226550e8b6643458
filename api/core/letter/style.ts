/** Where a window of 90 × 45 mm shows the address on a sheet folded to a third (DL) or half (C5), in mm from the sheet's corner. */
const WINDOW = { leftMm: 20, topMm: 45, widthMm: 85, heightMm: 40 } as const

/** The style of letters: black on white, a sheet of A4 each, with fold marks for DL. @param long more text than usual */
export function letterStyle(long: boolean): string {
  return `${COMMON}
@page{size:A4 portrait;margin:0}
.letter{position:relative;width:210mm;height:296.9mm;padding:12mm 20mm 10mm;overflow:hidden;font-size:${long ? '9.5pt' : '11pt'};display:flow-root}
.letter+.letter{break-before:page}
.sender{height:${WINDOW.topMm - 12}mm;overflow:hidden}
.sender .name{font-size:12.5pt}
.window{position:absolute;left:${WINDOW.leftMm}mm;top:${WINDOW.topMm}mm;width:${WINDOW.widthMm}mm;height:${WINDOW.heightMm}mm;overflow:hidden;font-size:10.5pt;line-height:1.3}
.fold{position:absolute;left:0;width:5mm;border-top:.2mm solid #000}.fold.one{top:99mm}.fold.two{top:198mm}

h1{margin:3mm 0 ${long ? 2 : 4}mm;font-size:${long ? 12 : 13}pt;line-height:1.3}
.letter>p{margin:0 0 2.4mm;text-align:justify}
.letter>.date{margin:${WINDOW.heightMm + 2}mm 0 0;text-align:right;font-style:italic}
.answer{display:grid;grid-template-columns:auto 1fr;gap:4mm;align-items:center;margin:3mm 0 4mm;padding:2mm 4mm 2mm 1mm;border:.4mm solid #000;break-inside:avoid}
.code{font:700 23pt/1.35 'Courier New','Liberation Mono',monospace;letter-spacing:.06em;white-space:nowrap}
.end{display:grid;grid-template-columns:1fr 62mm;gap:6mm;margin-top:3mm}
.questions{align-self:start}
.signer{text-align:center;font-weight:700}
.signer .name{margin-top:${long ? '12mm' : '18mm'}}
.english{margin-top:4mm;padding-top:2mm;border-top:.2mm solid #000;font-size:${long ? '7pt' : '8.5pt'};line-height:1.3}
.english p{margin:0 0 1.2mm}
@media screen{.letter{background:#fff;margin:4mm auto}}
`
}

/** The style of envelopes, a page of their own size each. */
export function envelopeStyle({ widthMm, heightMm }: { readonly widthMm: number; readonly heightMm: number }): string {
  return `${COMMON}
@page{size:${widthMm}mm ${heightMm}mm;margin:0}
.envelope{position:relative;width:${widthMm}mm;height:${heightMm - 0.1}mm;padding:10mm 12mm;overflow:hidden;font-size:10pt}
.envelope+.envelope{break-before:page}
.sender{max-width:${Math.round(widthMm * 0.45)}mm}
.to{position:absolute;left:${Math.round(widthMm * 0.45)}mm;right:12mm;top:${Math.round(heightMm * 0.48)}mm;font-size:12pt;line-height:1.35}
@media screen{.envelope{background:#fff;margin:4mm auto}}
`
}

const COMMON = `
*{box-sizing:border-box}
html{background:#fff;color:#000}
body{margin:0;font:11pt/1.4 'Times New Roman','Liberation Serif','Open Sans',serif}
p{margin:0}
.name{font-weight:700}
.reference{margin-top:1mm;font-size:9.5pt}
.to-word{font-style:italic}
.qr{display:block}
.address{font-weight:700;overflow-wrap:anywhere}
.sample{font-weight:700;border:.4mm solid #000;padding:.4mm 1.5mm;margin-bottom:1.2mm;display:inline-block;font-size:9pt}
.none{padding:8mm}
@media screen{html{background:#e4e4e4}}
`
