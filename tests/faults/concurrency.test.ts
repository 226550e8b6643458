import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runJob } from '../../api/jobs/run.ts'
import { submissionSchema } from '../../api/responses/schema.ts'
import { submitResponse } from '../../api/responses/submit.ts'
import { withdrawResponse } from '../../api/responses/withdraw.ts'
import { rebuildWaitingCells, takeJob } from '../../db/queries/tallies.ts'
import { client, type Client } from '../contract/http.ts'
import { seeded } from '../core/stats/seeded.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startNodeServer, type NodeServer } from '../support/node-server.ts'
import { hashOf, submission, type Submission } from '../support/submission.ts'
import { until } from '../support/until.ts'
import { buildWorld, csvOf, type World } from '../support/world.ts'
import { asPagesRead, atOneMoment, recount, strays, tableAlone } from './recount.ts'

let database: TestDatabase
let world: World
let server: NodeServer
let anyone: Client
let importer: Client

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  server = await startNodeServer({ url: database.url, ownerUrl: database.ownerUrl })
  anyone = client(server.url)
  importer = client(server.url, { Authorization: `Bearer ${world.key}` })
})
afterAll(async () => {
  await server.stop()
  await world.stop()
  await database.drop()
})

const post = (json: Submission) => anyone('POST', '/api/responses', { json })
const stored = async (token: string) =>
  world.sql`
    select r.id, r.revision, r.answers from response r join ask a on a.response_id = r.id
    where a.token_hash = sha256(${token}::text::bytea)`
const tally = (statuses: readonly (string | number)[]) =>
  Object.fromEntries([...Map.groupBy(statuses, String)].map(([status, all]) => [status, all.length]))

test('of fifty posts of one answer at once, one is stored and all succeed', async () => {
  const [ask] = await world.asks(1)
  const body = submission(ask!.token)
  const replies = await Promise.all(Array.from({ length: 50 }, () => post(body)))
  expect(tally(replies.map((reply) => reply.status))).toEqual({ 200: 49, 201: 1 })
  expect(await stored(body.token)).toMatchObject([{ id: body.id, revision: 1 }])
  const [all] = await world.sql`select count(*)::int as n from response where id = ${body.id}`
  expect(all!['n']).toBe(1)
})

test('of two answers to one invitation at once, one wins, and the other is told so', async () => {
  for (const { token } of await world.asks(20)) {
    const bodies = [submission(token), submission(token)]
    const replies = await Promise.all(bodies.map(post))
    expect(replies.map((reply) => reply.json.code ?? reply.status).sort()).toEqual([201, 'token_taken'])
    const winner = bodies[replies.findIndex((reply) => reply.status === 201)]
    expect(await stored(token)).toMatchObject([{ id: winner!.id }])
  }
})

test('one answer to two invitations at once goes to one of them', async () => {
  const asks = await world.asks(20)
  for (let i = 0; i < asks.length; i += 2) {
    const id = randomUUID()
    const replies = await Promise.all([asks[i]!, asks[i + 1]!].map(({ token }) => post(submission(token, { id }))))
    expect(replies.map((reply) => reply.json.code ?? reply.status).sort()).toEqual([201, 'id_taken'])
  }
})

test('revisions that arrive out of order and at once end at the highest', async () => {
  const next = seeded(34)
  for (const { token } of await world.asks(5)) {
    const id = randomUUID()
    const revisions = Array.from({ length: 30 }, (_, i) => i + 1).sort(() => next() - 0.5)
    const replies = await Promise.all(
      revisions.map((revision) =>
        post(submission(token, { id, revision, answers: { OVERALL: '3', COMMENT: `${revision}` } })),
      ),
    )
    for (const reply of replies) expect([200, 201, 'superseded']).toContain(reply.json.code ?? reply.status)
    expect(replies[revisions.indexOf(30)]!.status).toBeLessThan(300)
    expect(await stored(token)).toMatchObject([{ revision: 30, answers: { OVERALL: '3', COMMENT: '30' } }])
  }
})

