import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { StartupError } from '../../db/startup-error.ts'
import { problem } from '../errors.ts'
import { isApplicationPath, pageResponse } from '../pages.ts'
import type { AppType } from '../app.ts'
import { assetReader } from './assets.ts'
import { setHeader } from './set-header.ts'

export interface Door {
  origin: string
  /** Starts to answer with the application; until then every request is told that it is not ready yet. */
  open: (app: AppType, options: { dist: string; citizenOnly: boolean }) => void
  /**
   * Answers every request that has reached this machine (for at most ten seconds), tells its client to come back on another
   * connection, and closes. Nothing is refused that was sent in time: whoever is told 503 would only send it once more.
   */
  close: () => Promise<void>
}
const CLOSE_LIMIT_MS = 10_000
/** Longer than proxies keep an unused connection (60 s), so that they close first and send nothing into a closed one. */
const KEEP_ALIVE_MS = 65_000

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
  const starting = (request: Request) =>
    Response.json(problem('unavailable', request.headers.get('x-request-id') ?? ''), {
      status: 503,
      headers: { 'Retry-After': '2', 'Content-Type': 'application/problem+json' },
    })
  let answer: (request: Request) => Promise<Response> | Response = starting
  const listener = getRequestListener((request) => answer(request))
  const connections = new Set<Socket>()
  const answering = new Set<ServerResponse>()
  let closing = false
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    options.onRequest?.(request, response)
    answering.add(response)
    if (closing) response.setHeader('Connection', 'close')
    response.once('close', () => {
      answering.delete(response)
      if (closing) server.closeIdleConnections()
    })
    // evidence about devices, and the address whose sign-ins are limited, must not be the client's own word
    delete request.headers['cf-connecting-ip']
    if (!options.trustProxy || request.headers['x-real-ip'] === undefined)
      setHeader(request, 'x-real-ip', request.socket.remoteAddress ?? '')
    void listener(request, response)
  })
  server.keepAliveTimeout = KEEP_ALIVE_MS
  server.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
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
      // Cloudflare compresses by itself; here the questionnaire of a rating page would otherwise travel at 25 KB. What
      // answers a change is short.
      const compressed = new Hono().use(compress()).all('*', (c) => app.fetch(c.req.raw))
      answer = (request) => {
        if (isApplicationPath(new URL(request.url).pathname))
          return request.method === 'GET' ? compressed.fetch(request) : app.fetch(request)
        const acceptEncoding = request.headers.get('accept-encoding') ?? ''
        return pageResponse(request, citizenOnly, (asset) => read(asset, acceptEncoding))
      }
    },
    close: async () => {
      if (!server.listening || closing) return
      closing = true
      for (const response of answering) if (!response.headersSent) response.setHeader('Connection', 'close')
      await readWhatWasSent()
      const limit = setTimeout(() => server.closeAllConnections(), CLOSE_LIMIT_MS)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      // by our own list: Node counts a connection that has never brought a request among the busy ones
      const busy = new Set([...answering].map(({ req }) => req.socket))
      for (const socket of connections) if (!busy.has(socket)) socket.destroy()
      await closed
      clearTimeout(limit)
    },
  }
}

/**
 * Lets the event loop turn until what had reached this machine has been read: a turn to accept connections that knocked,
 * one to read their requests, one to spare. Closed before, they would be reset although they had been sent in time.
 */
async function readWhatWasSent(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
