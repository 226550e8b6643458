import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../api/app.ts'
import { networkOf } from '../../api/device.ts'
import { GUESSES_PER_DEVICE_HOUR, GUESSES_PER_HOUR, GUESSES_PER_SOURCE_HOUR } from '../../api/invitations/guess.ts'
import { shortCodes, shortHashes } from '../../api/invitations/short-code.ts'
import { parseTokenKeys } from '../../api/invitations/token.ts'
import { answers } from '../../api/openapi/answers.ts'
import { parseShortCode, SHORT_CODE_LETTERS } from '../../api/core/slip/typed-code.ts'
import type { Page } from '../../web/office/api/types.ts'
import type { SlipChoice } from '../../web/office/slips/queries.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { forgetGuesses, guessTooOften } from '../support/guesses.ts'
import { onPaper } from '../support/printed.ts'
import { testSettings } from '../support/settings.ts'
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
beforeEach(async () => {
  await forgetGuesses(world.sql)
})

async function print(path: string, caller: 'key' | 'importer' = 'key') {
  const response = await callers.call(caller, 'GET', path)
  const html = await response.text()
  expect(response.status, html).toBe(200)
  return { ...onPaper(html), html, response }
}
const printDossier = async (code: string) => {
  const { codes, links } = await print(`/api/dossiers/${code}/slip`)
  return { code: codes[0] ?? '', link: links[0] ?? '', token: links[0]?.split('/r/')[1] ?? '' }
}
const read = (secret: string, headers: Record<string, string> = {}) =>
  callers.app.request(`http://localhost/api/invitations/${encodeURIComponent(secret)}`, { headers })
const answer = (secret: string, id = crypto.randomUUID()) =>
  callers.call('anonymous', 'POST', '/api/responses', {
    id,
    revision: 1,
    token: secret,
    instrument: { code: 'dossier-rating', version: 1 },
    answers: { OVERALL: '4' },
    complete: true,
    respondent: 'self',
    language: 'vi',
    startedAt: new Date().toISOString(),
    sentAt: new Date().toISOString(),
    itemMs: { OVERALL: 1500 },
  })
/** A code of the right form that nobody has. */
const wrongCode = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => SHORT_CODE_LETTERS[byte % 20]).join('')

