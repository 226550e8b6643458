/** A refusal of the API, read from its problem document. Pages turn `code` into a sentence. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly requestId: string | null
  readonly issues: readonly { path: string; code: string }[]

  constructor(
    status: number,
    code: string,
    requestId: string | null,
    issues: readonly { path: string; code: string }[],
  ) {
    super(`${status} ${code}`)
    this.status = status
    this.code = code
    this.requestId = requestId
    this.issues = issues
  }
}

/** No answer came at all: no network, or the server is not there. */
export class OfflineError extends Error {
  override readonly name = 'OfflineError'
}

const BY_STATUS: Readonly<Record<number, string>> = {
  401: 'not_signed_in',
  403: 'forbidden',
  404: 'not_found',
  413: 'too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  503: 'unavailable',
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Reads a problem document without trusting it: a proxy's HTML page still becomes a usable error. */
export function toApiError(status: number, body: unknown): ApiError {
  const problem = isRecord(body) ? body : {}
  const code = typeof problem['code'] === 'string' ? problem['code'] : (BY_STATUS[status] ?? 'internal')
  const requestId = typeof problem['requestId'] === 'string' ? problem['requestId'] : null
  const listed = Array.isArray(problem['issues']) ? problem['issues'] : []
  const issues = listed.filter(isRecord).map((issue) => ({ path: String(issue['path']), code: String(issue['code']) }))
  return new ApiError(status, code, requestId, issues)
}
