import { afterAll, beforeAll, expect, test } from 'vitest'
import { answers } from '../../api/openapi/answers.ts'
import '../../api/openapi/campaign-answers.ts'
import { runCampaigns } from '../../api/campaigns/open.ts'
import { questionsOf } from '../../api/core/field/progress.ts'
import { shippedQuestionnaires } from '../../db/seeds/questionnaires/shipped.ts'
import { casesOf, firms, FRAME_DESIGN, openWorldCampaign } from '../support/campaign.ts'
import { ENOUGH, surveyBody, type SurveyBody } from '../support/survey.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { fillAnswers } from '../support/survey-answers.ts'
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
  await world?.stop()
  await database?.drop()
})

// oxlint-disable-next-line typescript/no-explicit-any
type Json = any
const get = async (path: string): Promise<Json> => {
  const response = await callers.call('administrator', 'GET', path)
  expect(response.status).toBe(200)
  return response.json()
}
const questionnaire = shippedQuestionnaires.find(({ code }) => code === 'business-survey')!
const design = (total: number) => ({ allocation: { kind: 'proportional' as const, total, minimum: 2 } })

test('the report tells what became of every case, by stratum and in all, with AAPOR’s rates', async () => {
  const { id, cases } = await openWorldCampaign(world, {
    lines: firms(400),
    input: { design: { ...FRAME_DESIGN, ...design(120) } },
  })
  await fillAnswers(world.sql, { tenantId: world.tenant.id, id, questionnaire }, { complete: 60, partial: 12 })
  const all70 = Object.fromEntries(questionsOf(questionnaire).map(({ code }) => [code, { na: true }]))
  // most say only something at the very end
  await world.sql`update survey_answer set answers = '{"COMMENT": "x"}' where campaign_id = ${id} and not complete`
  await world.sql`
    update survey_answer set answers = ${world.sql.json(all70)} where id in (
      select id from survey_answer where campaign_id = ${id} and not complete order by id limit 5)`
  const rest = await world.sql<{ id: number }[]>`
    select id from survey_case where campaign_id = ${id} and released and state = 'open' order by id`
  const set = (from: number, to: number, change: string) =>
    world.sql.unsafe(
      `update survey_case set ${change} where id in (${rest
        .slice(from, to)
        .map((row) => row.id)
        .join()})`,
    )
  await set(0, 10, `disposition = 'refused'`)
  await set(10, 15, `disposition = 'ineligible'`)
  await set(15, 18, `disposition = 'noncontact'`)
  await set(18, 20, `disposition = 'reached'`)
  await set(20, 24, 'opened_at = now()')
  const report = await get(`/api/campaigns/${id}/field`)
  expect(answers.get('FieldReport')?.parse(report)).toEqual(report)
  const partial = 5
  expect(report).toMatchObject({ frame: 400, target: 120, sampled: 120, answered: 60 })
  expect(report.outcomes).toEqual({
    complete: 60,
    partial,
    refused: 10 + 4 + (12 - partial),
    nonContact: 3,
    other: 2,
    unknown: 120 - 60 - 12 - 24,
    ineligible: 5,
    quotaFull: 0,
  })
  expect(report.reached).toBe(120 - 24 - 3)
  const eligible = 115 - 24
  expect(report.eligible).toBeCloseTo(eligible / (eligible + 5), 12)
  expect(report.rates.rr1.est).toBeCloseTo(60 / 115, 12)
  expect(report.rates.rr4.est).toBeCloseTo((60 + partial) / (eligible + 24 * report.eligible), 12)
  const strata = await get(`/api/campaigns/${id}/field/strata?limit=3`)
  expect(answers.get('FieldStrata')?.parse(strata)).toEqual(strata)
  const all = [...strata.items, ...(await get(`/api/campaigns/${id}/field/strata?limit=3&cursor=${strata.next}`)).items]
  expect(all).toHaveLength(4)
  for (const outcome of Object.keys(report.outcomes))
    expect(
      all.reduce((sum, one) => sum + one.outcomes[outcome], 0),
      outcome,
    ).toBe(report.outcomes[outcome])
  expect(all.reduce((sum, one) => sum + one.sampled, 0)).toBe(cases.length)
  expect(all.reduce((sum, one) => sum + one.frame, 0)).toBe(400)
})

