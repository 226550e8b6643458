import { expect } from 'vitest'

/** An answer of the server, read whole. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON, or undefined when it is something else. */
  readonly json: Json
  /** What was asked, for the report of a fault. */
  readonly request: string
}
// A black box may answer anything, so its JSON is looked at without types.
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any

/** What a request carries beyond method and path. */
export interface Carried {
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is. */
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}

/** A client of one server with the headers it always sends. */
export type Client = (method: string, path: string, carried?: Carried) => Promise<Reply>

/** @param always headers of every request (a key, a session) */
export function client(baseUrl: string, always: Readonly<Record<string, string>> = {}): Client {
  return async (method, path, { json, body, headers } = {}) => {
    const sent = json === undefined ? body : JSON.stringify(json)
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(json === undefined ? {} : { 'Content-Type': 'application/json' }), ...always, ...headers },
      ...(sent === undefined ? {} : { body: sent }),
    })
    const text = await response.text()
    const shown = sent === undefined ? '' : String(sent).slice(0, 300)
    const request = `${method} ${path.slice(0, 300)} ${JSON.stringify(headers ?? {}).slice(0, 300)} ${shown}`
    return { status: response.status, headers: response.headers, text, json: parsed(text), request }
  }
}

/** Signs in as the office page does. @returns a client that sends the session's cookie */
export async function signIn(baseUrl: string, who: { email: string; password: string }): Promise<Client> {
  const reply = await client(baseUrl)('POST', '/api/auth/sign-in/email', { json: who, headers: { Origin: baseUrl } })
  expect(reply.status, reply.text).toBe(200)
  const cookie = reply.headers.getSetCookie().map((line) => line.split(';')[0])
  return client(baseUrl, { Cookie: cookie.join('; '), Origin: baseUrl })
}

/**
 * Checks that a refusal is a problem document of this code (RFC 9457), with an id for the log and without stack, SQL or
 * any of the values that were sent.
 */
export function expectProblem(reply: Reply, status: number, code: string, sent: readonly string[] = []): void {
  expect({ status: reply.status, code: reply.json?.code }, reply.text).toEqual({ status, code })
  expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json\b/)
  expect(Object.keys(reply.json).sort()).toEqual(['code', 'issues', 'requestId', 'status', 'title', 'type'])
  expect(reply.json).toMatchObject({ type: 'about:blank', title: code, status })
  expect(reply.json.requestId).toMatch(/^[\w-]{8,64}$/)
  for (const issue of reply.json.issues) {
    expect(Object.keys(issue).sort()).toEqual(['code', 'path'])
    expect(issue.code).toMatch(/^[a-z0-9_]+$/)
  }
  expect(reply.text).not.toMatch(/\bat .+:\d+:\d+|\bselect\b|\binsert\b|postgres|kysely|zod/i)
  for (const value of sent) expect(reply.text).not.toContain(value)
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
