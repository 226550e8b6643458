import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answers as described } from '../../api/openapi/answers.ts'
import '../../api/openapi/index-answers.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
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
  await world.stop()
  await database.drop()
})

const header = 'index,edition,year,unit,node,value,low,high,n,source'
const send = async (path: string, lines: readonly string[], type = 'text/csv') => {
  const response = await callers.app.request(`http://localhost${path}`, {
    method: 'POST',
    headers: { ...callers.headers.administrator, 'Content-Type': type },
    body: lines.join('\n'),
  })
  return { status: response.status, json: (await response.json()) as Record<string, unknown> }
}
const get = async <T>(path: string, name: string): Promise<T> => {
  const response = await callers.call('administrator', 'GET', path)
  const json: unknown = await response.json()
  expect(response.status, JSON.stringify(json)).toBe(200)
  expect(described.get(name)?.parse(json)).toEqual(json)
  return json as T
}
interface Series {
  carriedBy: string | null
  items: { year: number; value: number | null; estimated: boolean; breaks: string[]; parts: object[] }[]
}
const series = (more = '') =>
  get<Series>(`/api/units/${world.units['33']}/official?official=papi&node=D5${more}`, 'OfficialSeries')

/** Published values of PAPI's dimension 5, papi.org.vn. */
const RESULTS = [
  'papi,2019–2020,2020,Hưng Yên,D5,7.0,,,,papi.org.vn',
  'papi,2019–2020,2020,Thái Bình,D5,7.4,,,,papi.org.vn',
  'papi,2021+,2021,Hưng Yên,D5,7.2,7.0,7.4,200,papi.org.vn',
  'papi,2021+,2021,Thái Bình,D5,7.1,,,,papi.org.vn',
  'papi,2021+,2023,Hưng Yên,D5,7.3,,,,papi.org.vn',
  'papi,2021+,2023,Thái Bình,D5,,,,,papi.org.vn',
  'papi,2021+,2025,Hưng Yên,D5,7.5,7.2,7.8,400,papi.org.vn',
]

