import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorldCampaign, type OpenCase } from '../support/campaign.ts'
import { callersOf, type Callers } from '../api/callers.ts'
import { signIn } from '../contract/http.ts'
import { seeded } from '../core/stats/seeded.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { interview, visit, type Item } from '../support/interviews.ts'
import { startNodeServer } from '../support/node-server.ts'
import { ENOUGH } from '../support/survey.ts'
import { until } from '../support/until.ts'
import { buildWorld, type World } from '../support/world.ts'

let database: TestDatabase
let world: World
let callers: Callers
let interviewer: string

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  callers = await callersOf(world)
  const [row] = await world.sql<{ id: string }[]>`select id from "user" where email = 'hoi@thu.example'`
  interviewer = row?.id ?? ''
})
afterAll(async () => {
  await world.stop()
  await database.drop()
})

const DEVICES = 3
const SAID = [
  { P_TYPE: 'limited' },
  { P_TYPE: 'limited', TI_INSPECTIONS: 2, I_INSPECT: 'yes', I_SHARE: 'over_10' },
  { P_TYPE: 'other', TI_INSPECTIONS: 2, I_INSPECT: 'yes' },
]

/** What three tablets gather, each over cases of its own: visits in vain and interviews in up to three revisions, the last complete. */
function gathered(random: () => number, cases: readonly OpenCase[]): Item[][] {
  return Array.from({ length: DEVICES }, (_, device) => {
    const visits = cases
      .filter((_one, i) => i % DEVICES === device)
      .flatMap((one) => {
        const id = randomUUID()
        const revisions = Math.floor(random() * 4)
        const notes = ['noncontact', 'reached', 'refused'].filter(() => random() < 0.4)
        return [
          ...notes.map((note) => (seq: number) => visit(seq, one, note)),
          ...Array.from({ length: revisions }, (_r, i) => (seq: number) => {
            const complete = i === 2
            const answers = { ...SAID[i], ...(complete ? ENOUGH : {}) }
            return interview(seq, one, { id, revision: i + 1, answers, complete })
          }),
        ]
      })
    return visits.map((make, i) => make(i + 1))
  })
}

interface Told {
  device: { missing: number[]; missingCount: number; lastSeq: number }
  results: { seq: number; status: string; code?: string }[]
}

async function campaignOf(): Promise<{ id: number; cases: OpenCase[] }> {
  const campaign = await openWorldCampaign(world)
  const cases = campaign.cases.map(({ id }) => id)
  const path = `/api/campaigns/${campaign.id}/assignment`
  expect((await callers.call('administrator', 'PUT', path, { interviewer, cases })).status).toBe(200)
  return campaign
}

async function register(): Promise<string> {
  const id = randomUUID()
  expect((await callers.call('interviewer', 'POST', '/api/interviews/devices', { id, label: 'Máy' })).status).toBe(201)
  return id
}

async function sync(device: string, items: readonly Item[]): Promise<Told> {
  const sentAt = new Date().toISOString()
  const response = await callers.call('interviewer', 'POST', '/api/interviews', { device, sentAt, items })
  expect(response.status).toBe(200)
  return (await response.json()) as Told
}

/** Everything that counts of a campaign, by the codes of its firms. */
async function finalState(id: number): Promise<unknown> {
  const cases = await world.sql`
    select f.code, c.state, c.disposition, a.standing, a.mode, a.revision, a.complete, a.answers, a.last_item, a.weight
    from survey_case c join campaign_frame f on f.tenant_id = c.tenant_id and f.campaign_id = c.campaign_id and f.id = c.frame_id
    left join survey_answer a on a.tenant_id = c.tenant_id and a.case_id = c.id
    where c.campaign_id = ${id} and c.released order by f.code, a.id`
  const apart = await world.sql`
    select answers::text, count(*)::int as n from survey_private where campaign_id = ${id} group by 1 order by 1`
  return { cases: cases.map((row) => ({ ...row })), apart: apart.map((row) => ({ ...row })) }
}

