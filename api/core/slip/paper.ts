import type { Slip } from './document.ts'
import { qrFigure } from './qr.ts'

/** Paper of a slip: a roll of 58 or 80 mm, or sheets of eight. */
export const SLIP_FORMATS = ['receipt58', 'receipt80', 'a4'] as const
export type SlipFormat = (typeof SLIP_FORMATS)[number]

/**
 * What each paper leaves for the QR code and how much of it may be lost. Heads of 58 mm rolls print 48 mm, of 80 mm rolls
 * 72 mm.
 */
export const FORMATS = {
  receipt58: { level: 'quartile', qrMm: 48, paperMm: 58, printMm: 48 },
  receipt80: { level: 'quartile', qrMm: 60, paperMm: 80, printMm: 72 },
  a4: { level: 'medium', qrMm: 32, paperMm: 210, printMm: 200 },
} as const

/** Eight slips of A7 on a sheet; cut marks reach `markMm` to each side of every corner. */
export const A4_SHEET = { widthMm: 210, heightMm: 297, columns: 2, rows: 4, markMm: 4 } as const

/**
 * Height of a receipt in mm. A page of CSS has a fixed height, also on a roll, so it is reckoned from the text: generous, since
 * a little blank paper costs nothing and a second page would cut the code off.
 */
export function heightOf(
  slip: Slip,
  { format, address, sample }: { format: SlipFormat; address: string; sample: boolean },
): number {
  if (format === 'a4') return A4_SHEET.heightMm
  const { printMm } = FORMATS[format]
  // mm per character of the faces in style.ts, as wide as Open Sans, and mm per line
  const lines = (text: string, charMm: number) => Math.ceil((text.length * charMm) / printMm + 0.3)
  const receiving = slip.receivingUnit === null ? 0 : 4.4 * lines(`Nơi tiếp nhận: ${slip.receivingUnit}`, 1.7)
  const head = 5.1 * lines(slip.unit, 2.2) + receiving + 1 + 4.6 * lines('_'.repeat(87), 1.75)
  const byHand = 4.6 * (2 + lines(address, 1.95) + lines('_'.repeat(37), 1.75)) + 9 + 3.4 * lines('_'.repeat(90), 1.35)
  const stub = slip.stub === null ? 0 : 7 + 4.2 * lines(`${'_'.repeat(53)}${slip.receivingUnit ?? ''}`, 1.6)
  const qr = qrFigure(slip.url, FORMATS[format].level, FORMATS[format].qrMm)
  return Math.ceil(8 + (sample ? 7 : 0) + head + qr.modules * qr.moduleMm + byHand + stub)
}
