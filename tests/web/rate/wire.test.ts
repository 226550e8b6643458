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
    const limited = json({ code: 'rate_limited' }, 429, { 'retry-after': '7' })
    const cases: [Response | 'fails', unknown][] = [
      [json({ id: 'the-id', revision: 1, state: 'partial' }, 201), { kind: 'ok' }],
      [json({ code: 'superseded' }, 409), { kind: 'problem', status: 409, code: 'superseded' }],
      // A captive portal or a proxy, not our server: nothing was acknowledged.
      [new Response('<html>Wi-Fi', { status: 200 }), { kind: 'unreachable', why: 'silence' }],
      [new Response('<html>Not found', { status: 404 }), { kind: 'unreachable', why: 'silence' }],
      [json({ login: true }, 200), { kind: 'unreachable', why: 'silence' }],
      [json({ id: 'another' }, 200), { kind: 'unreachable', why: 'silence' }],
      [new Response('<html>Bad gateway', { status: 502 }), { kind: 'unreachable', why: 'silence' }],
      // Our server, which says that it cannot now.
      [json({ code: 'internal' }, 500), { kind: 'unreachable', why: 'busy', retryAfterMs: 0 }],
      [
        json({ code: 'unavailable' }, 503, { 'retry-after': '2' }),
        { kind: 'unreachable', why: 'busy', retryAfterMs: 2000 },
      ],
      [limited, { kind: 'unreachable', why: 'limited', retryAfterMs: 7000 }],
      ['fails', { kind: 'unreachable', why: 'silence' }],
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
