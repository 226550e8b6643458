import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runJob } from '../../api/jobs/run.ts'
import { createServices } from '../../api/services.ts'
import { createDatabase } from '../../db/client.ts'
import { appRole, startEmbedded } from '../../db/embedded.ts'
import { serverProcesses } from '../../db/embedded/process.ts'
import { readPostmaster } from '../../db/embedded/server.ts'
import { quietPort } from '../support/port.ts'
import { migrateToLatest } from '../../db/migrate.ts'
import { seedReference } from '../../db/seed.ts'
import { seeded } from '../core/stats/seeded.ts'
import { startChild, untilAnswers, type Child } from '../support/child.ts'
import { testSettings } from '../support/settings.ts'
import { submission } from '../support/submission.ts'
import { until } from '../support/until.ts'
import { buildWorld } from '../support/world.ts'
import { asPagesRead, atOneMoment, recount, strays, tableAlone } from './recount.ts'

const CYCLES = 20
const CLIENTS = 8
const ASKS = 4000
/** Blows fall after so many acknowledgements since the last one, at most. */
const CALM_MAX = 60

const dataDir = mkdtempSync(join(tmpdir(), 'lang-nghe-kill-'))
const pgDir = join(dataDir, 'pg')
let tenant = { id: 0, prefix: '' }
let tokens: string[] = []
let port = 0
let node: Child | null = null

async function startNode(): Promise<Child> {
  const child = startChild(process.execPath, ['api/server.ts'], {
    env: { ...testSettings, DATA_DIR: dataDir, PORT: String(port) },
  })
  node = child
  await untilAnswers(`http://127.0.0.1:${port}/api/health`, child)
  return child
}

beforeAll(async () => {
  // with a tenant of its own, so that the platform does not load its sample
  const database = await startEmbedded({ dataDir })
  await migrateToLatest(database.ownerUrl, { appRole })
  await seedReference(database.ownerUrl, { tenant: false })
  const world = await buildWorld(database)
  tenant = world.tenant
  tokens = (await world.asks(ASKS)).map((ask) => ask.token)
  await world.stop()
  await database.stop()
  port = await quietPort()
}, 180_000)

afterAll(async () => {
  await node?.killGroup()
  for (const pid of serverProcesses(pgDir, null)) process.kill(pid, 'SIGKILL')
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 20 })
})

/** What the client of one answer has been told is stored. */
interface Promised {
  readonly token: string
  readonly id: string
  readonly revision: number
}

