import { describe, expect, test } from 'vitest'
import { workbook, zip } from '../core/dossier/read/workbook.ts'
import { questionnaire, yesNo } from '../core/questionnaire/small.ts'
import { seeded } from '../core/stats/seeded.ts'
import { openWorldCampaign } from '../support/campaign.ts'
import { surveyBody } from '../support/survey.ts'
import { formWorkbook, MARKET_FORM } from '../support/xlsform.ts'
import { csvOf } from '../support/world.ts'
import { smallEdition } from '../api/index-world.ts'
import type { Setting } from './door.ts'
import type { Client, Json, Reply } from './http.ts'
import { submission } from '../support/submission.ts'

/** Values that have broken programs before. `undefined` stands for a field that is absent. */
const NASTY: readonly unknown[] = [
  undefined,
  null,
  true,
  '',
  ' ',
  'x',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff x',
  '\u202e',
  'A'.repeat(10_000),
  "'; drop table ask; --",
  '%E0%A4%A',
  '../../etc/passwd',
  '{{7*7}}',
  '0000-01-01T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '2026-02-30T00:00:00+99:99',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  0,
  -0,
  -1,
  1.5,
  1e21,
  1e308,
  Number.MAX_SAFE_INTEGER,
  -Number.MAX_SAFE_INTEGER,
  2147483648,
  [],
  [[]],
  [null],
  {},
  { na: true },
  { na: { na: true } },
  { constructor: { prototype: {} } },
  JSON.parse('{"__proto__": {"na": true}}'),
  Array.from({ length: 500 }, () => 1),
]

/** Deeper than any recursion goes, and still a small body. */
const NESTED = `${'['.repeat(15_000)}${']'.repeat(15_000)}`

/** Texts for a path or a query, as they stand in the address. */
const NASTY_TEXT: readonly string[] = [
  '%00',
  'a%00b',
  '%',
  '%zz',
  '%E0%A4%A',
  '%ED%A0%80',
  '%FF%FE',
  '%2e%2e%2f',
  '%2F%2F',
  '%0d%0aX-Injected:1',
  '%F0%9F%98%80',
  '-1',
  '0',
  '1e5',
  '1e309',
  '9007199254740993',
  '99999999999999999999999999',
  '-9223372036854775809',
  '0x7fffffff',
  '1.5',
  'NaN',
  'Infinity',
  'null',
  '[object%20Object]',
  "'%20or%201=1--",
  'x'.repeat(201),
  'x'.repeat(5000),
  '%25',
  '%5C',
  '_',
  '0000-01-01',
  '0000-01',
  '0001-01-01T00:00:00Z',
  '2026-01-01T00:00:00%2B99:99',
  '9999-12-31T23:59:59.999999999Z',
  '2026-02-31',
]

const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
/** Cursors of the right form with wrong content, and of no form at all. */
const NASTY_CURSORS: readonly string[] = [
  ...[-1, 0, 1e15, -1e15, 9007199254740991, 2147483648, -2147483649, 1.5, '1', null, true, [], {}].map((x) =>
    cursorOf([x]),
  ),
  ...[[], {}, null, [1, 2], ['2026-01-01T00:00:00Z', -1], ['0000-01-01T00:00:00Z', 1]].map(cursorOf),
  ...[
    ['0001-01-01T00:00:00Z', 9007199254740991],
    ['9999-12-31T23:59:59Z', 1],
    ['x', 1],
  ].map(cursorOf),
  '===',
  'a',
  '%00',
  '%F0%9F%98%80',
  'A'.repeat(200),
  'A'.repeat(201),
]

