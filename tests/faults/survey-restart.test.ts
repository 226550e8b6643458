import { afterAll, beforeAll, expect, test } from 'vitest'
import { firms, FRAME_DESIGN, openWorldCampaign, type OpenCase } from '../support/campaign.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { type NodeServer, startNodeServer } from '../support/node-server.ts'
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

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  const allocation = { kind: 'proportional' as const, total: SUBMISSIONS + 10, minimum: 2 }
  const quotas = [{ attribute: 'Ngành', value: 'Chế biến', most: QUOTA }]
  const input = { design: { ...FRAME_DESIGN, allocation }, quotas }
  cases = (await openWorldCampaign(world, { input, lines: firms(500) })).cases.slice(0, SUBMISSIONS)
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
