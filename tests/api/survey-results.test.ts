import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answers } from '../../api/openapi/answers.ts'
import '../../api/openapi/result-operations.ts'
import { clear, ended, isSilent, ratedCampaign, ratesBoth } from '../support/answered-campaign.ts'
import { firms, openWorldCampaign } from '../support/campaign.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { buildWorld, type World } from '../support/world.ts'
import { callersOf, type Callers } from './callers.ts'

let database: TestDatabase
let world: World
let callers: Callers
let campaignId: number

/** Of the 60 who answer, 12 rate two units. */
const RATINGS = 72

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  callers = await callersOf(world)
  campaignId = (await ratedCampaign(world)).id
  await ended(world, campaignId)
})
afterAll(async () => {
  await world?.stop()
  await database?.drop()
})

// oxlint-disable-next-line typescript/no-explicit-any
type Json = any
const ask = async (method: string, path: string, body?: unknown) => {
  const response = await callers.call('administrator', method, `/api/campaigns/${campaignId}${path}`, body)
  return { status: response.status, json: (await response.json()) as Json }
}
const described = async (name: string, method: string, path: string, body?: unknown) => {
  const { status, json } = await ask(method, path, body)
  expect(status, JSON.stringify(json)).toBe(200)
  expect(answers.get(name)?.parse(json)).toEqual(json)
  return json
}
const element = (list: Json[], code: string) => list.find((one) => one.code === code)

describe('results', () => {
  test('sub-indicators rest on weights, say their n, interval and band, and are our own estimate', async () => {
    const found = await described('CampaignResults', 'GET', '/results')
    expect(found.cases).toEqual({ asked: 80, answered: 60, silent: 0, unknown: 20, ineligible: 0, quotaFull: 0 })
    expect(found.weights).toMatchObject({ n: 60, population: expect.closeTo(80, 6) })
    expect(found.chosen).toMatchObject({ id: 'ddci-departments', units: 2 })
    const clearly = element(found.chosen.elements, 'D_POLICY_CLEAR')
    const said = Array.from({ length: 80 }, (_, at) => at).filter((at) => !isSilent(at))
    const ratings = said.flatMap((at) => (ratesBoth(at) ? [at, at] : [at]))
    expect(clearly.estimate.n).toBe(ratings.length)
    // strata answer about alike, so the weighted share is near the plain one and the score is 1 + 9x
    const plain = ratings.filter((at) => clear(at) === '3').length / ratings.length
    expect(clearly.estimate.est).toBeGreaterThan(1 + 9 * (plain - 0.05))
    expect(clearly.estimate.est).toBeLessThan(1 + 9 * (plain + 0.05))
    expect(clearly.selection.lo).toBeLessThan(clearly.estimate.lo)
    expect(clearly.selection).toMatchObject({ rho: 0.05, participation: expect.closeTo(0.75, 9) })
    const stronger = await described('CampaignResults', 'GET', '/results?rho=0.2')
    expect(element(stronger.chosen.elements, 'D_POLICY_CLEAR').selection.reach).toBeCloseTo(
      4 * clearly.selection.reach,
      9,
    )
  })

  test('a unit with too few answers is hidden, one with some shows its interval, and sensitive ones need thirty', async () => {
    const { items } = await described('CampaignUnitResults', 'GET', '/results/units?edition=ddci-departments@1')
    expect(items.map((one: Json) => one.unit.id)).toEqual([world.units.SXD, world.units.SNV].toSorted((a, b) => a - b))
    const of = (unit: number, code: string) => element(items.find((one: Json) => one.unit.id === unit).elements, code)
    expect(of(world.units.SXD, 'D_POLICY_CLEAR').stage).toBe('full')
    expect(of(world.units.SNV, 'D_POLICY_CLEAR')).toMatchObject({ stage: 'interval_only', estimate: { est: null } })
    expect(of(world.units.SNV, 'D_COST_PAY')).toMatchObject({ stage: 'hidden' })
    const first = await described('CampaignUnitResults', 'GET', '/results/units?limit=1')
    expect(first.items).toHaveLength(1)
    const rest = await described('CampaignUnitResults', 'GET', `/results/units?limit=1&cursor=${first.next}`)
    expect([...first.items, ...rest.items]).toEqual(items)
  })

  test('"không biết", skipped and not asked stay apart in every question, and none of them is in a share', async () => {
    const { items } = await described('CampaignQuestions', 'GET', '/results/questions?limit=200')
    const of = (code: string) => items.find((one: Json) => one.code === code)
    const done = of('D_POLICY_DONE')
    expect(done.counts).toMatchObject({ asked: RATINGS, skipped: 0, notAsked: 0 })
    expect(done.counts.answered + done.counts.dontKnow).toBe(RATINGS)
    expect(done.options.find((one: Json) => one.code === '3').share.estimate).toMatchObject({
      est: 1,
      n: done.counts.answered,
    })
    expect(of('D_SERVICE_TIME').counts).toEqual({
      asked: RATINGS,
      answered: 0,
      dontKnow: 0,
      skipped: RATINGS,
      notAsked: 0,
    })
    expect(of('D_SERVICE_TIME').options[0].share).toMatchObject({ stage: 'hidden', estimate: { est: null } })
    expect(of('LOCALITIES').counts).toMatchObject({ asked: 0, notAsked: 60 })
    expect(of('D_COST_PAY')).toMatchObject({ sensitive: true, minimum: 30, counts: { answered: RATINGS } })
    const shares = of('D_POLICY_CLEAR').options.map((one: Json) => one.share.estimate.est)
    expect(shares.reduce((sum: number, share: number) => sum + share, 0)).toBeCloseTo(1, 9)
  })
})

