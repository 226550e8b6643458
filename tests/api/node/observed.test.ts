import { createConnection } from 'node:net'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routePattern } from '../../../api/node/observe.ts'
import { client, type Reply, signIn } from '../../contract/http.ts'
import { testDatabase, type TestDatabase } from '../../support/database.ts'
import { type NodeServer, startNodeServer } from '../../support/node-server.ts'
import { submission } from '../../support/submission.ts'
import { until } from '../../support/until.ts'
import { buildWorld, csvOf, type World } from '../../support/world.ts'

let database: TestDatabase
let world: World
let server: NodeServer
const env = { METRICS_TOKEN: '' }

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  server = await startNodeServer({ ...database, env })
})
afterAll(async () => {
  await server.stop()
  await world.stop()
  await database.drop()
})

const scrape = async (headers: Record<string, string> = {}): Promise<Reply> =>
  client(server.url)('GET', '/api/metrics', { headers })
/** The value of a sample, or null when there is none. */
const valueOf = (text: string, sample: string): number | null => {
  const line = text.split('\n').find((one) => one.startsWith(`${sample} `))
  return line === undefined ? null : Number(line.slice(sample.length + 1))
}
const linesOf = (output: string): Record<string, unknown>[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)

test('without a key metrics are for callers on this machine, and not for those that a proxy speaks for', async () => {
  expect((await scrape()).status).toBe(200)
  for (const headers of [{ 'X-Forwarded-For': '203.0.113.9' }, { Forwarded: 'for=203.0.113.9' }, { Via: '1.1 proxy' }])
    expect((await scrape(headers)).status).toBe(401)
})

test('metrics tell requests by pattern, answers, waiting changes, jobs and connections, in bounded labels', async () => {
  const [ask] = await world.asks(1)
  const call = client(server.url)
  expect((await call('POST', '/api/responses', { json: submission(ask!.token) })).status).toBe(201)
  for (let i = 0; i < 30; i += 1) {
    await call('GET', `/api/nothing-${i}`)
    await call('GET', `/r/thuAAAAAAAAAAAAAAAAAAAA${10 + i}`)
  }
  const text = await until('tally', async () => {
    const { text: told } = await scrape()
    return valueOf(told, 'lang_nghe_job_runs_total{job="tally"}') ? told : null
  })
  expect(valueOf(text, 'lang_nghe_http_requests_total{method="POST",route="/api/responses",status="201"}')).toBe(1)
  expect(valueOf(text, 'lang_nghe_http_requests_total{method="GET",route="(none)",status="404"}')).toBe(30)
  expect(valueOf(text, 'lang_nghe_http_requests_total{method="GET",route="/r/:token",status="200"}')).toBe(30)
  expect(valueOf(text, 'lang_nghe_http_request_seconds_count{route="/api/responses"}')).toBe(1)
  expect(valueOf(text, 'lang_nghe_answers_committed_total')).toBe(1)
  expect(valueOf(text, 'lang_nghe_database_up')).toBe(1)
  expect(valueOf(text, 'lang_nghe_database_connections{state="max"}')).toBe(10)
  expect(valueOf(text, 'lang_nghe_database_connections{state="busy"}')).toBeGreaterThanOrEqual(0)
  expect(valueOf(text, 'lang_nghe_job_failures_total{job="tally"}')).toBe(0)
  expect(valueOf(text, 'lang_nghe_tally_changes_oldest_age_seconds')).toBeGreaterThanOrEqual(0)
  expect(text).not.toContain(ask!.token)
  expect(text).not.toMatch(/nothing-|thuA/)
})

test('the queue of changed cells is told with its age', async () => {
  const lock = postgres(database.ownerUrl, { max: 1 })
  try {
    // the job finds its row taken and leaves the changes where they are
    await lock.begin(async (sql) => {
      await sql`select from job where name = 'tally' for update`
      await world.sql`
        insert into tally_change (tenant_id, unit_id, month, procedure_id, at)
        select ${world.tenant.id}, ${world.units.SXD}, '2026-01-01', id, now() - interval '90 seconds'
        from procedure where tenant_id = ${world.tenant.id} limit 1`
      const { text } = await scrape()
      expect(valueOf(text, 'lang_nghe_tally_changes_waiting')).toBeGreaterThan(0)
      expect(valueOf(text, 'lang_nghe_tally_changes_oldest_age_seconds')).toBeGreaterThanOrEqual(90)
    })
  } finally {
    await lock.end()
  }
})

