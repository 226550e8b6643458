import { afterEach, expect, test } from 'vitest'
import type { AppType } from '../../../api/app.ts'
import { createMetrics } from '../../../api/core/metrics/metrics.ts'
import { type Door, listen } from '../../../api/node/listen.ts'
import { observe } from '../../../api/node/observe.ts'

let door: Door | null = null
afterEach(() => door?.close())

/** The addresses that the application is told of a caller who names itself another one. */
async function told(trustProxy: boolean): Promise<Record<string, string | null>> {
  door = await listen({ host: '127.0.0.1', port: 0, trustProxy })
  const app = {
    fetch: async ({ headers }: Request) =>
      Response.json(Object.fromEntries(['x-real-ip', 'cf-connecting-ip'].map((name) => [name, headers.get(name)]))),
  }
  door.open(app as unknown as AppType, { dist: '', citizenOnly: false })
  const claims = { 'X-Real-IP': '203.0.113.9', 'CF-Connecting-IP': '203.0.113.8' }
  const reply = await fetch(`${door.origin}/api/health`, { headers: claims })
  return (await reply.json()) as Record<string, string | null>
}

test('a caller cannot choose its address', async () => {
  expect(await told(false)).toEqual({ 'x-real-ip': '127.0.0.1', 'cf-connecting-ip': null })
})

test('a trusted proxy tells it in X-Real-IP, and nowhere else', async () => {
  expect(await told(true)).toEqual({ 'x-real-ip': '203.0.113.9', 'cf-connecting-ip': null })
})

test('whoever comes while it starts is told so, with the id under which the log has the request', async () => {
  const metrics = createMetrics()
  door = await listen({
    host: '127.0.0.1',
    port: 0,
    trustProxy: true,
    onRequest: (request, response) => observe(request, response, { log: () => undefined, metrics }),
  })
  const id = 'ab'.repeat(16)
  const reply = await fetch(`${door.origin}/api/health`, { headers: { 'X-Request-Id': id } })
  expect([reply.status, await reply.json()]).toMatchObject([503, { code: 'unavailable', requestId: id }])
  expect(await (await fetch(door.origin)).json()).toMatchObject({ requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
})