/** Bodies that are no JSON of ours, whatever the door. */
const NASTY_BODIES: readonly (string | Uint8Array<ArrayBuffer>)[] = [
  '',
  'null',
  '[]',
  '"x"',
  '1e999',
  '-',
  '{',
  '{"a":1,}',
  '{"id":1,"id":2}',
  '{"\\ud800":"\\udc00"}',
  `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
  '['.repeat(30_000),
  new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
  new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]),
  new Uint8Array([0x00, 0x00, 0x00, 0x7b]),
  new Uint8Array([0x1f, 0x8b, 0x08, 0x00]),
  new Uint8Array(1000),
]

/** No 500 for anything a client can send. */
export function fuzzSuite(of: () => Setting): void {
  /** Sends everything, a few at a time, and gathers what the server did not expect. */
  async function storm(cases: readonly (() => Promise<Reply>)[]): Promise<void> {
    expect(cases.length).toBeGreaterThan(150)
    const faults: string[] = []
    const { every = 1 } = of().door
    const waiting = cases.filter((_, i) => i % every === 0)
    const lane = async (): Promise<void> => {
      for (let send = waiting.pop(); send !== undefined; send = waiting.pop()) {
        const reply = await send()
        if (reply.status >= 500) faults.push(`${reply.status} for ${reply.request}`)
        if (reply.status >= 400 && /\bat .+:\d+:\d+|invalid input syntax|PostgresError/.test(reply.text))
          faults.push(`too much told for ${reply.request}: ${reply.text.slice(0, 200)}`)
      }
    }
    await Promise.all([lane(), lane(), lane(), lane()])
    expect(faults).toEqual([])
    expect((await of().anyone('GET', '/api/health')).status).toBe(200)
    const [open] = await of().world.sql`
      select count(*)::int as n from pg_stat_activity where datname = current_database()`
    expect(open!['n'], 'connections to the database').toBeLessThan(60)
  }

  /** The body with each of its fields, at any depth, replaced by each nasty value; with some pairs of faults besides. */
  function* damaged(body: Json): Generator<Json> {
    const paths = pathsOf(body)
    for (const path of paths) for (const value of NASTY) yield replaced(body, path, value)
    const next = seeded(766)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
    for (let i = 0; i < 100; i += 1) yield replaced(replaced(body, pick(paths), pick(NASTY)), pick(paths), pick(NASTY))
    yield { ...body, ['x'.repeat(1000)]: 1, '\u0000': 1, '\ud800': 1 }
  }

  const bodies = (who: () => Client, method: string, path: string, body: () => Json): (() => Promise<Reply>)[] => [
    ...[...damaged(body())].map((json) => () => who()(method, path, { json: json ?? null })),
    ...pathsOf(body()).map((at) => {
      const raw = JSON.stringify(replaced(body(), at, 'NESTED')).replace('"NESTED"', NESTED)
      return () => who()(method, path, { body: raw, headers: { 'Content-Type': 'application/json' } })
    }),
    ...NASTY_BODIES.map(
      (raw) => () => who()(method, path, { body: raw, headers: { 'Content-Type': 'application/json' } }),
    ),
    ...[
      '',
      'x',
      'application/json; charset=utf-16',
      'application/json;;;',
      'APPLICATION/JSON',
      'multipart/form-data',
    ].map((type) => () => who()(method, path, { body: '{}', headers: { 'Content-Type': type } })),
  ]
  const queries = (who: () => Client, path: string, names: readonly string[], fixed = ''): (() => Promise<Reply>)[] =>
    names.flatMap((name) =>
      [...NASTY_TEXT, ...(name === 'cursor' ? NASTY_CURSORS : [])].flatMap((value) => [
        () => who()('GET', `${path}?${name}=${value}${fixed}`),
        ...(value.length < 20 ? [() => who()('GET', `${path}?${name}=1&${name}=${value}${fixed}`)] : []),
      ]),
    )
  const anyone = () => of().anyone
  const importer = () => of().importer
  const administrator = () => of().administrator

  describe('no 500 for anything a client can send', () => {
    test('POST /api/responses', async () => {
      const [ask] = await of().world.asks(1)
      const body = submission(ask!.token, { answers: { OVERALL: '4', Q_INFO: { na: true }, COMMENT: 'x' } })
      await storm(bodies(anyone, 'POST', '/api/responses', () => body))
    })

    test('POST /api/survey-answers', async () => {
      const { cases } = await openWorldCampaign(of().world)
      const answers = { E_DONE: 'new', E_DAYS_NEW: 5, S_USED: ['market'], I_LIST: 1, COMMENT: 'x', T_TAX: { na: true } }
      const body = surveyBody(cases[0]!.token, { answers, cleared: ['I_SHARE'] })
      await storm(bodies(anyone, 'POST', '/api/survey-answers', () => body))
    })

    test('PUT /api/questionnaires/{code}/{version} and POST /api/questionnaires/import', async () => {
      const from = { code: 'sipas-form', version: 1 }
      await of().administrator('POST', '/api/questionnaires', { json: { code: 'bao-to', version: 1, from } })
      const { sha256 } = (await of().administrator('GET', '/api/questionnaires/bao-to/1')).json
      const body = { basedOn: sha256, definition: { ...questionnaire([{ items: [yesNo('A')] }]), code: 'bao-to' } }
      const bring = (sent: string | Uint8Array<ArrayBuffer>, type: string) => () =>
        of().administrator('POST', '/api/questionnaires/import', { body: sent, headers: { 'Content-Type': type } })
      const next = seeded(5)
      const book = formWorkbook(MARKET_FORM)
      const scratched = () => book.map((byte) => (next() < 0.002 ? Math.floor(next() * 256) : byte))
      await storm([
        ...bodies(administrator, 'PUT', '/api/questionnaires/bao-to/1', () => body).filter((_, i) => i % 5 === 0),
        ...NASTY_BODIES.flatMap((raw) => ['application/json', 'text/csv'].map((type) => bring(raw, type))),
        ...Array.from({ length: 100 }, () => bring(scratched(), 'application/octet-stream')),
        ...NASTY_TEXT.flatMap((text) => [
          () => of().administrator('GET', `/api/questionnaires/${text}/1`),
          () => of().administrator('GET', `/api/questionnaires/sipas-form/${text}/export`),
          () => of().administrator('GET', `/api/questionnaires?cursor=${text}`),
        ]),
      ])
    })

    test('POST /api/withdrawals', async () => {
      const body = { id: '7b0c7f0a-6f0e-4b8e-9c39-0d4a4c9d8a11', secret: 'x' }
      await storm(bodies(anyone, 'POST', '/api/withdrawals', () => body))
    })

    test('GET /api/invitations/{token}, /api/surveys/{token}, /r/{token} and /s/{token}', async () => {
      const tokens = [...NASTY_TEXT, ...NASTY_CURSORS, ...NASTY_TEXT.map((text) => `thu${text}`)]
      await storm(
        tokens.flatMap((token) => [
          () => of().anyone('GET', `/api/invitations/${token}`),
          () => of().anyone('GET', `/r/${token}`),
          () => of().anyone('GET', `/api/surveys/${token}`),
          () => of().anyone('GET', `/s/${token}`),
          () => of().anyone('GET', `/${token}`),
          () => of().anyone('GET', `/api/${token}`),
          () => of().anyone('GET', `/assets/${token}`),
        ]),
      )
    })

    test('/api/auth', async () => {
      const paths = ['sign-in/email', 'sign-out', 'request-password-reset', 'reset-password', 'update-user', 'x']
      const body = { email: 'a@b.example', password: 'x'.repeat(12), rememberMe: true, callbackURL: '/' }
      // another address each, so that the limit of attempts does not stand before what is tested
      let address = 0
      const elsewhere = (): Client => (method, path, carried) =>
        of().anyone(method, path, {
          ...carried,
          headers: {
            Origin: of().door.url,
            'X-Forwarded-For': `10.0.${(address += 1) >> 8}.${address & 255}`,
            ...carried?.headers,
          },
        })
      await storm([
        ...bodies(elsewhere, 'POST', '/api/auth/sign-in/email', () => body).filter((_, i) => i % 3 === 0),
        ...paths.flatMap((path) =>
          NASTY_BODIES.map(
            (raw) => () =>
              elsewhere()('POST', `/api/auth/${path}`, { body: raw, headers: { 'Content-Type': 'application/json' } }),
          ),
        ),
        ...NASTY_TEXT.flatMap((text) => [
          () => elsewhere()('GET', `/api/auth/${text}`),
          () => elsewhere()('GET', `/api/auth/get-session?disableCookieCache=${text}`),
          () => elsewhere()('GET', `/api/auth/reset-password/${text}?callbackURL=${text}`),
          () => elsewhere()('GET', `/api/auth/verify-email?token=${text}&callbackURL=${text}`),
          () => elsewhere()('GET', '/api/me', { headers: { Cookie: `better-auth.session_token=${text}` } }),
        ]),
      ])
    })

    test('headers', async () => {
      const names = ['Authorization', 'Cookie', 'Origin', 'X-Request-Id', 'Accept', 'User-Agent', 'Content-Encoding']
      const values = [
        ' ',
        'x',
        'null',
        'http://',
        'Bearer ',
        `Bearer ${'x'.repeat(50)}`,
        'a=%00',
        'é',
        '\t',
        ';=;',
        'x'.repeat(4000),
      ]
      const json = { id: '7b0c7f0a-6f0e-4b8e-9c39-0d4a4c9d8a11', secret: 'x' }
      await storm(
        [...names, 'X-Forwarded-For', 'CF-Connecting-IP', 'X-Real-IP', 'Sec-Fetch-Site'].flatMap((name) =>
          values.flatMap((value) => [
            () => of().anyone('POST', '/api/withdrawals', { json, headers: { [name]: value } }),
            () => of().anyone('GET', '/api/me', { headers: { [name]: value } }),
            () =>
              of().administrator('PUT', '/api/settings', {
                json: { inviteEvents: ['returned', 'refused'] },
                headers: { [name]: value },
              }),
          ]),
        ),
      )
    })

    test('POST /api/dossiers/import', async () => {
      const line = of().world.line()
      const columns = Object.keys(line)
      const next = seeded(1018)
      const list = Buffer.from(csvOf([line, of().world.line()]))
      const book = Buffer.from(workbook([columns, columns.map((name) => line[name]!)]))
      const scratched = (bytes: Buffer) => {
        const copy = new Uint8Array(bytes)
        for (let i = 0; i < 4; i += 1) copy[Math.floor(next() * copy.length)] = Math.floor(next() * 256)
        return copy
      }
      const lists: (string | Uint8Array<ArrayBuffer>)[] = [
        ...Array.from({ length: 60 }, () => scratched(list)),
        ...Array.from({ length: 60 }, () => scratched(book)),
        ...Array.from({ length: 20 }, () => new Uint8Array(book.subarray(0, Math.floor(next() * book.length)))),
        ...columns.flatMap((name) =>
          ['\u0000', '\u202e', '"', 'x'.repeat(70_000), '99/99/9999', '1e999', '😀'].map((value) =>
            csvOf([{ ...line, [name]: value }]),
          ),
        ),
        ...['_xD800_', '&#xD800;', '&#0;', '&#x110000;', '&bomb;'].map(
          (text) =>
            new Uint8Array(
              workbook([
                columns,
                columns.map((name) =>
                  name === 'ma_ho_so' ? line[name]! : { raw: `<c t="inlineStr"><is><t>${text}</t></is></c>` },
                ),
              ]),
            ),
        ),
        new Uint8Array(zip({ 'xl/workbook.xml': '<workbook/>' })),
        new Uint8Array(Buffer.from(`\ufeff${csvOf([line])}`, 'utf16le')),
        new Uint8Array([
          0xff,
          0xfe,
          ...Buffer.from('ma_ho_so;ma_tthc;ma_don_vi;ngay_tiep_nhan\n', 'utf16le'),
          0x00,
          0xd8,
          0x0a,
          0x00,
        ]),
        ...NASTY_BODIES,
        `${columns.join(';')}\n${';'.repeat(60_000)}`,
        `${'x;'.repeat(3000)}\n1`,
      ]
      const types = ['text/csv', 'application/octet-stream', 'text/csv; charset=utf-16']
      await storm(
        lists.map(
          (body, i) => () =>
            of().importer('POST', '/api/dossiers/import', { body, headers: { 'Content-Type': types[i % 3]! } }),
        ),
      )
    })

    test('PUT /api/dossiers/{code}/events/{type}/{n}', async () => {
      const { ma_ho_so: code, ma_tthc, ma_don_vi } = of().world.line()
      const body = {
        at: '2026-05-04T08:00:00+07:00',
        ma_tthc,
        ma_don_vi,
        ten_tthc: 'x',
        linh_vuc: 'x',
        doi_tuong: 'công dân',
        ngay_tiep_nhan: '2026-05-04',
      }
      await storm([
        ...bodies(importer, 'PUT', `/api/dossiers/${code}/events/returned/1`, () => body),
        ...NASTY_TEXT.flatMap((text) => [
          () => of().importer('PUT', `/api/dossiers/${text}/events/returned/1`, { json: body }),
          () => of().importer('PUT', `/api/dossiers/${code}/events/${text}/1`, { json: body }),
          () => of().importer('PUT', `/api/dossiers/${code}/events/received/${text}`, { json: body }),
          () => of().importer('PUT', `/api/dossiers/%20${code}%0a/events/received/${text}`, { json: body }),
        ]),
      ])
    })

    test('lists', async () => {
      const month = '&from=2026-01&to=2026-01'
      const unit = of().world.units.SXD
      await storm([
        ...queries(importer, '/api/invitations', ['since', 'cursor', 'limit', 'x']),
        ...queries(importer, '/api/imports', ['cursor', 'limit']),
        ...queries(importer, '/api/dossiers/changes', ['cursor', 'limit']),
        ...queries(administrator, '/api/units', ['q', 'kind', 'cursor', 'limit']),
        ...queries(administrator, `/api/units/${unit}/weak-spots`, ['compare', 'cursor', 'limit'], month),
        ...queries(administrator, `/api/units/${unit}/summary`, ['from', 'to', 'x'], month),
        ...NASTY_TEXT.flatMap((text) => [
          () => of().administrator('GET', `/api/units/${unit}/summary?from=${text}&to=${text}`),
          () => of().administrator('GET', `/api/units/${text}/summary?${month}`),
          () => of().administrator('GET', `/api/units/${text}/weak-spots?${month}`),
        ]),
      ])
    })

    test('indices', async () => {
      const run = { from: '2026-01', to: '2026-01' }
      const copy = { from: { id: 'qd766', edition: '2022' }, id: 'bao', edition: '1' }
      const { json } = await of().administrator('POST', '/api/indices', {
        json: { ...copy, id: 'chung', edition: '1' },
      })
      const change = { basedOn: json.sha256, definition: smallEdition('chung', '1') }
      const unit = of().world.units.SXD
      const months = '&from=2026-01&to=2026-01'
      const scored = ['scores', 'scores/explain', 'scores/change', 'scores/sensitivity', 'scores/series']
      await storm([
        ...bodies(administrator, 'POST', '/api/indices', () => copy),
        ...bodies(administrator, 'PUT', '/api/indices/chung/editions/1', () => change).filter((_, i) => i % 4 === 0),
        ...bodies(administrator, 'POST', '/api/indices/hop-dong/editions/1/runs', () => run),
        ...['publish', 'retire', 'discard'].flatMap((action) =>
          NASTY_BODIES.map((body) => () => of().administrator('POST', `/api/indices/x/editions/1/${action}`, { body })),
        ),
        ...queries(administrator, '/api/indices', ['cursor', 'limit']),
        ...queries(administrator, '/api/indices/hop-dong/editions/1/runs', ['cursor', 'limit']),
        ...scored.flatMap((door) => [
          ...queries(
            administrator,
            `/api/units/${unit}/${door}`,
            ['edition', 'run', 'node'],
            `&index=hop-dong${months}`,
          ),
          ...queries(administrator, `/api/units/${unit}/${door}`, ['index'], months),
        ]),
        ...queries(
          administrator,
          `/api/units/${unit}/scores/change`,
          ['baseFrom', 'baseTo'],
          `&index=hop-dong${months}`,
        ),
        ...queries(administrator, `/api/units/${unit}/official`, ['node', 'index', 'ourNode'], '&official=papi'),
        ...queries(administrator, '/api/official-results', ['index', 'year', 'node', 'cursor', 'limit']),
        ...queries(administrator, '/api/hard-figures', ['code', 'cursor', 'limit']),
        ...queries(administrator, '/api/indices/hop-dong/agreement', ['node', 'officialNode'], '&official=papi'),
        ...NASTY_TEXT.flatMap((text) => [
          () => of().administrator('GET', `/api/indices/${text}/editions/${text}`),
          () => of().administrator('GET', `/api/indices/hop-dong/editions/${text}/runs`),
          () => of().administrator('GET', `/api/index-runs/${text}`),
          () => of().administrator('POST', `/api/index-runs/${text}/rerun`, { json: {} }),
        ]),
      ])
    })

    test('tables of published results and hard figures', async () => {
      const tables = {
        '/api/official-results': [
          'index,edition,year,unit,node,value,low,high,n,source',
          'papi,2021+,2022,Hưng Yên,D5,7.3,7,7.6,400,x',
        ],
        '/api/hard-figures': ['code,unit,period,value,source', 'dan_so,Hưng Yên,2022,1300000,x'],
      }
      await storm(
        Object.entries(tables)
          .flatMap(([path, [header = '', row = '']]) => [
            ...NASTY_BODIES.map((body) => ({ path, body })),
            ...row.split(',').flatMap((_, at) =>
              NASTY.map((value) => {
                const cells = row.split(',').with(at, `"${String(value).replaceAll('"', '""')}"`)
                return { path, body: `${header}\n${cells.join(',')}` }
              }),
            ),
          ])
          .map(
            ({ path, body }) =>
              () =>
                of().administrator('POST', path, { body, headers: { 'Content-Type': 'text/csv' } }),
          ),
      )
    })

    test('settings and criteria', async () => {
      const path = `/api/units/${of().world.units.SXD}/criteria?from=2026-01&to=2026-01`
      await storm([
        ...bodies(administrator, 'PUT', '/api/settings', () => ({ inviteEvents: ['returned', 'refused'] })),
        ...bodies(administrator, 'PUT', path, () => ({ C2: 1, C5: null })),
      ])
      const restored = await of().administrator('PUT', '/api/settings', {
        json: { inviteEvents: ['returned', 'refused'] },
      })
      expect(restored.status).toBe(200)
    })
  })
}

/** Every place in a JSON value, the whole included. */
function pathsOf(value: Json, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...path, name]))]
}

function replaced(value: Json, [name, ...rest]: readonly string[], by: unknown): Json {
  if (name === undefined) return by
  if (typeof value !== 'object' || value === null) return value
  const copy = Array.isArray(value) ? [...value] : { ...value }
  copy[name] = replaced(copy[name], rest, by)
  return copy
}
