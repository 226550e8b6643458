import { encodeQR } from 'qr'

/** Light modules around a symbol (ISO/IEC 18004 asks for four). Cheap scanners need them; printed frames must stay outside. */
export const QUIET_MODULES = 4
/** One dot of a thermal head with 203 dots to the inch. Modules are whole dots, or their edges blur unevenly. */
export const DOT_MM = 0.125
/** Seven dots, 0.875 mm: a phone without autofocus, held 15 cm away, still tells the modules apart. More only needs paper. */
const MODULE_DOTS_MAX = 7
/** Four dots, 0.5 mm: the least that is printed. */
const MODULE_DOTS_MIN = 4

/** A QR code ready to draw: side in modules (quiet zone included), module size, and an SVG path of its dark modules. */
export interface QrFigure {
  readonly modules: number
  readonly moduleMm: number
  readonly path: string
}

/**
 * Lays out a QR code for paper. `quartile` (a quarter of the symbol may be lost) is for thermal paper, which fades, creases
 * and loses whole columns to a dead dot; `medium` for office printers, whose faults are fewer.
 * @param widthMm what the paper leaves for it, quiet zone included
 * @throws RangeError when the text is too long to be readable at this width
 */
export function qrFigure(text: string, level: 'medium' | 'quartile', widthMm: number): QrFigure {
  const rows = encodeQR(text, 'raw', { ecc: level, border: QUIET_MODULES })
  const dots = Math.min(MODULE_DOTS_MAX, Math.floor(widthMm / DOT_MM / rows.length))
  if (dots < MODULE_DOTS_MIN) throw new RangeError('the address is too long for a readable code')
  return { modules: rows.length, moduleMm: dots * DOT_MM, path: rows.map(pathOfRow).join('') }
}

/** Each run of dark modules in a row as one rectangle, so that no hairline is left between neighbours. */
function pathOfRow(row: readonly boolean[], y: number): string {
  let path = ''
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue
    let end = x
    while (row[end]) end += 1
    path += `M${x} ${y}h${end - x}v1h${x - end}z`
    x = end
  }
  return path
}
