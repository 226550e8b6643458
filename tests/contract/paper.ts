import { beforeAll, describe, expect, test } from 'vitest'
import { createAccount } from '../../api/accounts/create.ts'
import { answers } from '../../api/openapi/answers.ts'
import '../../api/openapi/paper-operations.ts'
import { FRAME_DESIGN, openWorldCampaign, type OpenCase } from '../support/campaign.ts'
import { onPaper } from '../support/printed.ts'
import { ENOUGH, surveyBody, typedCode } from '../support/survey.ts'
import type { Setting } from './door.ts'
import { expectProblem, signIn, type Client } from './http.ts'

const FIRST = { ...ENOUGH, P_TYPE: 'limited', P_YEAR: 2011 }
const SECOND = { ...FIRST, P_YEAR: 2017 }

/** Paper forms: printed, typed twice by two people, compared and stored as one answer. */
export function paperSuite(of: () => Setting): void {
  let id = 0
  let cases: OpenCase[] = []
  let typist: Client
  const fresh = (): OpenCase => {
    const one = cases.pop()
    if (one === undefined) throw new Error('more cases are needed')
    return one
  }
  const at = (one: OpenCase, rest: string) => `/api/campaigns/${id}/paper/${one.id}/${rest}`
  const put = async (who: Client, one: OpenCase, pass: number, said: unknown, more = {}) =>
    who('PUT', at(one, String(pass)), { json: { answers: said, ...more } })
  const differ = async (one: OpenCase, who = of().administrator) => who('GET', at(one, 'differences'))
  const merge = async (one: OpenCase, choices: unknown, more = {}, who = of().administrator) => {
    const { json } = await differ(one)
    const basedOn = { first: json.passes[0].enteredAt, second: json.passes[1].enteredAt }
    return who('POST', at(one, 'merge'), { json: { basedOn, choices, complete: true, ...more } })
  }
  const twice = async (one: OpenCase, first: unknown = FIRST, second: unknown = SECOND) => {
    expect((await put(of().administrator, one, 1, first)).status).toBe(200)
    expect((await put(typist, one, 2, second)).status).toBe(200)
  }
  const stored = (one: OpenCase) =>
    of().world.sql`select * from survey_answer where case_id = ${one.id} and standing = 'main'`

  beforeAll(async () => {
    const { world, door } = of()
    ;({ id, cases } = await openWorldCampaign(world))
    const who = { email: 'go.phieu@thu.example', password: 'mat-khau-thu-nghiem' }
    await createAccount(world.services, { tenantId: world.tenant.id, name: 'Gõ', role: 'interviewer', ...who })
    typist = await signIn(door.url, who)
  })

  describe('paper forms', () => {
    test('each case gets its form with code, QR code, numbered options, skips in words and sensitive questions marked', async () => {
      const reply = await of().administrator('GET', `/api/campaigns/${id}/paper-form?kind=cases&limit=3`)
      expect(reply.status, reply.text).toBe(200)
      expect(reply.headers.get('content-security-policy')).toContain("style-src 'unsafe-inline'")
      expect(reply.headers.get('link')).toContain('rel="next"')
      const { links, codes } = onPaper(reply.text)
      expect(links.map((link) => link.split('/s/')[1])).toEqual(cases.slice(0, 3).map(({ token }) => token))
      const code = await typedCode(of().world, cases[0]!.id)
      expect(codes[0]).toBe(`${code.slice(0, 4)}-${code.slice(4)}`)
      expect(reply.text).toContain(`<b>${cases[0]!.code}</b>`)
      expect(reply.text).toContain('<b>1</b> Công ty trách nhiệm hữu hạn')
      expect(reply.text).toMatch(/» Chỉ trả lời nếu câu \d+ chọn \d/)
      expect(reply.text).toContain('class="private">Câu riêng tư')
      expect(reply.text, 'nothing else is loaded, nobody is named').not.toMatch(/<script|<link|<img|src=|url\(|Sao Mai/)
    })

    test('a blank form has no code and the statements of the form of list experiments that was asked for', async () => {
      const path = `/api/campaigns/${id}/paper-form?kind=blank`
      const [a, b] = [await of().administrator('GET', path), await of().administrator('GET', `${path}&form=B`)]
      expect([a.status, b.status]).toEqual([200, 200])
      expect(onPaper(a.text)).toEqual({ links: [], codes: [] })
      expect(a.text.length).not.toBe(b.text.length)
      expectProblem(await of().administrator('GET', `${path}&form=Z`), 422, 'invalid_input')
      expectProblem(await typist('GET', path), 403, 'forbidden')
    })

    test('a form is found by the code of the firm and by its typed code, in its own campaign alone', async () => {
      const one = fresh()
      const code = await typedCode(of().world, one.id)
      for (const text of [one.code, code, `${code.slice(0, 4)}-${code.slice(4)}`]) {
        const reply = await typist('GET', `/api/campaigns/${id}/paper?code=${text}`)
        expect(reply.json, reply.text).toEqual({
          case: { id: one.id, code: one.code, state: 'open', form: one.form },
          passes: [],
        })
      }
      expectProblem(await typist('GET', `/api/campaigns/${id}/paper?code=khong-co`), 404, 'not_found')
      const other = await openWorldCampaign(of().world)
      expectProblem(await typist('GET', `/api/campaigns/${other.id}/paper?code=${code}`), 404, 'not_found')
      expectProblem(await typist('GET', `/api/campaigns/${other.id}/paper/${one.id}/1`), 404, 'not_found')
    })

    test('the second typist is not shown what the first typed', async () => {
      const one = fresh()
      expect((await put(of().administrator, one, 1, FIRST)).status).toBe(200)
      const own = await of().administrator('GET', at(one, '1'))
      expect(answers.get('PaperPass')?.parse(own.json)).toEqual(own.json)
      expect(own.json.answers).toEqual(FIRST)
      for (const pass of ['1', '2']) {
        const reply = await typist('GET', at(one, pass))
        expect([reply.status, reply.json.answers]).toEqual([200, null])
        expect(reply.json.passes).toMatchObject([{ pass: 1, isOwn: false, typist: 'Quản trị' }])
        expect(JSON.stringify(reply.json.passes)).not.toContain('2011')
      }
      expectProblem(await typist('GET', at(one, 'differences')), 404, 'not_found')
      expectProblem(await of().administrator('GET', at(one, 'differences')), 409, 'wrong_state')
    })

    test('no account types both passes, an administrator’s neither, and a pass stays with whoever typed it', async () => {
      for (const who of [typist, of().administrator]) {
        const one = fresh()
        expect((await put(who, one, 1, FIRST)).status).toBe(200)
        const refused = await put(who, one, 2, SECOND)
        expectProblem(refused, 422, 'invalid_input')
        expect(refused.json.issues).toEqual([{ path: 'pass', code: 'same_typist' }])
        expectProblem(await put(who, one, 2, SECOND, { sameTypist: true }), 422, 'invalid_input')
      }
      const other = fresh()
      expect((await put(of().administrator, other, 1, FIRST)).status).toBe(200)
      expect((await put(typist, other, 1, SECOND)).json.issues).toEqual([{ path: 'pass', code: 'typed_by_another' }])
    })

    test.each([
      ['an unknown option', { P_TYPE: 'none-such' }, 'answers.P_TYPE', 'unknown_option'],
      ['a year out of range', { P_YEAR: 1200 }, 'answers.P_YEAR', 'out_of_range'],
      ['an answer to a hidden question', { E_DONE: 'none', E_DAYS_NEW: 4 }, 'answers.E_DAYS_NEW', 'hidden_item'],
      [
        'an answer under the name of the prototype',
        JSON.parse('{"P_YEAR":2011,"__proto__":1}'),
        'answers',
        'unknown_item',
      ],
      ['nothing at all', {}, 'answers', 'empty'],
    ])('%s is refused when it is typed', async (_what, said, path, code) => {
      const one = cases[0]!
      const reply = await put(typist, one, 1, said)
      expectProblem(reply, 422, 'invalid_input')
      expect(reply.json.issues).toEqual([{ path, code }])
    })

    test('differences are told question by question, decided by a person, logged, and stored once as an answer on paper', async () => {
      const one = fresh()
      await twice(one)
      const report = await differ(one)
      expect(answers.get('PaperDifferences')?.parse(report.json)).toEqual(report.json)
      expect(report.json.differences).toEqual([{ key: 'P_YEAR', first: 2011, second: 2017 }])
      expect((await differ(one, typist)).status).toBe(200)
      const undecided = await merge(one, {})
      expectProblem(undecided, 422, 'invalid_input')
      expect(undecided.json.issues).toEqual([{ path: 'choices.P_YEAR', code: 'undecided' }])
      const wrong = await merge(one, { P_YEAR: { answer: 12 } })
      expect(wrong.json.issues).toEqual([{ path: 'answers.P_YEAR', code: 'out_of_range' }])
      expect(await stored(one)).toHaveLength(0)
      for (let i = 0; i < 2; i += 1) {
        const done = await merge(one, { P_YEAR: { pass: 2 } })
        expect([done.status, done.json], done.text).toEqual([200, { case: one.id, state: 'complete', isRival: false }])
      }
      const rows = await stored(one)
      expect(rows).toMatchObject([
        { mode: 'paper', complete: true, revision: 1, answers: SECOND, stratum: one.stratum, weight: one.weight },
      ])
      const events = await of().world.sql`
        select detail from campaign_event where campaign_id = ${id} and action = 'paper_merged' and detail ->> 'code' = ${one.code}`
      expect(events.map(({ detail }) => detail)).toMatchObject([
        { case: one.id, chosen: { P_YEAR: 2 }, complete: true },
      ])
      expect(JSON.stringify(events)).not.toContain('2017')
    })

    test('a case that answered online takes no paper form, and one that is on paper no answer online', async () => {
      const one = fresh()
      await twice(one)
      const online = surveyBody(one.token, { answers: { ...ENOUGH }, complete: true })
      expect((await of().anyone('POST', '/api/survey-answers', { json: online })).status).toBe(201)
      expectProblem(await merge(one, { P_YEAR: { pass: 1 } }), 409, 'already_complete')
      expectProblem(await put(typist, one, 2, SECOND), 409, 'already_complete')
      expect(await stored(one)).toMatchObject([{ mode: 'web', id: online.id }])
      const paper = fresh()
      await twice(paper, FIRST, FIRST)
      expect((await merge(paper, {})).json).toEqual({ case: paper.id, state: 'complete', isRival: false })
      const late = surveyBody(paper.token, { answers: { ...ENOUGH }, complete: true })
      expectProblem(await of().anyone('POST', '/api/survey-answers', { json: late }), 409, 'token_taken')
    })

    test('a form beside an answer begun online loses neither: it is a visible rival until an administrator chooses', async () => {
      const one = fresh()
      const begun = surveyBody(one.token)
      expect((await of().anyone('POST', '/api/survey-answers', { json: begun })).status).toBe(201)
      await twice(one, FIRST, FIRST)
      const waiting = { case: one.id, state: 'partial', isRival: true }
      for (let i = 0; i < 2; i += 1) expect((await merge(one, {})).json).toEqual(waiting)
      expect(await stored(one)).toMatchObject([{ id: begun.id, revision: 1, mode: 'web', answers: begun.answers }])
      const conflicts = await of().administrator('GET', `/api/campaigns/${id}/conflicts`)
      const { answers: both } = conflicts.json.items.find((item: { case: number }) => item.case === one.id)
      expect(both).toMatchObject([
        { standing: 'main', mode: 'web', complete: false },
        { standing: 'rival', mode: 'paper', complete: true, device: null },
      ])
      const chosen = { json: { answer: both[1].id } }
      const path = `/api/campaigns/${id}/cases/${one.id}/answer`
      expect((await of().administrator('PUT', path, chosen)).status).toBe(200)
      expect(await stored(one)).toMatchObject([{ id: both[1].id, mode: 'paper', complete: true, answers: FIRST }])
      const kept = await of().world
        .sql`select answers from survey_answer where case_id = ${one.id} and id = ${begun.id}`
      expect(kept).toMatchObject([{ answers: begun.answers }])
    })

    test('a form for which a quota has no place is refused with the reason, and both passes stay as they were', async () => {
      const quotas = [{ attribute: 'Ngành', value: 'Chế biến', most: 1 }]
      const full = await openWorldCampaign(of().world, { input: { quotas, design: FRAME_DESIGN } })
      const inSector = await of().world.sql<{ id: number }[]>`
        select c.id::int from survey_case c join campaign_frame f on f.tenant_id = c.tenant_id and f.id = c.frame_id
        where c.campaign_id = ${full.id} and c.released and f.attributes ->> 'Ngành' = 'Chế biến' order by c.id`
      const [online, paper] = inSector.map((row) => full.cases.find((one) => one.id === row.id)!)
      const apart = { I_SHARE: 'under_1' }
      const own = (rest: string) => `/api/campaigns/${full.id}/paper/${paper!.id}/${rest}`
      for (const [who, pass] of [
        [of().administrator, 1],
        [typist, 2],
      ] as const)
        expect((await who('PUT', own(String(pass)), { json: { answers: { ...FIRST, ...apart } } })).status).toBe(200)
      const body = surveyBody(online!.token, { answers: { ...ENOUGH }, complete: true })
      expect((await of().anyone('POST', '/api/survey-answers', { json: body })).status).toBe(201)
      const kept = () => of().world.sql`
        select (select count(*)::int from survey_answer where case_id = ${paper!.id}) as answers,
          (select count(*)::int from survey_private where campaign_id = ${full.id}) as apart,
          (select taken from campaign_quota where campaign_id = ${full.id}) as taken,
          (select count(*)::int from campaign_event where campaign_id = ${full.id} and action = 'paper_merged') as events,
          (select state from survey_case where id = ${paper!.id}) as state`
      const before = await kept()
      expect(before).toMatchObject([{ answers: 0, apart: 2, taken: 1, events: 0, state: 'open' }])
      const { json } = await of().administrator('GET', own('differences'))
      const basedOn = { first: json.passes[0].enteredAt, second: json.passes[1].enteredAt }
      const merging = { json: { basedOn, choices: {}, complete: true } }
      expectProblem(await of().administrator('POST', own('merge'), merging), 409, 'quota_full')
      expect(await kept()).toEqual(before)
      const { outcomes } = (await of().administrator('GET', `/api/campaigns/${full.id}/field`)).json
      expect(outcomes).toMatchObject({ quotaFull: 1, refused: 0 })
      const again = await of().administrator('GET', own('differences'))
      expect(again.json).toEqual(json)
      // a quota may grow; then the same is stored
      await of().world.sql`update campaign_quota set most = 2 where campaign_id = ${full.id}`
      expect((await of().administrator('POST', own('merge'), merging)).json).toMatchObject({ state: 'complete' })
    })

    test('a form may be as long as an answer from the web, and no longer', async () => {
      const one = fresh()
      const words = (n: number) => ({ ...FIRST, COMMENT: 'x'.repeat(n) })
      const long = await put(typist, one, 1, words(120_000))
      expect(long.json.issues).toEqual([{ path: 'answers.COMMENT', code: 'too_long' }])
      expectProblem(await put(typist, one, 1, words(132_000)), 413, 'too_large')
    })

    test('what was compared is what is stored: a pass typed anew in between refuses', async () => {
      const one = fresh()
      await twice(one)
      const { json } = await differ(one)
      const basedOn = { first: json.passes[0].enteredAt, second: json.passes[1].enteredAt }
      expect((await put(typist, one, 2, FIRST)).status).toBe(200)
      const reply = await of().administrator('POST', at(one, 'merge'), {
        json: { basedOn, choices: { P_YEAR: { pass: 2 } }, complete: true },
      })
      expectProblem(reply, 409, 'superseded')
    })

    test('sensitive answers never stand beside the case: apart while they are typed, and as those of any answer afterwards', async () => {
      const one = fresh()
      const apart = { I_SHARE: 'under_1' }
      await twice(one, { ...FIRST, ...apart }, { ...SECOND, ...apart })
      const typed = await of().world.sql`select answers from paper_entry where case_id = ${one.id}`
      expect(typed).toHaveLength(2)
      expect(JSON.stringify(typed)).not.toContain('I_SHARE')
      expect((await of().administrator('GET', at(one, '1'))).json.answers).toMatchObject(apart)
      const kept = async () =>
        (await of().world.sql`select answers from survey_private where campaign_id = ${id}`).filter(
          (row) => 'I_SHARE' in (row['answers'] as object),
        ).length
      expect(await kept()).toBe(2)
      expect((await merge(one, { P_YEAR: { pass: 1 } })).status).toBe(200)
      expect(await kept()).toBe(1)
      expect(JSON.stringify(await stored(one))).not.toContain('I_SHARE')
    })
  })
}
