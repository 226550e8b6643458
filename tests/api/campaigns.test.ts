import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findCase } from '../../api/campaigns/secret.ts'
import { runCampaigns } from '../../api/campaigns/open.ts'
import { pseudonymOf } from '../../api/surveys/case.ts'
import { answers } from '../../api/openapi/answers.ts'
import '../../api/openapi/campaign-answers.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { campaignInput, casesOf, firms, FRAME_DESIGN, openWorldCampaign } from '../support/campaign.ts'
import { buildWorld, csvOf, type World } from '../support/world.ts'
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
const ask = async (method: string, path: string, body?: unknown) => {
  const response = await callers.call('administrator', method, path, body)
  return { status: response.status, json: (await response.json()) as Json }
}
const sendFrame = async (id: number, text: string | Uint8Array<ArrayBuffer>) => {
  const response = await callers.app.request(`http://localhost/api/campaigns/${id}/frame`, {
    method: 'POST',
    headers: { ...callers.headers.administrator, 'Content-Type': 'text/csv' },
    body: text,
  })
  return { status: response.status, json: (await response.json()) as Json }
}
const draft = async (given: Partial<Parameters<typeof campaignInput>[0]> = {}): Promise<Json> => {
  const { status, json } = await ask('POST', '/api/campaigns', campaignInput(given))
  expect(status, JSON.stringify(json)).toBe(201)
  return json
}
/** A change of what a campaign is, with everything else as it is. */
const changeOf = ({ revision, ...campaign }: Json, change: object) => {
  const { title, questionnaire, opensOn, closesOn, fromMonth, toMonth, design } = campaign
  const quotas = campaign.quotas.map(({ taken: _taken, ...quota }: Json) => quota)
  return { basedOn: revision, title, questionnaire, opensOn, closesOn, fromMonth, toMonth, design, quotas, ...change }
}

describe('a draft', () => {
  test('is made once for each request, and takes a shipped questionnaire over', async () => {
    const input = campaignInput()
    const made = await ask('POST', '/api/campaigns', input)
    expect(made.status).toBe(201)
    expect(answers.get('Campaign')?.parse(made.json)).toEqual(made.json)
    expect(made.json).toMatchObject({ state: 'draft', population: 'business', revision: 1, frame: null, sample: null })
    const again = await ask('POST', '/api/campaigns', input)
    expect([again.status, again.json.id]).toEqual([200, made.json.id])
    const other = await ask('POST', '/api/campaigns', { ...input, title: 'Khác' })
    expect([other.status, other.json.code]).toEqual([409, 'id_taken'])
    const stored = await world.sql`select state from questionnaire where code = 'business-survey' and version = 1`
    expect(stored).toEqual([{ state: 'published' }])
    const { json } = await ask('GET', '/api/campaigns/questionnaires')
    expect(answers.get('CampaignQuestionnaires')?.parse(json)).toEqual(json)
    const find = (code: string) => json.items.find((one: Json) => one.code === code)
    expect([find('business-survey').shipped, find('ddci-form').shipped]).toEqual([false, true])
  })

  test('is changed from the revision that its writer saw, and not otherwise', async () => {
    const campaign = await draft()
    const path = `/api/campaigns/${campaign.id}`
    const change = changeOf(campaign, {
      title: 'Tên mới',
      quotas: [{ attribute: '', value: 'TNHH | Dưới 10 lao động', most: 5 }],
    })
    const changed = await ask('PUT', path, change)
    expect([changed.status, changed.json.revision, changed.json.title]).toEqual([200, 2, 'Tên mới'])
    // sent again because the answer was lost
    expect((await ask('PUT', path, change)).json).toEqual(changed.json)
    const stale = await ask('PUT', path, { ...change, title: 'Của người khác' })
    expect([stale.status, stale.json.code]).toEqual([409, 'stale_campaign'])
  })

  test.each([
    [{ opensOn: '2026-12-02', closesOn: '2026-12-01' }, 'closesOn', 'before_opening'],
    [{ fromMonth: '2026-12', toMonth: '2026-11' }, 'toMonth', 'before_first'],
    [{ questionnaire: { code: 'none', version: 1 } }, 'questionnaire', 'unknown_questionnaire'],
    [{ quotas: [{ attribute: 'Mã số thuế', value: 'x', most: 1 }] }, 'quotas.0.attribute', 'unknown_attribute'],
    [{ design: { ...FRAME_DESIGN, perUnit: 5 } }, 'design.columns.psu', 'psu_needed'],
    [
      { design: { ...FRAME_DESIGN, columns: { ...FRAME_DESIGN.columns, attributes: ['Địa chỉ'] } } },
      'design.columns',
      'attribute_is_contact',
    ],
    [
      { design: { ...FRAME_DESIGN, columns: { ...FRAME_DESIGN.columns, strata: ['Mã số thuế'] } } },
      'design.columns',
      'code_is_class',
    ],
    // as headers are read, without accents, case and blanks
    [
      { design: { ...FRAME_DESIGN, columns: { ...FRAME_DESIGN.columns, attributes: ['DIA_CHI'] } } },
      'design.columns',
      'attribute_is_contact',
    ],
    [
      { design: { ...FRAME_DESIGN, columns: { ...FRAME_DESIGN.columns, commune: 'địa chỉ' } } },
      'design.columns',
      'attribute_is_contact',
    ],
    [
      { design: { ...FRAME_DESIGN, columns: { ...FRAME_DESIGN.columns, size: 'Tên  doanh nghiệp' } } },
      'design.columns',
      'attribute_is_contact',
    ],
    [
      { design: { ...FRAME_DESIGN, columns: { ...FRAME_DESIGN.columns, strata: ['ten doanh nghiep'] } } },
      'design.columns',
      'attribute_is_contact',
    ],
    [
      { design: { ...FRAME_DESIGN, perUnit: 2, columns: { ...FRAME_DESIGN.columns, psu: 'ma so thue' } } },
      'design.columns',
      'code_is_class',
    ],
  ])('with %j is refused at %s', async (given, path, code) => {
    const { status, json } = await ask('POST', '/api/campaigns', { ...campaignInput(), ...given })
    expect([status, json.code, json.issues]).toEqual([422, 'invalid_input', [{ path, code }]])
  })
})

