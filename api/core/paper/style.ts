/** The style of paper forms: black on white, A4. */
export const paperStyle = `
*{box-sizing:border-box}
html{background:#fff;color:#000}
body{margin:0;font:10.5pt/1.35 'Times New Roman','Liberation Serif','Open Sans',serif}
p{margin:0}
i[lang=en],p[lang=en]{font-size:.84em;font-style:italic}

.form+.form{break-before:page}
header{display:grid;grid-template-columns:1fr auto;gap:4mm;align-items:start}
.sender{font-weight:700}
h1{margin:2mm 0;font-size:15pt;line-height:1.25}
.corner{text-align:center}
.qr{display:block;margin:0 auto}
.code{font:700 12pt/1.3 'Courier New','Liberation Mono',monospace;white-space:nowrap}
.how{margin:2mm 0;padding:1.5mm 2.5mm;border:.4mm solid #000}
.notice{font-size:9pt}
.notice p{margin-bottom:1mm}
h2{margin:5mm 0 2mm;padding-top:1mm;border-top:.5mm solid #000;font-size:12pt;break-after:avoid}
.question{margin:0 0 3.5mm;break-inside:avoid}
.text{break-after:avoid}
small{font-size:7pt}
.hint,.do{font-size:9pt}
.do{margin:.5mm 0}
.only{font-weight:700;font-size:9pt}
.only i{font-weight:400}
.private{display:inline-block;padding:0 1.5mm;border:.3mm solid #000;font-size:8.5pt}
.unit{margin:0 0 2mm;font-weight:700}
ul{margin:.5mm 0 0;padding:0;list-style:none}
.options{columns:2;column-gap:6mm}
li{margin:0 0 .8mm;padding-left:10mm;text-indent:-9mm;break-inside:avoid}
.box{display:inline-block;width:4mm;height:4mm;border:.35mm solid #000;vertical-align:-.6mm;text-indent:0}
.line{display:inline-block;width:70mm;border-bottom:.3mm dotted #000}
.short{display:inline-block;width:22mm;height:6mm;border:.35mm solid #000;vertical-align:middle}
.long{height:8mm;border-bottom:.3mm dotted #000}
table{width:100%;border-collapse:collapse;margin-top:1mm}
thead{display:table-header-group}
th,td{padding:.8mm 1mm;border:.2mm solid #000;font-size:9pt;text-align:left;vertical-align:top}
th{font-weight:400;text-align:center}
tr{break-inside:avoid}
.mark{text-align:center;white-space:nowrap;vertical-align:middle}
.sample{display:inline-block;padding:.4mm 1.5mm;border:.4mm solid #000;font-weight:700;font-size:9pt}
.none{padding:8mm}
@page{size:A4 portrait;margin:14mm 15mm 16mm}
@media screen{html{background:#e4e4e4}.form{max-width:210mm;margin:4mm auto;padding:14mm 15mm;background:#fff}}
`

/** Pages of one form: what it is at the foot, and their number. @param foot plain text */
export function pageRule(name: string, foot: string): string {
  const text = foot.replaceAll(/[^\p{L}\p{N} .:·–-]/gu, (c) => `\\${(c.codePointAt(0) ?? 0x20).toString(16)} `)
  return `@page ${name}{counter-increment:${name};@bottom-left{content:"${text}";font:9pt 'Times New Roman','Liberation Serif',serif}@bottom-right{content:"Trang " counter(${name});font:9pt 'Times New Roman','Liberation Serif',serif}}
`
}