describe('published results of indices', () => {
  test('are imported through the door, the same file again changes nothing, and faults have line and column', async () => {
    const first = await send('/api/official-results', [header, ...RESULTS])
    expect(first.status, JSON.stringify(first.json)).toBe(200)
    expect(described.get('FigureImportReport')?.parse(first.json)).toEqual(first.json)
    expect(first.json).toMatchObject({
      rows: 7,
      created: 6,
      updated: 0,
      unchanged: 0,
      missing: 1,
      rejected: 0,
      issues: [],
    })
    const again = await send('/api/official-results', [header, ...RESULTS])
    expect(again.json).toMatchObject({ created: 0, updated: 0, unchanged: 6, missing: 1 })
    const mended = await send('/api/official-results', [
      header,
      RESULTS[0]!.replace('7.0', '7.05'),
      'papi,2021+,2024,Atlantis,D5,7,,,,x',
      'papi,2021+,2024,Hà Nội,D5,"7,1",,,,x',
      'papi,2021+,2023,Hà Nội,D5,-400,,,,x',
      'papi,2021+,2025,Thái Bình,D5,7,,,,x',
    ])
    expect(mended.json).toMatchObject({
      updated: 1,
      rejected: 4,
      issues: [
        { line: 3, column: 'unit', code: 'unknown_unit' },
        { line: 4, column: 'value', code: 'decimal_comma' },
        { line: 5, column: 'value', code: 'outside_range' },
        { line: 6, column: 'unit', code: 'unknown_unit' },
      ],
    })
    expect(JSON.stringify(mended.json)).not.toContain('Atlantis')
    await send('/api/official-results', [header, RESULTS[0]!])
  })

  test('a file that is no table, or lacks columns, or has another media type is refused with its reason', async () => {
    expect((await send('/api/official-results', ['index,year', 'a,2024'])).json).toMatchObject({
      code: 'invalid_file',
      issues: expect.arrayContaining([{ path: 'value', code: 'missing_column' }]) as unknown,
    })
    expect((await send('/api/official-results', [header, 'papi,2021+'])).json).toMatchObject({
      code: 'invalid_file',
      issues: [{ path: 'line 2', code: 'too_few_cells' }],
    })
    expect((await send('/api/official-results', [header], 'application/pdf')).status).toBe(415)
    expect((await callers.call('importer', 'POST', '/api/official-results', {})).status).toBe(403)
  })

  test('the new province’s years before the merger are its predecessors’, marked as estimated, and breaks are visible', async () => {
    const { items, carriedBy } = await series()
    expect(carriedBy).toBe('equal')
    expect(items.map(({ year, value, estimated, breaks }) => [year, value, estimated, breaks])).toEqual([
      [2020, 7.2, true, []],
      [2021, expect.closeTo(7.15, 10), true, ['edition']],
      [2023, null, true, []],
      [2025, 7.5, false, ['units']],
    ])
  })

  test('populations, once imported, are the weights', async () => {
    const figures = [
      'code,unit,period,value,source',
      'population,Hưng Yên,2023,1300000,gso',
      'population,Thái Bình,2023,1900000,gso',
    ]
    const stored = await send('/api/hard-figures', figures)
    expect(stored.json, JSON.stringify(stored.json)).toMatchObject({ created: 2, rejected: 0 })
    expect((await send('/api/hard-figures', figures)).json).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
    const outside = ['code,unit,period,value,n,source', 'qd766.PUBLISH_ON_TIME,Hưng Yên,2026-Q2,-50,10,x']
    expect((await send('/api/hard-figures', outside)).json).toMatchObject({
      created: 0,
      rejected: 1,
      issues: [{ line: 2, column: 'value', code: 'outside_range' }],
    })
    const { items, carriedBy } = await series()
    expect(carriedBy).toBe('population')
    expect(items[0]?.value).toBeCloseTo((1.3 * 7.0 + 1.9 * 7.4) / 3.2, 10)
    const list = await get<{ items: { code: string; from: string; to: string }[] }>(
      '/api/hard-figures',
      'HardFigurePage',
    )
    expect(list.items).toMatchObject([{ code: 'population', from: '2023-01', to: '2023-12' }, {}])
  })

  test('are listed in pages, and by what was imported', async () => {
    const seen: object[] = []
    for (let path: string | null = '/api/official-results?limit=4&index=papi'; path !== null;) {
      const page: { items: object[]; next: string | null } = await get(path, 'OfficialResultPage')
      seen.push(...page.items)
      path = page.next === null ? null : `/api/official-results?limit=4&index=papi&cursor=${page.next}`
    }
    expect(seen.length).toBe(6)
    expect(await get('/api/official-indices', 'OfficialIndices')).toMatchObject({
      items: [
        { index: 'papi', edition: '2019–2020', fromYear: 2020, toYear: 2020, units: 2, nodes: ['D5'] },
        { index: 'papi', edition: '2021+', fromYear: 2021, toYear: 2025, units: 2, nodes: ['D5'] },
      ],
    })
  })
})

describe('our approximation beside the published index', () => {
  test('one province alone cannot be calibrated, and the parts that we can see are told', async () => {
    const found = await get<{
      calibratable: boolean
      reason: string | null
      pairs: object[]
      coverage: { seen: number; of: number; parts: { code: string; seen: boolean }[] } | null
    }>('/api/indices/papi-like-ratings/agreement?official=papi&node=D5', 'IndexAgreement')
    expect(found).toMatchObject({ calibratable: false, reason: 'too_few_units', pairs: [] })
    const year = new Date().getUTCFullYear() - 1
    const dates = { ngay_tiep_nhan: `${year}-03-02`, ngay_hen_tra: `${year}-03-09`, ngay_tra: `${year}-03-05` }
    await world.bring([world.line(dates)])
    const made = await callers.call('administrator', 'POST', '/api/indices/papi-like-ratings/editions/1/runs', {
      from: `${year}-01`,
      to: `${year}-12`,
    })
    expect(made.status, await made.text()).toBe(201)
    const again = await get<typeof found>(
      '/api/indices/papi-like-ratings/agreement?official=papi&node=D5',
      'IndexAgreement',
    )
    expect(again.coverage?.parts.filter(({ seen }) => seen).map(({ code }) => code)).toEqual([
      'D5',
      'S5.1',
      'S5.3',
      'S5.4',
    ])
    expect(again.coverage?.of).toBe(36)
    const beside = await series('&index=papi-like-ratings')
    expect(beside).toMatchObject({ estimates: [{ year, estimate: { est: null, suppressed: 'too_few' } }] })
  })
})
