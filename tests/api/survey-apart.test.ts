import { afterAll, beforeAll, expect, test } from 'vitest'
import { readTable } from '../../api/core/table/read-table.ts'
import { answers } from '../../api/openapi/answers.ts'
import '../../api/openapi/campaign-answers.ts'
import '../../api/openapi/result-operations.ts'
import { surveyAnswerSchema } from '../../api/surveys/schema.ts'
import { submitSurveyAnswer } from '../../api/surveys/submit.ts'
import { item, questionnaire, yesNo } from '../core/questionnaire/small.ts'
import { publish } from '../e2e/survey-world.ts'
import { answeredCampaign, ended } from '../support/answered-campaign.ts'
import { firms, FRAME_DESIGN, type OpenCase } from '../support/campaign.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { surveyBody } from '../support/survey.ts'
import { buildWorld, type World } from '../support/world.ts'
import { callersOf, type Callers } from './callers.ts'

/** What an administrator could find out of one firm's sensitive answers, by every door that tells of them. */
const ASKED = { code: 'thu', version: 1 }
const FORM = questionnaire([
  {
    code: 'first',
    items: [
      yesNo('MET'),
      yesNo('PAID', { sensitive: true }),
      yesNo('WHOM', { sensitive: true, when: { item: 'PAID', is: ['yes'] } }),
      yesNo('RARE', { sensitive: true, when: { item: 'MET', is: ['yes'] } }),
      item('UNITS', 'units', { kinds: ['department'], atMost: 3 }),
    ],
  },
  { code: 'unit', repeat: 'UNITS', items: [yesNo('GOOD'), yesNo('BRIBE', { sensitive: true })] },
  {
    code: 'end',
    items: [item('WORDS', 'text', { longest: 100, sensitive: true, when: { item: 'PAID', is: ['yes'] } })],
  },
])
const ANSWERED = 40
let database: TestDatabase
let world: World
let callers: Callers
let campaign: { id: number; cases: OpenCase[] }

// oxlint-disable-next-line typescript/no-explicit-any
type Json = any
const call = async (method: string, path: string, body?: unknown) => {
  const response = await callers.call('administrator', method, `/api/campaigns/${campaign.id}${path}`, body)
  return { status: response.status, json: (await response.json()) as Json }
}
const file = async (part: string) => {
  const response = await callers.call('administrator', 'GET', `/api/campaigns/${campaign.id}/export?part=${part}`)
  expect(response.status).toBe(200)
  const { columns, rows } = await readTable(new Uint8Array(await response.arrayBuffer()), part)
  return rows.map(({ cells }) => Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ''])))
}
const question = async (code: string) => {
  const { json } = await call('GET', '/results/questions?limit=200')
  expect(answers.get('CampaignQuestions')?.parse(json)).toEqual(json)
  return json.items.find((one: Json) => one.code === code)
}

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  callers = await callersOf(world)
  await publish(world, FORM)
  const { SXD, SNV } = world.units
  const allocation = { kind: 'proportional' as const, total: 60, minimum: 2 }
  const input = { questionnaire: ASKED, design: { ...FRAME_DESIGN, allocation } }
  // the first alone was met, paid, and rates a second unit
  campaign = await answeredCampaign(world, { input, lines: firms(200) }, (_, at) => {
    if (at >= ANSWERED) return null
    const units = at === 0 ? [SXD, SNV] : [SXD]
    const rated = units.flatMap((unit) => [
      [`GOOD@${unit}`, 'yes'],
      [`BRIBE@${unit}`, at === 0 ? 'yes' : 'no'],
    ])
    const own =
      at === 0 ? { MET: 'yes', PAID: 'yes', WHOM: 'no', RARE: 'yes', WORDS: 'Lời riêng' } : { MET: 'no', PAID: 'no' }
    return { questionnaire: ASKED, answers: { ...own, UNITS: units.map(String), ...Object.fromEntries(rated) } }
  })
})
afterAll(async () => {
  await world?.stop()
  await database?.drop()
})

