import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../app.ts'
import { principalOf } from '../accounts/principal.ts'
import { accessFor } from '../core/access.ts'
import { AppError } from '../errors.ts'
import { isOperator } from '../operator.ts'

/** Reads the table role × endpoint: what is not in it is not found, who is not named in it is refused. */
export const authorise = () =>
  createMiddleware<AppEnv>(async function authorise(c, next) {
    const services = c.get('services')
    const access = accessFor(c.req.method, c.req.path, services.surface === 'citizen')
    if (access === null) throw new AppError('not_found')
    if (access === 'method') throw new AppError('method_not_allowed')
    const open = access.callers.includes('public')
    if (!open && !(access.callers.includes('operator') && (await isOperator(services, c.req.raw.headers)))) {
      const principal = await principalOf(services, c.req.raw.headers)
      if (!principal) throw new AppError('not_signed_in')
      if (!access.callers.includes(principal.role)) throw new AppError('forbidden')
      if (principal.via === 'session' && c.req.method !== 'GET') refuseCrossSite(c.req.raw)
      c.set('principal', principal)
    }
    await next()
  })

/** A session cookie travels by itself, so a change must come from our own pages. @throws AppError cross_site */
export function refuseCrossSite(request: Request): void {
  const origin = request.headers.get('origin')
  const site = request.headers.get('sec-fetch-site')
  const foreign =
    origin !== null ? hostOf(origin) !== new URL(request.url).host : site === 'cross-site' || site === 'same-site'
  if (foreign) throw new AppError('cross_site')
}

/** Null for what names no host: `null`, as sandboxed pages and redirects send it, or anything else that is no address. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}