describe('a slip', () => {
  test('leads by QR code to the dossier’s link, and by code to the same ask', async () => {
    const [{ code: dossier, token } = { code: '', token: '' }] = await world.asks(1)
    const slip = await printDossier(dossier)
    expect(slip.link).toBe(`http://localhost/r/${token}`)
    expect(slip.code).toMatch(/^[2-9CFHJKMNPRTVX]{4}-[2-9CFHJKMNPRTVX]{4}$/)
    for (const typed of [
      slip.code,
      slip.code.toLowerCase(),
      slip.code.replace('-', ''),
      ` ${slip.code.replace('-', ' ')} `,
    ]) {
      const opened = await read(typed)
      expect(opened.status, typed).toBe(200)
      expect(await opened.json()).toMatchObject({ token, state: 'open', unit: { id: world.units['MC-A'] } })
    }
    const byToken = (await (await read(token)).json()) as { show: string[] }
    const byCode = (await (await read(slip.code)).json()) as { show: string[] }
    expect(byCode.show).toEqual(byToken.show)
    expect(byToken).not.toHaveProperty('token')
  })

  test('printed again is the same secret, on whichever paper, alone or among others, also by two at once', async () => {
    const [{ code: dossier } = { code: '' }] = await world.asks(1)
    const prints = await Promise.all(
      ['receipt58', 'receipt80', 'a4', 'a4'].map((format) => print(`/api/dossiers/${dossier}/slip?format=${format}`)),
    )
    const all = await print('/api/slips?limit=200')
    expect(new Set(prints.map(({ codes }) => codes.join())).size).toBe(1)
    expect(new Set(prints.map(({ links }) => links.join())).size).toBe(1)
    expect(all.codes).toContain(prints[0]?.codes[0])
    expect(all.links).toContain(prints[0]?.links[0])
    const [stored] = await world.sql`
      select a.token_hash, a.short_hash from ask a join dossier d on d.tenant_id = a.tenant_id and d.id = a.dossier_id
      where d.code = ${dossier}`
    expect(stored?.short_hash).toHaveLength(16)
    expect(JSON.stringify(stored)).not.toContain(prints[0]?.codes[0])
  })

  test.each([
    ['code', 'token'],
    ['token', 'code'],
    ['code', 'code'],
  ] as const)('answered by its %s cannot be answered again by its %s', async (first, second) => {
    const [{ code: dossier } = { code: '' }] = await world.asks(1)
    const slip = await printDossier(dossier)
    const id = crypto.randomUUID()
    expect((await answer(slip[first], id)).status).toBe(201)
    expect((await answer(slip[second], id)).status).toBe(200)
    const again = await answer(slip[second])
    expect(again.status).toBe(409)
    expect(await again.json()).toMatchObject({ code: 'token_taken' })
    const rows = await world.sql`select id from response where id = ${id}`
    expect(rows).toHaveLength(1)
    expect((await callers.call('key', 'GET', `/api/dossiers/${dossier}/slip`)).status).toBe(404)
  })

  test('has a code of its own even where another ask has the code it would have got', async () => {
    const [one, other] = await world.asks(2)
    const keys = parseTokenKeys(testSettings.TOKEN_KEYS)
    const [ask] = await world.sql<{ id: number }[]>`
      select a.id::int from ask a join dossier d on d.tenant_id = a.tenant_id and d.id = a.dossier_id where d.code = ${one?.code ?? ''}`
    const first = await world.services.db.withTenant(world.tenant.id, async (trx) => {
      const codes = await shortCodes(trx, keys, world.tenant.id, 'ask', [
        { id: ask?.id ?? 0, key_version: 1, short_n: 0 },
      ])
      return codes.get(ask?.id ?? 0) ?? ''
    })
    const [hash] = await shortHashes(keys, world.tenant.id, 'ask', first)
    await world.sql`
      update ask set short_hash = ${Buffer.from(hash ?? [])}, short_n = 0
      from dossier d where d.tenant_id = ask.tenant_id and d.id = ask.dossier_id and d.code = ${other?.code ?? ''}`
    const slip = await printDossier(one?.code ?? '')
    expect(parseShortCode(slip.code)).not.toBe(first)
    expect(slip.code).toBe((await printDossier(one?.code ?? '')).code)
    expect(await (await read(slip.code)).json()).toMatchObject({ token: one?.token })
  })

  test('made under an older key still opens after the keys have changed', async () => {
    const [{ code: dossier, token } = { code: '', token: '' }] = await world.asks(1)
    const { code } = await printDossier(dossier)
    const tokenKeys = parseTokenKeys(`${testSettings.TOKEN_KEYS},2:${'B'.repeat(43)}`)
    const app = createApp(() => ({ ...world.services, tokenKeys }))
    const opened = await app.request(`http://localhost/api/invitations/${code}`)
    expect(await opened.json()).toMatchObject({ token })
  })

  test('that has expired is not printed, and its code is gone', async () => {
    const [{ code: dossier } = { code: '' }] = await world.asks(1)
    const { code } = await printDossier(dossier)
    await world.sql`
      update ask set expires_at = now() - interval '1 minute'
      from dossier d where d.tenant_id = ask.tenant_id and d.id = ask.dossier_id and d.code = ${dossier}`
    const gone = await read(code)
    expect([gone.status, ((await gone.json()) as { code: string }).code]).toEqual([410, 'expired'])
    expect((await callers.call('key', 'GET', `/api/dossiers/${dossier}/slip`)).status).toBe(404)
  })
})