test('while answers come in nothing is told of what is kept apart, since two looks one answer apart would give it away', async () => {
  for (const part of ['sensitive', 'sensitive_units', 'texts']) {
    const { status, json } = await call('GET', `/export?part=${part}`)
    expect([status, json.issues]).toEqual([422, [{ path: 'part', code: 'until_closed' }]])
  }
  const { json: book } = await call('GET', '/codebook')
  expect(answers.get('SurveyCodebook')?.parse(book)).toEqual(book)
  expect(book.parts.map((one: Json) => [one.part, one.withheld])).toEqual([
    ['answers', null],
    ['units', null],
    ['sensitive', 'until_closed'],
    ['sensitive_units', 'until_closed'],
    ['texts', 'until_closed'],
  ])
  for (const code of ['PAID', 'WHOM', 'RARE', 'BRIBE']) {
    const { counts, withheld, options } = await question(code)
    expect([counts, withheld], code).toEqual([null, 'until_closed'])
    for (const { share } of options)
      expect(share).toMatchObject({ stage: 'hidden', needed: null, estimate: { n: null } })
  }
  expect(await question('MET')).toMatchObject({ withheld: null, counts: { asked: ANSWERED } })
  const { json: quality } = await call('GET', '/quality')
  expect(answers.get('CampaignQuality')?.parse(quality)).toEqual(quality)
  expect(quality.questions.find((one: Json) => one.code === 'PAID')).toMatchObject({
    asked: null,
    withheld: 'until_closed',
  })
})

test('whoever goes on with an answer is told which private ones are there, not those that are asked on account of one', async () => {
  const { token } = campaign.cases[ANSWERED]!
  const body = surveyBody(token, { questionnaire: ASKED, itemMs: {}, answers: { MET: 'no', PAID: 'yes', WHOM: 'no' } })
  await submitSurveyAnswer(world.services, surveyAnswerSchema.parse(body), null)
  const response = await callers.app.request(`http://localhost/api/surveys/${token}`)
  expect(((await response.json()) as Json).answer).toMatchObject({ answers: { MET: 'no' }, hidden: ['PAID'] })
  // and sending the rest from there keeps what was not told
  const rest = { ...body, revision: 2, answers: { MET: 'no' } }
  await submitSurveyAnswer(world.services, surveyAnswerSchema.parse(rest), null)
  const kept = await world.sql`select answers from survey_private where answers ? 'WHOM'`
  expect(kept.map((one) => one['answers'])).toContainEqual({ PAID: 'yes', WHOM: 'no' })
})

test('once it is closed a unit that few rated, and a question that few were asked, are in no sensitive file', async () => {
  await ended(world, campaign.id)
  expect(await file('units')).toHaveLength(ANSWERED + 1)
  const units = await file('sensitive_units')
  expect(units.map((row) => row['unit'])).toEqual(units.map(() => String(world.units.SXD)))
  expect(units.filter((row) => row['BRIBE'] === 'yes')).toHaveLength(1)
  expect(units).toHaveLength(ANSWERED)
  const rows = await file('sensitive')
  expect(rows).toHaveLength(ANSWERED)
  // RARE beside MET in `answers` would tell whose row it is; WHOM of one tells nothing that PAID does not, and is withheld as well
  expect(new Set(rows.map(({ PAID, WHOM, RARE }) => `${PAID}|${WHOM}|${RARE}`))).toEqual(new Set(['no||', 'yes||']))
  // of the one text nothing leaves but the header
  const texts = await callers.call('administrator', 'GET', `/api/campaigns/${campaign.id}/export?part=texts`)
  expect(await texts.text()).toBe('item,text\n')
})

test('of a question that few were asked on account of a sensitive answer not even their number is told', async () => {
  for (const code of ['WHOM', 'RARE'])
    expect(await question(code)).toMatchObject({ counts: null, withheld: 'too_few', minimum: 30 })
  expect(JSON.stringify(await question('WHOM'))).not.toMatch(/"(n|needed)":\d/)
  expect(await question('PAID')).toMatchObject({ withheld: null, counts: { asked: ANSWERED } })
  const { json } = await call('GET', '/quality')
  expect(json.questions.find((one: Json) => one.code === 'WHOM')).toMatchObject({ asked: null, notAsked: null })
})

test('weights that leave few of many answers hide what they would make of one', async () => {
  const paid = async () => (await question('PAID')).options.map((one: Json) => one.share.stage)
  expect(await paid()).toEqual(['full', 'full'])
  // as it could have been set before margins were held against the frame
  const totals = ['Chế biến', 'Thương mại', 'Dịch vụ'].map((value, at) => ({ value, total: at === 0 ? 1e8 : 1 }))
  const weighting = { classes: [], margins: [{ attribute: 'Ngành', totals }], cap: null }
  await world.sql`update campaign set weighting = ${JSON.stringify(weighting)}::text::jsonb where id = ${campaign.id}`
  expect((await call('GET', '/weights')).json.weights.nEff).toBeLessThan(30)
  expect(await paid()).toEqual(['hidden', 'hidden'])
})
