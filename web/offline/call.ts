import type { Reply, Unreachable } from './sender.ts'

const SILENCE: Unreachable = { kind: 'unreachable', why: 'silence', retryAfterMs: 0 }
const TIMEOUT_MS = 20_000
/** Batches of somebody who is signed in are longer, and their lines may be slow. */
const SIGNED_TIMEOUT_MS = 90_000
/** Browsers refuse longer bodies that may outlive their page (64 KiB for all on their way); a letter takes up to three bytes. */
const KEEPALIVE_LETTERS_MAX = 20_000

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/**
 * One request. Only what is recognisably our server counts as an answer: a captive portal's page is silence, because
 * taking it for an acknowledgement would lose the answer.
 *
 * @param as `signed` sends the session along also with a body
 */
export async function call<Body>(
  path: string,
  body: unknown,
  isExpected: (body: unknown) => boolean,
  as: 'anyone' | 'signed' = 'anyone',
): Promise<Reply<Body>> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), as === 'signed' ? SIGNED_TIMEOUT_MS : TIMEOUT_MS)
  try {
    const response = await fetch(path, { ...requestOf(body, as), signal: abort.signal })
    const { status } = response
    const read: unknown = status === 204 ? null : await response.json().catch(() => null)
    if (response.ok && isExpected(read)) return { kind: 'ok', body: read as Body }
    const isOurs = !response.ok && isObject(read) && typeof read['code'] === 'string'
    if (status >= 500 || status === 429 || status === 408) {
      const why = isOurs ? (status === 429 ? 'limited' : 'busy') : 'silence'
      return { kind: 'unreachable', why, retryAfterMs: 1000 * (Number(response.headers.get('retry-after')) || 0) }
    }
    return isOurs ? { ...(read as { code: string }), kind: 'problem', status } : SILENCE
  } catch {
    return SILENCE
  } finally {
    clearTimeout(timer)
  }
}

function requestOf(body: unknown, as: 'anyone' | 'signed'): RequestInit {
  // Exactly as the page's head announced it (api/pages.ts): a browser hands out only what was fetched alike.
  if (body === undefined) return { credentials: 'same-origin' }
  const text = JSON.stringify(body)
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: text,
    // a tap followed by closing the page still arrives
    keepalive: text.length <= KEEPALIVE_LETTERS_MAX,
    credentials: as === 'signed' ? 'same-origin' : 'omit',
    cache: 'no-store',
  }
}
