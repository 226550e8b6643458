import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createServices, type Services } from '../../api/services.ts'
import { createApp } from '../../api/app.ts'
import { createAccount } from '../../api/accounts/create.ts'
import { createDatabase } from '../../db/client.ts'
import { loadSample } from '../../db/seeds/sample/load.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { testSettings } from '../support/settings.ts'
import { signIn } from './callers.ts'
import { smallEdition, type Shown, type ShownElement } from './index-world.ts'

let database: TestDatabase
let services: Services
let get: <T>(path: string) => Promise<T>
let post: (
  path: string,
  body: object,
  method?: string,
) => Promise<{ status: number; json: { id: number; sha256: string } }>
let province: number
const quarter = 'from=2025-04&to=2025-06'
const before = { from: '2025-01', to: '2025-03' }

interface Element extends ShownElement {
  parent: string | null
  selection: { lo: number; hi: number; reach: number } | null
  expected: Shown | null
  ownWeight: number | null
  peers: { of: number; median: number | null; group: string | null; places: { lo: number; hi: number } | null }
  gapPoints: number | null
  whatIf: { peerMedian: number | null; worth: number | null } | null
}
interface Page {
  unit: { id: number; kind: string }
  elements: Element[]
  gap: { own: number; reference: number; gap: number } | null
  warnings: string[]
  breaksBefore: string[]
  responseRate: Shown
}

