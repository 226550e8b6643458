import jsQR from 'jsqr'
import type { Locator } from 'playwright-core'

/** What a person finds on printed slips or letters: codes as printed, and what a phone reads from the QR codes. */
export function onPaper(html: string): { codes: string[]; links: string[] } {
  const figures = [
    ...html.matchAll(/viewBox="0 0 (\d+) \1" shape-rendering="crispEdges">.*?<path d="([^"]+)"\/><\/svg>/g),
  ]
  return {
    codes: [...html.matchAll(/class="code">([^<]+)</g)].map(([, code = '']) => code),
    links: figures.map(([, modules, path]) => scan(Number(modules), path ?? '')),
  }
}

/** What a phone reads from a QR code that a browser shows. */
export async function scanShown(figure: Locator): Promise<string> {
  const picture = (await figure.screenshot()).toString('base64')
  const { width, height, grey } = await figure.page().evaluate<{ width: number; height: number; grey: number[] }>(`
    createImageBitmap(new Blob([Uint8Array.from(atob('${picture}'), (sign) => sign.charCodeAt(0))])).then((picture) => {
      const { width, height } = picture
      const canvas = new OffscreenCanvas(width, height).getContext('2d')
      canvas.drawImage(picture, 0, 0)
      const { data } = canvas.getImageData(0, 0, width, height)
      return { width, height, grey: Array.from({ length: width * height }, (_, i) => data[4 * i]) }
    })`)
  const data = new Uint8ClampedArray(grey.flatMap((shade) => [shade, shade, shade, 255]))
  return jsQR(data, width, height)?.data ?? ''
}

/** Reads a drawn QR code as a camera does. */
function scan(modules: number, path: string): string {
  const side = modules * 4
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1/g))
    for (let row = Number(y) * 4; row < Number(y) * 4 + 4; row += 1)
      for (let column = Number(x) * 4; column < (Number(x) + Number(width)) * 4; column += 1)
        data.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3)
  return jsQR(data, side, side)?.data ?? ''
}
