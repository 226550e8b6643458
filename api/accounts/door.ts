import { AppError, type ErrorCode } from '../errors.ts'
import { refuseCrossSite } from '../middleware/authorise.ts'
import type { Services } from '../services.ts'

/** What the platform uses of better-auth. The rest of what it offers does not exist here. */
const USED = new Set(['POST /api/auth/sign-in/email', 'POST /api/auth/sign-out', 'GET /api/auth/get-session'])

/** Its refusals as ours; a 403 of better-auth is about where the request came from. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid_input',
  401: 'not_signed_in',
  403: 'cross_site',
  404: 'not_found',
  413: 'too_large',
  415: 'unsupported_media_type',
  422: 'invalid_input',
  429: 'rate_limited',
}

/**
 * Lets better-auth answer, with refusals turned into problem documents like all others.
 * @throws AppError not_found | malformed_json | invalid_input | not_signed_in | cross_site | unsupported_media_type | rate_limited
 */
export async function authResponse(services: Services, request: Request): Promise<Response> {
  if (!USED.has(`${request.method} ${new URL(request.url).pathname}`)) throw new AppError('not_found')
  // also for whoever has no cookie yet: another site must not sign a person in under a name it knows
  if (request.method !== 'GET') refuseCrossSite(request)
  const response = await services.auth.handler(request)
  if (response.ok) return response
  if (response.status === 400 && (await codeIn(response)) === 'BAD_REQUEST') throw new AppError('malformed_json')
  throw new AppError(CODES[response.status] ?? 'internal')
}

async function codeIn(response: Response): Promise<unknown> {
  const body = (await response.json().catch(() => null)) as { code?: unknown } | null
  return body?.code
}