beforeAll(async () => {
  database = await testDatabase('reference')
  services = createServices(
    createDatabase(database.url, { max: 5 }),
    { ...testSettings, SURFACE: 'full' },
    { log: () => undefined, now: () => new Date('2026-07-15T03:00:00Z') },
  )
  const { tenantId } = await loadSample(services.db, { now: services.now(), responses: 9000 })
  const account = { email: 'quan.tri@mau.example', password: 'mat-khau-thu-nghiem' }
  await createAccount(services, { tenantId, name: 'Quản trị', role: 'administrator', ...account })
  const app = createApp(() => services)
  const headers = { Cookie: await signIn(app, account), Origin: 'http://localhost' }
  get = async <T>(path: string) => {
    const response = await app.request(`http://localhost${path}`, { headers })
    const json: unknown = await response.json()
    if (response.status !== 200) throw new Error(`${path}: ${JSON.stringify(json).slice(0, 300)}`)
    return json as T
  }
  post = async (path, body, method = 'POST') => {
    const response = await app.request(`http://localhost${path}`, {
      method,
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, json: (await response.json()) as { id: number; sha256: string } }
  }
  const units = await get<{ items: { parentId: number; validTo: string | null; kind: string }[] }>(
    '/api/units?limit=200',
  )
  province = units.items.find(({ validTo, kind }) => validTo === null && kind === 'department')!.parentId
  const small = '/api/indices/thu/editions/1'
  const copy = await post('/api/indices', { from: { id: 'papi-2021', edition: '2021+' }, id: 'thu', edition: '1' })
  await post(small, { basedOn: copy.json.sha256, definition: smallEdition('thu', '1') }, 'PUT')
  await post(`${small}/publish`, {})
  for (const index of ['pci-like-ratings', 'tt01-2018', 'papi-like-ratings', 'thu'])
    for (const period of [before, { from: '2025-04', to: '2025-06' }]) {
      const edition = index === 'tt01-2018' ? '2018' : '1'
      expect((await post(`/api/indices/${index}/editions/${edition}/runs`, period)).status).toBe(201)
    }
}, 120_000)
afterAll(async () => {
  await services.db.close()
  await database.drop()
})

const page = (unit: number, index = 'pci-like-ratings') =>
  get<Page>(`/api/units/${unit}/scores?index=${index}&${quarter}`)
const shops = async (): Promise<Page[]> => {
  const { items } = await get<{ items: { id: number; validFrom: string | null; validTo: string | null }[] }>(
    '/api/units?kind=one_stop&limit=200',
  )
  const old = items.filter(({ validTo }) => validTo !== null)
  return Promise.all(old.map(({ id }) => page(id, 'thu')))
}
const element = ({ elements }: Page, code: string) => elements.find((one) => one.code === code)!

describe('the index pages of the sample province', () => {
  test('have a total of the province with interval, selection band and coverage, and nothing that is hidden has a number', async () => {
    const found = await page(province)
    const total = element(found, 'PCI-LIKE')
    expect(total.estimate.est).toBeGreaterThan(5)
    expect(total.estimate.est).toBeLessThan(10)
    expect(total.selection!.lo).toBeLessThan(total.estimate.lo!)
    expect(total.selection!.hi).toBeGreaterThan(total.estimate.hi!)
    expect(found.responseRate.est).toBeGreaterThan(0)
    for (const index of ['pci-like-ratings', 'tt01-2018', 'papi-like-ratings'])
      for (const one of (await page(province, index)).elements) {
        if (one.estimate.suppressed === null) continue
        const { est, se, lo, hi } = one.estimate
        expect([est, se, lo, hi, one.expected, one.selection, one.gapPoints]).toEqual(
          Array.from({ length: 7 }, () => null),
        )
        expect(one.indicator?.raw.est ?? null).toBeNull()
        expect(one.whatIf?.worth ?? null).toBeNull()
      }
  })

  test('compare a unit with its kind in three groups and sets of places, never as one place, and by medians of others', async () => {
    const pages = await shops()
    const compared = pages.filter((one) => element(one, 'TOTAL').peers.group !== null)
    expect(compared.length).toBeGreaterThanOrEqual(3)
    for (const one of compared) {
      const { peers, estimate } = element(one, 'TOTAL')
      expect(peers.places!.lo).toBeLessThanOrEqual(peers.places!.hi)
      expect(peers.places!.hi).toBeLessThanOrEqual(peers.of)
      const others = pages.flatMap((other) => {
        const { est } = element(other, 'TOTAL').estimate
        return other === one || est === null ? [] : [est]
      })
      const sorted = others.toSorted((a, b) => a - b)
      const middle = (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
      expect(peers.median).toBeCloseTo(middle, 10)
      expect(estimate.est).not.toBeNull()
    }
  })

  test('say where the points are: the parts of the gap to the peers add up to it', async () => {
    const found = (await shops()).filter(({ gap }) => gap !== null)
    expect(found.length).toBeGreaterThan(0)
    for (const { gap, elements } of found) {
      const indicators = elements.filter(({ kind, gapPoints }) => kind === 'indicator' && gapPoints !== null)
      expect(indicators.reduce((sum, one) => sum + one.gapPoints!, 0)).toBeCloseTo(gap!.gap, 9)
      expect(gap!.reference - gap!.own).toBeCloseTo(gap!.gap, 12)
    }
  })

  test('put beside the value of a small unit what its peers make one expect, and never in its place', async () => {
    const pages = await shops()
    const expected = pages.map((one) => element(one, 'TOTAL')).filter((one) => one.expected !== null)
    expect(expected.length).toBeGreaterThanOrEqual(5)
    for (const { expected: drawn, ownWeight, estimate } of expected) {
      expect(ownWeight).toBeGreaterThan(0)
      expect(ownWeight).toBeLessThan(1)
      expect(estimate.suppressed).toBeNull()
      expect(drawn!.method).toBe('fay_herriot')
    }
  })
})

describe('how a score was computed', () => {
  interface Step {
    code: string
    withheld: string | null
    contribution: number | null
    share: number | null
    estimate: Shown
    indicator: {
      raw: Shown | null
      options: { n: number; value: number | null }[] | null
      weighting: { n: number } | null
    } | null
  }
  const explain = (unit: number, index: string, node = '') =>
    get<{ steps: Step[] }>(`/api/units/${unit}/scores/explain?index=${index}&${quarter}${node}`)

  test('goes from the total down to counts by option, which are those that the score rests on', async () => {
    const { steps } = await explain(province, 'pci-like-ratings')
    const [root, ...indicators] = steps
    expect(indicators.length).toBe(6)
    expect(indicators.reduce((sum, one) => sum + one.contribution!, 0)).toBeCloseTo(root!.estimate.est!, 9)
    expect(indicators.reduce((sum, one) => sum + one.share!, 0)).toBeCloseTo(1, 12)
    for (const { indicator, estimate } of indicators) {
      const n = indicator!.options!.reduce((sum, option) => sum + option.n, 0)
      expect([indicator!.weighting!.n, indicator!.raw!.n, estimate.n]).toEqual([n, n, n])
      const plain = indicator!.options!.reduce((sum, { n: count, value }) => sum + count * value!, 0) / n
      // weights move it, but not far
      expect(Math.abs(plain - indicator!.raw!.est!)).toBeLessThan(0.1)
    }
  })

  test('never tells of fewer than ten answers, nor of anything whose value is not shown, at any unit', async () => {
    const { items } = await get<{ items: { id: number; validTo: string | null }[] }>('/api/units?limit=200')
    let told = 0
    for (const { id } of items.filter(({ validTo }) => validTo !== null))
      for (const index of ['pci-like-ratings', 'tt01-2018', 'papi-like-ratings']) {
        for (const { withheld, indicator, contribution, estimate } of (await explain(id, index)).steps) {
          if (withheld !== null) {
            expect([contribution, indicator?.options ?? null, indicator?.raw ?? null]).toEqual([null, null, null])
            continue
          }
          expect(estimate.est).not.toBeNull()
          const options = indicator?.options ?? null
          if (options === null) continue
          told += 1
          expect(options.reduce((sum, { n }) => sum + n, 0)).toBeGreaterThanOrEqual(30)
        }
      }
    expect(told).toBeGreaterThan(10)
  })

  test('can be asked of one node, with the way up to the total, and of no other', async () => {
    const { steps } = await explain(province, 'papi-like-ratings', '&node=S5.1')
    expect(steps.map(({ code }) => code).slice(0, 2)).toEqual(['D5', 'S5.1'])
    expect(steps.length).toBe(10)
    await expect(explain(province, 'papi-like-ratings', '&node=S9.9')).rejects.toThrow(/not_found/)
  })
})

describe('change between two periods', () => {
  interface Change {
    comparable: boolean
    elements: {
      code: string
      before: Shown
      after: Shown
      change: Shown
      parts: { own: number; mix: number; goalposts: number; weights: number } | null
    }[]
  }

  test('splits into own change, other cases, goalposts and weights that add up, and has an interval', async () => {
    const { comparable, elements } = await get<Change>(
      `/api/units/${province}/scores/change?index=pci-like-ratings&${quarter}`,
    )
    expect(comparable).toBe(true)
    for (const { before: was, after: is, change, parts } of elements) {
      expect(change.est).toBeCloseTo(is.est! - was.est!, 12)
      expect(change.lo).toBeLessThan(change.hi!)
      const { own, mix, goalposts, weights } = parts!
      expect(own + mix + goalposts + weights).toBeCloseTo(change.est!, 9)
      // the goalposts of this edition are fixed, and so are its weights
      expect([goalposts, weights]).toEqual([expect.closeTo(0, 10), expect.closeTo(0, 10)])
      expect(mix).not.toBe(0)
    }
  })

  test('is no number where either period hides its score', async () => {
    const { items } = await get<{ items: { id: number; validTo: string | null }[] }>('/api/units?limit=200')
    let hidden = 0
    for (const { id } of items.filter(({ validTo }) => validTo !== null)) {
      const { elements } = await get<Change>(`/api/units/${id}/scores/change?index=pci-like-ratings&${quarter}`)
      for (const { before: was, after: is, change, parts } of elements) {
        if (was.est !== null && is.est !== null) continue
        hidden += 1
        expect([change.est, change.lo, change.hi, parts]).toEqual([null, null, null, null])
      }
    }
    expect(hidden).toBeGreaterThan(10)
  })
})

describe('firmness and series', () => {
  test('places under other choices are spans, the same each time', async () => {
    const [shop] = (await shops()).filter((one) => element(one, 'TOTAL').peers.group !== null)
    const ask = () =>
      get<{ of: number; weights: { lo: number; hi: number } | null; all: { lo: number; hi: number } | null }>(
        `/api/units/${shop!.unit.id}/scores/sensitivity?index=thu&${quarter}`,
      )
    const found = await ask()
    expect(found.of).toBeGreaterThanOrEqual(3)
    expect(found.all!.lo).toBeLessThanOrEqual(found.weights!.lo)
    expect(found.all!.hi).toBeGreaterThanOrEqual(found.weights!.hi)
    expect(await ask()).toEqual(found)
    expect(Object.keys(found)).not.toContain('place')
  })

  test('a series has a point for each computed period and says where the merger breaks it', async () => {
    expect(
      (await post('/api/indices/pci-like-ratings/editions/1/runs', { from: '2025-07', to: '2025-09' })).status,
    ).toBe(201)
    const { items } = await get<{ items: { from: string; breaks: string[]; estimate: Shown }[] }>(
      `/api/units/${province}/scores/series?index=pci-like-ratings&from=2025-07&to=2025-09`,
    )
    expect(items.map(({ from }) => from)).toEqual(['2025-01', '2025-04', '2025-07'])
    expect(items.map(({ breaks }) => breaks.includes('merger'))).toEqual([false, false, true])
    expect(items.every(({ estimate }) => estimate.est !== null)).toBe(true)
  })
})
