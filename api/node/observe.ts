import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { accessFor } from '../core/access.ts'
import type { Metrics } from '../core/metrics/metrics.ts'
import { isApplicationPath } from '../pages.ts'
import type { Log } from './log.ts'
import { setHeader } from './set-header.ts'

const HEXADECIMAL = /^[0-9a-f-]{16,64}$/i

/** Counts a request and logs one line of it when its answer has been sent or its client has gone. Of the address only the pattern is told. */
export function observe(
  request: IncomingMessage,
  response: ServerResponse,
  { log, metrics }: { log: Log['log']; metrics: Metrics },
): void {
  const startedMs = performance.now()
  const method = request.method ?? ''
  const route = routePattern(method, request.url ?? '')
  // a proxy's own id joins its log with ours; any other text could be something that must not be logged
  const given = request.headers['x-request-id']
  const requestId = typeof given === 'string' && HEXADECIMAL.test(given) ? given : randomUUID()
  setHeader(request, 'x-request-id', requestId)
  const ended = metrics.request(method, route)
  response.once('close', () => {
    const ms = performance.now() - startedMs
    const status = response.statusCode
    ended(status, ms / 1000)
    log({
      level: 'info',
      event: 'request',
      requestId,
      method,
      route,
      status,
      ms: Math.round(ms * 10) / 10,
      ...(response.writableFinished ? {} : { aborted: true }),
    })
  })
}

/** One of a fixed set of patterns, whatever was asked for. */
export function routePattern(method: string, address: string): string {
  const path = address.split(/[?#]/, 1)[0] ?? ''
  if (isApplicationPath(path)) {
    const access = accessFor(method, path)
    return access === 'method' ? '(method)' : (access?.path ?? '(none)')
  }
  const folder = /^\/([rs])(\/|$)/.exec(path)?.[1]
  if (folder !== undefined) return `/${folder}/:token`
  if (path === '/withdraw') return path
  return path.startsWith('/assets/') ? '/assets/*' : '/*'
}
