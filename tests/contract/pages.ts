import { expect, test } from 'vitest'
import type { Setting } from './door.ts'
import { client, expectProblem } from './http.ts'
import { testSettings } from '../support/settings.ts'
import { submission } from '../support/submission.ts'

/** Health, pages and what an instance outside the country serves. */
export function pagesSuite(of: () => Setting): void {
  test('health is ok while the database answers, and tells nothing more', async () => {
    const reply = await of().anyone('GET', '/api/health')
    expect([reply.status, reply.json]).toEqual([200, { status: 'ok' }])
    expect(reply.headers.get('content-security-policy')).toMatch(/default-src 'none'/)
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await of().anyone('HEAD', '/api/health')).status).toBe(200)
  })

  test('metrics are for the operator alone; an isolate, which knows only itself, says that it has none', async () => {
    expectProblem(await of().anyone('GET', '/api/metrics'), 401, 'not_signed_in')
    expectProblem(await of().importer('GET', '/api/metrics'), 403, 'forbidden')
    expectProblem(await of().administrator('GET', '/api/metrics'), 403, 'forbidden')
    const Authorization = `Bearer ${testSettings.METRICS_TOKEN}`
    const reply = await of().anyone('GET', '/api/metrics', { headers: { Authorization } })
    if (reply.status === 404) {
      expectProblem(reply, 404, 'not_found')
      expect(reply.json.issues).toEqual([{ path: 'metrics', code: 'not_in_isolate' }])
      return
    }
    expect([reply.status, reply.headers.get('content-type')]).toEqual([
      200,
      'application/openmetrics-text; version=1.0.0; charset=utf-8',
    ])
    expect(reply.text.endsWith('# EOF\n')).toBe(true)
  })

  test('the description of the interface is OpenAPI 3.1', async () => {
    const { status, json } = await of().anyone('GET', '/api/openapi.json')
    expect(status).toBe(200)
    expect(json.openapi).toMatch(/^3\.1\./)
  })

  test('the rating page and the page of a survey load nothing from elsewhere, send their address nowhere, and set no cookie', async () => {
    const [ask] = await of().world.asks(1)
    const secrets = [ask!.token, 'thuAAAAAAAAAAAAAAAAAAAAAA']
    for (const [folder, token] of secrets.flatMap((secret) => [['r', secret] as const, ['s', secret] as const])) {
      const reply = await of().anyone('GET', `/${folder}/${token}`)
      expect(reply.status).toBe(200)
      expect(reply.headers.get('content-type')).toMatch(/^text\/html/)
      expect(reply.headers.get('referrer-policy')).toBe('no-referrer')
      expect(reply.headers.get('x-frame-options')).toBe('DENY')
      expect(reply.headers.getSetCookie()).toEqual([])
      const policy = reply.headers.get('content-security-policy') ?? ''
      expect(policy).toMatch(/default-src 'none'/)
      expect(policy).toMatch(/script-src 'self'(;|$)/)
      expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe-inline/)
      expect(reply.text).toMatch(/<html lang="vi"/)
      expect(reply.text).not.toContain(token)
    }
  })

  test('the pages of a rating and of a survey announce their own first question, and no page else announces anything', async () => {
    const token = 'thuAAAAAAAAAAAAAAAAAAAAAA'
    const link = async (path: string) => (await of().anyone('GET', path)).headers.get('link')
    expect(await link(`/r/${token}`)).toBe(`</api/invitations/${token}>; rel=preload; as=fetch; crossorigin`)
    expect(await link(`/s/${token}`)).toBe(`</api/surveys/${token}>; rel=preload; as=fetch; crossorigin`)
    for (const path of [
      '/r',
      '/r/',
      '/r/ABCD-EFGH',
      `/r/${token}x`,
      '/s',
      '/s/ABCD-EFGH',
      `/s/${token}x`,
      '/r/a>;b',
      '/withdraw',
      '/',
      '/rate-worker.js',
    ])
      expect(await link(path), path).toBeNull()
  })

  test.each(['/', '/import', '/r', '/r/', '/s', '/s/', '/withdraw', '/phong-van', '/anything/else'])(
    '%s is a page',
    async (path) => {
      const reply = await of().anyone('GET', path)
      expect([reply.status, reply.headers.get('content-type')?.split(';')[0]]).toEqual([200, 'text/html'])
    },
  )

  test.each(['/../package.json', '/..%2f..%2fpackage.json', '/assets/../../package.json', '/.env', '/wrangler.toml'])(
    'no file but the built ones is handed out: %s',
    async (path) => expect((await of().anyone('GET', path)).status).toBe(404),
  )

  test('an instance for citizens serves rating and nothing of the office', async () => {
    const citizen = await of().door.citizen()
    try {
      const anyone = client(citizen.url)
      const key = client(citizen.url, { Authorization: `Bearer ${of().world.key}` })
      expect((await anyone('GET', '/api/health')).status).toBe(200)
      const [ask] = await of().world.asks(1)
      expect((await anyone('GET', `/r/${ask!.token}`)).status).toBe(200)
      expect((await anyone('GET', `/api/invitations/${ask!.token}`)).status).toBe(200)
      const body = submission(ask!.token)
      expect((await anyone('POST', '/api/responses', { json: body })).status).toBe(201)
      const receipt = { id: body.id, secret: 'bí mật' }
      expect((await anyone('POST', '/api/withdrawals', { json: receipt })).status).toBe(200)
      const office = ['/api/me', '/api/units', '/api/imports', '/api/invitations', '/api/settings', '/api/periods']
      for (const path of [...office, '/api/units/1/summary', '/api/auth/get-session', '/api/dossiers/changes'])
        expectProblem(await key('GET', path), 404, 'not_found')
      expectProblem(await key('POST', '/api/dossiers/import', { body: 'x' }), 404, 'not_found')
      expectProblem(await key('POST', '/api/auth/sign-in/email', { json: of().world.administrator }), 404, 'not_found')
      const front = await anyone('GET', '/')
      expect(front.text).toBe((await anyone('GET', '/r')).text)
      expect((await anyone('GET', '/phong-van')).text, 'nobody interviews from there').toBe(front.text)
    } finally {
      await citizen.stop()
    }
  })
}
