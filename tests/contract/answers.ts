import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Setting } from './door.ts'
import { expectProblem } from './http.ts'
import { hashOf, submission, type Submission } from '../support/submission.ts'

const DAY_MS = 86_400_000

/** Reading an invitation, answering, revising and withdrawing: what the rating page relies on. */
export function answersSuite(of: () => Setting): void {
  const post = (json: unknown) => of().anyone('POST', '/api/responses', { json })
  const read = (token: string) => of().anyone('GET', `/api/invitations/${token}`)
  const withdraw = (json: unknown) => of().anyone('POST', '/api/withdrawals', { json })
  const ask = async (given = {}, at?: Date): Promise<string> => {
    const [made] = await of().world.asks(1, given, at)
    return made!.token
  }
  const rows = async (id: string) => of().world.sql`select revision, complete, answers from response where id = ${id}`

  describe('invitations', () => {
    test('a token opens its form, as often as one likes, and opening does not spend it', async () => {
      const token = await ask({ doi_tuong: 'doanh nghiệp', ma_don_vi: 'SXD', ma_don_vi_tiep_nhan: 'MC-A' })
      const { units } = of().world
      for (let i = 0; i < 3; i += 1) {
        const reply = await read(token)
        expect(reply.status).toBe(200)
        expect(reply.json).toMatchObject({
          state: 'open',
          unit: { id: units.SXD, name: 'Sở Xây dựng' },
          receivingUnit: { id: units['MC-A'], name: 'Bộ phận Một cửa phường Phố Hiến' },
          procedure: { code: '2.000815', name: 'Chứng thực bản sao từ bản chính' },
          event: 'returned',
          applicant: 'business',
          sample: false,
          instrument: { code: 'dossier-rating', version: 1 },
          response: null,
        })
        expect(Object.keys(reply.json).sort()).toEqual(
          [
            ['applicant', 'event', 'expiresAt', 'instrument', 'more', 'procedure', 'receivingUnit', 'response'],
            ['sample', 'show', 'state', 'unit'],
          ].flat(),
        )
        expect(Date.parse(reply.json.expiresAt)).toBeGreaterThan(Date.now())
        expect(reply.json.instrument.definition.languages).toEqual(['vi', 'en'])
        expect(reply.json.show.length).toBeLessThanOrEqual(5)
        expect([...reply.json.show, ...reply.json.more].every((item: string) => item.startsWith('B_'))).toBe(true)
        expect(reply.headers.get('cache-control')).toBe('no-store')
        expect(reply.headers.getSetCookie()).toEqual([])
      }
      expect((await post(submission(token))).status).toBe(201)
    })

    test.each([
      ['of another secret', 'thuAAAAAAAAAAAAAAAAAAAAAA'],
      ['of no tenant here', 'zzzAAAAAAAAAAAAAAAAAAAAAA'],
      ['too short', 'thu'],
      ['with other letters', 'thuAAAAAAAAAAAAAAAAAAAAA!'],
      ['with a slash in it', 'thuAAAAAAAAAA%2FAAAAAAAAAAA'],
      ['with a broken escape', 'thu%E0%A4%A'],
      ['of 5000 letters', 'a'.repeat(5000)],
    ])('a token %s is not found', async (_what, token) => {
      expectProblem(await read(token), 404, 'not_found', [decodeURI('AAAAAAAA')])
      if (!token.includes('%') && token.length <= 64)
        expectProblem(await post(submission(token)), 404, 'not_found', [token])
    })

    test('an expired invitation is gone', async () => {
      const token = await ask({}, new Date(Date.now() - 100 * DAY_MS))
      expectProblem(await read(token), 410, 'expired')
      expectProblem(await post(submission(token)), 410, 'expired')
    })
  })

  describe('answers', () => {
    test('a first answer is created, and the same again is a success that changes nothing', async () => {
      const body = submission(await ask())
      const first = await post(body)
      expect([first.status, first.json]).toEqual([201, { id: body.id, revision: 1, state: 'partial' }])
      const again = await post({ ...body, sentAt: new Date().toISOString(), itemMs: { OVERALL: 9 } })
      expect([again.status, again.json]).toEqual([200, { id: body.id, revision: 1, state: 'partial' }])
      expect(await rows(body.id)).toHaveLength(1)
    })

    test('a higher revision replaces, and the answer can be continued on another device', async () => {
      const body = submission(await ask())
      await post(body)
      const answers = { OVERALL: '2', T3: '1', Q_INFO: { na: true }, COMMENT: 'Chờ lâu quá 😀' }
      const second = await post({ ...body, revision: 7, answers })
      expect([second.status, second.json]).toEqual([200, { id: body.id, revision: 7, state: 'partial' }])
      const opened = await read(body.token)
      expect(opened.json).toMatchObject({ state: 'partial', response: { id: body.id, revision: 7, answers } })
      expect(await rows(body.id)).toMatchObject([{ revision: 7, complete: false, answers }])
    })

    test('the id of an answer may be written in capitals', async () => {
      const body = submission(await ask())
      expect((await post({ ...body, id: body.id.toUpperCase() })).json.id).toBe(body.id)
      expect((await post(body)).status).toBe(200)
    })

    test('the same revision with other content is a conflict', async () => {
      const body = submission(await ask())
      await post(body)
      expectProblem(await post({ ...body, answers: { OVERALL: '1' } }), 409, 'revision_conflict')
      expectProblem(await post({ ...body, complete: true }), 409, 'revision_conflict')
      expectProblem(await post({ ...body, respondent: 'relative' }), 409, 'revision_conflict')
      expect(await rows(body.id)).toMatchObject([{ revision: 1, answers: { OVERALL: '4' } }])
    })

    test('a lower revision is superseded, also after the answer is complete', async () => {
      const body = submission(await ask())
      await post({ ...body, revision: 5 })
      expectProblem(await post({ ...body, revision: 4 }), 409, 'superseded')
      await post({ ...body, revision: 6, complete: true })
      expectProblem(await post({ ...body, revision: 5 }), 409, 'superseded')
    })

    test('a complete answer is closed, repeats are still a success, and its form shows no answers', async () => {
      const body = submission(await ask(), { complete: true })
      expect((await post(body)).json).toEqual({ id: body.id, revision: 1, state: 'complete' })
      expect([(await post(body)).status, (await post(body)).status]).toEqual([200, 200])
      expectProblem(await post({ ...body, revision: 2, answers: { OVERALL: '1' } }), 409, 'already_complete')
      expect((await read(body.token)).json).toMatchObject({ state: 'complete', response: null })
    })

    test('an invitation takes one answer, and an answer one invitation', async () => {
      const body = submission(await ask())
      await post(body)
      expectProblem(await post(submission(body.token)), 409, 'token_taken')
      expectProblem(await post({ ...body, token: await ask() }), 409, 'id_taken')
      expect(await rows(body.id)).toHaveLength(1)
    })

    test('what was begun in time may be finished after the invitation expired', async () => {
      const body = submission(await ask())
      await post(body)
      await of().world.sql`update ask set expires_at = now() - interval '1 day' where response_id = ${body.id}`
      expect((await read(body.token)).json.state).toBe('partial')
      expect((await post({ ...body, revision: 2, complete: true })).status).toBe(200)
    })
  })

  describe('answers that are refused', () => {
    const secret = 'giá-trị-không-được-lặp-lại'
    const refused: [what: string, change: Partial<Record<keyof Submission, unknown>> & object, path: string][] = [
      ['an unknown field', { [secret]: 1 } as object, ''],
      ['an unknown item', { answers: { OVERALL: '4', NOBODY_ASKED: '1' } }, 'answers.NOBODY_ASKED'],
      ['free text as an item', { answers: { OVERALL: '4', [secret]: '1' } }, 'answers'],
      ['the prototype as an item', { answers: JSON.parse('{"OVERALL": "4", "__proto__": "1"}') }, 'answers'],
      ['an unknown option', { answers: { OVERALL: secret } }, 'answers.OVERALL'],
      ['an item for businesses', { answers: { B_TIME: '4' } }, 'answers.B_TIME'],
      ['a number for an option', { answers: { OVERALL: 4 } }, 'answers.OVERALL'],
      ['no memory of something everybody has', { answers: { COMMENT: { na: true } } }, 'answers.COMMENT'],
      ['a comment with NUL', { answers: { COMMENT: `${secret}\u0000` } }, 'answers.COMMENT'],
      ['a comment with half a character', { answers: { COMMENT: `${secret}\ud83d` } }, 'answers.COMMENT'],
      ['a comment that is too long', { answers: { COMMENT: 'a'.repeat(2001) } }, 'answers.COMMENT'],
      ['nothing answered', { answers: {} }, 'answers'],
      ['another instrument', { instrument: { code: secret, version: 1 } }, 'instrument.code'],
      ['another version', { instrument: { code: 'dossier-rating', version: 2 } }, 'instrument.version'],
      ['an id that is none', { id: secret }, 'id'],
      ['revision 0', { revision: 0 }, 'revision'],
      ['revision 51', { revision: 51 }, 'revision'],
      ['revision 1.5', { revision: 1.5 }, 'revision'],
      ['a day that is not on the calendar', { startedAt: '2026-02-31T08:00:00+07:00' }, 'startedAt'],
      ['a time without offset', { sentAt: '2026-02-01T08:00:00' }, 'sentAt'],
      ['the year 0000', { startedAt: '0000-01-01T00:00:00Z' }, 'startedAt'],
      ['the year 9999', { sentAt: '9999-12-31T23:59:59Z' }, 'sentAt'],
      ['a negative duration', { itemMs: { OVERALL: -1 } }, 'itemMs.OVERALL'],
      ['a language that is none', { language: secret }, 'language'],
      ['a respondent that is none', { respondent: secret }, 'respondent'],
      ['a hash that is none', { withdrawHash: secret }, 'withdrawHash'],
    ]
    test.each(refused)('%s is refused with where it is, never with what it was', async (_what, change, path) => {
      const body = submission(await ask(), change as Partial<Submission>)
      const reply = await post(body)
      expectProblem(reply, 422, 'invalid_input', [secret, body.token])
      expect(reply.json.issues.map((issue: { path: string }) => issue.path)).toContain(path)
      expect(await rows(/^[0-9a-f-]{36}$/.test(body.id) ? body.id : randomUUID())).toEqual([])
    })

    test('a day in the future is taken, since clocks of phones are wrong, and kept apart from ours', async () => {
      const body = submission(await ask(), { startedAt: '2031-01-01T00:00:00Z', sentAt: '2031-01-01T00:00:09Z' })
      expect((await post(body)).status).toBe(201)
      const [row] = await of().world.sql`select sent_at, received_at from response where id = ${body.id}`
      expect(row!['sent_at'].getUTCFullYear()).toBe(2031)
      expect(Math.abs(row!['received_at'].getTime() - Date.now())).toBeLessThan(60_000)
    })

    test.each([
      ['cut short', '{"id":'],
      ['nothing', ''],
      ['not Unicode', new Uint8Array([0xff, 0xfe, 0x00, 0xd8])],
      ['ten thousand brackets', '['.repeat(10_000)],
    ])('a body that is %s is malformed', async (_what, body) => {
      const headers = { 'Content-Type': 'application/json' }
      expectProblem(await of().anyone('POST', '/api/responses', { body, headers }), 400, 'malformed_json')
    })

    test('a body of another kind is unsupported', async () => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
        const carried = { body: JSON.stringify(submission(await ask())), headers: { 'Content-Type': type } }
        expectProblem(await of().anyone('POST', '/api/responses', carried), 415, 'unsupported_media_type')
      }
    })

    test.each(['/api/responses', '/api/withdrawals'])('a body above the limit of %s is too large', async (path) => {
      const body = JSON.stringify({ ...submission(await ask()), token: 'x'.repeat(40_000) })
      const headers = { 'Content-Type': 'application/json' }
      expectProblem(await of().anyone('POST', path, { body, headers }), 413, 'too_large')
    })

    test.each([
      ['GET', '/api/responses'],
      ['PUT', '/api/responses'],
      ['DELETE', '/api/withdrawals'],
      ['POST', '/api/health'],
    ])('%s %s is not a method of that door', async (method, path) => {
      expectProblem(await of().anyone(method, path), 405, 'method_not_allowed')
    })

    test.each(['/api/nothing', '/api/', '/api/responses/x', '/api/units/1'])('%s is not found', async (path) => {
      expectProblem(await of().anyone('GET', path), 404, 'not_found')
    })
  })

  describe('withdrawals', () => {
    test('who holds the secret takes the answer back, again with the same success, and nobody answers again', async () => {
      const body = submission(await ask(), { withdrawHash: hashOf('giữ-kín') })
      await post(body)
      for (let i = 0; i < 2; i += 1) {
        const reply = await withdraw({ id: body.id, secret: 'giữ-kín' })
        expect([reply.status, reply.json]).toEqual([200, { withdrawn: true }])
        expect(await rows(body.id)).toEqual([])
      }
      expectProblem(await post(body), 410, 'withdrawn')
      expectProblem(await post(submission(body.token)), 410, 'withdrawn')
      expectProblem(await read(body.token), 410, 'withdrawn')
    })

    test('a wrong secret and an unknown answer are not told apart, and take nothing back', async () => {
      const body = submission(await ask())
      await post(body)
      const wrong = await withdraw({ id: body.id, secret: 'đoán mò' })
      expectProblem(wrong, 404, 'not_found', ['đoán mò', body.id])
      const unknown = await withdraw({ id: randomUUID(), secret: 'bí mật' })
      expect({ ...wrong.json, requestId: '' }).toEqual({ ...unknown.json, requestId: '' })
      expect(await rows(body.id)).toHaveLength(1)
      await withdraw({ id: body.id, secret: 'bí mật' })
      expectProblem(await withdraw({ id: body.id, secret: 'đoán mò' }), 404, 'not_found')
    })

    test('an answer without a secret cannot be withdrawn', async () => {
      const { withdrawHash: _hash, ...body } = submission(await ask())
      expect((await post(body)).status).toBe(201)
      expectProblem(await withdraw({ id: body.id, secret: 'bí mật' }), 404, 'not_found')
    })
  })
}
