import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unitSummary } from '../../api/indices/summary.ts'
import { calendarPeriod } from '../../api/core/time/period.ts'
import { localDate } from '../../api/core/time/moment.ts'
import { runJob } from '../../api/jobs/run.ts'
import { WALK_INS_PER_DAY } from '../../api/slips/walk-in.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { submission } from '../support/submission.ts'
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

const walkIn = (given: Record<string, unknown> = {}) => ({
  id: crypto.randomUUID() as string,
  unit: world.units['MC-B'],
  procedure: '2.000815',
  applicant: 'citizen',
  event: 'refused',
  ...given,
})
const post = (body: unknown, caller: 'key' | 'importer' | 'administrator' = 'key') =>
  callers.call(caller, 'POST', '/api/walk-ins', body)
const stored = (id: string) =>
  world.sql`select stream, trust, event, dossier_id, state from ask where walk_in_id = ${id}`

describe('a walk-in', () => {
  test('gets one ask of its own stream, however often it is sent, also at once', async () => {
    const body = walkIn()
    const replies = await Promise.all([post(body), post(body), post(body)])
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 200, 201])
    const views = await Promise.all(replies.map((reply) => reply.json()))
    expect(views[0]).toMatchObject({
      id: body.id,
      unit: { id: world.units['MC-B'], name: 'Bộ phận Một cửa xã Tiền Hải' },
      procedure: { code: '2.000815' },
      slip: `/api/walk-ins/${body.id}/slip`,
    })
    expect(views[1]).toEqual(views[0])
    expect(await stored(body.id)).toEqual([
      { stream: 'walk_in', trust: 1, event: 'refused', dossier_id: null, state: 'open' },
    ])
    expect((await post({ ...body, id: body.id.toUpperCase() })).status).toBe(200)
  })

  test('with the same id and another content is refused and changes nothing', async () => {
    const body = walkIn()
    await post(body)
    for (const other of [{ applicant: 'business' }, { procedure: '1.009972' }, { unit: world.units.SXD }]) {
      const reply = await post({ ...body, ...other })
      expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([409, 'id_taken'])
    }
    expect(await stored(body.id)).toHaveLength(1)
  })

  test('may name its unit as dossier lists do', async () => {
    for (const unit of ['MC-B', 'H31.105']) {
      const reply = await post(walkIn({ unit }))
      expect(reply.status).toBe(201)
      expect(await reply.json()).toMatchObject({ unit: { id: world.units['MC-B'] } })
    }
  })

  test.each([
    ['an unknown unit', { unit: 2_000_000_000 }, 'unit', 'unknown_unit'],
    ['an unknown code', { unit: 'H99.9' }, 'unit', 'unknown_unit'],
    ['a procedure that nobody knows', { procedure: '9.999999' }, 'procedure', 'unknown_procedure'],
    ['another event', { event: 'returned' }, 'event', 'invalid_value'],
    ['more than is asked for', { name: 'Nguyễn Văn A' }, '', 'unknown_field'],
  ])('with %s is refused', async (_what, given, path, code) => {
    const reply = await post(walkIn(given))
    expect(reply.status).toBe(422)
    expect(await reply.json()).toMatchObject({ issues: [{ path, code }] })
  })

  test('cannot be of the province above, whose units are the tenant’s', async () => {
    expect((await post(walkIn({ unit: world.units['33'] }))).status).toBe(422)
  })

  test('has a slip with QR code and code, printed again the same, until it is answered', async () => {
    const body = walkIn()
    await post(body)
    const paper = async (format: string) => {
      const html = await (
        await callers.call('importer', 'GET', `/api/walk-ins/${body.id}/slip?format=${format}`)
      ).text()
      return /class="code">([^<]+)</.exec(html)?.[1] ?? html
    }
    const code = await paper('receipt58')
    expect(await paper('a4')).toBe(code)
    const opened = await callers.call('anonymous', 'GET', `/api/invitations/${code}`)
    expect(await opened.json()).toMatchObject({ event: 'refused', unit: { id: world.units['MC-B'] }, state: 'open' })
    expect(
      (await callers.call('anonymous', 'POST', '/api/responses', submission(code, { complete: true }))).status,
    ).toBe(201)
    expect((await callers.call('importer', 'GET', `/api/walk-ins/${body.id}/slip`)).status).toBe(404)
    expect((await callers.call('importer', 'GET', `/api/walk-ins/${crypto.randomUUID()}/slip`)).status).toBe(404)
  })

  test('is limited per unit and day, also when all come at once', async () => {
    const replies = await Promise.all(
      Array.from({ length: WALK_INS_PER_DAY + 5 }, () => post(walkIn({ unit: world.units['MC-A'] }))),
    )
    const statuses = replies.map((reply) => reply.status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(WALK_INS_PER_DAY)
    const refused = replies.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(5)
    // until the next day in Vietnam, when the unit has its slips again
    for (const { headers } of refused) {
      const again = new Date(Date.now() + 1000 * Number(headers.get('retry-after')))
      const sinceMidnightMs = (again.getTime() + 7 * 3_600_000) % 86_400_000
      expect(Math.min(sinceMidnightMs, 86_400_000 - sinceMidnightMs)).toBeLessThan(30_000)
    }
    expect((await post(walkIn({ unit: world.units.SXD }))).status).toBe(201)
  })
})

test('answers to walk-in slips are tallied in their own stream and move no figure of a unit', async () => {
  const unit = world.units.SNV
  const day = localDate(new Date().toISOString())
  const period = calendarPeriod(day.slice(0, 7), day.slice(0, 7))!
  const dossiers = await world.asks(12, { ma_don_vi: 'SNV', ngay_tra: new Date().toISOString() })
  for (const { token } of dossiers.slice(0, 11))
    await callers.call('anonymous', 'POST', '/api/responses', submission(token, { complete: true }))
  const summary = async () => ({ ...(await unitSummary(world.services, world.tenant.id, unit, period)), asOf: null })
  const before = await summary()
  expect(before.counts).toMatchObject({ invited: 12, answered: 11 })

  for (let i = 0; i < 3; i += 1) {
    const body = walkIn({ unit })
    await post(body)
    const html = await (await callers.call('key', 'GET', `/api/walk-ins/${body.id}/slip`)).text()
    const code = /class="code">([^<]+)</.exec(html)?.[1] ?? ''
    const reply = await callers.call(
      'anonymous',
      'POST',
      '/api/responses',
      submission(code, { answers: { OVERALL: '1' }, complete: true }),
    )
    expect(reply.status).toBe(201)
  }
  expect(await summary()).toEqual(before)
  await runJob(world.services, 'tally')
  expect(await summary()).toEqual(before)
  const tallied = await world.sql`
    select c0 + c1 + c2 + c3 + c4 as n from tally where unit_id = ${unit} and item = 'OVERALL' and stream = 'walk_in'`
  expect(tallied).toEqual([{ n: 3 }])
})
