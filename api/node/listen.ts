import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { StartupError } from '../../db/startup-error.ts'
import { problem } from '../errors.ts'
import { isApplicationPath, pageResponse } from '../pages.ts'
import type { AppType } from '../app.ts'
import { assetReader } from './assets.ts'

export interface Door {
  origin: string
  /** Starts to answer with the application; until then every request is told that it is not ready yet. */
  open: (app: AppType, options: { dist: string; citizenOnly: boolean }) => void
  /** Stops to accept, lets running requests finish (at most ten seconds), and closes. */
  close: () => Promise<void>
}
const CLOSE_LIMIT_MS = 10_000

/**
 * Takes the port first, so that a port in use is told before a database is started.
 * @throws StartupError port_in_use
 */
export async function listen(options: {
  host: string
  port: number
  trustProxy: boolean
  /** Told of every request before it is answered. */
  onRequest?: (request: IncomingMessage, response: ServerResponse) => void
}): Promise<Door> {
  const starting = async () =>
    Response.json(problem('unavailable', ''), {
      status: 503,
      headers: { 'Retry-After': '2', 'Content-Type': 'application/problem+json' },
    })
  let answer: (request: Request) => Promise<Response> | Response = starting
  const listener = getRequestListener((request) => answer(request))
  const answering = new Set<ServerResponse>()
  let closing = false
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    options.onRequest?.(request, response)
    answering.add(response)
    response.once('close', () => {
      answering.delete(response)
      if (closing) server.closeIdleConnections()
    })
    if (closing) {
      // a connection that was kept open brings another request: its client is to try elsewhere
      response.writeHead(503, { 'Content-Type': 'application/problem+json', 'Retry-After': '2', Connection: 'close' })
      response.end(JSON.stringify(problem('unavailable', '')))
      return
    }
    // evidence about devices must not be the client's own word
    if (!options.trustProxy || request.headers['x-real-ip'] === undefined)
      request.headers['x-real-ip'] = request.socket.remoteAddress ?? ''
    request.rawHeaders = Object.entries(request.headers).flatMap(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ])
    void listener(request, response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new StartupError(
              'port_in_use',
              `Port ${options.port} of ${options.host} is in use; set PORT to another one.`,
            )
          : new StartupError(
              'port_in_use',
              `Cannot listen on port ${options.port} of ${options.host} (${error.code ?? 'unknown'}).`,
            ),
      ),
    )
    server.listen(options.port, options.host, resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  return {
    origin: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    open: (app, { dist, citizenOnly }) => {
      const read = assetReader(dist)
      // Cloudflare compresses by itself; here the questionnaire of a rating page would otherwise travel at 25 KB
      const api = new Hono().use(compress()).all('*', (c) => app.fetch(c.req.raw))
      answer = (request) => {
        if (isApplicationPath(new URL(request.url).pathname)) return api.fetch(request)
        const acceptEncoding = request.headers.get('accept-encoding') ?? ''
        return pageResponse(request, citizenOnly, (asset) => read(asset, acceptEncoding))
      }
    },
    close: () =>
      new Promise((resolve) => {
        if (!server.listening) return resolve()
        closing = true
        for (const response of answering) if (!response.headersSent) response.setHeader('Connection', 'close')
        const limit = setTimeout(() => server.closeAllConnections(), CLOSE_LIMIT_MS)
        server.close(() => {
          clearTimeout(limit)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}
