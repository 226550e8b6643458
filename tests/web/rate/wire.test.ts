import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Revision } from '../../../web/offline/draft.ts'
import { postRevision, postWithdrawal } from '../../../web/rate/wire.ts'

const revision = { id: 'the-id', revision: 1 } as Revision
const answerWith = (make: () => Response | Promise<Response>) => vi.stubGlobal('fetch', async () => make())
const json = (body: unknown, status: number, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('postRevision', () => {
  it('takes an answer only for what it is', async () => {
    const cases: [Response | 'fails', unknown][] = [
      [json({ id: 'the-id', revision: 1, state: 'partial' }, 201), { kind: 'ok' }],
      [json({ code: 'superseded' }, 409), { kind: 'problem', status: 409, code: 'superseded' }],
      // A captive portal or a proxy, not our server: nothing was acknowledged.
      [new Response('<html>Wi-Fi', { status: 200 }), { kind: 'unreachable' }],
      [new Response('<html>Not found', { status: 404 }), { kind: 'unreachable' }],
      [json({ login: true }, 200), { kind: 'unreachable' }],
      [json({ id: 'another' }, 200), { kind: 'unreachable' }],
      [json({ code: 'internal' }, 500), { kind: 'unreachable', retryAfterMs: 0 }],
      [json({ code: 'rate_limited' }, 429, { 'retry-after': '7' }), { kind: 'unreachable', retryAfterMs: 7000 }],
      ['fails', { kind: 'unreachable' }],
    ]
    for (const [response, expected] of cases) {
      answerWith(() => (response === 'fails' ? Promise.reject(new TypeError('failed')) : response))
      expect(await postRevision(revision)).toMatchObject(expected as object)
    }
  })
})

describe('postWithdrawal', () => {
  it('sends the id and the secret and nothing else', async () => {
    let sent = ''
    vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
      sent = String(init.body)
      return json({ withdrawn: true }, 200)
    })
    const receipt = { id: 'the-id', secret: 'S', answers: { OVERALL: '1' } }
    expect(await postWithdrawal(receipt)).toMatchObject({ kind: 'ok' })
    expect(JSON.parse(sent)).toEqual({ id: 'the-id', secret: 'S' })
  })
})
