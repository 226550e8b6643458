import { afterAll, beforeAll, expect, test } from 'vitest'
import { printLetters, type Printing } from '../../api/campaigns/letters.ts'
import { findCase } from '../../api/campaigns/secret.ts'
import { parseShortCode } from '../../api/core/slip/typed-code.ts'
import { shortHashes } from '../../api/invitations/short-code.ts'
import { parseTokenKeys } from '../../api/invitations/token.ts'
import { answers } from '../../api/openapi/answers.ts'
import '../../api/openapi/campaign-answers.ts'
import '../../api/openapi/paper-operations.ts'
import { firms, FRAME_DESIGN, openWorldCampaign } from '../support/campaign.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { onPaper } from '../support/printed.ts'
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
  await world?.stop()
  await database?.drop()
})

// oxlint-disable-next-line typescript/no-explicit-any
type Json = any
const today = () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
const print = async (id: number, query: string) => {
  const response = await callers.call('administrator', 'GET', `/api/campaigns/${id}/letters?${query}`)
  const html = await response.text()
  expect(response.status, html).toBe(200)
  return { ...onPaper(html), html, response }
}
const ask = async (method: string, path: string, body?: unknown) => {
  const response = await callers.call('administrator', method, path, body)
  return { status: response.status, json: (await response.json()) as Json }
}

