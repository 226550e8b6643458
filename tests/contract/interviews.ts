import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { runCampaigns } from '../../api/campaigns/open.ts'
import { FRAME_DESIGN, openWorldCampaign, type OpenCase } from '../support/campaign.ts'
import { interview, visit, type Item } from '../support/interviews.ts'
import { ENOUGH, surveyBody } from '../support/survey.ts'
import type { Setting } from './door.ts'
import { expectProblem, signIn, type Client } from './http.ts'

const SENSITIVE = { TI_INSPECTIONS: 2, I_INSPECT: 'yes', I_SHARE: 'over_10' }

/** What an interviewer's tablet relies on, and what is done about two answers to one case. */
export function interviewsSuite(of: () => Setting): void {
  describe('interviews from tablets', () => {
    let people: { id: string; ask: Client }[] = []
    let campaign: { id: number; cases: OpenCase[] }
    const fresh = (): OpenCase => {
      const one = campaign.cases.pop()
      if (one === undefined) throw new Error('more cases are needed')
      return one
    }
    const register = async ({ ask }: { ask: Client }, id: string = randomUUID()): Promise<string> => {
      const reply = await ask('POST', '/api/interviews/devices', { json: { id, label: 'Máy 1' } })
      expect([200, 201], reply.text).toContain(reply.status)
      return id
    }
    const sync = async ({ ask }: { ask: Client }, device: string, items: Item[], sentAt = new Date().toISOString()) => {
      const reply = await ask('POST', '/api/interviews', { json: { device, sentAt, items } })
      expect(reply.status, reply.text).toBe(200)
      return reply.json
    }
    const answersOf = (one: OpenCase) => of().world.sql`
      select id, standing, mode, revision, complete, answers, device_seq from survey_answer where case_id = ${one.id}
      order by received_at, id`
    const caseState = async (one: OpenCase) => {
      const [row] = await of().world.sql`select state, disposition from survey_case where id = ${one.id}`
      return { ...row }
    }
    const admin = async (method: string, path: string, json?: unknown) =>
      of().administrator(method, `/api/campaigns/${campaign.id}${path}`, json === undefined ? {} : { json })

    beforeAll(async () => {
      const who = async (name: string) => {
        const person = { name, email: `${name.toLowerCase()}-${randomUUID().slice(0, 8)}@thu.example` }
        const made = await of().administrator('POST', '/api/interviewers', { json: person })
        expect(made.status, made.text).toBe(201)
        const ask = await signIn(of().door.url, { email: person.email, password: made.json.password })
        return { id: made.json.id as string, ask }
      }
      people = [await who('An'), await who('Binh')]
      campaign = await openWorldCampaign(of().world, {
        input: { design: { ...FRAME_DESIGN, contactsToInterviewers: true } },
      })
      const cases = campaign.cases.map(({ id }) => id)
      expect((await admin('PUT', '/assignment', { interviewer: people[0]!.id, cases })).status).toBe(200)
    })

    test('an interviewer takes along the own cases, with what is needed without a network and names only where the survey shows them', async () => {
      const [an, binh] = people
      const first = await an!.ask('GET', '/api/interviews/assignment?limit=5')
      expect(first.status, first.text).toBe(200)
      expect(first.json.items).toHaveLength(5)
      const [one] = first.json.items
      expect(one).toMatchObject({ campaign: campaign.id, state: 'open', disposition: 'none' })
      expect(one.contact.name).toMatch(/^Công ty Sao Mai \d+$/)
      const [taken] = first.json.campaigns
      expect(taken).toMatchObject({
        id: campaign.id,
        questionnaire: { code: 'business-survey', version: 1 },
        units: [],
      })
      expect(taken.questionnaire.definition.sections.length).toBeGreaterThan(3)
      const rest = await an!.ask('GET', `/api/interviews/assignment?limit=200&cursor=${first.json.next}`)
      expect(rest.json.items.length + 5).toBe(campaign.cases.length)
      expect(rest.json.next).toBeNull()
      expect((await binh!.ask('GET', '/api/interviews/assignment')).json).toMatchObject({ items: [], campaigns: [] })
      const silent = await openWorldCampaign(of().world)
      const path = `/api/campaigns/${silent.id}/assignment`
      const cases = silent.cases.map(({ id }) => id)
      await of().administrator('PUT', path, { json: { interviewer: binh!.id, cases } })
      const without = await binh!.ask('GET', '/api/interviews/assignment')
      expect(without.json.items).toHaveLength(silent.cases.length)
      expect(without.text).not.toContain('Sao Mai')
    })

    test('an item is stored once with its place in the sample; the same again gives the same receipt, other content under its number is refused', async () => {
      const [an] = people
      const device = await register(an!)
      const one = fresh()
      const item = interview(1, one, { answers: { ...ENOUGH, ...SENSITIVE }, complete: true })
      const [receipt] = (await sync(an!, device, [item])).results
      expect(receipt).toMatchObject({ seq: 1, status: 'stored', answer: item.answer!['id'] })
      const twice = await Promise.all([sync(an!, device, [item]), sync(an!, device, [item, item])])
      for (const { results } of twice) for (const again of results) expect(again).toEqual(receipt)
      const other = { ...item, answer: { ...item.answer, answers: ENOUGH } }
      expect((await sync(an!, device, [other])).results).toEqual([
        { seq: 1, status: 'refused', code: 'id_taken', issues: [{ path: 'seq', code: 'other_content' }] },
      ])
      expect(await answersOf(one)).toMatchObject([
        { standing: 'main', mode: 'interviewer', complete: true, device_seq: 1, answers: { TI_INSPECTIONS: 2 } },
      ])
      expect(JSON.stringify(await answersOf(one))).not.toContain('I_SHARE')
      const apart = await of().world.sql`select answers from survey_private where campaign_id = ${campaign.id}`
      expect(apart.map((row) => row['answers'])).toContainEqual({ I_INSPECT: 'yes', I_SHARE: 'over_10' })
      expect(await caseState(one)).toEqual({ state: 'complete', disposition: 'none' })
    })

    test('missing numbers and the clock are told, and close when what was missing arrives', async () => {
      const [an] = people
      const device = await register(an!)
      const slow = new Date(Date.now() - 3_600_000).toISOString()
      const told = await sync(an!, device, [visit(5, fresh(), 'noncontact'), interview(2, fresh())], slow)
      expect(told.device).toMatchObject({ lastSeq: 5, missing: [1, 3, 4], missingCount: 3 })
      expect(told.device.skewMs).toBeGreaterThanOrEqual(3_600_000)
      expect(told.device.skewMs).toBeLessThan(3_660_000)
      const [kept] = await of().world.sql`
        select skew_ms::int, device_at, received_at > device_at as later from survey_receipt where device_id = ${device} and seq = 5`
      expect(kept).toMatchObject({ skew_ms: told.device.skewMs, later: true })
      expect(kept!['device_at'].toISOString()).toBe('2026-10-01T01:20:00.000Z')
      await sync(
        an!,
        device,
        [1, 3, 4].map((seq) => visit(seq, fresh(), 'noncontact')),
      )
      const again = await an!.ask('POST', '/api/interviews/devices', { json: { id: device, label: 'Máy 1' } })
      expect([again.status, again.json.missing, again.json.lastSeq]).toEqual([200, [], 5])
    })

    test('the last note of a device counts, in whatever order notes arrive', async () => {
      const [an] = people
      const device = await register(an!)
      const one = fresh()
      await sync(an!, device, [visit(2, one, 'refused')])
      await sync(an!, device, [visit(1, one, 'noncontact')])
      expect(await caseState(one)).toEqual({ state: 'open', disposition: 'refused' })
    })

    test('two devices on one case lose neither: the second is a visible rival until an administrator chooses, which is noted', async () => {
      const [an, binh] = people
      const [tablet, other] = [await register(an!), await register(an!)]
      const one = fresh()
      const first = interview(1, one, { answers: ENOUGH, complete: true })
      const second = interview(1, one, { answers: { ...ENOUGH, ...SENSITIVE }, complete: true })
      expect((await sync(an!, tablet, [first])).results[0].status).toBe('stored')
      expect((await sync(an!, other, [second])).results[0]).toMatchObject({
        status: 'rival',
        answer: second.answer!['id'],
      })
      const theirs = await register(binh!)
      const foreign = fresh()
      const third = interview(1, foreign, { answers: ENOUGH, complete: true })
      expect((await sync(binh!, theirs, [third])).results[0].status).toBe('rival')
      expect(await caseState(foreign), 'a case of somebody else is not answered').toMatchObject({ state: 'open' })
      const waiting = async () => (await admin('GET', '/conflicts')).json.items
      const before = await waiting()
      expect(before.map((item: { case: number }) => item.case).sort()).toEqual([one.id, foreign.id].sort())
      expect(before.find((item: { case: number }) => item.case === one.id).answers).toMatchObject([
        { id: first.answer!['id'], standing: 'main', device: 'Máy 1', interviewer: 'An' },
        { id: second.answer!['id'], standing: 'rival' },
      ])
      expect(JSON.stringify(before)).not.toContain('TI_INSPECTIONS')
      expect((await admin('GET', '/field')).json.conflicts).toBe(2)
      const choose = (where: OpenCase, item: Item) =>
        admin('PUT', `/cases/${where.id}/answer`, { answer: item.answer!['id'] })
      expectProblem(await choose(one, third), 404, 'not_found')
      expect((await choose(one, second)).json).toEqual({ case: one.id, answer: second.answer!['id'], setAside: 1 })
      expect((await choose(foreign, third)).status).toBe(200)
      expect((await answersOf(one)).map((row) => [row['id'], row['standing']])).toEqual([
        [first.answer!['id'], 'set_aside'],
        [second.answer!['id'], 'main'],
      ])
      expect(await caseState(foreign)).toMatchObject({ state: 'complete' })
      expect(await waiting()).toEqual([])
      const events = (await admin('GET', '/events')).json.items.filter((e: { action: string }) => e.action === 'chosen')
      expect(events.map((e: { detail: { case: number } }) => e.detail.case)).toEqual([foreign.id, one.id])
    })

    test('an interview beside an answer of the respondent is kept beside it, also when they went on with the tablet’s own', async () => {
      const [an] = people
      const device = await register(an!)
      const [one, two] = [fresh(), fresh()]
      expect((await of().anyone('POST', '/api/survey-answers', { json: surveyBody(one.token) })).status).toBe(201)
      const begun = interview(2, two)
      const { results } = await sync(an!, device, [interview(1, one, { answers: ENOUGH, complete: true }), begun])
      expect(results.map((r: { status: string }) => r.status)).toEqual(['rival', 'stored'])
      const web = surveyBody(two.token, { id: String(begun.answer!['id']), revision: 2, answers: { P_TYPE: 'other' } })
      expect((await of().anyone('POST', '/api/survey-answers', { json: web })).status).toBe(200)
      const end = { ...begun, seq: 3, answer: { ...begun.answer, revision: 2, answers: ENOUGH, complete: true } }
      expect((await sync(an!, device, [end])).results[0].status).toBe('rival')
      expect(await answersOf(two)).toMatchObject([
        { standing: 'main', mode: 'web', answers: { P_TYPE: 'other' } },
        { standing: 'rival', mode: 'interviewer', complete: true, answers: ENOUGH },
      ])
    })

    test('what cannot be stored is refused by itself, keeps its number missing, and stays with the tablet', async () => {
      const [an, binh] = people
      const device = await register(an!)
      const good = interview(4, fresh())
      const { results, device: told } = await sync(an!, device, [
        interview(1, fresh(), { answers: { P_YEAR: 3000 } }),
        interview(2, { id: 999_999_999 }),
        interview(3, fresh(), { questionnaire: { code: 'ddci-form', version: 1 } }),
        good,
        interview(5, fresh(), { answers: JSON.parse('{"P_YEAR": 2011, "__proto__": 1}') }),
      ])
      expect(results.pop()).toMatchObject({
        code: 'invalid_input',
        issues: [{ path: 'answers', code: 'unknown_item' }],
      })
      expect(results.map((r: { status: string; code?: string }) => r.code ?? r.status)).toEqual([
        'invalid_input',
        'not_found',
        'invalid_input',
        'stored',
      ])
      expect(results[0].issues).toEqual([{ path: 'answers.P_YEAR', code: 'out_of_range' }])
      expect(JSON.stringify(results)).not.toContain('3000')
      const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
      const items = [interview(5, fresh(), { answers: { P_TYPE: 'DEEP' } }), interview(6, fresh())]
      const text = JSON.stringify({ device, sentAt: new Date().toISOString(), items }).replace('"DEEP"', deep)
      const headers = { 'Content-Type': 'application/json' }
      const nested = await an!.ask('POST', '/api/interviews', { body: text, headers })
      expect([nested.status, nested.json.results], nested.text).toMatchObject([
        200,
        [{ status: 'refused', issues: [{ path: 'answers.P_TYPE', code: 'wrong_type' }] }, { status: 'stored' }],
      ])
      expect(told.missing).toEqual([1, 2, 3])
      const batch = { device, sentAt: new Date().toISOString(), items: [good] }
      expectProblem(await binh!.ask('POST', '/api/interviews', { json: batch }), 404, 'not_found')
      const taken = await binh!.ask('POST', '/api/interviews/devices', { json: { id: device, label: 'x' } })
      expectProblem(taken, 409, 'id_taken')
      const many = Array.from({ length: 51 }, (_, i) => visit(i + 1, { id: 1 }, 'refused'))
      expectProblem(await an!.ask('POST', '/api/interviews', { json: { ...batch, items: many } }), 422, 'invalid_input')
      expectProblem(await of().administrator('POST', '/api/interviews', { json: batch }), 403, 'forbidden')
      expectProblem(await of().anyone('POST', '/api/interviews', { json: batch }), 401, 'not_signed_in')
    })

    test('an interview that arrives when the survey is over is set aside, and counts when an administrator says so', async () => {
      const [an] = people
      const late = await openWorldCampaign(of().world)
      const one = late.cases[0]!
      const path = `/api/campaigns/${late.id}`
      await of().administrator('PUT', `${path}/assignment`, { json: { interviewer: an!.id, cases: [one.id] } })
      await of().administrator('POST', `${path}/close`, { json: {} })
      const device = await register(an!)
      const item = interview(1, one, { answers: ENOUGH, complete: true })
      expect((await sync(an!, device, [item])).results[0].status).toBe('set_aside')
      const waiting = await of().administrator('GET', `${path}/conflicts`)
      expect(waiting.json.items).toMatchObject([{ case: one.id, answers: [{ standing: 'set_aside' }] }])
      const answer = { answer: item.answer!['id'] }
      expect((await of().administrator('PUT', `${path}/cases/${one.id}/answer`, { json: answer })).status).toBe(200)
      expect(await caseState(one)).toMatchObject({ state: 'complete' })
    })

    test('an interview that had been sent in part and is finished too late stands beside that part, once', async () => {
      const [an] = people
      const late = await openWorldCampaign(of().world)
      const one = late.cases[0]!
      const path = `/api/campaigns/${late.id}`
      await of().administrator('PUT', `${path}/assignment`, { json: { interviewer: an!.id, cases: [one.id] } })
      const device = await register(an!)
      const begun = interview(1, one)
      expect((await sync(an!, device, [begun])).results[0].status).toBe('stored')
      await of().administrator('POST', `${path}/close`, { json: {} })
      const later = (seq: number, revision: number, answers: Record<string, unknown>) => ({
        ...begun,
        seq,
        answer: { ...begun.answer, revision, answers, complete: true },
      })
      const done = later(2, 2, ENOUGH)
      const [receipt] = (await sync(an!, device, [done])).results
      expect(receipt).toMatchObject({ seq: 2, status: 'rival' })
      expect((await sync(an!, device, [done])).results).toEqual([receipt])
      const again = await sync(an!, device, [later(3, 2, ENOUGH), later(4, 3, { ...ENOUGH, P_TYPE: 'other' })])
      expect(again.results).toMatchObject([{ status: 'rival' }, { status: 'refused', code: 'already_complete' }])
      expect(await answersOf(one)).toMatchObject([
        { standing: 'main', complete: false },
        { standing: 'rival', complete: true, answers: ENOUGH },
      ])
      const chosen = { json: { answer: receipt.answer } }
      expect((await of().administrator('PUT', `${path}/cases/${one.id}/answer`, chosen)).status).toBe(200)
      expect(await caseState(one)).toMatchObject({ state: 'complete' })
    })

    test('an interview for which a quota has no place any more is set aside, not counted, and not lost', async () => {
      const [an] = people
      const quotas = [{ attribute: 'Ngành', value: 'Chế biến', most: 1 }]
      const full = await openWorldCampaign(of().world, { input: { quotas } })
      const path = `/api/campaigns/${full.id}`
      const cases = full.cases.map(({ id }) => id)
      await of().administrator('PUT', `${path}/assignment`, { json: { interviewer: an!.id, cases } })
      const inSector = await of().world.sql<{ id: number }[]>`
        select c.id::int from survey_case c join campaign_frame f on f.tenant_id = c.tenant_id and f.id = c.frame_id
        where c.campaign_id = ${full.id} and c.released and f.attributes ->> 'Ngành' = 'Chế biến' order by c.id limit 2`
      const [first, second] = inSector.map((one, i) => interview(i + 1, one, { answers: ENOUGH, complete: true }))
      const { results } = await sync(an!, await register(an!), [first!, { ...second!, disposition: 'reached' }])
      expect(results.map((r: { status: string }) => r.status)).toEqual(['stored', 'set_aside'])
      const states = await of().world.sql`
        select (select taken from campaign_quota where campaign_id = ${full.id}) as taken,
          (select state from survey_case where id = ${second!.case}) as state`
      expect(states[0]).toEqual({ taken: 1, state: 'open' })
      const { outcomes } = (await of().administrator('GET', `${path}/field`)).json
      expect(outcomes).toMatchObject({ quotaFull: 1, other: 0 })
      const waiting = (await of().administrator('GET', `${path}/conflicts`)).json.items
      expect(waiting).toMatchObject([{ case: second!.case, answers: [{ standing: 'set_aside', complete: true }] }])
    })

    test('a count of statements is taken up to what the case’s own form shows', async () => {
      const [an] = people
      const device = await register(an!)
      const forms = (await an!.ask('GET', '/api/interviews/assignment?limit=200')).json.items
      const ofForm = (form: string) => {
        const at = campaign.cases.findIndex((one) => one.form === form)
        const [one] = campaign.cases.splice(at, 1)
        expect(forms.find((item: { case: number }) => item.case === one!.id)).toMatchObject({ form })
        return one!
      }
      const said = (count: number) => ({ answers: { ...ENOUGH, I_LIST: count } })
      const [control, treated] = [ofForm('A'), ofForm('B')]
      const items = [interview(1, control, said(5)), interview(2, control, said(4)), interview(3, treated, said(5))]
      const { results } = await sync(an!, device, items)
      expect(results.map((r: { status: string }) => r.status)).toEqual(['refused', 'stored', 'stored'])
      expect(results[0].issues).toEqual([{ path: 'answers.I_LIST', code: 'out_of_range' }])
    })

    test('numbers and receipts outlive the link between case and answer: no gap appears, and nothing is stored again', async () => {
      const [an] = people
      const past = await openWorldCampaign(of().world)
      const path = `/api/campaigns/${past.id}`
      const cases = past.cases.map(({ id }) => id)
      await of().administrator('PUT', `${path}/assignment`, { json: { interviewer: an!.id, cases } })
      const device = await register(an!)
      const done = interview(1, past.cases[0]!, { answers: ENOUGH, complete: true })
      const note = visit(3, past.cases[1]!, 'noncontact')
      expect((await sync(an!, device, [done, note])).device).toMatchObject({ lastSeq: 3, missing: [2] })
      await of().administrator('POST', `${path}/close`, { json: {} })
      const { services, tenant, sql } = of().world
      await sql`update campaign set closed_at = closed_at - interval '31 days' where id = ${past.id}`
      await runCampaigns(services, tenant.id)
      const links = await sql`select case_id, answer_id from survey_receipt where device_id = ${device}`
      expect(links.flatMap((one) => [one['case_id'], one['answer_id']])).toEqual([null, null, null, null])
      const again = await sync(an!, device, [done, note])
      expect(again.device).toMatchObject({ lastSeq: 3, missing: [2], missingCount: 1 })
      expect(again.results.map((r: { status: string }) => r.status)).toEqual(['stored', 'noted'])
      const [kept] = await sql`select count(*)::int as n from survey_answer where campaign_id = ${past.id}`
      expect(kept).toEqual({ n: 1 })
    })
  })
}