describe('a frame', () => {
  test('is read whole, counted by strata, and hashed without regard to the order of its rows', async () => {
    const campaign = await draft()
    const first = await sendFrame(campaign.id, csvOf(firms(60)))
    expect(first.status, JSON.stringify(first.json)).toBe(200)
    expect(answers.get('FrameReport')?.parse(first.json)).toEqual(first.json)
    expect(first.json).toMatchObject({
      stored: true,
      rows: 60,
      strata: 4,
      contacts: 60,
      issues: [],
      ignoredColumns: [],
    })
    const turned = await sendFrame(campaign.id, `\u{feff}${csvOf(firms(60).toReversed())}`)
    expect(turned.json.sha256).toBe(first.json.sha256)
    const { json } = await ask('GET', `/api/campaigns/${campaign.id}`)
    expect(json.frame).toEqual({ sha256: first.json.sha256, members: 60, strata: 4, contacts: 60 })
    const strata = await ask('GET', `/api/campaigns/${campaign.id}/strata?limit=3`)
    expect(answers.get('CampaignStrata')?.parse(strata.json)).toEqual(strata.json)
    const rest = await ask('GET', `/api/campaigns/${campaign.id}/strata?limit=3&cursor=${strata.json.next}`)
    const names = [...strata.json.items, ...rest.json.items].map(({ stratum }: Json) => stratum)
    expect(names).toEqual(names.toSorted())
    expect(names).toContain('Cổ phần | Từ 10 lao động')
    expect(rest.json.next).toBe(null)
  })

  test('with faults is refused as a whole, each with its line and column', async () => {
    const campaign = await draft()
    await sendFrame(campaign.id, csvOf(firms(30)))
    const lines = firms(8)
    lines[1]!['Mã số thuế'] = lines[0]!['Mã số thuế']!
    lines[2]!['Loại hình'] = ' '
    lines[3]!['Quy mô'] = 'một | hai'
    lines[4]!['Ngành'] = 'x'.repeat(201)
    const { status, json } = await sendFrame(campaign.id, csvOf(lines))
    expect([status, json.stored, json.sha256]).toEqual([200, false, null])
    expect(json.issues).toEqual([
      { line: 3, column: 'Mã số thuế', code: 'duplicate_code' },
      { line: 4, column: 'Loại hình', code: 'required' },
      { line: 5, column: 'Quy mô', code: 'bad_text' },
      { line: 6, column: 'Ngành', code: 'too_long' },
    ])
    const kept = await ask('GET', `/api/campaigns/${campaign.id}`)
    expect(kept.json.frame.members).toBe(30)
    expect(JSON.stringify(json)).not.toContain('Sao Mai')
  })

  test('with a code twice in parts of the file that are far apart is refused', async () => {
    const campaign = await draft()
    const lines = firms(4300)
    lines[4200]!['Mã số thuế'] = lines[3]!['Mã số thuế']!
    const { json } = await sendFrame(campaign.id, csvOf(lines))
    expect(json.issues).toEqual([{ line: 4202, column: 'Mã số thuế', code: 'duplicate_code' }])
    expect(await world.sql`select 1 from campaign_frame where campaign_id = ${campaign.id}`).toEqual([])
  })

  test('in another encoding, without its columns, empty, or with a class that names each member is told so', async () => {
    const campaign = await draft()
    const latin = Uint8Array.from([...'Mã số thuế;x\n'].map((c) => c.charCodeAt(0) & 0xff))
    expect((await sendFrame(campaign.id, latin)).json).toMatchObject({
      code: 'invalid_file',
      issues: [{ path: 'file', code: 'not_utf8' }],
    })
    const missing = await sendFrame(campaign.id, 'Mã số thuế;Loại hình;Quy mô;Ngành\n1;a;b;c\n')
    expect(missing.status).toBe(422)
    expect(missing.json.issues).toEqual([
      { path: 'Tên doanh nghiệp', code: 'missing_column' },
      { path: 'Địa chỉ', code: 'missing_column' },
    ])
    const header = csvOf(firms(1)).split('\n')[0]
    expect((await sendFrame(campaign.id, `${header}\n`)).json.issues).toEqual([{ path: 'file', code: 'empty_file' }])
    const named = firms(501).map((line, i) => ({ ...line, Ngành: `ngành ${i}` }))
    expect((await sendFrame(campaign.id, csvOf(named))).json.issues).toEqual([
      { line: 502, column: 'Ngành', code: 'too_many_classes' },
    ])
    const undesigned = await draft({ design: null })
    expect((await sendFrame(undesigned.id, csvOf(firms(3)))).json.issues).toEqual([
      { path: 'design', code: 'no_design' },
    ])
  })

  test('finds communes by code or name, gives classes their own names, and tells unknown ones', async () => {
    const columns = { ...FRAME_DESIGN.columns, strata: ['Xã'], commune: 'Xã' }
    const campaign = await draft({ design: { ...FRAME_DESIGN, columns, contacts: null } })
    const [commune, other] = await world.sql<{ id: number; name: string; code: string }[]>`
      select u.id, n.name, c.code from unit u join unit_name n on n.unit_id = u.id
      join unit_code c on c.unit_id = u.id and c.system = 'gso_commune'
      where u.kind = 'commune' and u.valid_to is null and u.parent_id = ${world.units['33']}
        and (select count(*) from unit o join unit_name m on m.unit_id = o.id
          where o.parent_id = u.parent_id and o.valid_to is null and m.name = n.name) = 1
      order by u.id limit 2`
    const place = (i: number, text: string) => ({ ...firms(9)[i], Xã: text }) as Record<string, string>
    const good = [commune!.code, String(Number(commune!.code)), commune!.name.toUpperCase(), other!.name]
    const stored = await sendFrame(campaign.id, csvOf(good.map((text, i) => place(i, text))))
    expect(stored.json).toMatchObject({ stored: true, strata: 2, contacts: 0 })
    const rows =
      await world.sql`select stratum, unit_id from campaign_frame where campaign_id = ${campaign.id} order by code`
    expect(rows.map((row) => row['unit_id'])).toEqual([commune!.id, commune!.id, commune!.id, other!.id])
    expect(rows[0]!['stratum']).toBe(commune!.name)
    const bad = await sendFrame(campaign.id, csvOf([place(0, commune!.name), place(1, 'Xã Không Có'), place(2, '')]))
    expect(bad.json.issues).toEqual([
      { line: 3, column: 'Xã', code: 'unknown_commune' },
      { line: 4, column: 'Xã', code: 'required' },
    ])
  })
})