describe('quality', () => {
  test('a rule is counted before it is in force; put in force it keeps answers out, is logged, and can be taken back', async () => {
    const before = await described('CampaignQuality', 'GET', '/quality')
    const told = (json: Json) => json.rules.find((one: Json) => one.code === 'speeding')
    expect(told(before)).toMatchObject({ inForce: false, told: 8, keptOut: 0 })
    const rules = [{ code: 'speeding', limit: 0.3 }]
    const during = await described('CampaignQuality', 'PUT', '/quality', { rules })
    expect(told(during)).toMatchObject({ inForce: true, told: 8, keptOut: 8 })
    expect(during.keptOut).toBe(8)
    expect(during.weights).toMatchObject({ n: 52, population: expect.closeTo(80, 6) })
    expect(during.score.without).toEqual(before.score.with)
    expect(during.score.with).not.toEqual(before.score.with)
    await described('CampaignQuality', 'PUT', '/quality', { rules })
    const after = await described('CampaignQuality', 'PUT', '/quality', { rules: [] })
    expect(after.score.with).toEqual(before.score.with)
    const { json } = await ask('GET', '/events?limit=5')
    const logged = json.items.filter((one: Json) => one.action === 'quality_rules')
    expect(logged).toHaveLength(2)
    expect(logged[1]).toMatchObject({ by: 'Quản trị', detail: { after: rules, keptOut: 8, of: 60 } })
  })

  test.each([[{ rules: [{ code: 'speeding', limit: 5 }] }], [{ rules: [{ code: 'lying', limit: 0.3 }] }], [{}]])(
    'a rule that is none is refused: %j',
    async (body) => {
      expect((await ask('PUT', '/quality', body)).status).toBe(422)
    },
  )
})

describe('weights', () => {
  test('classes and margins are set, shown factor by factor, noted, and met', async () => {
    const { json: plain } = await ask('GET', '/weights')
    const sectors = plain.frame.find((one: Json) => one.attribute === 'Ngành').totals
    const weighting = { classes: ['Ngành'], margins: [{ attribute: 'Ngành', totals: sectors }], cap: 5 }
    const set = await described('CampaignWeights', 'PUT', '/weights', weighting)
    expect(set.faults).toEqual([])
    for (const { total, after } of set.margins) expect(after).toBeCloseTo(total, 6)
    expect(set.classes.items.reduce((sum: number, one: Json) => sum + one.answers, 0)).toBe(60)
    for (const one of set.classes.items) {
      expect(one.answers).toBeGreaterThanOrEqual(20)
      expect(one.eligibility * one.response).toBeCloseTo((one.answers + one.unknown) / one.answers, 9)
    }
    const { json } = await ask('GET', '/events?limit=1')
    expect(json.items[0]).toMatchObject({ action: 'weighting', detail: { after: weighting } })
    expect((await ask('PUT', '/weights', { classes: [], margins: [], cap: null })).status).toBe(200)
  })

  test('what the frame does not have, totals that disagree, and a population unlike the frame are refused with their place', async () => {
    const total = (value: number) => [{ value: 'x', total: value }]
    const wrong = {
      classes: ['Màu'],
      margins: [
        { attribute: 'Ngành', totals: total(10) },
        { attribute: '', totals: total(20) },
      ],
      cap: null,
    }
    const { status, json } = await ask('PUT', '/weights', wrong)
    expect(status).toBe(422)
    expect(json.issues).toEqual([
      { path: 'classes.0', code: 'unknown_attribute' },
      { path: 'margins.1.totals', code: 'totals_disagree' },
    ])
    const { json: plain } = await ask('GET', '/weights')
    const [first, ...others] = plain.frame.find((one: Json) => one.attribute === 'Ngành').totals
    const margins = [{ attribute: 'Ngành', totals: [{ ...first, total: 1e8 }, ...others] }]
    const heavy = await ask('PUT', '/weights', { classes: [], margins, cap: null })
    expect([heavy.status, heavy.json.issues]).toEqual([
      422,
      others.map((_: Json, at: number) => ({ path: `margins.0.totals.${at + 1}`, code: 'far_from_frame' })),
    ])
  })
})

test('a draft has no results, another tenant’s campaign does not exist, and an importer sees nothing', async () => {
  const other = await callers.call('administrator', 'GET', '/api/campaigns/999999/results')
  expect(other.status).toBe(404)
  for (const path of ['results', 'results/units', 'results/questions', 'weights', 'quality']) {
    const response = await callers.call('importer', 'GET', `/api/campaigns/${campaignId}/${path}`)
    expect(response.status).toBe(403)
  }
})

test('a campaign that nobody has answered has results without a number', async () => {
  const { id } = await openWorldCampaign(world, { lines: firms(40) })
  const response = await callers.call('administrator', 'GET', `/api/campaigns/${id}/results`)
  expect(response.status).toBe(200)
  const json = (await response.json()) as Json
  expect(json.weights).toMatchObject({ n: 0, deff: null, population: 0 })
  expect(json.chosen.elements.every((one: Json) => one.estimate.est === null && one.selection === null)).toBe(true)
  expect((await callers.call('administrator', 'GET', `/api/campaigns/${id}/quality`)).status).toBe(200)
})