test('times, days and drop-off come from answers, and small numbers say nothing', async () => {
  const { id } = await openWorldCampaign(world, { lines: firms(120) })
  const empty = await get(`/api/campaigns/${id}/field`)
  expect(empty.days).toEqual([])
  for (const { timeMs, questions } of empty.sections) {
    expect(timeMs).toMatchObject({ est: null, n: 0, suppressed: 'too_few' })
    for (const { stopped } of questions) expect(stopped).toMatchObject({ est: null, suppressed: 'too_few' })
  }
  const large = await openWorldCampaign(world, {
    lines: firms(400),
    input: { design: { ...FRAME_DESIGN, ...design(120) } },
  })
  await fillAnswers(world.sql, { tenantId: world.tenant.id, id: large.id, questionnaire }, { complete: 50, partial: 5 })
  const report = await get(`/api/campaigns/${large.id}/field`)
  expect(report.days.reduce((sum: number, one: Json) => sum + one.web + one.interviewer + one.paper, 0)).toBe(50)
  expect(report.days).toHaveLength(14)
  const [row] = await world.sql`
    select percentile_cont(0.5) within group (order by ms) as median from (
      select sum(value::int) as ms from survey_answer a, jsonb_each_text(a.item_ms)
      where a.campaign_id = ${large.id} and a.complete and key = any(${questionsOf(questionnaire)
        .filter(({ section }) => section === report.sections[0].code)
        .map(({ code }) => code)})
      group by a.id) s`
  expect(report.sections[0].timeMs).toMatchObject({ n: 50, method: 'median', suppressed: null })
  expect(report.sections[0].timeMs.est).toBeCloseTo(row!['median'] as number, 6)
  const questions = report.sections.flatMap((section: Json) => section.questions)
  const at = 50 % questions.length
  expect(questions[at].stopped).toMatchObject({ n: 55 })
  expect(questions[at].stopped.est).toBeCloseTo(1 / 55, 12)
  expect(questions.at(-1).stopped).toMatchObject({ est: 0, n: 50 })
})

test('whom a filled quota turns away is no refusal, in no rate, and gets no reminder until there is a place again', async () => {
  const quotas = [{ attribute: 'Ngành', value: 'Chế biến', most: 1 }]
  const { id } = await openWorldCampaign(world, { input: { quotas, design: FRAME_DESIGN } })
  const cases = await casesOf(world, id)
  const inSector = await world.sql<{ id: number }[]>`
    select c.id::int from survey_case c join campaign_frame f on f.tenant_id = c.tenant_id and f.id = c.frame_id
    where c.campaign_id = ${id} and c.released and f.attributes ->> 'Ngành' = 'Chế biến' order by c.id`
  const [first, begun, late] = inSector.map((row) => cases.find((one) => one.id === row.id)!)
  const post = (body: SurveyBody) => callers.call('anonymous', 'POST', '/api/survey-answers', body)
  const partial = surveyBody(begun!.token)
  expect((await post(partial)).status).toBe(201)
  expect((await post(surveyBody(first!.token, { answers: ENOUGH, complete: true }))).status).toBe(201)
  const before = await get(`/api/campaigns/${id}/field`)
  expect((await callers.call('anonymous', 'GET', `/api/surveys/${late!.token}`)).status).toBe(409)
  expect((await post({ ...partial, revision: 2, answers: ENOUGH, complete: true })).status).toBe(409)
  const report = await get(`/api/campaigns/${id}/field`)
  expect(report.outcomes).toEqual({
    ...before.outcomes,
    refused: 0,
    unknown: before.outcomes.unknown - 1,
    quotaFull: 2,
  })
  expect(before.outcomes).toMatchObject({ refused: 1, quotaFull: 0 })
  // results say the same of the same cases
  const { cases: told, responseRate } = await get(`/api/campaigns/${id}/results`)
  expect(told).toMatchObject({ answered: 1, silent: 0, quotaFull: 2 })
  expect(responseRate).toEqual(report.rates.rr3)
  expect(report.rates.rr1.est).toBeCloseTo(1 / (cases.length - 2), 12)
  await world.sql`update survey_case set letters = 1, last_letter_at = now() - interval '10 days' where campaign_id = ${id}`
  const reminded = async () => (await get(`/api/campaigns/${id}/mailings`)).reminder.cases
  expect(await reminded()).toBe(cases.length - 3)
  const {
    closesOn,
    revision,
    title,
    fromMonth,
    toMonth,
    opensOn,
    design,
    questionnaire: asked,
  } = await get(`/api/campaigns/${id}`)
  const input = {
    title,
    questionnaire: { code: asked.code, version: asked.version },
    opensOn,
    closesOn,
    fromMonth,
    toMonth,
    design,
  }
  const more = { ...input, quotas: [{ ...quotas[0], most: 5 }], basedOn: revision }
  const changed = await callers.call('administrator', 'PUT', `/api/campaigns/${id}`, more)
  expect(changed.status, await changed.text()).toBe(200)
  expect(await reminded()).toBe(cases.length - 1)
})

test('what the report says of cases stands when the links are cut', async () => {
  const { id, cases } = await openWorldCampaign(world)
  const [one, two] = cases
  for (const { token } of [one!, two!])
    expect((await callers.call('anonymous', 'POST', '/api/survey-answers', surveyBody(token))).status).toBe(201)
  const noted = await callers.call('administrator', 'PUT', `/api/campaigns/${id}/cases/${one!.id}/disposition`, {
    disposition: 'ineligible',
  })
  expect(noted.status, await noted.text()).toBe(200)
  await callers.call('administrator', 'POST', `/api/campaigns/${id}/close`, {})
  const { outcomes, rates } = await get(`/api/campaigns/${id}/field`)
  expect(outcomes).toMatchObject({ ineligible: 1, refused: 1 })
  const later = new Date(world.services.now().getTime() + 31 * 86_400_000)
  await runCampaigns({ ...world.services, now: () => later }, world.tenant.id)
  expect(await world.sql`select 1 from survey_answer where campaign_id = ${id} and case_id is not null`).toEqual([])
  expect(await get(`/api/campaigns/${id}/field`)).toMatchObject({ outcomes, rates })
})