describe('a draw', () => {
  test('can be made again by its seed, whatever the order of the file, and its weights sum to the frame', async () => {
    const membersOf = async (id: number) =>
      (
        await world.sql`
          select f.code, c.stratum, c.role, c.place, c.form, c.weight from survey_case c
          join campaign_frame f on f.tenant_id = c.tenant_id and f.campaign_id = c.campaign_id and f.id = c.frame_id
          where c.campaign_id = ${id} order by f.code`
      ).map((row) => ({ ...row }))
    const [one, two] = [await draft(), await draft()]
    await sendFrame(one.id, csvOf(firms(60)))
    await sendFrame(two.id, csvOf(firms(60).toReversed()))
    const first = await ask('POST', `/api/campaigns/${one.id}/draw`, { seed: 11 })
    expect(first.status, JSON.stringify(first.json)).toBe(200)
    expect(first.json.sample).toMatchObject({ seed: 11, main: 20, cells: 4, released: 0 })
    await ask('POST', `/api/campaigns/${two.id}/draw`, { seed: 11 })
    const drawn = await membersOf(one.id)
    expect(await membersOf(two.id)).toEqual(drawn)
    const main = drawn.filter((row) => (row as Json).role === 'main')
    expect(main.reduce((sum, row) => sum + (row as Json).weight, 0)).toBeCloseTo(60, 9)
    for (const group of Map.groupBy(main, (row) => (row as Json).stratum).values()) {
      const first = group.filter((row) => (row as Json).form === 'A').length
      expect(Math.abs(2 * first - group.length)).toBeLessThanOrEqual(1)
    }
    await ask('POST', `/api/campaigns/${two.id}/draw`, { seed: 12 })
    expect(await membersOf(two.id)).not.toEqual(drawn)
    const { json } = await ask('GET', `/api/campaigns/${two.id}/events`)
    expect(answers.get('CampaignEvents')?.parse(json)).toEqual(json)
    expect(json.items.map(({ action }: Json) => action)).toEqual(['drawn', 'drawn', 'frame_imported', 'created'])
    expect(json.items[0]).toMatchObject({ by: 'Quản trị', detail: { seed: 12, cases: drawn.length } })
  })

  test('of two stages keeps to the units that were drawn', async () => {
    const columns = { ...FRAME_DESIGN.columns, strata: [], psu: 'Xã', size: 'Lao động' }
    const campaign = await draft({
      questionnaire: { code: 'citizen-survey', version: 1 },
      design: {
        ...FRAME_DESIGN,
        columns,
        perUnit: 4,
        contacts: null,
        reserve: 1,
        allocation: { kind: 'proportional', total: 12, minimum: 0 },
      },
    })
    const lines = firms(95).map((line, i) => ({ ...line, Xã: `xã ${i % 9}`, 'Lao động': String(1 + (i % 9)) }))
    const uneven = lines.map((line, i) => (i === 40 ? { ...line, 'Lao động': '7' } : line))
    const refused = (await sendFrame(campaign.id, csvOf(uneven))).json
    expect(refused).toMatchObject({ stored: false, issues: [{ line: 42, column: 'Lao động', code: 'size_differs' }] })
    expect((await sendFrame(campaign.id, csvOf(lines))).json.stored).toBe(true)
    const { json } = await ask('POST', `/api/campaigns/${campaign.id}/draw`, { seed: 5 })
    expect(json.sample).toMatchObject({ main: 12, reserve: 12, cells: 3 })
    const strata = await ask('GET', `/api/campaigns/${campaign.id}/strata`)
    for (const { psu, drawn } of strata.json.items) {
      // 3 units of 9 by size 1 to 9 of 45, however many members stand in the frame; four of them in each
      const size = 1 + Number(psu.slice(3))
      const members = size <= 5 ? 11 : 10
      expect(drawn).toMatchObject({ members, main: 4 })
      expect(drawn.probability).toBeCloseTo((Math.min(1, (3 * size) / 45) * 4) / members, 12)
    }
    const rows = await world.sql`
      select count(*)::int as n, count(*) filter (where c.psu = f.psu)::int as same from survey_case c
      join campaign_frame f on f.tenant_id = c.tenant_id and f.campaign_id = c.campaign_id and f.id = c.frame_id
      where c.campaign_id = ${campaign.id}`
    expect(rows[0]).toEqual({ n: 24, same: 24 })
  })

  test('that the frame does not allow names each stratum, and changes nothing', async () => {
    const allocation = {
      kind: 'fixed' as const,
      strata: [
        { stratum: 'TNHH | Dưới 10 lao động', cases: 5 },
        { stratum: 'Cổ phần | Từ 10 lao động', cases: 5 },
        { stratum: 'Tư nhân', cases: 2 },
      ],
    }
    const campaign = await draft({ design: { ...FRAME_DESIGN, allocation } })
    const path = `/api/campaigns/${campaign.id}/draw`
    expect((await ask('POST', path, { seed: 1 })).json.issues).toEqual([{ path: 'frame', code: 'no_frame' }])
    await sendFrame(campaign.id, csvOf(firms(60)))
    const { status, json } = await ask('POST', path, { seed: 1 })
    expect([status, json.code]).toEqual([422, 'invalid_input'])
    expect(json.issues).toEqual([
      { path: 'strata.Cổ phần | Từ 10 lao động', code: 'stratum_too_small' },
      { path: 'strata.Tư nhân', code: 'empty_stratum' },
      { path: 'strata.Cổ phần | Dưới 10 lao động', code: 'stratum_not_allocated' },
      { path: 'strata.TNHH | Từ 10 lao động', code: 'stratum_not_allocated' },
    ])
    expect((await ask('GET', `/api/campaigns/${campaign.id}`)).json.sample).toBe(null)
  })

  test('made twice at once is one draw', async () => {
    const campaign = await draft()
    await sendFrame(campaign.id, csvOf(firms(60)))
    const made = await Promise.all(
      [1, 1, 2, 2].map((seed) => ask('POST', `/api/campaigns/${campaign.id}/draw`, { seed })),
    )
    expect(made.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const { json } = await ask('GET', `/api/campaigns/${campaign.id}`)
    const [row] = await world.sql`
      select count(*)::int as cases, count(distinct frame_id)::int as members from survey_case where campaign_id = ${campaign.id}`
    expect(row).toEqual({
      cases: json.sample.main + json.sample.reserve,
      members: json.sample.main + json.sample.reserve,
    })
  })

  test('is forgotten with another allocation, and the frame with other columns', async () => {
    const campaign = await draft()
    const path = `/api/campaigns/${campaign.id}`
    await sendFrame(campaign.id, csvOf(firms(60)))
    await ask('POST', `${path}/draw`, { seed: 1 })
    const drawn = (await ask('GET', path)).json
    const allocation = { kind: 'proportional', total: 24, minimum: 2 }
    const other = await ask('PUT', path, changeOf(drawn, { design: { ...FRAME_DESIGN, allocation } }))
    expect([other.json.frame.members, other.json.sample]).toEqual([60, null])
    const columns = { ...FRAME_DESIGN.columns, strata: ['Ngành'] }
    const read = await ask('PUT', path, changeOf(other.json, { design: { ...FRAME_DESIGN, columns } }))
    expect([read.json.frame, read.json.sample]).toEqual([null, null])
    expect(await world.sql`select 1 from campaign_contact where campaign_id = ${campaign.id}`).toEqual([])
  })
})

describe('an open campaign', () => {
  test('gave every case a secret that opens it, and one opening of two at once did it', async () => {
    const campaign = await draft()
    const path = `/api/campaigns/${campaign.id}`
    expect((await ask('POST', `${path}/open`, {})).json.issues).toEqual([{ path: 'sample', code: 'not_drawn' }])
    await sendFrame(campaign.id, csvOf(firms(60)))
    await ask('POST', `${path}/draw`, { seed: 3 })
    const opened = await Promise.all([1, 2, 3].map(() => ask('POST', `${path}/open`, {})))
    expect(opened.map(({ status, json }) => [status, json.state])).toEqual([1, 2, 3].map(() => [200, 'open']))
    const events = (await ask('GET', `${path}/events`)).json.items.filter((one: Json) => one.action === 'opened')
    expect(events).toHaveLength(1)
    expect(events[0].detail).toMatchObject({ secrets: 20, seed: 3 })
    const cases = await casesOf(world, campaign.id)
    expect(new Set(cases.map(({ token }) => token)).size).toBe(20)
    for (const { token, id } of cases.slice(0, 3)) {
      const found = await findCase(world.services, token, null)
      expect(found).toMatchObject({ token, tenant: { id: world.tenant.id }, found: { id, campaign_state: 'open' } })
    }
    expect(await findCase(world.services, `${world.tenant.prefix}${'A'.repeat(22)}`, null)).toBe(null)
    const [ask1] = await world.asks(1)
    expect(await findCase(world.services, ask1!.token, null)).toBe(null)
  })

  test('is frozen: only quotas and a later last day change, and each is noted', async () => {
    const { id } = await openWorldCampaign(world)
    const path = `/api/campaigns/${id}`
    const open = (await ask('GET', path)).json
    for (const [change, field] of [
      [{ title: 'Khác' }, 'title'],
      [{ questionnaire: { code: 'ddci-form', version: 1 } }, 'questionnaireCode'],
      [{ design: { ...FRAME_DESIGN, reserve: 1 } }, 'design'],
      [{ opensOn: '2026-01-01' }, 'opensOn'],
    ] as const) {
      const { status, json } = await ask('PUT', path, changeOf(open, change))
      expect([status, json.code, json.issues]).toEqual([409, 'campaign_frozen', [{ path: field, code: 'frozen' }]])
    }
    const earlier = await ask('PUT', path, changeOf(open, { closesOn: open.opensOn }))
    expect(earlier.json.issues).toEqual([{ path: 'closesOn', code: 'earlier' }])
    expect((await sendFrame(id, csvOf(firms(5)))).json.code).toBe('campaign_frozen')
    expect((await ask('POST', `${path}/draw`, { seed: 9 })).json.code).toBe('campaign_frozen')
    const quotas = [{ attribute: 'Ngành', value: 'Dịch vụ', most: 3 }]
    const later = await ask('PUT', path, changeOf(open, { closesOn: '2030-01-01', quotas }))
    expect(later.json).toMatchObject({ closesOn: '2030-01-01', quotas: [{ ...quotas[0], taken: 0 }], revision: 2 })
    const { json } = await ask('GET', `${path}/events`)
    expect(json.items[0]).toMatchObject({
      action: 'changed',
      detail: { before: open.closesOn, closesOn: '2030-01-01', quotas: 1 },
    })
  })

  test('releases replacements in order, and the weights of the stratum follow, those of answers too', async () => {
    const { id, cases } = await openWorldCampaign(world)
    const path = `/api/campaigns/${id}`
    const stratum = 'TNHH | Dưới 10 lao động'
    const before = cases.filter((one) => one.stratum === stratum)
    await world.sql`
      insert into survey_answer (tenant_id, campaign_id, id, case_id, mode, revision, complete, answers, item_ms, language,
        started_at, sent_at, received_at, content_hash, stratum, weight, attributes)
      values (${world.tenant.id}, ${id}, ${randomUUID()}, ${before[0]!.id}, 'web', 1, true, '{}', '{}', 'vi', now(), now(), now(),
        '\\x00', ${stratum}, ${before[0]!.weight}, '{}')`
    const release = (released: number) => ask('POST', `${path}/release`, { stratum, released })
    const done = await release(2)
    expect([done.status, done.json.sample.released]).toEqual([200, 2])
    expect((await release(2)).json).toEqual(done.json)
    const after = (await casesOf(world, id)).filter((one) => one.stratum === stratum)
    expect(after).toHaveLength(before.length + 2)
    const members = before.length * before[0]!.weight
    for (const { weight } of after) expect(weight).toBeCloseTo(members / after.length, 9)
    const [answer] = await world.sql`select weight from survey_answer where campaign_id = ${id}`
    expect(answer!['weight']).toBeCloseTo(members / after.length, 9)
    const places = await world.sql`
      select place from survey_case where campaign_id = ${id} and stratum = ${stratum} and released and role = 'replacement' order by place`
    expect(places.map((row) => row['place'])).toEqual([before.length + 1, before.length + 2])
    const added = after.find((one) => !before.some(({ id: known }) => known === one.id))!
    expect(await findCase(world.services, added.token, null)).toMatchObject({ found: { id: added.id } })
    expect((await release(1)).json.issues).toEqual([{ path: 'released', code: 'already_released' }])
    expect((await release(999)).json.issues).toEqual([{ path: 'released', code: 'too_many' }])
    expect((await ask('POST', `${path}/release`, { stratum: 'không có', released: 1 })).status).toBe(404)
    const events = (await ask('GET', `${path}/events`)).json.items
    expect(events.filter((one: Json) => one.action === 'released')).toHaveLength(1)
  })

  test('keeps what is known of its cases, and who interviews them', async () => {
    const { id, cases } = await openWorldCampaign(world)
    const path = `/api/campaigns/${id}`
    const [first, second] = cases
    const note = (caseId: number, disposition: string) =>
      ask('PUT', `${path}/cases/${caseId}/disposition`, { disposition })
    expect((await note(first!.id, 'refused')).json).toEqual({ id: first!.id, disposition: 'refused' })
    expect((await note(first!.id, 'refused')).status).toBe(200)
    expect((await note(999_999_999, 'refused')).status).toBe(404)
    expect((await note(first!.id, 'dead')).status).toBe(422)
    await world.sql`update survey_case set state = 'complete' where id = ${second!.id}`
    expect((await note(second!.id, 'refused')).json.code).toBe('already_complete')

    const made = await ask('POST', '/api/interviewers', { email: 'dtv1@thu.example', name: 'Điều tra viên 1' })
    expect([made.status, typeof made.json.password]).toEqual([201, 'string'])
    const again = await ask('POST', '/api/interviewers', { email: 'DTV1@thu.example', name: 'Điều tra viên 1' })
    expect([again.status, again.json]).toEqual([200, { id: made.json.id, email: 'dtv1@thu.example', password: null }])
    const { email } = world.administrator
    expect((await ask('POST', '/api/interviewers', { email, name: 'x' })).json.code).toBe('id_taken')
    const give = (body: object) => ask('PUT', `${path}/assignment`, { interviewer: made.json.id, ...body })
    expect((await give({ cases: [first!.id, second!.id] })).json).toEqual({ assigned: 1 })
    expect((await give({ cases: [first!.id, second!.id] })).json).toEqual({ assigned: 0 })
    expect((await give({ stratum: cases[0]!.stratum, unassigned: true, most: 2 })).json).toEqual({ assigned: 2 })
    expect((await give({ interviewer: 'nobody', cases: [first!.id] })).json.issues).toEqual([
      { path: 'interviewer', code: 'unknown_interviewer' },
    ])
    const list = await ask('GET', '/api/interviewers')
    expect(answers.get('Interviewers')?.parse(list.json)).toEqual(list.json)
    expect(list.json.items.find((one: Json) => one.id === made.json.id)).toMatchObject({ cases: 3, complete: 0 })
    const mine = await ask('GET', `${path}/cases?interviewer=${made.json.id}`)
    expect(answers.get('CampaignCases')?.parse(mine.json)).toEqual(mine.json)
    expect(mine.json.items.map((one: Json) => one.interviewer.name)).toEqual([
      'Điều tra viên 1',
      'Điều tra viên 1',
      'Điều tra viên 1',
    ])
    const page = await ask('GET', `${path}/cases?limit=15`)
    const rest = await ask('GET', `${path}/cases?limit=15&cursor=${page.json.next}`)
    expect([...page.json.items, ...rest.json.items].map((one: Json) => one.id)).toEqual(cases.map((one) => one.id))
    expect(JSON.stringify(page.json)).not.toContain('Sao Mai')
    expect((await ask('GET', `${path}/cases?disposition=refused`)).json.items).toMatchObject([{ code: first!.code }])
    const found = await ask('GET', `${path}/cases?code=${first!.code}`)
    expect(found.json.items.map((one: Json) => one.code)).toEqual([first!.code])
    expect((await ask('GET', `${path}/cases?code=${first!.code.slice(1)}`)).json.items).toEqual([])
    expect((await ask('GET', `${path}/cases?code=${encodeURIComponent("0%_'")}`)).json.items).toEqual([])
  })

  test('has no hold on the cases of another', async () => {
    const { id } = await openWorldCampaign(world)
    const other = await openWorldCampaign(world)
    const theirs = other.cases[0]!.id
    const { status } = await ask('PUT', `/api/campaigns/${id}/cases/${theirs}/disposition`, { disposition: 'refused' })
    expect(status).toBe(404)
    const { json } = await ask('POST', '/api/interviewers', { email: 'dtv2@thu.example', name: 'Điều tra viên 2' })
    const given = await ask('PUT', `/api/campaigns/${id}/assignment`, { interviewer: json.id, cases: [theirs] })
    expect(given.json).toEqual({ assigned: 0 })
    const [kept] = await world.sql`select disposition, interviewer from survey_case where id = ${theirs}`
    expect(kept).toEqual({ disposition: 'none', interviewer: null })
  })

  test('closes by hand or on the day after its last, once, and links and typed passes go after a month', async () => {
    const { id, cases } = await openWorldCampaign(world)
    const path = `/api/campaigns/${id}`
    await world.sql`
      insert into survey_answer (tenant_id, campaign_id, id, case_id, mode, revision, complete, answers, item_ms, language,
        started_at, sent_at, received_at, content_hash, stratum, weight, attributes)
      values (${world.tenant.id}, ${id}, ${randomUUID()}, ${cases[0]!.id}, 'web', 1, true, '{}', '{}', 'vi', now(), now(), now(),
        '\\x00', 'x', 1, '{}')`
    const device = randomUUID()
    await world.sql`
      insert into survey_device (tenant_id, id, user_id, label, registered_at)
      values (${world.tenant.id}, ${device}, 'x', 'x', now())`
    await world.sql`
      insert into survey_receipt (tenant_id, device_id, seq, case_id, content_hash, outcome, device_at, received_at)
      values (${world.tenant.id}, ${device}, 1, ${cases[0]!.id}, '\\x00', 'stored', now(), now())`
    await world.sql`
      insert into paper_entry (tenant_id, case_id, pass, answers, entered_at, entered_by)
      values (${world.tenant.id}, ${cases[0]!.id}, 1, '{}', now(), 'x')`
    // typed once and never merged: sensitive answers that only the pass leads to, beside those of an answer
    const [pass] = await world.sql`
      select e.private_id, c.key_version from paper_entry e join survey_case c on c.id = e.case_id where c.id = ${cases[0]!.id}`
    for (const own of [pass!['private_id'], randomUUID()])
      await world.sql`
        insert into survey_private (tenant_id, campaign_id, pseudonym, key_version, answers)
        values (${world.tenant.id}, ${id}, ${Buffer.from(pseudonymOf(world.services.tokenKeys, pass!['key_version'], world.tenant.id, own))},
          ${pass!['key_version']}, '{}')`
    const apart = () => world.sql`select 1 from survey_private where campaign_id = ${id}`
    await world.sql`
      update survey_case set state = 'complete', opened_at = now(), answered_at = now() where id = ${cases[0]!.id}`
    const open = (await ask('GET', path)).json
    const at = (day: string) => ({ ...world.services, now: () => new Date(`${day}T12:00:00+07:00`) })
    const stateOf = async () => (await ask('GET', path)).json.state
    await runCampaigns(at(open.closesOn), world.tenant.id)
    expect(await stateOf()).toBe('open')
    const next = new Date(Date.parse(open.closesOn) + 86_400_000).toISOString().slice(0, 10)
    await runCampaigns(at(next), world.tenant.id)
    expect(await stateOf()).toBe('closed')
    expect((await ask('POST', `${path}/close`, {})).status).toBe(200)
    expect((await ask('POST', `${path}/open`, {})).json.code).toBe('wrong_state')
    expect((await ask('PUT', path, changeOf(open, { closesOn: '2031-01-01' }))).json.code).toBe('campaign_frozen')
    const linked = async () =>
      (
        await world.sql`
          select 1 from survey_answer where campaign_id = ${id} and case_id is not null
          union all select 1 from survey_receipt where case_id = ${cases[0]!.id}
          union all select 1 from paper_entry where case_id = ${cases[0]!.id}
          union all select 1 from survey_case where id = ${cases[0]!.id} and answered_at is not null`
      ).length
    expect(await linked()).toBe(4)
    const after = (days: number) => at(new Date(Date.parse(next) + days * 86_400_000).toISOString().slice(0, 10))
    await runCampaigns(after(29), world.tenant.id)
    expect([await linked(), (await apart()).length]).toEqual([4, 2])
    await runCampaigns(after(31), world.tenant.id)
    expect([await linked(), (await apart()).length]).toEqual([0, 1])
    const other = await openWorldCampaign(world)
    expect((await ask('POST', `/api/campaigns/${other.id}/close`, {})).json).toMatchObject({ state: 'closed' })
    const list = await ask('GET', '/api/campaigns?limit=2')
    expect(answers.get('CampaignPage')?.parse(list.json)).toEqual(list.json)
    expect(list.json.items[0]).toMatchObject({ id: other.id, state: 'closed' })
  })
})
