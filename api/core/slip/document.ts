import { breakable, escapeHtml, qrDrawing, viDay } from './markup.ts'
import { A4_SHEET, FORMATS, heightOf, type SlipFormat } from './paper.ts'
import { qrFigure } from './qr.ts'
import { styleOf } from './style.ts'

/** One slip: what the citizen takes along, and what only the clerk sees. */
export interface Slip {
  /** The whole address with its secret, as the QR code holds it. */
  readonly url: string
  /** `XXXX-XXXX` */
  readonly code: string
  /** The unit that decides. */
  readonly unit: string
  /** The unit that took the papers in, where it is another. */
  readonly receivingUnit: string | null
  /** Somebody who was turned away before there was a dossier: nothing was handled that could be rated. */
  readonly walkIn: boolean
  /** Last day on which it can be used, `YYYY-MM-DD`. */
  readonly lastDay: string
  /** For finding the person among many slips; printed beyond a cut, with no part of the secret. Null: no stub. */
  readonly stub: { readonly dossier: string | null; readonly event: string; readonly day: string } | null
}

/** Characters of both names together from which a sheet takes a smaller face for them. */
const LONG_NAMES = 70

/** What the citizen is asked to rate; `heightOf` reckons with the longer one. */
const OCCASIONS = {
  dossier: { vi: 'lần giải quyết hồ sơ vừa qua', en: 'how your application was handled' },
  walkIn: { vi: 'lần đến làm việc vừa qua', en: 'how you were received on your visit' },
} as const

const EVENTS: Readonly<Record<string, string>> = {
  received: 'tiếp nhận',
  supplement_requested: 'yêu cầu bổ sung',
  refused: 'từ chối',
  returned: 'trả kết quả',
  withdrawn: 'rút hồ sơ',
}

/**
 * Slips as one HTML document for printing, without script, picture or any other file. The citizen's part names the unit, how
 * to get to the page and until when, and nothing of the dossier: whoever finds it must not learn whose it was.
 * @param options.address where a code is entered, without scheme, e.g. `langnghe.example.vn/r`
 * @throws RangeError when an address is too long for a readable QR code
 */
export function slipDocument(
  slips: readonly Slip[],
  options: { readonly format: SlipFormat; readonly address: string; readonly sample: boolean },
): string {
  const { format } = options
  const parts = slips.map((slip) => section(slip, options))
  const body =
    format === 'a4'
      ? pagesOf(parts).map(sheet).join('')
      : parts.map((part) => `<div class="strip">${part}</div>`).join('')
  const tallest = Math.max(...slips.map((slip) => heightOf(slip, options)), 0)
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Phiếu mời đánh giá (${slips.length})</title>
<style>${styleOf(format, tallest)}</style></head>
<body class="${format}"><main>${slips.length === 0 ? '<p class="none">Không có phiếu nào để in.</p>' : body}</main></body></html>
`
}

function section(slip: Slip, { format, address, sample }: { format: SlipFormat; address: string; sample: boolean }) {
  const { level, qrMm } = FORMATS[format]
  const occasion = slip.walkIn ? OCCASIONS.walkIn : OCCASIONS.dossier
  const isLong = slip.unit.length + (slip.receivingUnit?.length ?? 0) > LONG_NAMES
  return `<section class="slip${isLong ? ' long' : ''}" aria-label="Phiếu ${escapeHtml(slip.code)}"><div class="citizen">
${sample ? '<p class="sample">DỮ LIỆU MẪU – phiếu thử</p>' : ''}<div class="head"><p class="unit">${escapeHtml(slip.unit)}</p>${
    slip.receivingUnit === null ? '' : `<p class="receiving">Nơi tiếp nhận: ${escapeHtml(slip.receivingUnit)}</p>`
  }
<p class="invite">Mời Ông/Bà đánh giá ${occasion.vi}. Chỉ mất 30 giây, không cần đăng nhập.</p></div>
${qrDrawing(qrFigure(slip.url, level, qrMm), 'Mã QR mở trang đánh giá')}
<div class="by-hand"><p>Quét mã, hoặc mở <b class="address">${breakable(address)}</b> rồi nhập</p>
<p class="code">${escapeHtml(slip.code)}</p>
<p class="until">Dùng một lần, đến hết ngày ${viDay(slip.lastDay)}.</p>
<p class="english" lang="en">Please rate ${occasion.en}: scan, or open the address and enter the code.</p></div>
</div>${slip.stub === null ? '' : stub(slip, slip.stub)}</section>`
}

function stub(slip: Slip, { dossier, event, day }: NonNullable<Slip['stub']>): string {
  return `<p class="stub"><span>Cuống (cắt bỏ):</span> <b>${escapeHtml(dossier ?? 'không có hồ sơ')}</b> · ${
    EVENTS[event] ?? escapeHtml(event)
  } ${viDay(day)}${slip.receivingUnit === null ? '' : ` · ${escapeHtml(slip.receivingUnit)}`}</p>`
}

function pagesOf(parts: readonly string[]): string[][] {
  const perPage = A4_SHEET.columns * A4_SHEET.rows
  return Array.from({ length: Math.ceil(parts.length / perPage) }, (_, i) =>
    parts.slice(i * perPage, (i + 1) * perPage),
  )
}

function sheet(parts: string[]): string {
  const { widthMm, heightMm, columns, rows, markMm } = A4_SHEET
  const marks: string[] = []
  for (let row = 0; row <= rows; row += 1) {
    for (let column = 0; column <= columns; column += 1) {
      const x = (column * widthMm) / columns
      const y = (row * heightMm) / rows
      marks.push(`M${x - markMm} ${y}h${2 * markMm}M${x} ${y - markMm}v${2 * markMm}`)
    }
  }
  return `<div class="sheet">${parts.join('')}<svg class="marks" aria-hidden="true" viewBox="0 0 ${widthMm} ${heightMm}"><path d="${marks.join('')}"/></svg></div>`
}
