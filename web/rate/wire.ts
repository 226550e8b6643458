import type { Invitation, Revision } from '../offline/draft.ts'
import type { Reply } from '../offline/sender.ts'

const TIMEOUT_MS = 20_000

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/**
 * One request. Only what is recognisably our server counts as an answer: a captive portal's page with status 200 is
 * `unreachable`, because taking it for an acknowledgement would lose the answer.
 */
async function call<Body>(path: string, body: unknown, isExpected: (body: unknown) => boolean): Promise<Reply<Body>> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS)
  try {
    const init: RequestInit =
      body === undefined
        ? // Exactly as the page's head announced it (api/pages.ts): a browser hands out only what was fetched alike.
          { credentials: 'same-origin' }
        : // keepalive: a tap followed by closing the page still arrives.
          {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
            keepalive: true,
            credentials: 'omit',
            cache: 'no-store',
          }
    const response = await fetch(path, { ...init, signal: abort.signal })
    const retryAfterMs = 1000 * (Number(response.headers.get('retry-after')) || 0)
    if (response.status >= 500 || response.status === 429 || response.status === 408) {
      return { kind: 'unreachable', retryAfterMs }
    }
    const read: unknown = response.status === 204 ? null : await response.json()
    if (response.ok && isExpected(read)) return { kind: 'ok', body: read as Body }
    if (!response.ok && isObject(read) && typeof read['code'] === 'string') {
      return { kind: 'problem', status: response.status, code: read['code'] }
    }
    return { kind: 'unreachable', retryAfterMs: 0 }
  } catch {
    return { kind: 'unreachable', retryAfterMs: 0 }
  } finally {
    clearTimeout(timer)
  }
}

/** What is asked, of whom, and how far it got. Opening it never spends the token. */
export function getInvitation(token: string): Promise<Reply<Invitation>> {
  return call(
    `/api/invitations/${encodeURIComponent(token)}`,
    undefined,
    (body) => isObject(body) && 'instrument' in body,
  )
}

/** Stores a revision; the acknowledgement must name the response it was sent for. */
export function postRevision(revision: Revision): Promise<Reply<unknown>> {
  return call('/api/responses', revision, (body) => isObject(body) && body['id'] === revision.id)
}

/** Removes an answer and its effect; repeating it does no harm. */
export function postWithdrawal(receipt: { id: string; secret: string }): Promise<Reply<unknown>> {
  return call('/api/withdrawals', { id: receipt.id, secret: receipt.secret }, (body) => body === null || isObject(body))
}