test('twenty blows to Node and to PostgreSQL under load lose no acknowledged answer and double none', async () => {
  const next = seeded(20)
  const upTo = (count: number) => Math.floor(next() * count)
  const promised = new Map<string, Promised>()
  const refusals = new Map<string, number>()
  const work = { isOver: false }
  let acknowledged = 0
  /** Called at each acknowledgement, so that a blow falls while other answers are on their way. */
  let onAcknowledged: () => void = () => undefined

  /** Sends one revision until it is acknowledged, as the rating page does: the same again, for as long as it takes. */
  const send = async (token: string, id: string, revision: number): Promise<void> => {
    const body = JSON.stringify(
      submission(token, { id, revision, answers: { OVERALL: String(1 + ((revision + id.charCodeAt(0)) % 5)) } }),
    )
    await until(
      `the acknowledgement of revision ${revision}`,
      async () => {
        const reply = await fetch(`http://127.0.0.1:${port}/api/responses`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body,
          signal: AbortSignal.timeout(10_000),
        }).catch(() => null)
        if (reply === null) return null
        const text = await reply.text().catch(() => null)
        if (text === null) return null
        if (reply.status === 200 || reply.status === 201) {
          expect(JSON.parse(text)).toEqual({ id, revision, state: 'partial' })
          return true
        }
        const code = `${reply.status} ${(JSON.parse(text) as { code: string }).code}`
        refusals.set(code, (refusals.get(code) ?? 0) + 1)
        if (reply.status < 500) throw new Error(`an answer was refused: ${text}`)
        return null
      },
      90_000,
    )
    promised.set(token, { token, id, revision })
    acknowledged += 1
    onAcknowledged()
  }
  const respondent = async (): Promise<void> => {
    while (!work.isOver) {
      const token = tokens.pop()
      if (token === undefined) throw new Error('more invitations are needed')
      const id = randomUUID()
      const revisions = 1 + upTo(3)
      for (let revision = 1; revision <= revisions; revision += 1) await send(token, id, revision)
    }
  }

  let server = await startNode()
  const load = Promise.all(Array.from({ length: CLIENTS }, respondent))
  load.catch(() => undefined)
  try {
    for (let cycle = 1; cycle <= CYCLES; cycle += 1) {
      const blow = await Promise.race([load, loaded(acknowledged + 1 + upTo(CALM_MAX))]).then(() => strike(cycle))
      if (blow === 'node') {
        await server.ended
        server = await startNode()
      } else await untilAnswers(`http://127.0.0.1:${port}/api/health`, server)
    }
    await loaded(acknowledged + CLIENTS)
  } finally {
    work.isOver = true
  }
  await load
  expect(await server.end('SIGTERM')).toEqual({ status: 0, signal: null })
  node = null
  await check(promised)
  console.log(`${acknowledged} acknowledged, refusals ${JSON.stringify([...refusals])}`)

  /** Resolves in the very turn in which the number of acknowledgements is reached. */
  function loaded(count: number): Promise<void> {
    return new Promise((resolve) => {
      onAcknowledged = () => {
        if (acknowledged >= count) resolve()
      }
    })
  }

  /** Node in odd cycles; in even ones the postmaster, or one of its processes, which it survives by starting anew. */
  function strike(cycle: number): 'node' | 'postgres' {
    if (cycle % 2 === 1) {
      process.kill(server.pid, 'SIGKILL')
      return 'node'
    }
    const postmaster = readPostmaster(dataDir)?.pid ?? 0
    const children = serverProcesses(pgDir, postmaster).filter((pid) => pid !== postmaster)
    process.kill(cycle % 4 === 0 ? postmaster : (children[upTo(children.length)] ?? postmaster), 'SIGKILL')
    return 'postgres'
  }
  // twenty starts on a machine that does other work too; what hangs is told by the limits of each step
}, 600_000)

async function check(promised: ReadonlyMap<string, Promised>): Promise<void> {
  const database = await startEmbedded({ dataDir })
  const sql = postgres(database.ownerUrl, { max: 1 })
  const db = createDatabase(database.url)
  try {
    await sql`select set_config('app.tenant', ${String(tenant.id)}, false)`
    const rows = await sql`
      select encode(a.token_hash, 'hex') as token, a.state, r.id, r.revision
      from response r left join ask a on a.tenant_id = r.tenant_id and a.asked_on = r.asked_on and a.response_id = r.id`
    const hashed = await Promise.all([...promised.values()].map(async (one) => [await hexOf(one.token), one] as const))
    const stored = new Map(rows.map((row) => [row['token'] as string, row]))
    const lost = hashed.filter(([hash, { id, revision }]) => {
      const row = stored.get(hash)
      return row === undefined || row['id'] !== id || row['revision'] < revision
    })
    expect(lost.map(([, one]) => one)).toEqual([])
    expect(rows).toHaveLength(promised.size)
    expect(stored.size).toBe(promised.size)

    const services = createServices(db, { ...testSettings, SURFACE: 'full' })
    const look = { services, tenant }
    const [read, counted] = await atOneMoment(look, async (trx) => [
      await asPagesRead(trx, tenant.id),
      await recount(trx, tenant.id),
    ])
    expect(read).toEqual(counted)
    await runJob(services, 'tally')
    expect(await atOneMoment(look, (trx) => tableAlone(trx, tenant.id))).toEqual(counted)
    expect(await strays({ sql })).toBe(0)
  } finally {
    await db.close()
    await sql.end()
    await database.stop()
  }
}

async function hexOf(token: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))).toString('hex')
}
