import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { buildWorld, type World } from '../support/world.ts'
import { callersOf, type Callers } from './callers.ts'

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

async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/problem+json'])
  expect(await response.json()).toMatchObject({ status, code, issues: [] })
  expect(response.headers.getSetCookie()).toEqual([])
}

const signIn = (body: string, headers: Record<string, string> = {}) =>
  callers.app.request('http://localhost/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: 'http://localhost', ...headers },
    body,
  })

test('a refused sign-in is a problem document that does not tell a wrong password from an unknown person', async () => {
  const { email, password } = world.administrator
  await expectProblem(await signIn(JSON.stringify({ email, password: `${password}x` })), 401, 'not_signed_in')
  await expectProblem(await signIn(JSON.stringify({ email: 'ai@thu.example', password })), 401, 'not_signed_in')
  await expectProblem(await signIn(JSON.stringify({ email: 1 })), 422, 'invalid_input')
  await expectProblem(await signIn('{'), 400, 'malformed_json')
})

test('a sign-in from another site is refused, with a cookie or without', async () => {
  const { Cookie = '' } = callers.headers.administrator
  const body = JSON.stringify(world.administrator)
  await expectProblem(await signIn(body, { Cookie, Origin: 'http://elsewhere.example' }), 403, 'cross_site')
  await expectProblem(await signIn(body, { Origin: 'null' }), 403, 'cross_site')
})

test('what the platform does not use of better-auth is not there', async () => {
  for (const path of ['sign-up/email', 'update-user', 'delete-user', 'change-password', 'request-password-reset']) {
    const body = { name: 'x\u0000', email: 'a@b.example', password: 'x'.repeat(12) }
    await expectProblem(await callers.call('administrator', 'POST', `/api/auth/${path}`, body), 404, 'not_found')
  }
  for (const path of ['list-sessions', 'ok', 'error', 'nothing', 'verify-email?token=x']) {
    await expectProblem(await callers.call('administrator', 'GET', `/api/auth/${path}`), 404, 'not_found')
  }
})

test('after signing out the cookie opens nothing any more', async () => {
  const { Cookie = '', Origin = '' } = callers.headers.importer
  const me = () => callers.app.request('http://localhost/api/me', { headers: { Cookie } })
  expect((await me()).status).toBe(200)
  const out = await callers.app.request('http://localhost/api/auth/sign-out', {
    method: 'POST',
    headers: { Cookie, Origin },
  })
  expect(out.status).toBe(200)
  expect((await me()).status).toBe(401)
})

test('too many sign-ins from one address are refused for a while, whatever the caller says it came from', async () => {
  const body = JSON.stringify({ ...world.administrator, password: 'không đúng' })
  const guess = (i: number) => signIn(body, { 'X-Real-IP': '192.0.2.7', 'X-Forwarded-For': `203.0.113.${i}` })
  const statuses: number[] = []
  for (let i = 0; i < 25; i += 1) statuses.push((await guess(i)).status)
  expect(new Set(statuses)).toEqual(new Set([401, 429]))
  await expectProblem(await guess(25), 429, 'rate_limited')
  // others go on signing in
  expect((await signIn(JSON.stringify(world.administrator), { 'X-Real-IP': '192.0.2.8' })).status).toBe(200)
})