test('an answer that is withdrawn while it is being tallied leaves the figures', async () => {
  const { services, tenant } = world
  const [ask] = await world.asks(1, { ma_tthc: '1.004194' })
  const body = submission(ask!.token, { withdrawHash: hashOf('x') })
  await submitResponse(services, submissionSchema.parse(body), null)
  await atOneMoment(world, async (trx) => {
    // the job of the running server may be first
    if (await takeJob(trx, 'tally')) await rebuildWaitingCells(trx, tenant.id, 500)
    await withdrawResponse(services, { id: body.id, secret: 'x' })
  }).catch(lostRace)
  await sameAsRecount()
})

test('tally jobs that start at once do not disturb one another', async () => {
  const { services } = world
  await world.asks(40, { ma_don_vi: 'SXD' })
  const held = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const { db } = services
  // has its view of the database already, and starts when the other is done
  const slow = runJob(
    {
      ...services,
      db: {
        ...db,
        withTenant: (tenantId, work, options) =>
          db.withTenant(
            tenantId,
            async (trx) => {
              held.resolve()
              await gate.promise
              return work(trx)
            },
            options,
          ),
      },
    },
    'tally',
  )
  await held.promise
  await tallied()
  gate.resolve()
  expect(await slow).toBe(0)
  for (let round = 0; round < 5; round += 1) {
    await world.asks(10)
    await Promise.all(Array.from({ length: 6 }, () => runJob(services, 'tally')))
  }
  await sameAsRecount()
})

test('two imports of overlapping lists at once bring each dossier in once, and end at the newest rows', async () => {
  const lines = Array.from({ length: 60 }, () => world.line())
  const listOf = (unit: string, at: string, from: number) =>
    csvOf(lines.slice(from, from + 40).map((line) => ({ ...line, ma_don_vi: unit, cap_nhat_luc: at })))
  const send = (body: string) =>
    importer('POST', '/api/dossiers/import', { body, headers: { 'Content-Type': 'text/csv' } })
  const newer = listOf('SNV', '2026-11-02T08:00:00+07:00', 20)
  const older = listOf('MC-B', '2026-11-01T08:00:00+07:00', 0)
  const replies = await Promise.all([send(newer), send(older), send(newer), send(older)])
  expect(replies.map((reply) => reply.status)).toEqual([200, 200, 200, 200])
  expect(replies.reduce((sum, reply) => sum + reply.json.created, 0)).toBe(60)
  const rows = await world.sql`
    select d.responsible_unit_id as unit, count(*)::int as dossiers, count(a.id)::int as asks
    from dossier d left join ask a on a.dossier_id = d.id
    where d.code = any(${lines.map((line) => line['ma_ho_so']!)}) group by 1 order by 2`
  expect(rows.map((row) => [row['unit'], row['dossiers'], row['asks']])).toEqual([
    [world.units['MC-B'], 20, 20],
    [world.units.SNV, 40, 40],
  ])
  await sameAsRecount()
})

async function sameAsRecount(): Promise<void> {
  const [read, counted] = await atOneMoment(world, async (trx) => [
    await asPagesRead(trx, world.tenant.id),
    await recount(trx, world.tenant.id),
  ])
  expect(read).toEqual(counted)
  await tallied()
  const [table, last] = await atOneMoment(world, async (trx) => [
    await tableAlone(trx, world.tenant.id),
    await recount(trx, world.tenant.id),
  ])
  expect(table).toEqual(last)
  expect(await strays(world)).toBe(0)
}

/** Nothing waits to be tallied, whoever did it: this process or the running server. */
async function tallied(): Promise<void> {
  await until('the tally', async () => {
    await runJob(world.services, 'tally')
    const [row] = await world.sql`select count(*)::int as n from tally_change`
    return row!['n'] === 0 ? true : null
  })
}

/** Two tally jobs on one cell: one of them starts anew. */
function lostRace(error: unknown): number {
  if ((error as { code?: string }).code !== '40001') throw error
  return 0
}