test('batches in any order, sent again, cut short or lost on the way end as if everything had come once and in order; gaps are told all along', async () => {
  const random = seeded(20_261_128)
  const [calm, wild] = [await campaignOf(), await campaignOf()]
  const draw = () => seeded(7)
  const inOrder = gathered(draw(), calm.cases)
  const shuffled = gathered(draw(), wild.cases)
  expect(inOrder.flat().length).toBeGreaterThan(25)
  for (const items of inOrder) {
    const told = await sync(await register(), items)
    expect(told.device).toMatchObject({ missingCount: 0, lastSeq: items.length })
  }
  for (const items of shuffled) {
    const device = await register()
    const arrived = new Set<number>()
    /** What the tablet has a receipt for; a lost answer leaves it sending again what has arrived. */
    const acknowledged = new Set<number>()
    while (acknowledged.size < items.length) {
      const batch = items.filter(({ seq }) => random() < (acknowledged.has(seq) ? 0.1 : 0.4))
      batch.sort(() => random() - 0.5)
      if (random() < 0.2) continue // lost on the way there
      const sent = random() < 0.5 ? [...batch, ...batch.slice(0, 2)] : batch
      const [told] = await Promise.all([sync(device, sent), ...(random() < 0.3 ? [sync(device, batch)] : [])])
      for (const { seq } of batch) arrived.add(seq)
      expect(told.results.filter(({ status }) => status === 'refused')).toEqual([])
      const last = Math.max(0, ...arrived)
      const gaps = Array.from({ length: last }, (_, i) => i + 1).filter((seq) => !arrived.has(seq))
      expect(told.device).toMatchObject({ missing: gaps, missingCount: gaps.length, lastSeq: last })
      if (random() < 0.3) continue // lost on the way back
      for (const { seq } of batch) acknowledged.add(seq)
    }
    const [count] = await world.sql`select count(*)::int as n from survey_receipt where device_id = ${device}`
    expect(count!['n']).toBe(items.length)
  }
  expect(await finalState(wild.id)).toEqual(await finalState(calm.id))
})

test('a server killed while tablets send loses nothing it acknowledged, and what is sent again is stored once', async () => {
  const campaign = await campaignOf()
  const device = await register()
  const items = campaign.cases.map((one, i) =>
    interview(i + 1, one, { answers: { ...ENOUGH, TI_INSPECTIONS: 1, I_INSPECT: 'yes' }, complete: true }),
  )
  let server = await startNodeServer(database)
  const port = Number(new URL(server.url).port)
  const who = { email: 'hoi@thu.example', password: 'mat-khau-thu-nghiem' }
  const ask = await signIn(server.url, who)
  const acknowledged = new Set<number>()
  const send = async (batch: readonly Item[]) => {
    const json = { device, sentAt: new Date().toISOString(), items: batch }
    const reply = await ask('POST', '/api/interviews', { json }).catch(() => null)
    if (reply?.status !== 200) return
    for (const { seq, status } of (reply.json as Told).results) {
      expect(status).toBe('stored')
      acknowledged.add(seq)
    }
  }
  const stored = async () =>
    (await world.sql<{ seq: number }[]>`select device_seq as seq from survey_answer where device_id = ${device}`).map(
      ({ seq }) => seq,
    )
  try {
    await send(items.slice(0, 3))
    // killed as soon as something of what is on its way has been committed
    const onTheirWay = Promise.all([send(items.slice(3, 12)), send(items.slice(8))])
    await until('a part of a batch', async () => ((await stored()).length > 4 ? true : null), 30_000)
    await server.kill()
    await onTheirWay
    expect(acknowledged.size).toBeGreaterThanOrEqual(3)
    const kept = new Set(await stored())
    expect([...acknowledged].filter((seq) => !kept.has(seq))).toEqual([])
    server = await startNodeServer({ ...database, port })
    await send(items)
    expect(acknowledged.size).toBe(items.length)
    expect((await stored()).toSorted((a, b) => a - b)).toEqual(items.map(({ seq }) => seq))
    const [sum] = await world.sql`
      select (select count(*)::int from survey_receipt where device_id = ${device}) as receipts,
        (select count(*)::int from survey_private where campaign_id = ${campaign.id}) as apart,
        (select count(*)::int from survey_answer where campaign_id = ${campaign.id}) as answers`
    expect(sum).toEqual({ receipts: items.length, apart: items.length, answers: items.length })
  } finally {
    await server.kill()
  }
})