describe('a page of slips', () => {
  test('holds as many as asked for and leads to the next, until each has been printed once', async () => {
    await world.asks(5)
    const wanted = Number(
      (await world.sql`select count(*)::int as n from ask where state = 'open' and expires_at > now()`)[0]?.n,
    )
    const codes: string[] = []
    let path: string | undefined = '/api/slips?limit=2&format=receipt58'
    while (path !== undefined) {
      const { codes: found, response } = await print(path)
      expect(found.length).toBeLessThanOrEqual(2)
      codes.push(...found)
      path = /^<([^>]+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1]
    }
    expect(codes).toHaveLength(wanted)
    expect(new Set(codes).size).toBe(wanted)
  })

  test('is a document that may use its own style and nothing else', async () => {
    const { response } = await print('/api/slips', 'importer')
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("style-src 'unsafe-inline'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect((await read('nothing')).headers.get('content-security-policy')).toContain("style-src 'none'")
  })

  test('can be narrowed to the unit that hands them out and to one kind of event', async () => {
    await world.asks(1, { ma_don_vi: 'SXD', ma_don_vi_tiep_nhan: 'MC-B' })
    const { html, codes } = await print(`/api/slips?unit=${world.units['MC-B']}`)
    expect(codes.length).toBe(1)
    expect(html).toContain('Nơi tiếp nhận: Bộ phận Một cửa xã Tiền Hải')
    expect((await print('/api/slips?event=refused')).codes).toEqual([])
    const later = new Date(Date.now() + 60_000).toISOString()
    expect((await print(`/api/slips?since=${encodeURIComponent(later)}`)).codes).toEqual([])
  })

  const wrong = [
    'format=a5',
    'since=gestern',
    'limit=0',
    'stub=yes',
    'unit=-1',
    'event=x',
    'more=1',
    'since=1200-01-01',
  ]
  const wrongTimes = ['until=2026-02-30', 'since=2026-11-03&until=2026-11-02', 'until=9999-12-31']
  const wrongAsks = ['ask=', 'ask=0', 'ask=1,x', 'ask=1&unit=3', 'ask=1&until=2026-11-02', `ask=${'1,'.repeat(200)}1`]
  test.each([...wrong, ...wrongTimes, ...wrongAsks])('with ?%s is refused', async (query) => {
    expect((await callers.call('key', 'GET', `/api/slips?${query}`)).status).toBe(422)
  })
})

describe('the list of slips that wait', () => {
  async function list(query: string): Promise<Page<SlipChoice> & { text: string }> {
    const response = await callers.call('importer', 'GET', `/api/slips/waiting?${query}`)
    const text = await response.text()
    expect(response.status, text).toBe(200)
    const page = JSON.parse(text) as Page<SlipChoice>
    expect(answers.get('SlipPage')?.parse(page)).toEqual(page)
    return { ...page, text }
  }
  const made = () => world.asks(3, { ma_don_vi: 'SNV' })
  const ofUnit = () => `unit=${world.units['SNV']}`

  test('names dossiers without a secret, and tells which have been printed; only those that are named are printed', async () => {
    const dossiers = await made()
    const before = await list(ofUnit())
    expect(before.items.map(({ dossier, printed }) => [dossier, printed])).toEqual(
      dossiers.map(({ code }) => [code, false]),
    )
    expect(before.items[0]).toMatchObject({ event: 'returned', procedure: { code: '2.000815' } })
    const chosen = [before.items[2]!, before.items[0]!]
    const { codes, links, response } = await print(`/api/slips?ask=${chosen.map(({ ask }) => ask).join()}&format=a4`)
    expect(response.headers.get('slip-count')).toBe('2')
    expect(links).toEqual([0, 2].map((i) => `http://localhost/r/${dossiers[i]!.token}`))
    const after = await list(ofUnit())
    expect(after.items.map(({ printed }) => printed)).toEqual([true, false, true])
    for (const secret of [...codes, ...dossiers.map(({ token }) => token)]) expect(after.text).not.toContain(secret)
    const again = await print(`/api/slips?ask=${chosen[1]!.ask}&format=receipt58`)
    expect([again.codes[0], again.links[0]]).toEqual([codes[0], links[0]])
  })

  test('ends with a day, holds as many as asked for and leads to the next, each once', async () => {
    const late = new Date(Date.now() + 3 * 86_400_000)
    const dayOf = (at: Date) => new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)
    const [dossier] = await world.asks(1, { ma_don_vi: 'SNV' }, late)
    const until = (at: Date) => list(`${ofUnit()}&limit=200&until=${dayOf(at)}`)
    expect((await until(new Date())).items.map((one) => one.dossier)).not.toContain(dossier?.code)
    const all = (await until(late)).items.map(({ ask }) => ask)
    expect((await until(late)).items.map((one) => one.dossier)).toContain(dossier?.code)
    const paged: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page = await list(`${ofUnit()}&limit=1&cursor=${cursor}`)
      expect(page.items.length).toBe(1)
      paged.push(...page.items.map(({ ask }) => ask))
      cursor = page.next
    }
    expect(paged).toEqual(all)
  })

  test('leaves out of a print what has been answered meanwhile, is no dossier’s, or is nobody’s', async () => {
    const [dossier] = await made()
    const [listed] = (await list(`${ofUnit()}&limit=200`)).items.filter((one) => one.dossier === dossier?.code)
    expect((await answer(dossier?.token ?? '')).status).toBe(201)
    const { codes, html } = await print(`/api/slips?ask=${listed?.ask},999999999`)
    expect(codes).toEqual([])
    expect(html).toContain('Không có phiếu nào để in.')
  })
})

