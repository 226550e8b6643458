import { beforeAll, describe, expect, test } from 'vitest'
import { FRAME_DESIGN, firms, openWorldCampaign, type OpenCase } from '../support/campaign.ts'
import { ENOUGH, slipCode, surveyBody, typedCode, type SurveyBody } from '../support/survey.ts'
import type { Setting } from './door.ts'
import { expectProblem } from './http.ts'

/** Opening a survey and answering it: what the respondent's page relies on. */
export function surveysSuite(of: () => Setting): void {
  const post = (json: unknown) => of().anyone('POST', '/api/survey-answers', { json })
  const read = (token: string) => of().anyone('GET', `/api/surveys/${token}`)
  let cases: OpenCase[] = []
  const fresh = (): OpenCase => {
    const one = cases.pop()
    if (one === undefined) throw new Error('more cases are needed')
    return one
  }
  const open = async (given: Parameters<typeof openWorldCampaign>[1] = {}): Promise<OpenCase[]> =>
    (await openWorldCampaign(of().world, given)).cases
  const rows = (id: string) => of().world.sql`select * from survey_answer where id = ${id}`
  const apart = async (campaignId: number) =>
    of().world.sql`select answers, pseudonym from survey_private where campaign_id = ${campaignId}`
  const campaignOf = async (token: OpenCase) => {
    const [row] = await of().world.sql`select campaign_id::int from survey_case where id = ${token.id}`
    return Number(row!['campaign_id'])
  }

  beforeAll(async () => {
    const design = { allocation: { kind: 'proportional' as const, total: 120, minimum: 2 } }
    cases = await open({ input: { design: { ...FRAME_DESIGN, ...design } }, lines: firms(200) })
  })

  describe('the form of a survey', () => {
    test('a token opens it, as often as one likes, and opening does not spend it', async () => {
      const one = fresh()
      for (let i = 0; i < 2; i += 1) {
        const reply = await read(one.token)
        expect(reply.status, reply.text).toBe(200)
        expect(reply.json).toMatchObject({
          state: 'open',
          campaign: { title: 'Khảo sát doanh nghiệp thử', organiser: { name: 'Hiệp hội Doanh nghiệp tỉnh' } },
          form: one.form,
          sample: false,
          questionnaire: { code: 'business-survey', version: 1 },
          units: [],
          answer: null,
        })
        expect(Object.keys(reply.json).sort()).toEqual(
          [
            ['answer', 'campaign', 'closesOn', 'form'],
            ['questionnaire', 'sample', 'state', 'units'],
          ].flat(),
        )
        expect(reply.json.questionnaire.sha256).toMatch(/^[0-9a-f]{64}$/)
        expect(reply.headers.get('cache-control')).toBe('no-store')
        expect(reply.headers.getSetCookie()).toEqual([])
        expect(reply.text).not.toContain(one.code)
      }
      expect((await post(surveyBody(one.token))).status).toBe(201)
    })

    test('a typed code opens the same form and gives the token; at a rating page it is told where it belongs', async () => {
      const one = fresh()
      const code = await typedCode(of().world, one.id)
      const reply = await read(`${code.slice(0, 4)}-${code.slice(4).toLowerCase()}`)
      expect([reply.status, reply.json.token]).toEqual([200, one.token])
      expectProblem(await of().anyone('GET', `/api/invitations/${code}`), 404, 'survey_code')
    })

    test('the code of a rating slip opens no survey, and is told where it belongs', async () => {
      const [ask] = await of().world.asks(1)
      const code = await slipCode(of().world, ask!.token)
      expectProblem(await read(code), 404, 'rating_code', [code])
      expect((await of().anyone('GET', `/api/invitations/${code}`)).status).toBe(200)
    })

    test.each([
      ['of another secret', 'thuAAAAAAAAAAAAAAAAAAAAAA'],
      ['of no tenant here', 'zzzAAAAAAAAAAAAAAAAAAAAAA'],
      ['too short', 'thu'],
      ['with other letters', 'thuAAAAAAAAAAAAAAAAAAAAA!'],
    ])('a token %s is not found', async (_what, token) => {
      expectProblem(await read(token), 404, 'not_found', [token === 'thu' ? 'AAAA' : token])
      expectProblem(await post(surveyBody(token)), 404, 'not_found', [token === 'thu' ? 'AAAA' : token])
    })

    test('the link of a rating opens no survey, and that of a survey no rating', async () => {
      const [ask] = await of().world.asks(1)
      expectProblem(await read(ask!.token), 404, 'not_found')
      expectProblem(await of().anyone('GET', `/api/invitations/${fresh().token}`), 404, 'not_found')
    })

    test('before its first day, after its last and once it is closed nothing is opened or answered', async () => {
      const [one, ...others] = await open()
      const id = await campaignOf(one!)
      const dates = (sql: string) => of().world.sql.unsafe(`update campaign set ${sql} where id = ${id}`)
      await dates(`opens_on = current_date + 2, closes_on = current_date + 9`)
      expectProblem(await read(one!.token), 409, 'not_yet_open')
      expectProblem(await post(surveyBody(one!.token)), 409, 'not_yet_open')
      await dates(`opens_on = current_date - 9`)
      const body = surveyBody(one!.token)
      expect((await post(body)).status).toBe(201)
      await dates(`closes_on = current_date - 2`)
      expectProblem(await read(one!.token), 410, 'expired')
      expectProblem(await post({ ...body, revision: 2 }), 410, 'expired')
      expect((await post(body)).status, 'what is stored is told again').toBe(200)
      await dates(`closes_on = current_date + 9, state = 'closed', closed_at = now(), closed_by = 'test'`)
      expectProblem(await post(surveyBody(others[0]!.token)), 410, 'expired')
    })
  })

  describe('answers to a survey', () => {
    test('a first answer is created, with its place in the sample; the same again changes nothing', async () => {
      const one = fresh()
      const body = surveyBody(one.token)
      const first = await post(body)
      expect([first.status, first.json], first.text).toEqual([201, { id: body.id, revision: 1, state: 'partial' }])
      const again = await post({ ...body, sentAt: new Date().toISOString(), itemMs: {} })
      expect([again.status, again.json]).toEqual([200, { id: body.id, revision: 1, state: 'partial' }])
      const stored = await rows(body.id)
      expect(stored).toHaveLength(1)
      expect(stored[0]).toMatchObject({
        answers: body.answers,
        mode: 'web',
        standing: 'main',
        revision: 1,
        complete: false,
        form: one.form,
        stratum: one.stratum,
        weight: one.weight,
        last_item: 'E_DAYS_NEW',
        item_ms: body.itemMs,
        language: 'vi',
      })
    })

    test('a higher revision replaces, and another device goes on with it', async () => {
      const body = surveyBody(fresh().token)
      await post(body)
      const answers = { ...body.answers, E_DAYS_NEW: { na: true }, L_DONE: 'no' }
      expect((await post({ ...body, revision: 3, answers })).status).toBe(200)
      expect((await read(body.token)).json).toMatchObject({
        state: 'partial',
        answer: { id: body.id, revision: 3, answers, hidden: [] },
      })
      expect(await rows(body.id)).toMatchObject([{ revision: 3, answers }])
    })

    test('same revision, other content: a conflict; lower: superseded; complete: closed', async () => {
      const body = surveyBody(fresh().token, { revision: 5 })
      await post(body)
      expectProblem(await post({ ...body, answers: { P_TYPE: 'other' } }), 409, 'revision_conflict')
      expectProblem(await post({ ...body, language: 'en' }), 409, 'revision_conflict')
      expectProblem(await post({ ...body, revision: 4 }), 409, 'superseded')
      const last = { ...body, revision: 6, answers: ENOUGH, complete: true }
      expect((await post(last)).json).toEqual({ id: body.id, revision: 6, state: 'complete' })
      expect((await post(last)).status).toBe(200)
      expectProblem(await post({ ...last, revision: 7 }), 409, 'already_complete')
      expectProblem(await post(body), 409, 'superseded')
    })

    test('a code takes one answer, and whoever answers a second time is told so', async () => {
      const body = surveyBody(fresh().token, { answers: ENOUGH, complete: true })
      expect((await post(body)).status).toBe(201)
      expectProblem(await post(surveyBody(body.token)), 409, 'token_taken')
      expectProblem(await post({ ...body, token: fresh().token }), 409, 'id_taken')
      expect((await read(body.token)).json).toMatchObject({ state: 'complete', answer: null })
      expect(await rows(body.id)).toHaveLength(1)
      // the link between case and answer is cut after the campaign
      await of().world.sql`update survey_answer set case_id = null where id = ${body.id}`
      expectProblem(await post(surveyBody(body.token)), 409, 'already_complete')
    })

    test('the last place of a quota goes to one; the others are told, and none of them is counted', async () => {
      const quotas = [{ attribute: 'Ngành', value: 'Chế biến', most: 2 }]
      const all = await open({ input: { quotas, design: FRAME_DESIGN } })
      const id = await campaignOf(all[0]!)
      const inSector = await of().world.sql<{ id: number }[]>`
        select c.id::int from survey_case c join campaign_frame f on f.tenant_id = c.tenant_id and f.id = c.frame_id
        where c.campaign_id = ${id} and c.released and f.attributes ->> 'Ngành' = 'Chế biến' order by c.id`
      const tokens = inSector.map((row) => all.find((one) => one.id === row.id)!.token)
      expect(tokens.length).toBeGreaterThan(4)
      const begun = tokens.slice(0, 5).map((token) => surveyBody(token))
      for (const body of begun) expect((await post(body)).status).toBe(201)
      const ends = await Promise.all(
        begun.map((body) => post({ ...body, revision: 2, answers: ENOUGH, complete: true })),
      )
      expect(ends.map((reply) => reply.status).sort()).toEqual([200, 200, 409, 409, 409])
      expectProblem(
        ends.find((reply) => reply.status === 409)!,
        409,
        'quota_full',
      )
      const [quota] = await of().world.sql`select taken from campaign_quota where campaign_id = ${id}`
      expect(quota!['taken']).toBe(2)
      const waiting = begun.filter((_, i) => ends[i]!.status === 409)
      expectProblem(await read(waiting[0]!.token), 409, 'quota_full')
      expectProblem(await post(surveyBody(tokens[5] ?? tokens[4]!)), 409, 'quota_full')
      const done = await of().world.sql`
        select count(*)::int as n from survey_answer where campaign_id = ${id} and complete`
      expect(done[0]!['n']).toBe(2)
    })
  })

  describe('sensitive answers', () => {
    const secret = { TI_INSPECTIONS: 2, I_INSPECT: 'yes', I_SHARE: 'over_10' }

    test('are stored apart under a pseudonym, leave no trace beside the respondent, and are never sent back', async () => {
      const [one] = await open()
      const body = surveyBody(one!.token, { answers: secret, itemMs: { TI_INSPECTIONS: 5, I_INSPECT: 9, I_SHARE: 7 } })
      expect((await post(body)).status).toBe(201)
      const [row] = await rows(body.id)
      expect(row).toMatchObject({ answers: { TI_INSPECTIONS: 2 }, last_item: 'TI_INSPECTIONS' })
      expect(JSON.stringify(row)).not.toMatch(/"I_INSPECT"|I_SHARE|over_10/)
      const kept = await apart(await campaignOf(one!))
      expect(kept.map((k) => k['answers'])).toEqual([{ I_INSPECT: 'yes', I_SHARE: 'over_10' }])
      expect(Buffer.from(kept[0]!['pseudonym']).toString('hex')).not.toContain(body.id.replaceAll('-', ''))
      const opened = await read(body.token)
      expect(opened.json.answer.answers).toEqual({ TI_INSPECTIONS: 2 })
      expect([...opened.json.answer.hidden].sort()).toEqual(['I_INSPECT', 'I_SHARE'])
      expect(opened.json.answer).not.toMatchObject({ answers: { I_SHARE: expect.anything() } })
    })

    test('stay when another device goes on without them, until they are taken back or no longer asked', async () => {
      const [one] = await open()
      const id = await campaignOf(one!)
      const body = surveyBody(one!.token, { answers: secret })
      await post(body)
      const without = { ...body, answers: { TI_INSPECTIONS: 3, L_DONE: 'no' } }
      const answersApart = async () => (await apart(id)).map((row) => row['answers'])
      expect((await post({ ...without, revision: 2 })).status).toBe(200)
      expect(await answersApart()).toEqual([{ I_INSPECT: 'yes', I_SHARE: 'over_10' }])
      const taken = await post({ ...without, revision: 3, cleared: ['I_SHARE'] })
      expect(taken.status, taken.text).toBe(200)
      expect(await answersApart()).toEqual([{ I_INSPECT: 'yes' }])
      expect((await post({ ...without, revision: 4, answers: { TI_INSPECTIONS: 0, L_DONE: 'no' } })).status).toBe(200)
      expect(await answersApart()).toEqual([{}])
    })

    test('that are required count as answered when they were given on another device', async () => {
      const questionnaire = { code: 'citizen-survey', version: 1 }
      const [one] = await open({ input: { questionnaire, design: FRAME_DESIGN } })
      const body = surveyBody(one!.token, { questionnaire, answers: { C_PETITION: 'yes', C_ANSWER: 'poor' } })
      expect((await post(body)).status).toBe(201)
      const rest = { A_GAVE: 'no', B_SOUGHT: 'no', C_CONTACT: 'no', E_DONE: ['none'], H_INTERNET: 'no', H_SENT: 'no' }
      const complete = { ...body, revision: 2, complete: true, answers: rest }
      const cleared = await post({ ...complete, cleared: ['C_PETITION'] })
      expectProblem(cleared, 422, 'invalid_input')
      expect(cleared.json.issues).toEqual([{ path: 'answers.C_PETITION', code: 'missing' }])
      expect((await post(complete)).json).toMatchObject({ state: 'complete' })
      expect((await apart(await campaignOf(one!))).map((row) => row['answers'])).toEqual([
        { C_PETITION: 'yes', C_ANSWER: 'poor' },
      ])
    })
  })

  describe('answers to a survey that are refused', () => {
    const secret = 'giá-trị-không-được-lặp-lại'
    const ODD: unknown = JSON.parse('{"P_TYPE": "private", "__proto__": "x"}')
    const refused: [what: string, change: Partial<Record<keyof SurveyBody, unknown>>, path: string, code?: string][] = [
      ['to a hidden question', { answers: { E_DONE: 'none', E_DAYS_NEW: 5 } }, 'answers.E_DAYS_NEW', 'hidden_item'],
      ['out of range', { answers: { P_YEAR: 3000 } }, 'answers.P_YEAR', 'out_of_range'],
      ['with too many digits', { answers: { P_YEAR: 2001.5 } }, 'answers.P_YEAR', 'too_precise'],
      ['to an unknown question', { answers: { NOBODY: 'x' } }, 'answers.NOBODY', 'unknown_item'],
      ['under words as a key', { answers: { [secret]: 'x' } }, 'answers', 'unknown_item'],
      ['under the name of the prototype', { answers: ODD }, 'answers', 'unknown_item'],
      ['with an unknown option', { answers: { P_TYPE: secret } }, 'answers.P_TYPE', 'unknown_option'],
      ['of null', { answers: { P_TYPE: null } }, 'answers.P_TYPE', 'wrong_type'],
      ['of two that exclude each other', { answers: { S_USED: ['none', 'market'] } }, 'answers.S_USED'],
      ['with NUL', { answers: { COMMENT: `${secret}\u0000` } }, 'answers.COMMENT', 'bad_text'],
      ['of more than a list has', { answers: { I_LIST: 9 } }, 'answers.I_LIST', 'out_of_range'],
      ['of nothing', { answers: {} }, 'answers', 'empty'],
      ['complete without what is required', { complete: true }, 'answers.L_DONE', 'missing'],
      ['for a wrong version', { questionnaire: { code: 'business-survey', version: 2 } }, 'questionnaire.version'],
      [
        'for the survey of another campaign',
        { questionnaire: { code: 'ddci-form', version: 1 } },
        'questionnaire.code',
      ],
      ['for a survey that is none', { questionnaire: { code: secret, version: 1 } }, 'questionnaire.code'],
      ['with a revision of 0', { revision: 0 }, 'revision'],
      ['with a revision of 201', { revision: 201 }, 'revision'],
      ['with a negative time', { itemMs: { P_TYPE: -1 } }, 'itemMs.P_TYPE'],
      ['that clear what is no key', { cleared: [secret] }, 'cleared.0'],
      ['in a language that is none', { language: secret }, 'language'],
    ]
    test.each(refused)('%s, with where it is and never with what it was', async (_what, change, path, code) => {
      const body = surveyBody(cases[0]!.token, change as Partial<SurveyBody>)
      const reply = await post(body)
      expectProblem(reply, 422, 'invalid_input', [secret, body.token])
      const found = reply.json.issues.find((issue: { path: string }) => issue.path === path)
      expect(found, reply.text).toBeDefined()
      if (code !== undefined) expect(found.code).toBe(code)
      expect(await rows(body.id)).toEqual([])
    })

    test('what is nested 20,000 deep is refused where it stands, also beside a stored answer of the same id', async () => {
      const [one, deep] = [fresh(), `${'['.repeat(20_000)}${']'.repeat(20_000)}`]
      const body = surveyBody(one.token)
      expect((await post(body)).status).toBe(201)
      for (const text of [
        JSON.stringify({ ...body, revision: 2, answers: { P_TYPE: 'DEEP' } }),
        JSON.stringify({ ...body, answers: { P_TYPE: 'DEEP' } }),
      ]) {
        const headers = { 'Content-Type': 'application/json' }
        const reply = await of().anyone('POST', '/api/survey-answers', { body: text.replace('"DEEP"', deep), headers })
        expectProblem(reply, 422, 'invalid_input')
        expect(reply.json.issues).toContainEqual({ path: 'answers.P_TYPE', code: 'wrong_type' })
      }
      expect(await rows(body.id)).toMatchObject([{ revision: 1, answers: body.answers }])
    })

    test('units are chosen among those of the kind that is asked for, and answered one by one', async () => {
      const questionnaire = { code: 'ddci-form', version: 1 }
      const all = await open({ input: { questionnaire, design: FRAME_DESIGN } })
      const opened = await read(all[0]!.token)
      const departments = opened.json.units.filter((unit: { kind: string }) => unit.kind === 'department')
      const { SXD, SNV } = of().world.units
      expect(departments.map((unit: { id: number }) => unit.id).sort()).toEqual([SXD, SNV].sort())
      const chosen = (units: unknown[]) =>
        surveyBody(all[0]!.token, {
          questionnaire,
          answers: { WHOM: 'departments', DEPARTMENTS: units, [`D_CONTACT@${SXD}`]: ['support'] },
        })
      expectProblem(await post(chosen([String(of().world.units['MC-A'])])), 422, 'invalid_input')
      expectProblem(await post(chosen([String(SXD), '999999999'])), 422, 'invalid_input')
      expectProblem(await post(chosen([String(SNV)])), 422, 'invalid_input')
      expect((await post(chosen([String(SXD), String(SNV)]))).status).toBe(201)
    })
  })
}
