import { readFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { gzip } from 'node:zlib'
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
const compress = promisify(gzip)

/** Reads built files, compressed once and kept: they are few and never change while the process runs. */
export function assetReader(root: string): (request: Request, acceptsGzip: boolean) => Promise<Response> {
  const kept = new Map<string, Promise<{ plain: Buffer; zipped: Buffer | null } | null>>()
  const load = async (file: string) => {
    const plain = await readFile(file).catch(() => null)
    if (plain === null) return null
    return { plain, zipped: /\.(html|js|css|svg|json)$/.test(file) ? await compress(plain) : null }
  }
  return async (request, acceptsGzip) => {
    const file = resolve(join(root, decodeURIComponent(new URL(request.url).pathname)))
    const type = TYPES[extname(file)]
    if (!file.startsWith(resolve(root) + sep) || type === undefined) return new Response(null, { status: 404 })
    const entry = kept.get(file) ?? load(file)
    const found = await entry
    if (found === null) return new Response(null, { status: 404 })
    kept.set(file, entry)
    const zip = acceptsGzip && found.zipped !== null
    const body = zip && found.zipped ? found.zipped : found.plain
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
      headers: { 'Content-Type': type, Vary: 'Accept-Encoding', ...(zip ? { 'Content-Encoding': 'gzip' } : {}) },
    })
  }
}
