/** Every problem a client can meet, with its HTTP status. Codes are stable; sentences are made in the browser. */
export const STATUS_OF = {
  malformed_json: 400,
  malformed_cursor: 400,
  not_signed_in: 401,
  forbidden: 403,
  cross_site: 403,
  not_found: 404,
  not_published: 404,
  survey_code: 404,
  rating_code: 404,
  method_not_allowed: 405,
  revision_conflict: 409,
  superseded: 409,
  already_complete: 409,
  token_taken: 409,
  id_taken: 409,
  wrong_state: 409,
  stale_run: 409,
  stale_edition: 409,
  stale_campaign: 409,
  stale_questionnaire: 409,
  campaign_frozen: 409,
  quota_full: 409,
  not_yet_open: 409,
  contact_key_missing: 409,
  inputs_damaged: 409,
  needs_command_line: 409,
  no_run: 404,
  expired: 410,
  withdrawn: 410,
  too_large: 413,
  unsupported_media_type: 415,
  invalid_input: 422,
  invalid_file: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof STATUS_OF
/** One fault of the input: where it is and what is wrong with it, never the value. */
export interface Issue {
  path: string
  code: string
}

/** A refusal that the client may see: its code, its status and the faults of the input. */
export class AppError extends Error {
  override name = 'AppError'
  readonly code: ErrorCode
  readonly issues: readonly Issue[]
  /** Seconds after which the same may be asked again, where that is known. */
  readonly retryAfterS: number | null
  constructor(code: ErrorCode, issues: readonly Issue[] = [], options?: ErrorOptions & { retryAfterS?: number }) {
    super(code, options)
    this.code = code
    this.issues = issues
    this.retryAfterS = options?.retryAfterS ?? null
  }
}

/** The body of an RFC 9457 problem document. */
export function problem(code: ErrorCode, requestId: string, issues: readonly Issue[] = []) {
  return { type: 'about:blank', title: code, status: STATUS_OF[code], code, requestId, issues }
}