test('the log has one line for each request, and never a secret, an answer, an address or a name', async () => {
  const [ask] = await world.asks(1)
  const call = client(server.url)
  const body = submission(ask!.token, { answers: { OVERALL: '4' }, itemMs: { OVERALL: 2_171_113 } })
  const sensitive = [ask!.token, body.id, body.withdrawHash, '2171113', world.administrator.email, world.key]
  await call('GET', `/r/${ask!.token}?email=${world.administrator.email}`)
  await call('GET', `/api/invitations/${ask!.token}`)
  await call('POST', '/api/responses', { json: body })
  await call('POST', '/api/responses', { json: { ...body, surprise: 'Nguyễn Văn A 0912345678' } })
  await call('POST', '/api/responses', {
    body: `{"token":"${ask!.token}`,
    headers: { 'Content-Type': 'application/json' },
  })
  await call('POST', '/api/auth/sign-in/email', { json: { email: 'ba.muoi@thu.example', password: 'khong-dung' } })
  const administrator = await signIn(server.url, world.administrator)
  await administrator('GET', '/api/me')
  const importer = client(server.url, { Authorization: `Bearer ${world.key}` })
  const line = world.line({ ma_ho_so: 'H31.101-261001-77777', ho_ten: 'Trần Thị Bí Mật', so_dien_thoai: '0987654321' })
  await importer('POST', '/api/dossiers/import', { body: csvOf([line]), headers: { 'Content-Type': 'text/csv' } })
  await importer('PUT', '/api/dossiers/H31.101-261001-77777/events/received/1', { json: { at: 'hôm qua' } })
  // a fault inside: the statement that fails holds the answer
  await world.sql`alter table response rename to response_gone`
  const [second] = await world.asks(1)
  const failed = await call('POST', '/api/responses', {
    json: submission(second!.token, { itemMs: { OVERALL: 2_171_114 } }),
  })
  await world.sql`alter table response_gone rename to response`
  expect(failed.status).toBe(500)
  await call('GET', '/api/health', { headers: { 'X-Request-Id': '00000000-aaaa-bbbb-cccc-000000000000' } })
  const output = await until('log', () =>
    server.output().includes('00000000-aaaa-bbbb-cccc-000000000000') ? server.output() : null,
  )

  const hidden = [
    'ba.muoi',
    'khong-dung',
    'Nguyễn',
    '0912345678',
    'Bí Mật',
    '0987654321',
    '77777',
    'hôm qua',
    '2171114',
  ]
  for (const text of [...sensitive, ...hidden, second!.token, world.administrator.password])
    expect(output, text).not.toContain(text)
  const lines = linesOf(output)
  const requests = lines.filter(({ event }) => event === 'request')
  expect(requests.find(({ requestId }) => requestId === '00000000-aaaa-bbbb-cccc-000000000000')).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    level: 'info',
    event: 'request',
    requestId: '00000000-aaaa-bbbb-cccc-000000000000',
    method: 'GET',
    route: '/api/health',
    status: 200,
    ms: expect.any(Number),
  })
  const fault = lines.find(({ requestId, level }) => requestId === failed.json.requestId && level === 'error')
  expect(fault).toMatchObject({
    event: 'internal',
    cause: '42P01',
    stack: expect.stringMatching(/\.[jt]s:\d+:\d+( |$)/),
  })
  expect(requests.filter(({ requestId }) => requestId === failed.json.requestId)).toMatchObject([
    { route: '/api/responses', status: 500 },
  ])
})

test.each([
  ['GET', '/r/thuSECRET', '/r/:token'],
  ['GET', '/s/thuSECRET', '/s/:token'],
  ['GET', '/api/invitations/thuSECRET?x=1', '/api/invitations/:token'],
  ['DELETE', '/api/units', '(method)'],
  ['GET', '/api/SECRET', '(none)'],
  ['GET', '/assets/SECRET.js', '/assets/*'],
  ['GET', '/SECRET', '/*'],
  ['GET', '//host/%', '/*'],
])('%s %s is told as %s', (method, address, pattern) => expect(routePattern(method, address)).toBe(pattern))

