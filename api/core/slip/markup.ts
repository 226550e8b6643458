import type { QrFigure } from './qr.ts'

/** A QR code as a drawing. @param label what it opens, for whoever does not see it */
export function qrDrawing({ modules, moduleMm, path }: QrFigure, label: string): string {
  const side = `${modules * moduleMm}mm`
  return `<svg class="qr" role="img" aria-label="${escapeHtml(label)}" width="${side}" height="${side}" viewBox="0 0 ${modules} ${modules}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${modules}v${modules}H0z"/><path d="${path}"/></svg>`
}

/** An address may be broken at its dots and slashes, and nowhere else. */
export function breakable(address: string): string {
  return escapeHtml(address).replaceAll(/[./]/g, '<wbr>$&')
}

/** `2026-11-28` as 28/11/2026. */
export function viDay(day: string): string {
  return day.split('-').toReversed().join('/')
}

/** Text as it stands in HTML, between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
