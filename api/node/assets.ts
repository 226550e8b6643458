import { readFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { brotliCompress, gzip } from 'node:zlib'
import { promisify } from 'node:util'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
}
const shrink = { br: promisify(brotliCompress), gzip: promisify(gzip) }
type Encoding = keyof typeof shrink

/** Reads built files, compressed once and kept: they are few and never change while the process runs. */
export function assetReader(root: string): (request: Request, acceptEncoding: string) => Promise<Response> {
  const kept = new Map<string, Promise<Buffer | null>>()
  const once = (key: string, make: () => Promise<Buffer | null>): Promise<Buffer | null> => {
    const made = kept.get(key) ?? make()
    kept.set(key, made)
    return made
  }
  const plainOf = async (file: string): Promise<Buffer | null> => {
    const found = await once(file, () => readFile(file).catch(() => null))
    // A name that is no file is not remembered: there is no end of them.
    if (found === null) kept.delete(file)
    return found
  }
  return async (request, acceptEncoding) => {
    const file = resolve(join(root, decodeURIComponent(new URL(request.url).pathname)))
    const type = TYPES[extname(file)]
    if (!file.startsWith(resolve(root) + sep) || type === undefined) return new Response(null, { status: 404 })
    const plain = await plainOf(file)
    if (plain === null) return new Response(null, { status: 404 })
    const encoding = /\.(html|js|css|svg|json)$/.test(file) ? accepted(acceptEncoding) : null
    const body = encoding === null ? plain : await once(`${file}:${encoding}`, () => shrink[encoding](plain))
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body ?? plain), {
      headers: {
        'Content-Type': type,
        Vary: 'Accept-Encoding',
        ...(encoding === null ? {} : { 'Content-Encoding': encoding }),
      },
    })
  }
}

/** The better of what a browser takes; a quality of nought is a refusal. */
function accepted(header: string): Encoding | null {
  const takes = (name: string): boolean => new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(\\.0+)?\\s*(,|$))`).test(header)
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : null
}
