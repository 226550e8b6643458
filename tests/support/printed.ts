import jsQR from 'jsqr'

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
