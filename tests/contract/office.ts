import { beforeAll, describe, expect, test } from 'vitest'
import { counted } from '../support/counted.ts'
import type { Setting } from './door.ts'
import { nakedNumbers } from './estimates.ts'
import { client, expectProblem, type Json } from './http.ts'
import { hashOf, submission } from '../support/submission.ts'

const FIGURES = [
  ['satisfaction', 'qd766_5_4_union', 'qd766_5_4_sum', 'tt01_subtotal', 'tt01_grade', 'papi_like_5_1'],
  ['papi_like_5_3', 'papi_like_5_4', 'papi_like_5', 'pci_like'],
].flat()

/** Plain counts, places on a scale and names of rows: everything else that is a number must be an Estimate. */
const PLAIN =
  /(^|\.)(id|counts(\..+)?|needed|scale\.(min|max)|dossiers|answered|steps\.\d+\.values\.\w+|tested|total|unmatched|q|p|n|few\.cells)$/

/** The month before last: nothing is in the future, everything in one period, and what others return "yesterday" in none of it. */
export function answeredMonth(): string {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 2, 1)).toISOString().slice(0, 7)
}

/** Signing in and reading figures: what a department relies on. */
export function officeSuite(of: () => Setting): void {
  const get = (path: string) => of().administrator('GET', path)
  let period = ''

  beforeAll(async () => {
    const month = answeredMonth()
    period = `from=${month}&to=${month}`
    const dates = {
      ngay_tiep_nhan: `${month}-05`,
      ngay_hen_tra: `${month}-12`,
      ma_tthc: '1.004194',
    }
    const answer = async (unit: string, count: number, answers: (i: number) => Record<string, unknown>) => {
      // over five days: what a day has in common is told apart from chance only where there are several
      const asks: { token: string }[] = []
      for (let day = 0; day < 5; day += 1) {
        const line = { ...dates, ngay_tra: `${month}-${String(6 + day).padStart(2, '0')}`, ma_don_vi: unit }
        asks.push(...(await of().world.asks(Math.ceil((count - day) / 5), line)))
      }
      for (const [i, { token }] of asks.entries()) {
        const reply = await of().anyone('POST', '/api/responses', {
          json: submission(token, { answers: answers(i), complete: true }),
        })
        expect(reply.status, reply.text).toBe(201)
      }
    }
    const full = (favourable: boolean) => ({
      OVERALL: favourable ? '5' : '1',
      Q_INFO: favourable ? 'yes' : 'no',
      Q_FEES: { na: true },
    })
    await answer('MC-B', 40, (i) => full(i % 4 > 0))
    await answer('MC-A', 60, (i) => full(i % 12 > 0))
    await answer('SNV', 7, () => ({ OVERALL: '4' }))
    // two units below the display rule hide each other; one alone would hide a third
    await answer('SXD', 7, () => ({ OVERALL: '4' }))
    await counted(of().world.sql, of().door.runJobs)
  })

  describe('who may read', () => {
    const doors = ['/api/me', '/api/units', '/api/periods', '/api/settings', '/api/imports', '/api/invitations']
    test.each([...doors, '/api/units/1/summary', '/api/units/1/weak-spots', '/api/dossiers/changes'])(
      'GET %s is closed to anyone',
      async (path) => {
        expectProblem(await of().anyone('GET', path), 401, 'not_signed_in')
        const guessed = client(of().door.url, { Authorization: `Bearer ln_thu_${'A'.repeat(32)}` })
        expectProblem(await guessed('GET', path), 401, 'not_signed_in', ['ln_thu_'])
      },
    )

    test.each(['/api/periods', '/api/settings', '/api/units/1/summary'])(
      'GET %s is closed to an importer',
      async (path) => expectProblem(await of().importer('GET', path), 403, 'forbidden'),
    )

    test('a change with the cookie of a session must come from our own pages', async () => {
      const json = { inviteEvents: ['returned', 'refused'] }
      for (const origin of ['https://elsewhere.example', 'null', 'http://', 'x'])
        expectProblem(
          await of().administrator('PUT', '/api/settings', { json, headers: { Origin: origin } }),
          403,
          'cross_site',
          ['elsewhere'],
        )
      expect((await of().administrator('PUT', '/api/settings', { json })).json).toEqual(json)
    })

    test('a wrong password does not sign in, and the right one says who one is', async () => {
      const { email } = of().world.administrator
      const wrong = await of().anyone('POST', '/api/auth/sign-in/email', {
        json: { email, password: 'không phải mật khẩu' },
        headers: { Origin: of().door.url },
      })
      expect(wrong.status).toBe(401)
      expect(wrong.headers.getSetCookie()).toEqual([])
      const me = await get('/api/me')
      expect([me.status, me.json]).toEqual([
        200,
        {
          user: { id: expect.any(String), email, name: 'Quản trị' },
          tenant: { name: 'Tỉnh thử', sample: false },
          role: 'administrator',
          province: { id: of().world.units['33'], name: expect.stringMatching(/Hưng Yên/) },
        },
      ])
    })

    test('nobody can sign up', async () => {
      const reply = await of().anyone('POST', '/api/auth/sign-up/email', {
        json: { email: 'ai.do@thu.example', password: 'mat-khau-dai-du-dung', name: 'Ai đó' },
        headers: { Origin: of().door.url },
      })
      expect(reply.status).toBeGreaterThanOrEqual(400)
      expect(reply.status).toBeLessThan(500)
      expect(await of().world.sql`select 1 from "user" where email = 'ai.do@thu.example'`).toEqual([])
    })
  })

  describe('units and periods', () => {
    test('units are listed by name in pages, as a Vietnamese dictionary orders them, and by a part of the name', async () => {
      const names: string[] = []
      let path: string | null = '/api/units?limit=1'
      while (path !== null) {
        const { json }: { json: Json } = await get(path)
        expect(json.items).toHaveLength(1)
        names.push(...json.items.map((unit: Json) => unit.name))
        path = json.next === null ? null : `/api/units?limit=1&cursor=${json.next}`
      }
      expect(names).toEqual([
        'Bộ phận Một cửa phường Phố Hiến',
        'Bộ phận Một cửa xã Tiền Hải',
        'Sở Nội vụ',
        'Sở Xây dựng',
      ])
      const found = await get(`/api/units?q=${encodeURIComponent('xây')}`)
      expect(found.json.items).toEqual([
        {
          id: of().world.units.SXD,
          name: 'Sở Xây dựng',
          kind: 'department',
          parentId: of().world.units['33'],
          validFrom: null,
          validTo: null,
        },
      ])
      expect((await get('/api/units?kind=one_stop')).json.items).toHaveLength(2)
    })

    test('periods are calendar months, quarters and years', async () => {
      const { status, json } = await get('/api/periods')
      expect(status).toBe(200)
      expect(json.items.every((one: Json) => ['month', 'quarter', 'year'].includes(one.kind))).toBe(true)
      expect(json.latest.kind).toBe('quarter')
      expect(json.items.map((one: Json) => `from=${one.from}&to=${one.to}`)).toContain(period)
    })
  })

  describe('figures', () => {
    test('the page of a unit has every figure as an Estimate, and plain counts beside', async () => {
      const { status, json } = await get(`/api/units/${of().world.units['MC-B']}/summary?${period}`)
      expect(status).toBe(200)
      expect(Object.keys(json).sort()).toEqual(
        [
          [
            'asOf',
            'breaks',
            'children',
            'counts',
            'fields',
            'figures',
            'items',
            'period',
            'responseRate',
            'sample',
            'unit',
          ],
        ].flat(),
      )
      expect(json.counts).toMatchObject({ dossiers: 40, finished: 40, invited: 40, answered: 40, early: 40, late: 0 })
      expect(json.figures.map((figure: Json) => figure.code)).toEqual(FIGURES)
      const satisfaction = json.figures[0].estimate
      expect(satisfaction).toMatchObject({ est: 0.75, n: 40, suppressed: null })
      const info = json.items.find((item: Json) => item.item === 'Q_INFO')
      expect(info).toMatchObject({ estimate: { est: 0.75, n: 40 }, counts: { options: [30, 10], na: 0 } })
      const fees = json.items.find((item: Json) => item.item === 'Q_FEES')
      expect(fees).toMatchObject({ estimate: { est: null, suppressed: 'too_few' }, counts: null })
      expect(nakedNumbers(json, PLAIN)).toEqual([])
      expect(json.figures.every((figure: Json) => figure.notes.includes('internal_estimate'))).toBe(true)
    })

    test('the page of the province has its units below it', async () => {
      const { status, json } = await get(`/api/units/${of().world.units['33']}/summary?${period}`)
      expect(status).toBe(200)
      expect(json.counts).toMatchObject({ dossiers: 114, answered: 114 })
      const below = Object.fromEntries(json.children.map((child: Json) => [child.unit.id, child]))
      expect(below[of().world.units['MC-B']]).toMatchObject({ dossiers: 40, answered: 40 })
      expect(below[of().world.units.SNV]).toMatchObject({
        answered: 7,
        satisfaction: { est: null, lo: null, hi: null },
      })
      expect(nakedNumbers(json, PLAIN)).toEqual([])
    })

    test.each(['previous', 'province', 'peers'])(
      'weak spots compared with %s are told with intervals',
      async (compare) => {
        const path = `/api/units/${of().world.units['MC-B']}/weak-spots?${period}&compare=${compare}`
        const { status, json } = await get(path)
        expect(status).toBe(200)
        expect(json).toMatchObject({ compare, q: 0.1, unit: { id: of().world.units['MC-B'] }, next: null })
        expect(nakedNumbers(json, PLAIN)).toEqual([])
        if (compare === 'previous') return expect(json.items).toEqual([])
        expect(json.tested).toBeGreaterThan(0)
        const [spot] = json.items
        expect(spot).toMatchObject({
          item: expect.stringMatching(/^OVERALL$|^Q_INFO$/),
          procedure: { code: '1.004194' },
          restBasis: 'procedure',
          counts: { favourable: 30, valid: 40 },
        })
        expect(spot.shortfall.lo).toBeGreaterThan(0)
        expect(spot.shortfall.lo).toBeLessThan(spot.shortfall.hi)
      },
    )

    test('criteria that people enter are kept, taken back, and limited to 0, 1 and 2', async () => {
      const path = `/api/units/${of().world.units['MC-B']}/criteria?${period}`
      const put = (json: unknown) => of().administrator('PUT', path, { json })
      expect((await put({ C2: 2, C5: 1, C6: 0 })).json).toEqual({ criteria: { C2: 2, C5: 1, C6: 0 } })
      expect((await put({ C5: null })).json).toEqual({ criteria: { C2: 2, C6: 0 } })
      expect((await get(path)).json).toEqual({ criteria: { C2: 2, C6: 0 } })
      expect((await get(`/api/units/${of().world.units['MC-A']}/criteria?${period}`)).json).toEqual({ criteria: {} })
      expectProblem(await get(`/api/units/2147483647/criteria?${period}`), 404, 'not_found')
      expectProblem(await of().importer('GET', path), 403, 'forbidden')
      for (const bad of [{ C2: 3 }, { C2: -1 }, { C2: '1' }, { C1: 1 }, [], null])
        expectProblem(await put(bad), 422, 'invalid_input')
    })

    test.each([
      'from=2026-01&to=2026-02',
      'from=2026-03&to=2026-01',
      'from=2026-13&to=2026-13',
      'from=0000-01&to=0000-01',
      'from=9999-12&to=9999-12',
      'from=2026-01',
      'from=2026-01-01&to=2026-01-31',
      'from=2026-01&to=2026-01&x=1',
      'from=2026-01&from=2026-02&to=2026-01',
    ])('?%s is no period', async (query) => {
      for (const page of ['summary', 'weak-spots'])
        expectProblem(await get(`/api/units/${of().world.units.SXD}/${page}?${query}`), 422, 'invalid_input')
    })

    test('a unit of somebody else, or none, is not found', async () => {
      const [commune] = await of().world.sql`select id from unit where tenant_id is null and kind = 'commune' limit 1`
      for (const id of [commune!['id'], 2147483647])
        expectProblem(await get(`/api/units/${id}/summary?${period}`), 404, 'not_found')
      for (const id of ['0', '-1', '1.5', '2147483648', 'x'])
        expectProblem(await get(`/api/units/${id}/summary?${period}`), 422, 'invalid_input')
    })
  })

  describe('the scheduled tally', () => {
    test('empties what waits; then pages tell of it, and of the moment up to which they do', async () => {
      const { units, sql } = of().world
      const day = new Date(Date.now() + 7 * 3_600_000).toISOString()
      const read = async (page: string) =>
        (await get(`/api/units/${units['33']}/${page}?from=${day.slice(0, 7)}&to=${day.slice(0, 7)}`)).json
      const asks = await of().world.asks(1, { ma_don_vi: 'SXD', ngay_tra: day.slice(0, 10) })
      await counted(sql, of().door.runJobs)
      const before = await read('summary')
      const json = submission(asks[0]!.token, { withdrawHash: hashOf('x') })
      expect((await of().anyone('POST', '/api/responses', { json })).status).toBe(201)
      await counted(sql, of().door.runJobs)
      const after = await read('summary')
      expect(after.counts.answered).toBe(before.counts.answered + 1)
      for (const page of [after, await read('weak-spots')])
        expect(Date.parse(page.asOf)).toBeGreaterThan(Date.parse(before.asOf))
    })
  })
}