test('LOG_LEVEL=error keeps requests out, LOG_FORMAT=text is for people', async () => {
  const quiet = await startNodeServer({ ...database, env: { LOG_LEVEL: 'error' } })
  const plain = await startNodeServer({ ...database, env: { LOG_FORMAT: 'text' } })
  await Promise.all([quiet.stop(), plain.stop()])
  expect(linesOf(quiet.output())).toEqual([])
  expect(plain.output()).toMatch(/^\S+Z INFO request .*route="\/api\/health" status=200/m)
})

test('SIGTERM lets requests in flight finish, takes no new ones, and ends with 0', async () => {
  const ending = await startNodeServer({ ...database, env })
  const asks = await world.asks(3)
  const lock = postgres(database.ownerUrl, { max: 1 })
  const refused = (): Promise<boolean> =>
    new Promise((done) => {
      const socket = createConnection(Number(new URL(ending.url).port), '127.0.0.1')
      socket.on('connect', () => done((socket.destroy(), false))).on('error', () => done(true))
    })
  try {
    const replies: Promise<Reply>[] = []
    let stopped: Promise<unknown> | null = null
    await lock.begin(async (sql) => {
      await sql`lock table response in access exclusive mode`
      for (const { token } of asks)
        replies.push(client(ending.url)('POST', '/api/responses', { json: submission(token) }))
      // the three answers and the scrape
      await until('three answers in flight', async () => {
        const { text } = await client(ending.url)('GET', '/api/metrics')
        return valueOf(text, 'lang_nghe_http_requests_in_flight') === 4 ? true : null
      })
      stopped = ending.stop()
      await until('closed door', async () => ((await refused()) ? true : null))
    })
    for (const reply of await Promise.all(replies)) {
      expect(reply.status, reply.text).toBe(201)
      expect(reply.headers.get('connection')).toBe('close')
    }
    await stopped
    expect(ending.ending()).toEqual({ status: 0, signal: null })
    const stored = await world.sql`select count(*)::int as n from response`
    expect(stored[0]?.['n']).toBeGreaterThanOrEqual(3)
    expect(
      linesOf(ending.output()).filter(({ route, status }) => route === '/api/responses' && status === 201),
    ).toHaveLength(3)
  } finally {
    await lock.end()
  }
})

/** A connection that a test speaks HTTP on by hand. */
function rawConnection(port: number) {
  const socket = createConnection(port, '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk) => (heard += chunk.toString('latin1'))).on('error', () => undefined)
  return {
    open: new Promise<void>((done) => socket.once('connect', done)),
    send: (text: string) => new Promise<void>((done) => socket.write(text, () => done())),
    heard: () => heard,
    closed: new Promise<string>((done) => socket.once('close', () => done(heard))),
  }
}

test('at SIGTERM a request that has reached the machine is answered, on a new or a kept connection, and a silent connection is closed', async () => {
  const ending = await startNodeServer({ ...database, env })
  const port = Number(new URL(ending.url).port)
  const health = 'GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n'
  const [kept, silent] = [rawConnection(port), rawConnection(port)]
  await Promise.all([kept.open, silent.open])
  await kept.send(health)
  await until('first answer', () => (kept.heard().endsWith('{"status":"ok"}') ? true : null))
  expect(kept.heard()).toMatch(/^HTTP\/1\.1 200 [^]*connection: keep-alive/i)

  process.kill(ending.pid, 'SIGSTOP')
  const fresh = rawConnection(port)
  await fresh.open
  await Promise.all([kept.send(health), fresh.send(health)])
  const stopped = ending.stop()
  process.kill(ending.pid, 'SIGCONT')

  expect((await kept.closed).split('HTTP/1.1').at(-1)).toMatch(/^ 200 [^]*connection: close[^]*ok"\}$/i)
  expect(await fresh.closed).toMatch(/^HTTP\/1\.1 200 [^]*connection: close[^]*ok"\}$/i)
  await stopped
  expect(await silent.closed).toBe('')
  expect(ending.ending()).toEqual({ status: 0, signal: null })
})
