import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { answers } from '../../api/openapi/answers.ts'
import '../../api/openapi/questionnaire-answers.ts'
import { canonicalText } from '../../api/core/instrument/canonical.ts'
import { shippedQuestionnaires } from '../../db/seeds/questionnaires/shipped.ts'
import { fullQuestionnaire } from '../core/questionnaire/full.ts'
import { formWorkbook, MARKET_FORM } from '../support/xlsform.ts'
import type { Setting } from './door.ts'
import { expectProblem, type Json, type Reply } from './http.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const title = { vi: 'Khảo sát', en: 'Survey' }
const hashOf = (value: unknown) => createHash('sha256').update(canonicalText(value)).digest('hex')

/** Questionnaires: what whoever prepares a survey relies on. */
export function questionnairesSuite(of: () => Setting): void {
  const ask = (method: string, path: string, json?: unknown) =>
    of().administrator(method, `/api/questionnaires${path}`, json === undefined ? {} : { json })
  const send = (body: string | Uint8Array<ArrayBuffer>, type: string, query = ''): Promise<Reply> =>
    of().administrator('POST', `/api/questionnaires/import${query}`, { body, headers: { 'Content-Type': type } })
  const whole = (reply: Reply, status = 200): Json => {
    expect(reply.status, reply.text).toBe(status)
    expect(answers.get('Questionnaire')?.parse(reply.json)).toEqual(reply.json)
    return reply.json
  }
  const named = (code: string, version = 1) => ({ ...fullQuestionnaire(), code, version, sections: unlinked() })
  const unlinked = () =>
    fullQuestionnaire().sections.map((section) => ({
      ...section,
      items: section.items.map(({ lineage: _lineage, ...item }) => item),
    }))
  const brought = async (code: string): Promise<Json> => {
    const reply = await send(JSON.stringify(named(code)), 'application/json')
    expect(reply.status, reply.text).toBe(201)
    return reply.json.questionnaire
  }

  describe('questionnaires', () => {
    test('are closed to everybody but administrators', async () => {
      for (const path of ['/api/questionnaires', '/api/questionnaires/business-survey/1/export']) {
        expectProblem(await of().anyone('GET', path), 401, 'not_signed_in')
        expectProblem(await of().importer('GET', path), 403, 'forbidden')
      }
      expectProblem(await of().importer('POST', '/api/questionnaires', { json: {} }), 403, 'forbidden')
    })

    test('those that ship are listed in pages, read whole and exported as their hash was made', async () => {
      const codes: string[] = []
      for (let path: string | null = '?limit=3'; path !== null;) {
        const { json }: Reply = await ask('GET', path)
        expect(answers.get('QuestionnairePage')?.parse(json)).toEqual(json)
        expect(json.items.length).toBeLessThanOrEqual(3)
        codes.push(...json.items.map(({ code }: { code: string }) => code))
        path = json.next === null ? null : `?limit=3&cursor=${json.next}`
      }
      expect(codes).toEqual(expect.arrayContaining(shippedQuestionnaires.map(({ code }) => code)))
      expect(new Set(codes).size).toBe(codes.length)
      for (const one of shippedQuestionnaires) {
        const read = whole(await ask('GET', `/${one.code}/${one.version}`))
        expect(read).toMatchObject({ sha256: hashOf(one), definition: one, faults: [] })
        const file = await ask('GET', `/${one.code}/${one.version}/export`)
        expect(file.text).toBe(canonicalText(one))
        expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${one.code}-${one.version}.json"`)
      }
      for (const path of ['/business-survey/99', '/none/1', '/none/1/export'])
        expectProblem(await ask('GET', path), 404, 'not_found')
    })

    test('a shipped one is copied into a draft of one’s own, whose questions name where they come from', async () => {
      const from = { code: 'sipas-form', version: 1 }
      const copy = whole(await ask('POST', '', { code: 'mau-cua-tinh', version: 1, from, title }), 201)
      const { sha256 } = (await ask('GET', '/sipas-form/1')).json
      expect(copy).toMatchObject({ state: 'draft', title, copiedFrom: { ...from, sha256 }, faults: [] })
      const [first] = copy.definition.sections[0].items
      expect((first.rows?.[0] ?? first).lineage[0]).toEqual({
        ...from,
        item: (first.rows?.[0] ?? first).code,
        comparable: true,
      })
      const again = { code: 'mau-cua-tinh', version: 1, from }
      expectProblem(await ask('POST', '', again), 409, 'id_taken')
      expectProblem(await ask('POST', '', { ...again, code: 'sipas-form', version: 2 }), 409, 'id_taken')
      expectProblem(await ask('POST', '', { ...again, from: { code: 'none', version: 1 } }), 404, 'not_found')
    })

    test('a shipped one is never changed, published, retired or thrown away', async () => {
      // campaigns of other tests have taken some of them over
      const { items } = (await ask('GET', '?limit=200')).json
      const { code, version } = items.find((one: Json) => one.state === 'shipped')
      const path = `/${code}/${version}`
      const { sha256, definition } = (await ask('GET', path)).json
      expectProblem(await ask('PUT', path, { basedOn: sha256, definition }), 409, 'wrong_state')
      expectProblem(await ask('POST', `${path}/publish`, { basedOn: sha256 }), 409, 'wrong_state')
      for (const action of ['retire', 'discard'])
        expectProblem(await ask('POST', `${path}/${action}`, {}), 409, 'wrong_state')
    })

    test('a draft may have faults, which are told; one whose faults are mended is published and frozen', async () => {
      const path = '/tu-dau/1'
      const empty = whole(await ask('POST', '', { code: 'tu-dau', version: 1, title, population: 'business' }), 201)
      expect(empty.faults.map(({ path: at }: Json) => at)).toEqual(['notice.text.vi', 'notice.text.en', 'sections'])
      const faulty = named('tu-dau') as Json
      faulty.sections[0].items[2].when = { item: 'KIND', is: ['nobody'] }
      const put = (basedOn: string, definition: unknown) => ask('PUT', path, { basedOn, definition })
      const kept = whole(await put(empty.sha256, faulty))
      expect(kept.faults).toEqual([{ path: 'sections.0.items.2.when.is.0', code: 'unknown_option', subject: 'nobody' }])
      const refused = await ask('POST', `${path}/publish`, { basedOn: kept.sha256 })
      expectProblem(refused, 422, 'invalid_input')
      expect(refused.json.issues).toEqual([{ path: 'sections.0.items.2.when.is.0', code: 'unknown_option' }])

      const good = named('tu-dau')
      const mended = whole(await put(kept.sha256, good))
      expect([mended.faults, mended.sha256]).toEqual([[], hashOf(good)])
      expectProblem(await put(kept.sha256, faulty), 409, 'stale_questionnaire')
      expectProblem(await ask('POST', `${path}/publish`, { basedOn: kept.sha256 }), 409, 'stale_questionnaire')
      const published = whole(await ask('POST', `${path}/publish`, { basedOn: mended.sha256 }))
      expect(published).toMatchObject({ state: 'published', sha256: mended.sha256 })
      for (const reply of [
        await put(mended.sha256, { ...good, title }),
        await ask('POST', `${path}/publish`, { basedOn: mended.sha256 }),
        await ask('POST', `${path}/discard`, {}),
      ])
        expectProblem(reply, 409, 'wrong_state')
      expect((await ask('GET', path)).json).toEqual(published)

      const choices = (await of().administrator('GET', '/api/campaigns/questionnaires')).json.items
      expect(choices).toContainEqual(expect.objectContaining({ code: 'tu-dau', version: 1 }))
      const next = { from: { code: 'tu-dau', version: 1 }, code: 'tu-dau', version: 2 }
      expect(whole(await ask('POST', '', next), 201).copiedFrom).toEqual({ ...next.from, sha256: mended.sha256 })
      expectProblem(
        await ask('POST', '', { ...next, from: { code: 'tu-dau', version: 2 }, version: 2 }),
        422,
        'invalid_input',
      )
      expect(whole(await ask('POST', `${path}/retire`, {})).state).toBe('retired')
      const left = (await of().administrator('GET', '/api/campaigns/questionnaires')).json.items
      expect(left).not.toContainEqual(expect.objectContaining({ code: 'tu-dau' }))
    })

    test('what is no questionnaire is not kept even as a draft, with every fault’s path', async () => {
      const { sha256 } = await brought('khong-luu')
      const put = (definition: unknown) => ask('PUT', '/khong-luu/1', { basedOn: sha256, definition })
      for (const [change, issue] of [
        [{ code: 'khac' }, { path: 'definition.code', code: 'other_name' }],
        [{ version: 2 }, { path: 'definition.version', code: 'other_name' }],
        [{ colour: 'red' }, { path: 'definition.colour', code: 'unknown_field' }],
        [{ title: { vi: 'a\u0000', en: 'b' } }, { path: 'definition.title.vi', code: 'bad_text' }],
      ] as const) {
        const reply = await put({ ...named('khong-luu'), ...change })
        expectProblem(reply, 422, 'invalid_input')
        expect(reply.json.issues).toEqual([issue])
      }
      expect((await ask('GET', '/khong-luu/1')).json.sha256).toBe(sha256)
      expect((await ask('POST', '/khong-luu/1/discard', {})).json).toEqual({ discarded: true })
      expectProblem(await ask('GET', '/khong-luu/1'), 404, 'not_found')
    })

    test('what is exported comes back the same, and the same file twice is one draft', async () => {
      const first = await brought('di-ve')
      const file = await ask('GET', '/di-ve/1/export')
      const again = await send(file.text, 'application/json')
      expect([again.status, again.json]).toEqual([200, { questionnaire: first, left: [], leftOmitted: 0 }])
      const elsewhere = await send(file.text, 'application/json', '?code=di-ve&version=7')
      expect([elsewhere.status, elsewhere.json.questionnaire.version]).toEqual([201, 7])
      expectProblem(await send(JSON.stringify({ ...named('di-ve'), title }), 'application/json'), 409, 'id_taken')
      expectProblem(await send(file.text, 'application/json', '?code=ddci-form'), 409, 'id_taken')
    })

    test('an XLSForm becomes a draft, and everything that was not taken is listed', async () => {
      const reply = await send(formWorkbook(MARKET_FORM), XLSX, '?population=business&version=2')
      expect(reply.status, reply.text).toBe(201)
      expect(answers.get('QuestionnaireImport')?.parse(reply.json)).toEqual(reply.json)
      const { questionnaire, left } = reply.json
      expect(questionnaire).toMatchObject({ code: 'khao-sat-cho', version: 2, population: 'business', questions: 3 })
      expect(left).toContainEqual({
        sheet: 'survey',
        row: 6,
        column: 'type',
        code: 'type_unsupported',
        what: 'geopoint place',
      })
      expect((await send(formWorkbook(MARKET_FORM), XLSX, '?population=business&version=2')).status).toBe(200)
    })

    test('a file that holds no questionnaire is refused, and says why', async () => {
      expectProblem(await send('{', 'application/json'), 400, 'malformed_json')
      expectProblem(await send('null', 'application/json'), 422, 'invalid_input')
      expectProblem(await send('type,name\ntext,a', 'text/plain'), 400, 'malformed_json')
      expectProblem(await send('{}', 'text/html'), 415, 'unsupported_media_type')
      const reasons: [Uint8Array<ArrayBuffer>, string][] = [
        [formWorkbook({ data: [['a'], ['b']] }), 'no_questions'],
        [new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]), 'unsupported_workbook'],
        [formWorkbook(MARKET_FORM).slice(0, 300), 'invalid_workbook'],
      ]
      for (const [bytes, code] of reasons) {
        const reply = await send(bytes, XLSX)
        expectProblem(reply, 422, 'invalid_file')
        expect(reply.json.issues).toEqual([{ path: 'file', code }])
      }
      expectProblem(await send(new Uint8Array(4 * 1024 * 1024 + 1), XLSX), 413, 'too_large')
    })
  })
}
