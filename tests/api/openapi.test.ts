import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../api/app.ts'
import { ACCESS } from '../../api/core/access.ts'
import { answers } from '../../api/openapi/answers.ts'
import { openApiDocument } from '../../api/openapi/document.ts'
import { loadSample } from '../../db/seeds/sample/load.ts'
import { liveSampleAsk } from '../../api/node/live-sample.ts'
import { openWorldCampaign } from '../support/campaign.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { surveyBody } from '../support/survey.ts'
import { buildWorld, csvOf, type World } from '../support/world.ts'
import { callersOf, type Callers } from './callers.ts'

const app = createApp(() => {
  throw new Error('nothing is asked of the application')
})
const document = openApiDocument(app.routes)
const mounted = new Set(
  app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
)
const table = new Set(ACCESS.map(({ method, path }) => `${method} ${path}`))
const described = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => ({
    key: `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    operation: operation as unknown as ApiOperation,
  })),
)
interface ApiOperation {
  operationId: string
  parameters?: { name: string; in: string; required: boolean; schema: object }[]
  requestBody?: object
  responses: Record<string, { content: Record<string, { schema: object }> }>
  security: object[]
}

describe('table, document and application name the same endpoints', () => {
  test('every row of the table is mounted and every mounted route has a row', () => {
    expect([...mounted].sort()).toEqual([...table].sort())
  })

  test('every row of the table is described, and nothing else but parts of /api/auth', () => {
    const own = described.map(({ key }) => key).filter((key) => !key.includes(' /api/auth/'))
    expect(own.sort()).toEqual([...table].filter((key) => key.includes(' /api/') && !key.endsWith('*')).sort())
    for (const { key } of described.filter((one) => one.key.includes(' /api/auth/'))) {
      expect(table).toContain(`${key.split(' ')[0]} /api/auth/*`)
    }
  })
})

describe('the document is whole', () => {
  test('every reference leads to a schema', () => {
    const { schemas } = document.components as { schemas: object }
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to)
    expect(references.length).toBeGreaterThan(50)
    for (const to of new Set(references))
      expect(Object.keys(schemas).map((name) => `#/components/schemas/${name}`)).toContain(to)
  })

  test('every operation has a name of its own, its path parameters, and problems as problem documents', () => {
    const ids = described.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { key, operation } of described) {
      const inPath = [...key.matchAll(/:(\w+)/g)].map(([, name]) => name)
      const parameters = (operation.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name)
      expect(parameters, key).toEqual(inPath)
      for (const [status, { content }] of Object.entries(operation.responses)) {
        const types = Object.keys(content)
        const type = /(slips?|letters|paper-form)$/.test(key)
          ? 'text/html'
          : key.endsWith('/metrics')
            ? 'application/openmetrics-text'
            : key.endsWith('/export') && key.includes('/campaigns/')
              ? 'text/csv'
              : null
        expect(types, `${key} ${status}`).toEqual([
          Number(status) >= 300 ? 'application/problem+json' : (type ?? 'application/json'),
        ])
      }
    }
  })

  test('what validators check is in it: query, path and body', () => {
    const operation = (key: string) => described.find((one) => one.key === key)?.operation
    expect(operation('GET /api/units')?.parameters?.map((one) => one.name)).toEqual(['q', 'kind', 'cursor', 'limit'])
    expect(JSON.stringify(operation('POST /api/responses')?.requestBody)).toContain('"withdrawHash"')
    expect(operation('PUT /api/settings')?.security).toEqual([{ session: [] }])
    expect(operation('GET /api/imports')?.security).toEqual([{ session: [] }, { key: [] }])
    expect(operation('POST /api/responses')?.security).toEqual([])
  })
})

describe('what endpoints answer is as described, with no field more or less', () => {
  let database: TestDatabase
  let world: World
  let callers: Callers
  let token: string
  const period = 'from=2025-10&to=2025-12'

  beforeAll(async () => {
    database = await testDatabase('reference')
    world = await buildWorld(database)
    const sample = await loadSample(world.services.db, { now: new Date('2026-07-15T03:00:00Z'), responses: 4000 })
    await world.bring([world.line(), world.line({ ma_don_vi: 'NOPE' })])
    await world.bring([world.line({ ma_ho_so: 'H31.101-261001-00001', doi_tuong: 'doanh nghiệp' })])
    token = await liveSampleAsk(world.services, { id: sample.tenantId, prefix: 'hym', sample: true })
    callers = await callersOf(world)
    // the administrator looks at the sample from here on
    await world.sql`update membership set tenant_id = ${sample.tenantId} where role = 'administrator'`
  })
  afterAll(async () => {
    await world.stop()
    await database.drop()
  })

  async function expectDescribed(key: string, response: Response): Promise<unknown> {
    const text = await response.text()
    const content = described.find((one) => one.key === key)?.operation.responses[String(response.status)]?.content
    expect(content, `${key} ${response.status} ${text.slice(0, 300)}`).toBeDefined()
    const { schema } = (content?.['application/json'] ?? { schema: {} }) as { schema: { $ref?: string } }
    const answer: unknown = JSON.parse(text)
    const rules = answers.get(schema.$ref?.split('/').at(-1) ?? '')
    // parsing leaves undescribed fields out, and throws where described ones are missing or wrong
    expect(rules?.parse(answer)).toEqual(answer)
    return answer
  }

  const READS: readonly [caller: 'anonymous' | 'key' | 'importer' | 'administrator', key: string, path?: string][] = [
    ['anonymous', 'GET /api/health'],
    ['anonymous', 'GET /api/openapi.json'],
    ['administrator', 'GET /api/me'],
    ['key', 'GET /api/me'],
    ['administrator', 'GET /api/settings'],
    ['administrator', 'GET /api/units', '/api/units?limit=5'],
    ['administrator', 'GET /api/periods'],
    ['key', 'GET /api/imports'],
    ['key', 'GET /api/dossiers/changes'],
    ['importer', 'GET /api/invitations'],
  ]
  for (const [caller, key, path] of READS) {
    test(`${key} (${caller})`, async () => {
      await expectDescribed(key, await callers.call(caller, 'GET', path ?? key.slice(4)))
    })
  }

  test('GET /api/invitations/:token', async () => {
    await expectDescribed(
      'GET /api/invitations/:token',
      await callers.call('anonymous', 'GET', `/api/invitations/${token}`),
    )
  })

  test('summaries and weak spots of the province, a department and a one-stop shop', async () => {
    const { items } = (await (await callers.call('administrator', 'GET', '/api/units')).json()) as {
      items: { id: number; kind: string; parentId: number }[]
    }
    const ids = [
      items[0]?.parentId,
      ...['department', 'one_stop', 'centre'].map((kind) => items.find((unit) => unit.kind === kind)?.id),
    ]
    for (const id of ids) {
      const summary = await callers.call('administrator', 'GET', `/api/units/${id}/summary?${period}`)
      await expectDescribed('GET /api/units/:id/summary', summary)
      for (const compare of ['previous', 'province', 'peers']) {
        const path = `/api/units/${id}/weak-spots?${period}&compare=${compare}`
        await expectDescribed('GET /api/units/:id/weak-spots', await callers.call('administrator', 'GET', path))
      }
    }
  })

  test('an index: its run, and scores, explanation, change, sensitivity and series of units', async () => {
    const { call } = callers
    const edition = '/api/indices/pci-like-ratings/editions/1/runs'
    for (const [from, to] of [
      ['2025-07', '2025-09'],
      ['2025-10', '2025-12'],
    ])
      await expectDescribed(
        'POST /api/indices/:index/editions/:edition/runs',
        await call('administrator', 'POST', edition, { from, to }),
      )
    const { items } = (await (await call('administrator', 'GET', '/api/units')).json()) as {
      items: { id: number; kind: string; parentId: number; validFrom: string | null; validTo: string | null }[]
    }
    const now = items.filter(({ validTo }) => validTo === null)
    const [department, shop] = ['department', 'one_stop'].map((kind) => now.find((unit) => unit.kind === kind))
    const ids = [department?.parentId, department?.id, shop?.id]
    for (const id of ids)
      for (const door of ['', '/explain', '/sensitivity', '/series']) {
        const reply = await call(
          'administrator',
          'GET',
          `/api/units/${id}/scores${door}?index=pci-like-ratings&${period}`,
        )
        await expectDescribed(`GET /api/units/:id/scores${door}`, reply)
      }
    const change = `/api/units/${ids[0]}/scores/change?index=pci-like-ratings&${period}`
    await expectDescribed('GET /api/units/:id/scores/change', await call('administrator', 'GET', change))
  })

  test('changes: settings, criteria, an event, a list', async () => {
    const { call } = callers
    const settings = await call('administrator', 'PUT', '/api/settings', { inviteEvents: ['returned'] })
    await expectDescribed('PUT /api/settings', settings)
    const units = (await (await call('administrator', 'GET', '/api/units')).json()) as { items: { id: number }[] }
    const criteria = await call('administrator', 'PUT', `/api/units/${units.items[0]?.id}/criteria?${period}`, {
      C2: 2,
    })
    await expectDescribed('PUT /api/units/:id/criteria', criteria)
    const entered = `/api/units/${units.items[0]?.id}/criteria?${period}`
    await expectDescribed('GET /api/units/:id/criteria', await call('administrator', 'GET', entered))
    const event = { at: new Date().toISOString(), ma_tthc: '2.000815', ma_don_vi: 'MC-A' }
    const path = '/api/dossiers/H31.101-261001-0777/events/received/1'
    for (const status of [201, 200]) {
      const stored = await call('key', 'PUT', path, event)
      expect(stored.status).toBe(status)
      await expectDescribed('PUT /api/dossiers/:code/events/:type/:n', stored)
    }
    const list = await callers.app.request('http://localhost/api/dossiers/import', {
      method: 'POST',
      headers: { ...callers.headers.key, 'Content-Type': 'text/csv' },
      body: csvOf([world.line(), world.line({ ma_tthc: 'x', ghi_chu: 'bỏ qua' })]),
    })
    await expectDescribed('POST /api/dossiers/import', list)
  })

  test('an answer and its withdrawal', async () => {
    const secret = 'bi-mat-cua-trinh-duyet'
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))
    const submission = {
      id: crypto.randomUUID(),
      revision: 1,
      token,
      instrument: { code: 'dossier-rating', version: 1 },
      answers: { OVERALL: '5' },
      complete: false,
      respondent: 'self',
      language: 'vi',
      startedAt: new Date().toISOString(),
      sentAt: new Date().toISOString(),
      itemMs: { OVERALL: 1200 },
      withdrawHash: Buffer.from(hash).toString('hex'),
    }
    const first = await callers.call('anonymous', 'POST', '/api/responses', submission)
    expect(first.status).toBe(201)
    await expectDescribed('POST /api/responses', first)
    const again = await callers.call('anonymous', 'GET', `/api/invitations/${token}`)
    await expectDescribed('GET /api/invitations/:token', again)
    const withdrawn = await callers.call('anonymous', 'POST', '/api/withdrawals', { id: submission.id, secret })
    await expectDescribed('POST /api/withdrawals', withdrawn)
  })

  test('a survey, before and after an answer', async () => {
    const { cases } = await openWorldCampaign(world)
    const one = cases[0]!.token
    const path = `/api/surveys/${one}`
    await expectDescribed('GET /api/surveys/:token', await callers.call('anonymous', 'GET', path))
    const first = await callers.call('anonymous', 'POST', '/api/survey-answers', surveyBody(one))
    expect(first.status).toBe(201)
    await expectDescribed('POST /api/survey-answers', first)
    await expectDescribed('GET /api/surveys/:token', await callers.call('anonymous', 'GET', path))
  })

  test('signing in, asking for the session, and signing out', async () => {
    const session = await callers.call('importer', 'GET', '/api/auth/get-session')
    await expectDescribed('GET /api/auth/get-session', session)
    await expectDescribed('POST /api/auth/sign-out', await callers.call('importer', 'POST', '/api/auth/sign-out', {}))
  })
})
