import { beforeAll, describe, expect, test } from 'vitest'
import { smallEdition } from '../api/index-world.ts'
import type { Setting } from './door.ts'
import { nakedNumbers } from './estimates.ts'
import { expectProblem, type Json } from './http.ts'
import { answeredMonth } from './office.ts'

/** Weights, bounds, points and counts stand alone on the pages of an index; an Estimate is whole wherever there is one. */
const ANYWHERE = /./
const HEADER = 'index,edition,year,unit,node,value,low,high,n,source'

/** Editions, runs, scores with their explanation, and published results. Rests on what the office's suite has answered. */
export function indicesSuite(of: () => Setting): void {
  const ask = (method: string, path: string, json?: unknown) =>
    of().administrator(method, path, json === undefined ? {} : { json })
  const get = (path: string) => ask('GET', path)
  const edition = '/api/indices/hop-dong/editions/1'
  const period = { from: answeredMonth(), to: answeredMonth() }
  const query = `index=hop-dong&from=${period.from}&to=${period.to}`
  const scores = (unit: 'MC-A' | 'MC-B' | 'SNV' | '33', door = '') =>
    `/api/units/${of().world.units[unit]}/scores${door}?${query}`
  let run: Json

  /** What may be compared with what is asked: the small edition over three items, of which two are answered. */
  beforeAll(async () => {
    const copied = await ask('POST', '/api/indices', {
      from: { id: 'qd766', edition: '2022' },
      id: 'hop-dong',
      edition: '1',
    })
    expect(copied.status, copied.text).toBe(201)
    const changed = await ask('PUT', edition, {
      basedOn: copied.json.sha256,
      definition: smallEdition('hop-dong', '1'),
    })
    expect(changed.status, changed.text).toBe(200)
    expect((await ask('POST', `${edition}/publish`, {})).json).toMatchObject({ state: 'published' })
    const made = await ask('POST', `${edition}/runs`, period)
    expect(made.status, made.text).toBe(201)
    run = made.json
  })

  describe('indices: who may read', () => {
    test.each([
      '/api/indices',
      '/api/indices/papi-2021/editions/2021+',
      `${edition}/runs`,
      '/api/index-runs/1',
      `/api/units/1/scores?${query}`,
      ...['explain', 'change', 'sensitivity', 'series'].map((door) => `/api/units/1/scores/${door}?${query}`),
      '/api/official-results',
      '/api/official-indices',
      '/api/units/1/official?official=papi&node=D5',
      '/api/indices/hop-dong/agreement?official=papi&node=D5',
      '/api/hard-figures',
    ])('GET %s is closed to anyone and to importers', async (path) => {
      expectProblem(await of().anyone('GET', path), 401, 'not_signed_in')
      expectProblem(await of().importer('GET', path), 403, 'forbidden')
    })
  })

  describe('editions', () => {
    test('the shipped ones are listed beside one’s own, in pages', async () => {
      const seen: string[] = []
      let path: string | null = '/api/indices?limit=3'
      while (path !== null) {
        const { status, json }: { status: number; json: Json } = await get(path)
        expect(status).toBe(200)
        seen.push(...json.items.map((one: Json) => `${one.id} ${one.edition}`))
        path = json.next === null ? null : `/api/indices?limit=3&cursor=${json.next}`
      }
      expect(seen).toEqual(expect.arrayContaining(['papi-2021 2021+', 'tt01-2018 2018', 'hop-dong 1']))
      expect(new Set(seen).size).toBe(seen.length)
    })

    test('a draft is refused with the paths of its faults; what is published is never changed again', async () => {
      const draft = '/api/indices/hop-dong/editions/2'
      const copied = await ask('POST', '/api/indices', {
        from: { id: 'hop-dong', edition: '1' },
        id: 'hop-dong',
        edition: '2',
      })
      expect([copied.status, copied.json.state]).toEqual([201, 'draft'])
      const definition = smallEdition('hop-dong', '2') as Json
      definition.indicators[1].parent = 'NOWHERE'
      const faulty = await ask('PUT', draft, { basedOn: copied.json.sha256, definition })
      expectProblem(faulty, 422, 'invalid_input')
      expect(faulty.json.issues[0].path).toMatch(/indicators\.1\.parent/)
      expect((await ask('POST', `${draft}/discard`, {})).json).toEqual({ discarded: true })
      const late = { basedOn: copied.json.sha256, definition: smallEdition('hop-dong', '1') }
      expectProblem(await ask('PUT', edition, late), 409, 'wrong_state')
      const large = { basedOn: copied.json.sha256, definition: { x: 'x'.repeat(1_100_000) } }
      expectProblem(await ask('PUT', edition, large), 413, 'too_large')
    })
  })

  describe('scores', () => {
    test('a run says what it rests on, and computing it again gives the same digits', async () => {
      expect(run.definitionSha256).toMatch(/^[0-9a-f]{64}$/)
      expect((await get(`/api/index-runs/${run.id}`)).json).toEqual(run)
      const { indicators: _indicators, label: _label, ...listed } = run
      expect((await get(`${edition}/runs?limit=1`)).json.items).toEqual([listed])
      expect((await ask('POST', `/api/index-runs/${run.id}/rerun`, {})).json).toMatchObject({
        same: true,
        differences: [],
      })
    })

    test('every node of a unit is an Estimate with its interval, and the total counts every unit', async () => {
      const { status, json } = await get(scores('MC-B'))
      expect(status).toBe(200)
      const at = (page: Json, code: string) => page.elements.find((one: Json) => one.code === code)
      expect(at(json, 'G1').estimate).toMatchObject({ est: 75, n: 40, suppressed: null })
      expect(at(json, 'I2').estimate).toMatchObject({ est: null, n: 0, suppressed: 'too_few' })
      expect(at(json, 'TOTAL').estimate.lo).toBeLessThan(75)
      expect(json.warnings).toContain('internal_estimate')
      expect(nakedNumbers(json, ANYWHERE)).toEqual([])
      const province = (await get(scores('33'))).json
      expect(at(province, 'G1').estimate.n).toBe(114)
      expect(nakedNumbers(province, ANYWHERE)).toEqual([])
    })

    test('what is hidden has no number at any door', async () => {
      const page = (await get(scores('SNV'))).json
      expect(page.elements.map((one: Json) => one.estimate.est)).toEqual(page.elements.map(() => null))
      for (const door of ['/explain', '/sensitivity', '/series'])
        for (const estimate of estimatesOf((await get(scores('SNV', door))).json))
          expect([door, estimate.est, estimate.lo]).toEqual([door, null, null])
    })

    test('a score is explained down to counts, and what was not computed is told as such', async () => {
      const { status, json } = await get(`${scores('MC-A', '/explain')}&node=G1`)
      expect(status).toBe(200)
      expect(nakedNumbers(json, ANYWHERE)).toEqual([])
      expect(estimatesOf(json).some(({ n }) => n === 60)).toBe(true)
      expectProblem(await get(`${scores('MC-A', '/explain')}&node=NOWHERE`), 404, 'not_found')
      expectProblem(await get(scores('MC-A', '/change')), 404, 'no_run')
      for (const door of ['/sensitivity', '/series']) expect((await get(scores('MC-A', door))).status).toBe(200)
      const other = `/api/units/${of().world.units['MC-A']}/scores?index=hop-dong&from=2019-01&to=2019-01`
      expectProblem(await get(other), 404, 'no_run')
    })
  })

  describe('published results', () => {
    const send = (path: string, lines: readonly string[]) =>
      of().administrator('POST', path, { body: lines.join('\n'), headers: { 'Content-Type': 'text/csv' } })

    test('are read once, told with line and column where they are wrong, and compared with care', async () => {
      const lines = [HEADER, 'papi,2021+,2023,Hưng Yên,D5,7.3,,,,x', 'papi,2021+,2023,Thái Bình,D5,,,,,x']
      expect((await send('/api/official-results', lines)).json).toMatchObject({ created: 1, missing: 1, rejected: 0 })
      expect((await send('/api/official-results', lines)).json).toMatchObject({ created: 0, unchanged: 1 })
      const wrong = await send('/api/official-results', [HEADER, 'papi,2021+,2023,Hưng Yên,D5,"7,3",,,,x'])
      expect(wrong.json).toMatchObject({
        rejected: 1,
        issues: [{ line: 2, column: 'value', code: 'decimal_comma' }],
      })
      const series = await get(`/api/units/${of().world.units['33']}/official?official=papi&node=D5`)
      expect(series.json.items.find((one: Json) => one.year === 2023)).toMatchObject({ estimated: true })
      const agreement = await get('/api/indices/hop-dong/agreement?official=papi&node=TOTAL&officialNode=D5')
      expect(agreement.status, agreement.text).toBe(200)
      expectProblem(await send('/api/official-results', ['']), 422, 'invalid_file')
    })

    test('hard figures are read the same way', async () => {
      const lines = ['code,unit,period,value,source', 'population,Hưng Yên,2023,1300000,x']
      expect((await send('/api/hard-figures', lines)).json).toMatchObject({ created: 1, rejected: 0 })
      expect((await send('/api/hard-figures', lines)).json).toMatchObject({ created: 0, unchanged: 1 })
      const { items } = (await get('/api/hard-figures?code=population')).json
      expect(items).toMatchObject([{ code: 'population', from: '2023-01', to: '2023-12' }])
    })
  })
}

function estimatesOf(value: Json): Json[] {
  if (typeof value !== 'object' || value === null) return []
  if ('est' in value) return [value]
  return Object.values(value).flatMap(estimatesOf)
}
