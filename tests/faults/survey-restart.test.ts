import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callersOf } from '../api/callers.ts'
import { startChild } from '../support/child.ts'
import { firms, FRAME_DESIGN, openWorldCampaign, type OpenCase } from '../support/campaign.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { type NodeServer, startNodeServer } from '../support/node-server.ts'
import { testSettings } from '../support/settings.ts'
import { ENOUGH, surveyBody, type SurveyBody } from '../support/survey.ts'
import { until } from '../support/until.ts'
import { buildWorld, type World } from '../support/world.ts'

const SUBMISSIONS = 200
/** Complete answers that the quota of a sector takes; the firms beyond it are told so. */
const QUOTA = 40

let database: TestDatabase
let world: World
let server: NodeServer
let cases: OpenCase[] = []
let campaignId = 0

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  const allocation = { kind: 'proportional' as const, total: SUBMISSIONS + 10, minimum: 2 }
  const quotas = [{ attribute: 'Ngành', value: 'Chế biến', most: QUOTA }]
  const input = { design: { ...FRAME_DESIGN, allocation }, quotas }
  const campaign = await openWorldCampaign(world, { input, lines: firms(500) })
  campaignId = campaign.id
  cases = campaign.cases.slice(0, SUBMISSIONS)
  server = await startNodeServer(database)
})

afterAll(async () => {
  await server?.kill()
  await world?.stop()
  await database?.drop()
})

/** What somebody was told in the end. */
interface Told {
  readonly one: OpenCase
  readonly body: SurveyBody
  readonly status: number
  readonly code: string
  /** Whether it was sent more than once, because no answer came. */
  readonly isRepeated: boolean
}

test('a server restarted twice during 200 simultaneous submissions loses none it acknowledged and doubles none', async () => {
  const { port } = new URL(server.url)
  let acknowledged = 0
  let onTold: () => void = () => undefined
  /** Sends one complete answer until it is told what became of it, as the page does: the same again, for as long as it takes. */
  const submit = async (one: OpenCase): Promise<Told> => {
    const body = surveyBody(one.token, { answers: { ...ENOUGH, I_INSPECT: 'yes', TI_INSPECTIONS: 1 }, complete: true })
    let tries = 0
    const { status, code } = await until(
      'what became of a submission',
      async () => {
        tries += 1
        const reply = await fetch(`${server.url}/api/survey-answers`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(10_000),
        }).catch(() => null)
        const text = await reply?.text().catch(() => null)
        if (!reply || typeof text !== 'string' || reply.status >= 500) return null
        return { status: reply.status, code: (JSON.parse(text) as { code?: string }).code ?? '' }
      },
      90_000,
    )
    acknowledged += 1
    onTold()
    return { one, body, status, code, isRepeated: tries > 1 }
  }
  const after = (count: number) =>
    new Promise<void>((resolve) => (onTold = () => (acknowledged >= count ? resolve() : undefined)))
  const all = Promise.all(cases.map(submit))
  await Promise.race([all, after(10)])
  await server.kill()
  server = await startNodeServer({ ...database, port: Number(port) })
  await Promise.race([all, after(Math.max(acknowledged + 10, 60))])
  await server.stop()
  server = await startNodeServer({ ...database, port: Number(port) })
  const told = await all

  expect(
    told.filter(({ isRepeated }) => isRepeated).length,
    'the blows fell while answers were on their way',
  ).toBeGreaterThan(10)
  const codes = new Set(told.map(({ status, code }) => (status < 300 ? 'stored' : code)))
  expect([...codes].toSorted()).toEqual(['quota_full', 'stored'])
  const rows = await world.sql<{ id: string; case_id: number; complete: boolean; revision: number }[]>`
    select id, case_id::int, complete, revision from survey_answer`
  const stored = told.filter(({ status }) => status < 300)
  expect(rows.map(({ id }) => id).toSorted()).toEqual(stored.map(({ body }) => body.id).toSorted())
  expect(new Set(rows.map(({ case_id }) => case_id)).size).toBe(rows.length)
  expect(rows.every(({ complete, revision }) => complete && revision === 1)).toBe(true)
  const [sum] = await world.sql`
    select (select count(*)::int from survey_private) as apart, (select count(*)::int from survey_case where state = 'complete') as done,
      (select taken from campaign_quota) as taken`
  expect(sum).toEqual({ apart: stored.length, done: stored.length, taken: QUOTA })
})

test('an export whose connection to the database is killed is told to be broken off, over HTTP and by the command line, and leaves no file', async () => {
  // more than all buffers on the way hold
  await world.sql`
    insert into survey_answer (tenant_id, campaign_id, id, mode, revision, complete, answers, item_ms, language, started_at, sent_at,
      received_at, content_hash, stratum, weight, attributes)
    select tenant_id, campaign_id, gen_random_uuid(), mode, 1, true, answers, item_ms, language, started_at, sent_at, received_at,
      content_hash, stratum, weight, attributes from survey_answer, generate_series(1, 150)`
  const [counted] = await world.sql<{ n: number }[]>`select count(*)::int as n from survey_answer`
  const exporting = () => world.sql`
    select pid from pg_stat_activity where datname = current_database() and query like '%leaving_answers%' and pid <> pg_backend_pid()`
  const cut = () => world.sql`
    select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like '%leaving_answers%'
      and pid <> pg_backend_pid()`
  const { headers } = await callersOf(world)
  const get = () =>
    fetch(`${server.url}/api/campaigns/${campaignId}/export?labels=vi`, { headers: headers.administrator })

  const reply = await get()
  expect(reply.status).toBe(200)
  const reader = reply.body!.getReader()
  expect((await reader.read()).value?.length).toBeGreaterThan(0)
  expect(await exporting()).toHaveLength(1)
  await cut()
  const rest = async () => {
    while (!(await reader.read()).done) continue
  }
  await expect(rest()).rejects.toThrow('terminated')

  const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-cut-'))
  const words = ['api/cli.ts', 'export', 'survey', join(folder, 'answers.csv'), '--campaign', String(campaignId)]
  const environment = { ...testSettings, DATABASE_URL: database.url, MIGRATE_DATABASE_URL: database.ownerUrl }
  const child = startChild(process.execPath, ['scripts/run.mjs', ...words, '--labels', 'vi'], { env: environment })
  await until('the first rows in the file', () =>
    readdirSync(folder).some((name) => statSync(join(folder, name)).size > 0) ? true : null,
  )
  process.kill(child.pid, 'SIGSTOP')
  expect(await exporting()).toHaveLength(1)
  await cut()
  process.kill(child.pid, 'SIGCONT')
  expect([(await child.ended).status, readdirSync(folder)]).toEqual([2, []])
  expect(child.output()).toMatch(/database/i)
  rmSync(folder, { recursive: true })

  // the server goes on, and the next export is whole
  const whole = await (await get()).text()
  expect(whole.split('\n')).toHaveLength((counted?.n ?? 0) + 2)
})