describe('guessing codes', () => {
  const device = { 'x-real-ip': '203.0.113.7', 'user-agent': 'guesser' }

  test('a device gets few wrong ones an hour, then no right one either, while links go on', async () => {
    const [{ code: dossier, token } = { code: '', token: '' }] = await world.asks(1)
    const { code } = await printDossier(dossier)
    for (let i = 0; i < GUESSES_PER_DEVICE_HOUR - 1; i += 1) expect((await read(wrongCode(), device)).status).toBe(404)
    // right ones do not count
    for (let i = 0; i < 3; i += 1) expect((await read(code, device)).status).toBe(200)
    expect((await read(wrongCode(), device)).status).toBe(404)
    await world.sql`delete from code_guess where who = ''`
    const refused = await read(code, device)
    expect(refused.status).toBe(429)
    // until the next hour begins
    const waitS = Number(refused.headers.get('retry-after'))
    expect(Math.abs(((Date.now() / 1000 + waitS + 1800) % 3600) - 1800)).toBeLessThan(30)
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
    expect(await refused.json()).toMatchObject({ code: 'rate_limited' })
    expect((await read(token, device)).status).toBe(200)
    expect((await read(code, { ...device, 'x-real-ip': '203.0.113.8' })).status).toBe(200)
  })

  test('a network is an IPv4 address, or the first half of one of IPv6, however it is written', () => {
    expect(
      ['203.0.113.7', '::ffff:203.0.113.7', '::1', '2001:DB8::5', '2001:0db8:0:0:1::5', 'fe80::'].map(networkOf),
    ).toEqual(['203.0.113.7', '203.0.113.7', '0:0:0:0', '2001:db8:0:0', '2001:db8:0:0', 'fe80:0:0:0'])
  })

  /** Guesses that come at once from the networks that `addressOf` gives, each under a browser of its own. */
  async function guess(guesses: number, addressOf: (i: number) => string) {
    // one moment for all, or the hour might end between two
    const now = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 + 600_000)
    const app = createApp(() => ({ ...world.services, now: () => now }))
    const answers = await Promise.all(
      Array.from({ length: guesses }, (_, i) =>
        app.request(`http://localhost/api/invitations/${wrongCode()}`, {
          headers: { 'x-real-ip': addressOf(i), 'user-agent': `browser ${i}` },
        }),
      ),
    )
    const waits = answers.flatMap(({ status, headers }) => (status === 429 ? Number(headers.get('retry-after')) : []))
    return { wrong: answers.filter(({ status }) => status === 404).length, waits }
  }

  test('one network gets some wrong ones an hour, whatever browsers it claims, and stops nobody else', async () => {
    const more = 20
    const { wrong, waits } = await guess(GUESSES_PER_SOURCE_HOUR + more, (i) => `2001:db8:0:7::${i.toString(16)}`)
    expect([wrong, waits.length]).toEqual([GUESSES_PER_SOURCE_HOUR, more])
    expect(waits.every((waitS) => waitS === 3000)).toBe(true)
    expect(await guess(1, () => '2001:db8:0:8::1')).toEqual({ wrong: 1, waits: [] })
    expect(GUESSES_PER_HOUR).toBeGreaterThanOrEqual(10 * GUESSES_PER_SOURCE_HOUR)
  })

  test('all networks together get so many wrong ones an hour, also when they come at once, and again in the next', async () => {
    await guess(1, () => '203.0.113.1')
    await world.sql`update code_guess set n = ${GUESSES_PER_HOUR - 10} where who = ''`
    const { wrong, waits } = await guess(30, (i) => `203.0.113.${i}`)
    expect([wrong, waits]).toEqual([10, Array.from({ length: 20 }, () => 3000)])
    const later = createApp(() => ({ ...world.services, now: () => new Date(Date.now() + 3_600_000) }))
    const reply = await later.request(`http://localhost/api/invitations/${wrongCode()}`, {
      headers: { 'x-real-ip': '203.0.113.1' },
    })
    expect(reply.status).toBe(404)
    // of networks nothing is kept for longer than their hour
    expect(await world.sql`select 1 as one from code_guess where octet_length(who) = 16`).toEqual([{ one: 1 }])
  })

  test('what cannot be a code counts as none', async () => {
    for (let i = 0; i < 2 * GUESSES_PER_DEVICE_HOUR; i += 1) await read('K7PM-2XT', device)
    expect(await world.sql`select * from code_guess`).toEqual([])
    expect((await read(wrongCode(), device)).status).toBe(404)
  })

  test('by answering is limited as well', async () => {
    await guessTooOften(world.sql)
    expect((await answer(wrongCode())).status).toBe(429)
  })
})
