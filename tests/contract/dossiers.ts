import { describe, expect, test } from 'vitest'
import { workbook } from '../core/dossier/read/workbook.ts'
import { csvOf, type DossierLine } from '../support/world.ts'
import type { Setting } from './door.ts'
import { expectProblem, type Reply } from './http.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Lists, events and invitations: what a one-stop shop's software relies on. */
export function dossiersSuite(of: () => Setting): void {
  const post = (body: string | Uint8Array<ArrayBuffer>, type = 'text/csv'): Promise<Reply> =>
    of().importer('POST', '/api/dossiers/import', { body, headers: { 'Content-Type': type } })
  const bring = (...lines: DossierLine[]) => post(csvOf(lines))
  const stored = async (code: string) => {
    const [row] = await of().world.sql`select * from dossier where code = ${code}`
    return row
  }

  describe('import of dossier lists', () => {
    test('a list is brought in by key, twice the same changes nothing', async () => {
      const lines = [of().world.line(), of().world.line({ ma_don_vi: 'H31.12', doi_tuong: 'Doanh nghiệp' })]
      const first = await bring(...lines)
      expect([first.status, first.json]).toEqual([200, { ...none, rows: 2, created: 2 }])
      const asks = await of().world.tokens(lines.map((line) => line['ma_ho_so']!))
      expect(asks.size).toBe(2)
      expect((await bring(...lines)).json).toEqual({ ...none, rows: 2, unchanged: 2 })
      expect(await of().world.tokens(lines.map((line) => line['ma_ho_so']!))).toEqual(asks)
      expect(await stored(lines[1]!['ma_ho_so']!)).toMatchObject({
        responsible_unit_id: of().world.units.SXD,
        applicant: 'business',
        status: 'returned',
      })
    })

    test('both grammars of dossier codes are kept verbatim', async () => {
      const codes = ['000.00.13.H31-230923-0001', 'H31.101-261008-0975123']
      expect((await bring(...codes.map((code) => of().world.line({ ma_ho_so: code })))).json.created).toBe(2)
      for (const code of codes) expect(await stored(code)).toMatchObject({ code })
    })

    test('bad rows are told by line, column and code, and good ones are kept', async () => {
      const good = of().world.line()
      const reply = await bring(
        of().world.line({ ma_ho_so: 'sai' }),
        good,
        of().world.line({ ma_tthc: '12' }),
        of().world.line({ ngay_tiep_nhan: '31/02/2026' }),
        of().world.line({ ma_don_vi: 'KHONG-CO' }),
        of().world.line({ ngay_tra: '01/01/2020' }),
        of().world.line({ ngay_tiep_nhan: '01/01/2098', ngay_hen_tra: '', ngay_tra: '02/01/2098' }),
        of().world.line({ doi_tuong: 'người ngoài hành tinh' }),
        of().world.line({ ma_ho_so: '' }),
      )
      expect(reply.status).toBe(200)
      expect(reply.json).toMatchObject({ rows: 9, created: 1, updated: 0, unchanged: 0, rejected: 8, issuesOmitted: 0 })
      const issues = reply.json.issues.map((one: Record<string, unknown>) => [one['line'], one['column'], one['code']])
      expect(issues).toEqual([
        [2, 'ma_ho_so', 'invalid_dossier_code'],
        [4, 'ma_tthc', 'invalid_procedure_code'],
        [5, 'ngay_tiep_nhan', 'invalid_date'],
        [6, 'ma_don_vi', 'unknown_unit'],
        [7, 'ngay_tra', 'before_received'],
        [8, 'ngay_tiep_nhan', 'in_future'],
        [8, 'ngay_tra', 'in_future'],
        [9, 'doi_tuong', 'unknown_value'],
        [10, 'ma_ho_so', 'required'],
      ])
      expect(reply.text).not.toMatch(/hành tinh|KHONG-CO|31\/02/)
      expect(await stored(good['ma_ho_so']!)).toBeDefined()
    })

    test('an older row never overwrites a newer one, a newer one does, and the change is logged', async () => {
      const line = of().world.line({ cap_nhat_luc: '2026-06-02T10:00:00+07:00' })
      const code = line['ma_ho_so']!
      await bring(line)
      const older = { ...line, kenh_nop: 'trực tuyến', cap_nhat_luc: '2026-06-01T10:00:00+07:00' }
      expect((await bring(older)).json).toEqual({ ...none, rows: 1, unchanged: 1 })
      expect(await stored(code)).toMatchObject({ channel: 'direct' })
      const newer = { ...older, cap_nhat_luc: '2026-06-03T10:00:00+07:00' }
      expect((await bring(newer)).json).toEqual({ ...none, rows: 1, updated: 1 })
      expect(await stored(code)).toMatchObject({ channel: 'online' })
      const { json } = await of().importer('GET', '/api/dossiers/changes?limit=200')
      const changes = json.items.filter((change: { dossier: string }) => change.dossier === code)
      expect(changes.map((change: Record<string, unknown>) => [change['field'], change['old'], change['new']])).toEqual(
        expect.arrayContaining([['channel', 'direct', 'online']]),
      )
      expect(changes.every((change: { by: string }) => change.by === 'key')).toBe(true)
    })

    test('columns about persons are named as ignored and nowhere stored', async () => {
      const person = {
        'Họ tên người nộp': 'Trần Thị Riêng Tư',
        'Số CCCD': '034190001234',
        'Số điện thoại': '0987654321',
        'Địa chỉ': 'Ngõ Không Ai Biết',
        'Chủ hồ sơ': 'Lê Văn Kín Đáo',
      }
      const reply = await bring(of().world.line(person), of().world.line({ ...person, ma_don_vi: 'KHONG-CO' }))
      expect(reply.json.ignoredColumns.sort()).toEqual(Object.keys(person).sort())
      expect(reply.json).toMatchObject({ created: 1, rejected: 1 })
      for (const value of Object.values(person)) expect(reply.text).not.toContain(value)
      expect(await everywhere(Object.values(person))).toEqual([])
    })

    test('a workbook is read like a list, whatever its media type says', async () => {
      const lines = [of().world.line(), of().world.line()]
      const columns = Object.keys(lines[0]!)
      const rows = [columns, ...lines.map((line) => columns.map((name) => line[name]!))]
      const book = new Uint8Array(workbook(rows))
      expect((await post(book, XLSX)).json).toEqual({ ...none, rows: 2, created: 2 })
      expect((await post(book, 'application/octet-stream')).json).toEqual({ ...none, rows: 2, unchanged: 2 })
    })

    test.each([
      ['nothing', '', 'empty_file', 'file'],
      ['a list without its columns', 'a;b\n1;2', 'missing_column', 'ma_ho_so'],
      ['text that is not UTF-8', new Uint8Array([0x6d, 0x61, 0xff, 0x3b, 0x0a, 0xe1]), 'not_utf8', 'file'],
      ['an archive that is no workbook', new Uint8Array([0x50, 0x4b, 3, 4, 9, 9, 9, 9]), 'invalid_workbook', 'file'],
      [
        'an old workbook',
        new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        'unsupported_workbook',
        'file',
      ],
    ])('%s is an invalid file', async (_what, body, code, path) => {
      const reply = await post(body)
      expectProblem(reply, 422, 'invalid_file')
      expect(reply.json.issues[0]).toEqual({ path, code })
    })

    test('another media type is unsupported, and more than 20 MB too large', async () => {
      expectProblem(await post('{}', 'application/json'), 415, 'unsupported_media_type')
      expectProblem(await post('a'.repeat(20 * 1024 * 1024 + 1)), 413, 'too_large')
    })

    test('a file that is damaged half-way changes nothing', async () => {
      const line = of().world.line()
      const before = await counts()
      const reply = await post(new Uint8Array([...Buffer.from(`${csvOf([line])}\n`), 0xff, 0xff]))
      expectProblem(reply, 422, 'invalid_file')
      expect(await counts()).toEqual(before)
      expect(await stored(line['ma_ho_so']!)).toBeUndefined()
    })

    test('imports are listed, newest first', async () => {
      await bring(of().world.line())
      const { status, json } = await of().importer('GET', '/api/imports?limit=1')
      expect(status).toBe(200)
      expect(json.items[0]).toMatchObject({ by: 'key', rows: 1, created: 1, updated: 0, unchanged: 0, rejected: 0 })
      const second = await of().importer('GET', `/api/imports?limit=1&cursor=${json.next}`)
      expect(second.json.items[0].id).toBeLessThan(json.items[0].id)
    })

    test('who imported and who changed a dossier are told by name, never by id', async () => {
      const line = of().world.line()
      const send = (one: DossierLine) =>
        of().administrator('POST', '/api/dossiers/import', {
          body: csvOf([one]),
          headers: { 'Content-Type': 'text/csv' },
        })
      expect((await send(line)).json).toMatchObject({ created: 1 })
      expect((await send({ ...line, kenh_nop: 'bưu chính' })).json).toMatchObject({ updated: 1 })
      const [run] = (await of().importer('GET', '/api/imports?limit=1')).json.items
      const [change] = (await of().importer('GET', '/api/dossiers/changes?limit=1')).json.items
      expect([run.by, change.by, change.dossier]).toEqual(['Quản trị', 'Quản trị', line['ma_ho_so']])
    })
  })

  describe('events of one dossier', () => {
    const put = (code: string, type: string, n: number | string, json: unknown) =>
      of().importer('PUT', `/api/dossiers/${encodeURIComponent(code)}/events/${type}/${n}`, { json })
    const dossier = (): { code: string; known: Record<string, string> } => {
      const { ma_ho_so: code, ma_tthc, ma_don_vi } = of().world.line()
      return { code: code!, known: { ma_tthc: ma_tthc!, ma_don_vi: ma_don_vi! } }
    }
    const asked = async (code: string) =>
      (
        await of().world.sql`
        select a.event, a.n from ask a join dossier d on d.id = a.dossier_id where d.code = ${code} order by a.id`
      ).map((row) => `${row['event']} ${row['n']}`)

    test('an event makes a dossier, and again changes nothing', async () => {
      const { code, known } = dossier()
      const received = { at: '2026-05-04T08:00:00+07:00', ...known, ngay_hen_tra: '2026-05-08' }
      const first = await put(code, 'received', 1, received)
      expect([first.status, first.json]).toEqual([201, { state: 'created' }])
      const again = await put(code, 'received', 1, received)
      expect([again.status, again.json]).toEqual([200, { state: 'unchanged' }])
      const returned = { at: '2026-05-07T08:00:00+07:00' }
      expect((await put(code, 'returned', 1, returned)).json).toEqual({ state: 'updated' })
      expect((await put(code, 'returned', 1, returned)).json).toEqual({ state: 'unchanged' })
      expect(await stored(code)).toMatchObject({ status: 'returned', lateness: 1 })
      expect(await asked(code)).toEqual(['returned 1'])
    })

    test('events that come in the wrong order end at the same dossier, asked about once', async () => {
      const { code, known } = dossier()
      const start = { ...known, ngay_tiep_nhan: '2026-05-04T08:00:00+07:00', ngay_hen_tra: '2026-05-08' }
      await put(code, 'returned', 1, { at: '2026-05-07T08:00:00+07:00', ...start })
      await put(code, 'supplement_requested', 1, { at: '2026-05-05T08:00:00+07:00' })
      await put(code, 'received', 1, { at: '2026-05-04T08:00:00+07:00', ...start })
      expect(await stored(code)).toMatchObject({ status: 'returned', lateness: 1 })
      expect(await asked(code)).toEqual(['returned 1'])
    })

    test.each([
      ['an unknown type', 'eaten', 1, { at: '2026-05-04' }, 'type'],
      ['number 0', 'returned', 0, { at: '2026-05-04' }, 'n'],
      ['number 100', 'returned', 100, { at: '2026-05-04' }, 'n'],
      ['an unknown field', 'returned', 1, { at: '2026-05-04', ho_ten: 'x' }, ''],
      ['no time', 'returned', 1, {}, 'at'],
      ['a time that is none', 'returned', 1, { at: 'hôm qua' }, 'at'],
      ['a time in the year 2099', 'returned', 1, { at: '2099-01-01', ngay_tiep_nhan: '2098-12-31' }, 'at'],
      [
        'an unknown unit',
        'returned',
        1,
        { at: '2026-05-04', ngay_tiep_nhan: '2026-05-01', ma_don_vi: 'X' },
        'ma_don_vi',
      ],
      ['half a character', 'returned', 1, { at: '2026-05-04', ten_tthc: '\ud800' }, 'ten_tthc'],
    ])('%s is refused', async (_what, type, n, body, path) => {
      const { code, known } = dossier()
      const reply = await put(code, type, n, Object.keys(body).length === 0 ? body : { ...known, ...body })
      expectProblem(reply, 422, 'invalid_input')
      expect(reply.json.issues.map((issue: { path: string }) => issue.path)).toContain(path)
      expect(await stored(code)).toBeUndefined()
    })

    test('a code of neither grammar is refused', async () => {
      for (const code of ['x', 'H31/101', "H31'; drop table ask; --", 'H31.101-261001-00001\u0000'])
        expectProblem(await put(code, 'returned', 1, { at: '2026-05-04' }), 422, 'invalid_input', [code])
    })

    test('an event comes as JSON, and not more than a little', async () => {
      const { code } = dossier()
      const path = `/api/dossiers/${code}/events/returned/1`
      expectProblem(await of().importer('PUT', path, { body: 'at=1' }), 415, 'unsupported_media_type')
      expectProblem(await put(code, 'returned', 1, { at: 'x'.repeat(100_000) }), 413, 'too_large')
    })
  })

  describe('links to print or send', () => {
    test('pages go through every link once, oldest first, and each opens its form', async () => {
      const made = [...(await of().world.asks(7)), ...(await of().world.asks(6))]
      const seen: string[] = []
      let path: string | null = '/api/invitations?limit=5'
      while (path !== null) {
        const { status, json } = await of().importer('GET', path)
        expect(status).toBe(200)
        expect(json.items.length).toBeLessThanOrEqual(5)
        seen.push(...json.items.map((item: { token: string }) => item.token))
        path = json.next === null ? null : `/api/invitations?limit=5&cursor=${json.next}`
      }
      expect(new Set(seen).size).toBe(seen.length)
      const [open] = await of().world.sql`
        select count(*)::int as n from ask where state = 'open' and expires_at > now()`
      expect(seen).toHaveLength(open!['n'])
      const place = made.map(({ token }) => seen.indexOf(token))
      expect(Math.min(...place)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...place.slice(0, 7))).toBeLessThan(Math.min(...place.slice(7)))
    })

    test('a link has what a slip needs, and nothing of the person', async () => {
      const [made] = await of().world.asks(1)
      const { json } = await of().importer('GET', '/api/invitations?limit=200&since=2020-01-01')
      const item = json.items.find((one: { token: string }) => one.token === made!.token)
      expect(item).toMatchObject({ dossier: made!.code, event: 'returned', n: 1, procedure: { code: '2.000815' } })
      expect(Object.keys(item).sort()).toEqual(
        [
          ['createdAt', 'day', 'dossier', 'event', 'expiresAt', 'n', 'procedure', 'receivingUnit', 'token', 'unit'],
          ['url'],
        ].flat(),
      )
      expect(new URL(item.url).pathname).toBe(`/r/${made!.token}`)
      expect(item.day).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    })

    test('nothing was invited since tomorrow', async () => {
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
      expect((await of().importer('GET', `/api/invitations?since=${tomorrow}`)).json).toEqual({ items: [], next: null })
    })

    test.each(['since=heute', 'since=0000-01-01', 'limit=0', 'limit=201', 'limit=-1', 'limit=x', 'x=1'])(
      '?%s is refused',
      async (query) => expectProblem(await of().importer('GET', `/api/invitations?${query}`), 422, 'invalid_input'),
    )

    test.each(['x', '!', 'W10', 'WyJ4IiwxXQ', 'bnVsbA', 'W251bGwsbnVsbF0'])('cursor %s is refused', async (cursor) => {
      expectProblem(await of().importer('GET', `/api/invitations?cursor=${cursor}`), 400, 'malformed_cursor')
    })
  })

  async function counts() {
    const [row] = await of().world.sql`
      select (select count(*)::int from dossier) as dossiers, (select count(*)::int from ask) as asks,
        (select count(*)::int from import_run) as runs`
    return row
  }

  /** Tables and columns in which any of the texts is stored. */
  async function everywhere(texts: string[]): Promise<string[]> {
    const { sql } = of().world
    const tables = await sql`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'`
    const found: string[] = []
    for (const { name } of tables) {
      const [row] = await sql`select count(*)::int as n from ${sql(name)} t
        where exists (select from unnest(${texts}::text[]) s where t::text like '%' || s || '%')`
      if (row!['n'] > 0) found.push(name)
    }
    return found
  }
}

const none = {
  rows: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  ignoredColumns: [],
  issues: [],
  issuesOmitted: 0,
}