test('invitations lead by QR code and by typed code to the very case, with its name and address', async () => {
  const { id, cases } = await openWorldCampaign(world)
  const first = await print(id, 'kind=invitation&limit=12')
  const link = first.response.headers.get('link') ?? ''
  expect(first.response.headers.get('content-security-policy')).toContain("style-src 'unsafe-inline'")
  const next = /<[^?]*\?([^>]+)>; rel="next"/.exec(link)?.[1] ?? ''
  const rest = await print(id, next)
  expect(rest.response.headers.get('link')).toBe(null)
  expect([...first.links, ...rest.links]).toEqual(cases.map(({ token }) => `http://localhost/s/${token}`))
  expect(new Set([...first.codes, ...rest.codes]).size).toBe(cases.length)
  expect(await findCase(world.services, first.codes[0]!, null)).toMatchObject({
    token: cases[0]!.token,
    found: { id: cases[0]!.id },
  })
  const firm = Number(cases[0]!.code.slice(2))
  const [letter] = first.html.split('</section>')
  expect(letter).toContain(`Công ty Sao Mai ${firm}</p>`)
  expect(letter).toContain(`Số ${firm} ngõ Hoa Phượng Tím`)
  expect(letter).toContain(`Mã doanh nghiệp: <b>${cases[0]!.code}</b>`)
  expect(first.html).not.toMatch(/<script|<link|<img|src=|url\(|https?:/)
  const again = await print(id, 'kind=invitation&limit=12')
  expect([again.links, again.codes]).toEqual([first.links, first.codes])
  const envelopes = await print(id, 'kind=envelope&format=c5&limit=200')
  expect(envelopes.html).toContain('@page{size:229mm 162mm')
  expect(envelopes.html.match(/class="envelope"/g)).toHaveLength(cases.length)
  expect(envelopes.codes).toEqual([])
  const { json: log } = await ask('GET', `/api/campaigns/${id}/events?limit=4`)
  expect(log.items.map((one: Json) => [one.action, one.by, one.detail])).toEqual([
    ['letters_printed', 'Quản trị', { kind: 'envelope', printed: cases.length }],
    ['letters_printed', 'Quản trị', { kind: 'invitation', printed: 12 }],
    ['letters_printed', 'Quản trị', { kind: 'invitation', printed: cases.length - 12 }],
    ['letters_printed', 'Quản trị', { kind: 'invitation', printed: 12 }],
  ])
})

test('a reminder goes to whoever got an invitation and has not answered, refused or turned out not to belong', async () => {
  const { id, cases } = await openWorldCampaign(world)
  const path = `/api/campaigns/${id}/mailings`
  const waiting = async (query = '') => {
    const { json } = await ask('GET', path + query)
    expect(answers.get('WaitingLetters')?.parse(json)).toEqual(json)
    return [json.invitation.cases, json.reminder.cases]
  }
  expect(await waiting()).toEqual([20, 0])
  const sent = (kind: string, sentOn: string) => ask('POST', path, { kind, sentOn })
  expect((await sent('invitation', '2031-01-01')).json.issues).toEqual([{ path: 'sentOn', code: 'in_future' }])
  expect((await sent('invitation', '2020-01-01')).json.issues).toEqual([{ path: 'sentOn', code: 'before_opening' }])
  expect((await sent('invitation', today())).json).toEqual({ sent: 20 })
  expect((await sent('invitation', today())).json).toEqual({ sent: 0 })
  // nobody is reminded on the day of the invitation
  expect(await waiting()).toEqual([0, 0])
  expect(await waiting('?again=1')).toEqual([20, 20])
  await world.sql`
    update survey_case set last_letter_at = last_letter_at - interval '9 days' where campaign_id = ${id}`
  const [answered, refused, moved, reached] = cases
  await world.sql`update survey_case set state = 'complete' where id = ${answered!.id}`
  for (const [one, disposition] of [
    [refused, 'refused'],
    [moved, 'ineligible'],
    [reached, 'reached'],
  ] as const)
    await ask('PUT', `/api/campaigns/${id}/cases/${one!.id}/disposition`, { disposition })
  expect(await waiting()).toEqual([0, 17])
  const reminders = await print(id, 'kind=reminder&limit=200')
  expect(reminders.links).toEqual(
    cases.filter((one) => ![answered, refused, moved].includes(one)).map((one) => `http://localhost/s/${one.token}`),
  )
  expect(reminders.html).toContain('Thư nhắc')
  expect((await sent('reminder', today())).json).toEqual({ sent: 17 })
  expect((await sent('reminder', today())).json).toEqual({ sent: 0 })
  const events = await ask('GET', `/api/campaigns/${id}/events`)
  expect(
    events.json.items.filter((one: Json) => one.action === 'letters_sent').map((one: Json) => one.detail.sent),
  ).toEqual([17, 20])
})

test('without contacts a letter carries the code of the firm alone', async () => {
  const { id, cases } = await openWorldCampaign(world, { input: { design: { ...FRAME_DESIGN, contacts: null } } })
  const { html, links } = await print(id, 'kind=invitation&limit=1')
  expect(links).toHaveLength(1)
  expect(html).toContain(`Mã doanh nghiệp: <b>${cases[0]!.code}</b>`)
  expect(html).not.toContain('Sao Mai')
  expect(html).not.toContain('class="to-word"')
})

test('every case has its paper form in one of the documents that are listed, page by page; a blank one can be of each form', async () => {
  const allocation = { kind: 'proportional' as const, total: 410, minimum: 2 }
  const { id, cases } = await openWorldCampaign(world, {
    input: { design: { ...FRAME_DESIGN, allocation } },
    lines: firms(450),
  })
  const path = `/api/campaigns/${id}/paper-forms`
  const list = async (query: string) => {
    const { json } = await ask('GET', `${path}?${query}`)
    expect(answers.get('PaperForms')?.parse(json)).toEqual(json)
    return json
  }
  const whole = await list('')
  expect([whole.state, whole.forms, whole.next]).toEqual(['open', ['A', 'B'], null])
  expect(whole.items.map((one: Json) => one.cases)).toEqual([200, 200, cases.length - 400])
  const paged: Json[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Json = await list(`limit=1&cursor=${cursor}`)
    paged.push(...page.items)
    cursor = page.next
  }
  expect(paged).toEqual(whole.items)
  const last = await callers.call(
    'administrator',
    'GET',
    `/api/campaigns/${id}/paper-form?kind=cases&limit=200&cursor=${whole.items[2].cursor}`,
  )
  expect(onPaper(await last.text()).links).toEqual(cases.slice(400).map(({ token }) => `http://localhost/s/${token}`))
  await ask('POST', `/api/campaigns/${id}/close`, {})
  expect(await list('')).toMatchObject({ state: 'closed', items: [], next: null })
})

test('letters need an open campaign, and the key of its contacts', async () => {
  const { id } = await openWorldCampaign(world)
  const by = { tenantId: world.tenant.id, actor: 'test' }
  const printing: Printing = {
    kind: 'invitation',
    to: 'invitation',
    format: 'dl',
    again: false,
    cursor: undefined,
    limit: 5,
    origin: 'http://localhost',
  }
  for (const contactKeys of [null, parseTokenKeys(`1:${'D'.repeat(43)}`)])
    await expect(printLetters({ ...world.services, contactKeys }, by, id, printing)).rejects.toMatchObject({
      code: 'contact_key_missing',
    })
  await ask('POST', `/api/campaigns/${id}/close`, {})
  const closed = await callers.call('administrator', 'GET', `/api/campaigns/${id}/letters?kind=invitation`)
  expect([closed.status, ((await closed.json()) as Json).code]).toEqual([409, 'wrong_state'])
})

test('a code on a letter is never the code of a rating slip, whatever would come out', async () => {
  const { id, cases } = await openWorldCampaign(world)
  const [letter] = (await print(id, 'kind=invitation&limit=1')).codes
  // a slip has the code that the case would have got
  const [hash] = shortHashes(world.services.tokenKeys, world.tenant.id, 'ask', parseShortCode(letter!) ?? '')
  const [slip] = await world.asks(1)
  await world.sql`
    update ask set short_hash = ${Buffer.from(hash!)}, short_n = 0 from dossier d
    where d.tenant_id = ask.tenant_id and d.id = ask.dossier_id and d.code = ${slip!.code}`
  await world.sql`update survey_case set short_hash = null, short_n = null where id = ${cases[0]!.id}`
  const [other] = (await print(id, 'kind=invitation&limit=1')).codes
  expect(other).not.toBe(letter)
  expect(await findCase(world.services, other!, null)).toMatchObject({ found: { id: cases[0]!.id } })
  await expect(findCase(world.services, letter!, null)).rejects.toMatchObject({ code: 'rating_code' })
})
