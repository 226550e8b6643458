import jsQR from 'jsqr'
import { describe, expect, test } from 'vitest'
import { slipDocument, type Slip } from '../../../api/core/slip/document.ts'
import { SLIP_FORMATS } from '../../../api/core/slip/paper.ts'
import { DOT_MM, qrFigure, QUIET_MODULES } from '../../../api/core/slip/qr.ts'

const ADDRESS = 'https://langnghe.hungyen.gov.vn/r/hynAbCdEfGhIjKlMnOpQrStUv'
const slip = (given: Partial<Slip> = {}): Slip => ({
  url: ADDRESS,
  code: 'K7PM-2XTR',
  unit: 'Sở Xây dựng',
  receivingUnit: null,
  walkIn: false,
  lastDay: '2027-02-20',
  stub: null,
  ...given,
})
const options = { format: 'receipt80', address: 'langnghe.hungyen.gov.vn/r', sample: false } as const

/** Draws a figure's path as pixels, `scale` to a module. */
function pixels(path: string, modules: number, scale: number) {
  const side = modules * scale
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1)
      for (let column = Number(x) * scale; column < (Number(x) + Number(width)) * scale; column += 1)
        data.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3)
  }
  return { data, side }
}
const read = ({ data, side }: ReturnType<typeof pixels>) => jsQR(data, side, side)?.data ?? null

describe('the QR code', () => {
  test.each(['medium', 'quartile'] as const)('of level %s is read back as the very address', (level) => {
    const { path, modules } = qrFigure(ADDRESS, level, 48)
    expect(read(pixels(path, modules, 4))).toBe(ADDRESS)
  })

  test('still reads with two dead columns of a thermal head and a faded corner', () => {
    const { path, modules } = qrFigure(ADDRESS, 'quartile', 48)
    const image = pixels(path, modules, 6)
    const blank = (x: number, y: number) => image.data.fill(255, (y * image.side + x) * 4, (y * image.side + x) * 4 + 3)
    for (let y = 0; y < image.side; y += 1) for (const x of [70, 71, 150, 151]) blank(x, y)
    for (let y = image.side - 60; y < image.side; y += 1)
      for (let x = image.side - 60; x < image.side; x += 1) blank(x, y)
    expect(read(image)).toBe(ADDRESS)
  })

  test('has whole dots for modules, at least half a millimetre, and four light modules all round', () => {
    for (const length of [20, 59, 90, 120]) {
      const { modules, moduleMm, path } = qrFigure(`https://a.vn/${'a'.repeat(length)}`, 'quartile', 48)
      expect(moduleMm).toBeGreaterThanOrEqual(0.5)
      expect(moduleMm / DOT_MM).toBe(Math.round(moduleMm / DOT_MM))
      expect(modules * moduleMm).toBeLessThanOrEqual(48)
      const rows = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, w]) => [Number(x), Number(y), Number(w)])
      expect(Math.min(...rows.map(([x = 0]) => x))).toBe(QUIET_MODULES)
      expect(Math.min(...rows.map(([, y = 0]) => y))).toBe(QUIET_MODULES)
      expect(Math.max(...rows.map(([x = 0, , w = 0]) => x + w))).toBe(modules - QUIET_MODULES)
    }
  })

  test('is refused where it could only be printed too fine', () => {
    expect(() => qrFigure(`https://a.vn/${'a'.repeat(600)}`, 'quartile', 48)).toThrow(RangeError)
  })
})

describe('the document', () => {
  test.each(SLIP_FORMATS)('as %s holds unit, code, address and day, no script and nothing from elsewhere', (format) => {
    const html = slipDocument([slip()], { ...options, format })
    for (const part of ['Sở Xây dựng', 'K7PM-2XTR', '20/02/2027', '@page{size:']) expect(html).toContain(part)
    expect(html.replaceAll('<wbr>', '')).toContain('langnghe.hungyen.gov.vn/r')
    expect(html).not.toMatch(/<script|<link|<img|src=|url\(|https?:/)
  })

  test('the citizen’s part holds nothing of the dossier, and the stub nothing of the secret', () => {
    const html = slipDocument(
      [slip({ stub: { dossier: 'H31.101-261001-00001', event: 'returned', day: '2026-11-20' } })],
      { ...options, format: 'a4' },
    )
    const [citizen = '', stub = ''] = html.split('<p class="stub">')
    expect(citizen).not.toContain('H31.101')
    expect(citizen).not.toContain('20/11/2026')
    expect(stub).toContain('H31.101-261001-00001')
    expect(stub).not.toContain('K7PM')
    expect(stub).not.toContain('<path d="M4')
  })

  test('invites somebody without a dossier to rate the visit, not how a dossier was handled', () => {
    const [html, walkIn] = [slipDocument([slip()], options), slipDocument([slip({ walkIn: true })], options)]
    expect(html).toContain('đánh giá lần giải quyết hồ sơ vừa qua')
    expect(walkIn).toContain('đánh giá lần đến làm việc vừa qua')
    expect(walkIn).not.toMatch(/hồ sơ|application/)
  })

  test('escapes names', () => {
    const html = slipDocument([slip({ unit: '<b>&"Sở"</b>', receivingUnit: '<i>' })], options)
    expect(html).toContain('&lt;b&gt;&amp;&quot;Sở&quot;&lt;/b&gt;')
    expect(html).not.toContain('<i>')
  })

  test('sample data say so on every slip', () => {
    const html = slipDocument([slip(), slip()], { ...options, sample: true })
    expect(html.match(/DỮ LIỆU MẪU/g)).toHaveLength(2)
    expect(slipDocument([slip()], options)).not.toContain('DỮ LIỆU MẪU')
  })

  test('eight slips make a sheet, nine make two, none makes a sentence', () => {
    const sheets = (count: number) =>
      slipDocument(
        Array.from({ length: count }, () => slip()),
        { ...options, format: 'a4' },
      ).match(/class="sheet"/g)?.length ?? 0
    expect([sheets(1), sheets(8), sheets(9)]).toEqual([1, 1, 2])
    expect(slipDocument([], options)).toContain('Không có phiếu nào để in.')
  })
})
