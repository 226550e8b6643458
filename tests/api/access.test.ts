import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../api/app.ts'
import { ACCESS, type Access } from '../../api/core/access.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { buildWorld, type World } from '../support/world.ts'
import { callersOf, signIn, type Callers } from './callers.ts'

let database: TestDatabase
let world: World
let callers: Callers

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  callers = await callersOf(world)
})
afterAll(async () => {
  await world.stop()
  await database.drop()
})

/** A real address of an endpoint. */
function addressOf({ method, path }: Access): string {
  return path
    .replace('/auth/*', method === 'GET' ? '/auth/get-session' : '/auth/sign-in/email')
    .replace(':token', 'thu0000000000000000000000')
    .replace(':code', 'H31.101-261001-99999')
    .replace(':type', 'received')
    .replace(':n', '1')
    .replace(':id', String(world.units.SXD))
}

/** The roles behind each kind of caller. */
const KINDS = {
  anonymous: null,
  key: 'importer',
  importer: 'importer',
  interviewer: 'interviewer',
  administrator: 'administrator',
} as const
type Kind = keyof typeof KINDS

describe('the role table decides', () => {
  for (const row of ACCESS) {
    for (const kind of Object.keys(KINDS) as Kind[]) {
      const role = KINDS[kind]
      const allowed = row.callers.includes('public') || (role !== null && row.callers.includes(role))
      const expected = allowed ? 'lets in' : role === null ? '401' : '403'
      test(`${row.method} ${row.path}: ${kind} ${expected}`, async () => {
        const response = await callers.call(kind, row.method, addressOf(row), row.method === 'GET' ? undefined : {})
        if (allowed) {
          expect([401, 403, 405, 500, 503]).not.toContain(response.status)
          return
        }
        expect(response.status).toBe(role === null ? 401 : 403)
        expect(response.headers.get('content-type')).toBe('application/problem+json')
        expect(await response.json()).toMatchObject({ code: role === null ? 'not_signed_in' : 'forbidden', issues: [] })
      })
    }
  }
})

test('an address that is not in the table is not found, and a method that is not is not allowed', async () => {
  for (const path of ['/api/nothing', '/api/', '/api/units/1', '/api/invitations/a/b']) {
    expect((await callers.call('administrator', 'GET', path)).status, path).toBe(404)
  }
  for (const method of ['DELETE', 'PATCH', 'PUT']) {
    expect((await callers.call('administrator', method, '/api/units', {})).status, method).toBe(405)
  }
})

test('a change with a session cookie is refused from another site, and one with a key is not asked where it comes from', async () => {
  const path = '/api/dossiers/H31.101-261001-99998/events/received/1'
  const put = (headers: Record<string, string>) =>
    callers.app.request(`http://localhost${path}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: '{}',
    })
  const { Cookie } = callers.headers.administrator
  for (const Origin of ['http://elsewhere.example', 'null', 'http://localhost.elsewhere.example']) {
    const refused = await put({ Cookie: Cookie ?? '', Origin })
    expect(refused.status, Origin).toBe(403)
    expect(await refused.json()).toMatchObject({ code: 'cross_site' })
  }
  expect((await put({ ...callers.headers.key, Origin: 'http://elsewhere.example' })).status).toBe(422)
})

test('a revoked key, a broken cookie and a person without a tenant are nobody', async () => {
  const { app } = callers
  const me = (headers: Record<string, string>) => app.request('http://localhost/api/me', { headers })
  expect((await me({ Authorization: 'Bearer ln_thu_0000000000000000000000000000' })).status).toBe(401)
  expect((await me({ Authorization: `Basic ${world.key}` })).status).toBe(401)
  expect((await me({ Cookie: `${callers.headers.administrator.Cookie}x` })).status).toBe(401)

  await world.sql`update api_key set revoked_at = now()`
  expect((await me(callers.headers.key)).status).toBe(401)
  await world.sql`update api_key set revoked_at = null`
  expect((await me(callers.headers.key)).status).toBe(200)

  const Cookie = await signIn(app, { email: 'nhap@thu.example', password: 'mat-khau-thu-nghiem' })
  await world.sql`delete from membership m using "user" u where u.id = m.user_id and u.email = 'nhap@thu.example'`
  expect((await me({ Cookie })).status).toBe(401)
})

test('an instance for citizens opens only the doors through which no personal data passes', async () => {
  const app = createApp(() => ({ ...world.services, surface: 'citizen' }))
  for (const row of ACCESS) {
    const response = await app.request(`http://localhost${addressOf(row)}`, {
      method: row.method,
      headers: callers.headers.administrator,
      ...(row.method === 'GET' ? {} : { body: '{}' }),
    })
    const { code } = (await response.json().catch(() => ({}))) as { code?: string }
    const closed = response.status === 404 && code === 'not_found'
    // an unknown link is not found as well, behind an open door
    if (row.citizen) expect(closed && !row.path.includes(':token'), row.path).toBe(false)
    else expect(closed || response.status === 405, `${row.method} ${row.path}`).toBe(true)
  }
})
