import { OfflineError, toApiError } from './errors.ts'

/** One door for every response: the body on success, a typed error otherwise. */
export async function unwrap<T>(response: Response): Promise<T> {
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T
  const body: unknown = await response.json().catch(() => null)
  throw toApiError(response.status, body)
}

export async function send<T>(path: string, init: RequestInit = {}): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init })
  } catch (cause) {
    throw new OfflineError('the server cannot be reached', { cause })
  }
  return unwrap<T>(response)
}

export const sendJson = <T>(method: 'POST' | 'PUT', path: string, body: unknown): Promise<T> =>
  send<T>(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

/** `?a=1&b=2` from the given pairs; empty values are left out. */
export function search(pairs: Readonly<Record<string, string | number | null | undefined>>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(pairs)) {
    if (value !== null && value !== undefined && value !== '') params.set(name, String(value))
  }
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}
