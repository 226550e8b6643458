import type { Slip } from './document.ts'

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
  a4: { level: 'medium', qrMm: 40, paperMm: 210, printMm: 200 },
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
  // mm per character of the faces in style.ts, and mm per line
  const lines = (text: string, charMm: number) => Math.ceil((text.length * charMm) / printMm + 0.35)
  const head =
    5.4 * lines(slip.unit, 2.5) +
    (slip.receivingUnit === null ? 0 : 4.4 * lines(`${slip.receivingUnit}________________`, 2))
  const invite = 4.9 * lines('_'.repeat(90), 2.1)
  const byHand =
    4.7 * (lines(`Quét mã, hoặc mở ${address} rồi nhập:`, 2.1) + 1) + 10 + 4.7 + 3.6 * lines('_'.repeat(92), 1.5)
  const stub = slip.stub === null ? 0 : 8 + 4.2 * lines(`${'_'.repeat(62)}${slip.receivingUnit ?? ''}`, 1.9)
  return Math.ceil(8 + (sample ? 7 : 0) + head + invite + 48 + byHand + stub)
}
