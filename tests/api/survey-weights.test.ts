import { afterAll, beforeAll, expect, test } from 'vitest'
import { wholeAnswerBatches } from '../../api/results/answers.ts'
import { weighCampaign } from '../../api/results/weigh.ts'
import { answeredCampaign } from '../support/answered-campaign.ts'
import { firms, FRAME_DESIGN } from '../support/campaign.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { ENOUGH } from '../support/survey.ts'
import { buildWorld, type World } from '../support/world.ts'

let database: TestDatabase
let world: World
let campaignId: number

const DESIGN = { ...FRAME_DESIGN, allocation: { kind: 'proportional' as const, total: 120, minimum: 2 } }
/** Three of four answer, one of them in a hurry; the first that does not has closed down. */
const says = (at: number) =>
  at % 4 === 3 ? null : { itemMs: { E_DONE: at === 1 ? 300 : 4000, L_DONE: at === 1 ? 300 : 3000 } }

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  const made = await answeredCampaign(world, { input: { design: DESIGN }, lines: firms(400) }, (_, at) => {
    const said = says(at)
    return said && { ...said, answers: { ...ENOUGH, I_SHARE: '0' } }
  })
  campaignId = made.id
  await world.sql`update survey_case set disposition = 'ineligible' where id = ${made.cases[3]!.id}`
})
afterAll(async () => {
  await world?.stop()
  await database?.drop()
})

const weigh = () =>
  world.services.db.withTenant(world.tenant.id, (trx) => weighCampaign(trx, { tenantId: world.tenant.id, campaignId }))
const stored = () => world.sql<
  { id: string; stratum: string; psu: string | null; attributes: Record<string, string>; answers: object }[]
>`
  select id, stratum, psu, attributes, answers from survey_answer where campaign_id = ${campaignId} order by id`

test('weights of the answers stand for the frame less its ineligible part, and say how each came about', async () => {
  const made = await weigh()
  const rows = await stored()
  const weights = rows.map((row) => made.weightOf(row)!)
  expect(rows).toHaveLength(90)
  const sum = weights.reduce((total, { weight }) => total + weight, 0)
  expect(sum).toBeCloseTo(made.population, 6)
  expect(sum).toBeGreaterThan(380)
  expect(sum).toBeLessThan(400)
  for (const { design, eligibility, response, raking, weight } of weights) {
    expect(weight).toBeCloseTo(design * eligibility * response * raking, 9)
    expect(raking).toBe(1)
  }
  expect(made.effect).toMatchObject({ n: 90, warnings: [] })
})

test('a rule keeps an answer out, the others stand for it, and without the rule all is as before', async () => {
  const before = await weigh()
  await world.sql`update campaign set quality_rules = '[{"code":"speeding","limit":0.3}]' where id = ${campaignId}`
  const less = await weigh()
  expect([...less.keptOut.values()]).toEqual(['speeding'])
  const [out] = less.keptOut.keys()
  const row = (await stored()).find(({ id }) => id === out)!
  expect(less.weightOf(row)).toBeNull()
  expect(less.effect.n).toBe(89)
  expect(less.population).toBeCloseTo(before.population, 0)
  await world.sql`update campaign set quality_rules = '[]' where id = ${campaignId}`
  expect((await weigh()).weightOf(row)).toEqual(before.weightOf(row))
})

test('sensitive answers meet the others only where the key is', async () => {
  const read = async (keys = world.services.tokenKeys) =>
    world.services.db.withTenant(world.tenant.id, async (trx) => {
      const found = []
      for await (const batch of wholeAnswerBatches(trx, { tenantId: world.tenant.id, campaignId }, keys, []))
        found.push(...batch)
      return found
    })
  const whole = await read()
  expect(whole.map((one) => one.whole['I_SHARE'])).toEqual(whole.map(() => '0'))
  expect(whole.every(({ answers }) => !('I_SHARE' in answers))).toBe(true)
  expect((await stored()).every(({ answers }) => !('I_SHARE' in answers))).toBe(true)
})
