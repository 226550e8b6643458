import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { buildWorld, type World } from '../support/world.ts'
import { callersOf, type Callers } from './callers.ts'
import { answers, monthOfReturns, publishing, type PublicAnswer, type Run } from './publications-world.ts'

let database: TestDatabase
let world: World
let callers: Callers
let door: ReturnType<typeof publishing>

async function open(): Promise<void> {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  callers = await callersOf(world)
  door = publishing(world, callers)
}
async function close(): Promise<void> {
  await world.stop()
  await database.drop()
}

interface Review {
  run: Run
  previous: { id: number } | null
  changes: Record<string, number>
  heldBack: number
  items: { unit: { id: number }; code: string; change: string; estimate: unknown }[]
  next: string | null
}
const review = async (id: number, query = ''): Promise<Review> =>
  (await (await callers.call('administrator', 'GET', `/api/runs/${id}${query}`)).json()) as Review

describe('the life of a run', () => {
  beforeAll(open)
  afterAll(close)

  let first: Run
  let second: Run
  let codes: string[]

  test('nothing is public before anything is published', async () => {
    const unit = await door.publicUnit(world.units['MC-A'])
    expect([unit.status, ((await unit.json()) as { code: string }).code]).toEqual([404, 'not_published'])
    const list = await callers.call('anonymous', 'GET', '/api/public/units')
    expect(await list.json()).toMatchObject({ run: null, items: [], next: null })
  })

  test('a period without dossiers gives nothing to publish, and a free span is no period', async () => {
    const empty = await callers.call('administrator', 'POST', '/api/runs', { from: '2020-01', to: '2020-03' })
    expect(empty.status).toBe(422)
    expect(await empty.json()).toMatchObject({ issues: [{ path: 'from', code: 'nothing_to_publish' }] })
    const free = await callers.call('administrator', 'POST', '/api/runs', { from: '2020-01', to: '2020-02' })
    expect(free.status).toBe(422)
  })

  test('a prepared run is seen by the office alone, and once published by everybody', async () => {
    const sent = await door.rate('MC-A', answers(40, 30))
    codes = sent.map((one) => one.code)
    await door.rate('MC-B', answers(35, 20))
    first = await door.prepare()
    expect(first.state).toBe('prepared')
    expect((await door.publicUnit(world.units['MC-A'])).status).toBe(404)
    expect((await door.publicUnit(world.units['MC-A'], first.id)).status).toBe(404)

    expect((await door.publish(first.id)).status).toBe(200)
    const shown = (await (await door.publicUnit(world.units['MC-A'])).json()) as PublicAnswer
    expect(shown).toMatchObject({
      sample: false,
      unit: { id: world.units['MC-A'], name: 'Bộ phận Một cửa phường Phố Hiến' },
      run: { id: first.id, withdrawn: null, inputsSha256: first.inputsSha256 },
      responseRate: { n: 40 },
    })
    expect(shown.figures.find((one) => one.code === 'satisfaction')?.estimate).toMatchObject({ est: 0.75, n: 40 })
    expect(shown.notMeasured).toContain('pci_like')
    // counts of single options, from which with the late dossiers one person's answer follows
    expect(JSON.stringify(shown)).not.toMatch(/disliked|overall_counts/)
    const province = await door.figure(world.units['33'])
    expect(province.estimate).toMatchObject({ est: 50 / 75, n: 75 })
  })

  test('public numbers are the office’s numbers', async () => {
    const { from, to } = monthOfReturns()
    const answer = await callers.call(
      'administrator',
      'GET',
      `/api/units/${world.units['MC-A']}/summary?from=${from}&to=${to}`,
    )
    const office = (await answer.json()) as { figures: PublicAnswer['figures']; responseRate: unknown }
    const shown = (await (await door.publicUnit(world.units['MC-A'])).json()) as PublicAnswer
    for (const figure of shown.figures) {
      expect(figure.estimate, figure.code).toEqual(office.figures.find((one) => one.code === figure.code)?.estimate)
    }
    expect(shown.responseRate).toEqual(office.responseRate)
  })

  test('units are listed by name with the province, and carry no order by score', async () => {
    const answer = await callers.call('anonymous', 'GET', '/api/public/units?limit=2')
    const page = (await answer.json()) as { items: { id: number; name: string }[]; next: string }
    const rest = await callers.call('anonymous', 'GET', `/api/public/units?limit=200&cursor=${page.next}`)
    const names = [...page.items, ...((await rest.json()) as typeof page).items].map((unit) => unit.name)
    expect(names).toHaveLength(5)
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'vi')))
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60')
  })

  test('a run is published once, and only a published one is withdrawn', async () => {
    const again = await door.publish(first.id)
    expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([409, 'wrong_state'])
    const prepared = await door.prepare()
    expect((await door.withdraw(prepared.id)).status).toBe(409)
    expect((await door.publish(999_999)).status).toBe(404)
    expect((await callers.call('administrator', 'POST', `/api/runs/${first.id}/withdraw`, {})).status).toBe(422)
  })

  test('after data were corrected the old run still gives the same digits, and the new one other ones', async () => {
    const before = await door.figure(world.units['MC-A'])
    await door.rate('MC-A', answers(20, 0))
    expect(await door.correct('MC-A', codes)).toMatchObject({ updated: 40 })
    const report = (await (await door.rerun(first.id)).json()) as object
    expect(report).toMatchObject({ id: first.id, same: true, differences: [], inputsSha256: first.inputsSha256 })

    second = await door.release()
    expect(second.inputsSha256).not.toBe(first.inputsSha256)
    expect((await door.figure(world.units['MC-A'])).estimate).toMatchObject({ est: 0.5, n: 60 })
    expect(await (await door.rerun(first.id)).json()).toMatchObject({ same: true })
    expect(await (await door.rerun(second.id)).json()).toMatchObject({ same: true })
    const stored = await review(first.id)
    expect(stored.run.state).toBe('superseded')
    // what was public stays so, with the way to what replaced it
    const old = (await (await door.publicUnit(world.units['MC-A'], first.id)).json()) as PublicAnswer
    expect(old).toMatchObject({ run: { id: first.id, superseded: true }, replacedBy: { id: second.id } })
    expect(old.figures.find((one) => one.code === 'satisfaction')?.estimate).toEqual(before.estimate)
    const own = stored.items.find((one) => one.unit.id === world.units['MC-A'] && one.code === 'satisfaction')
    expect(own?.estimate).toEqual(before.estimate)
  })

  test('the review names what changed against the run before, and pages through it', async () => {
    const all = await review(second.id, '?limit=200')
    expect(all.previous?.id).toBe(first.id)
    const mine = all.items.filter((one) => one.unit.id === world.units['MC-A'])
    expect(mine.find((one) => one.code === 'satisfaction')?.change).toBe('changed')
    expect(all.items.filter((one) => one.unit.id === world.units['MC-B']).map((one) => one.change)).not.toContain(
      'changed',
    )
    const changed = await review(second.id, '?show=changed&limit=3')
    expect(changed.items).toHaveLength(3)
    expect(changed.items.every((one) => one.change !== 'same')).toBe(true)
    expect(changed.next).not.toBeNull()
    expect(Object.values(all.changes).reduce((sum, n) => sum + n, 0)).toBe(all.items.length)
  })

  test('a withdrawn run stays visible as withdrawn, and a newer one takes its place', async () => {
    expect((await door.withdraw(second.id, 'wrong_data')).status).toBe(200)
    const shown = (await (await door.publicUnit(world.units['MC-A'])).json()) as PublicAnswer
    expect(shown.run).toMatchObject({ id: second.id, withdrawn: { reason: 'wrong_data' } })
    await door.rate('MC-A', answers(10, 10))
    const third = await door.release()
    const now = (await (await door.publicUnit(world.units['MC-A'])).json()) as PublicAnswer & {
      runs: { id: number; withdrawn: object | null }[]
    }
    expect(now.run).toMatchObject({ id: third.id, withdrawn: null })
    expect(now.runs.find((run) => run.id === second.id)?.withdrawn).toMatchObject({ reason: 'wrong_data' })
    const old = (await (await door.publicUnit(world.units['MC-A'], second.id)).json()) as PublicAnswer
    expect(old.run.withdrawn).not.toBeNull()
  })

  test('a run that was prepared before another was published is not published', async () => {
    const [left, right] = [await door.prepare(), await door.prepare()]
    expect((await door.publish(left.id)).status).toBe(200)
    const stale = await door.publish(right.id)
    expect([stale.status, ((await stale.json()) as { code: string }).code]).toEqual([409, 'stale_run'])
  })
})

describe('many runs', () => {
  beforeAll(open)
  afterAll(close)

  test('all can be reached, fifty at a time, and the published one stays the first to be seen', async () => {
    await door.rate('MC-A', answers(40, 30))
    const run = await door.release()
    await world.sql`
      insert into publication_run (tenant_id, from_month, to_month, state, prepared_at, prepared_by, published_at,
        published_by, withdrawn_at, withdrawn_by, withdraw_reason, instrument_code, instrument_version, definition_sha256,
        figures_version, units_sha256, inputs, inputs_sha256)
      select tenant_id, from_month, to_month, 'withdrawn', prepared_at, prepared_by, published_at + k * interval '1 minute',
        published_by, now(), 'x', 'other', instrument_code, instrument_version, definition_sha256, figures_version,
        units_sha256, inputs, inputs_sha256
      from publication_run, generate_series(1, 60) k where id = ${run.id}`
    const seen = new Set<number>()
    for (let from: number | null = 0; from !== null;) {
      const answer = await callers.call('anonymous', 'GET', `/api/public/units?runsFrom=${from}`)
      const page = (await answer.json()) as { run: { id: number }; runs: { id: number }[]; nextRuns: number | null }
      expect(page.run.id).toBe(run.id)
      expect(page.runs.length).toBeLessThanOrEqual(50)
      for (const { id } of page.runs) seen.add(id)
      from = page.nextRuns
    }
    expect(seen.size).toBe(61)
    const html = await (await callers.call('anonymous', 'GET', '/cong-khai')).text()
    expect(html).toContain('/cong-khai?runsFrom=50#periods')
    // one line for all of them
    expect(html.match(/đợt công bố của [^<]* đã được rút/g)).toHaveLength(1)
  })
})

describe('tampering', () => {
  beforeAll(open)
  afterAll(close)

  test('changed inputs are detected by their hash, at every use of them', async () => {
    await door.rate('MC-A', answers(40, 30))
    const run = await door.prepare()
    await world.sql`update publication_run set inputs = replace(inputs, '30,0', '31,0') where id = ${run.id}`
    for (const answer of [await door.rerun(run.id), await door.publish(run.id)]) {
      expect(answer.status).toBe(409)
      expect(await answer.json()).toMatchObject({ code: 'inputs_damaged' })
    }
  })

  test('changed figures and a changed definition are found by a rerun', async () => {
    const run = await door.release()
    await world.sql`
      update publication_score set est = est + 1e-12 where run_id = ${run.id} and unit_id = ${world.units['MC-A']}
        and figure = 'satisfaction'`
    expect(await (await door.rerun(run.id)).json()).toMatchObject({
      same: false,
      differences: [{ unit: world.units['MC-A'], figure: 'satisfaction' }],
    })
    // everything that is public is compared, not the number alone
    await world.sql`
      update publication_score set steps = '[]' where run_id = ${run.id} and unit_id = ${world.units['MC-A']}
        and figure = 'satisfaction'`
    await world.sql`
      update publication_score set est = (select est from publication_score where run_id = ${run.id}
        and unit_id = ${world.units['33']} and figure = 'satisfaction')
      where run_id = ${run.id} and unit_id = ${world.units['MC-A']} and figure = 'satisfaction'`
    expect(await (await door.rerun(run.id)).json()).toMatchObject({ same: false })
    await world.sql`
      update publication_score set steps = (select steps from publication_score where run_id = ${run.id}
        and unit_id = ${world.units['33']} and figure = 'satisfaction')
      where run_id = ${run.id} and unit_id = ${world.units['MC-A']} and figure = 'satisfaction'`
    expect(await (await door.rerun(run.id)).json()).toMatchObject({ same: true })
    await world.sql`update instrument set definition = jsonb_set(definition, '{version}', '2')`
    expect((await door.rerun(run.id)).status).toBe(409)
  })
})

describe('the public door hides few answers, between editions too', () => {
  beforeEach(open)
  afterEach(close)

  test('few answers show nothing but how many are needed, some only the interval', async () => {
    await door.rate('MC-A', answers(9, 9))
    await door.rate('MC-B', answers(29, 10))
    await door.rate('SXD', answers(12, 6))
    await door.release()
    expect((await door.figure(world.units['MC-A'])).estimate).toMatchObject({
      est: null,
      lo: null,
      suppressed: 'too_few',
    })
    expect((await door.figure(world.units['MC-A'], 'qd766_5_4_union')).estimate).toMatchObject({ est: null })
    // one of its sisters is hidden with it: the province's total would give it away
    const others = [await door.figure(world.units['MC-B']), await door.figure(world.units.SXD)]
    expect(others.map((one) => one.estimate.suppressed).sort()).toEqual(['complementary', null])
    const shown = others.find((one) => one.estimate.suppressed === null)
    expect(shown?.estimate.est).toBeNull()
    expect(shown?.estimate.lo).not.toBeNull()
    // a count over the register is no interval between twice the same number
    const pages = await Promise.all(
      [world.units['MC-B'], world.units.SXD].map(async (unit) =>
        (await callers.call('anonymous', 'GET', `/cong-khai/${unit}`)).text(),
      ),
    )
    expect(pages.filter((html) => /đếm trên (29|12) hồ sơ/.test(html))).toHaveLength(1)
  })

  test('a cell stays as it was until five more answers have come', async () => {
    await door.rate('MC-A', answers(40, 30))
    const first = await door.release()
    const rate = await door.responseRate(world.units['MC-A'])
    await door.rate('MC-A', answers(4, 0))
    await door.release()
    expect(await door.responseRate(world.units['MC-A'])).toEqual(rate)
    const kept = await door.figure(world.units['MC-A'])
    expect(kept).toMatchObject({ estimate: { est: 0.75, n: 40 }, carriedFrom: first.id })
    expect(kept.notes).toContain('carried')
    expect((await door.figure(world.units['33'])).estimate).toMatchObject({ est: 0.75, n: 40 })

    // the fifth counts from what is shown, not from the edition before
    await door.rate('MC-A', answers(1, 0))
    await door.release()
    expect(await door.figure(world.units['MC-A'])).toMatchObject({
      estimate: { est: 30 / 45, n: 45 },
      carriedFrom: null,
    })
    expect((await door.responseRate(world.units['MC-A'])).n).toBeGreaterThan(rate.n!)
  })

  test('one withdrawn answer does not show in the next edition', async () => {
    const sent = await door.rate('MC-A', answers(40, 30))
    await door.release()
    await door.withdrawAnswer(sent[0] ?? { id: '', secret: '' })
    await door.release()
    expect((await door.figure(world.units['MC-A'])).estimate).toMatchObject({ est: 0.75, n: 40 })
  })

  test('a total does not give away the few answers of one part between two editions', async () => {
    for (const unit of ['MC-A', 'MC-B', 'SXD']) await door.rate(unit, answers(40, 20))
    const first = await door.release()
    await door.rate('MC-A', answers(3, 0))
    await door.rate('MC-B', answers(10, 10))
    await door.rate('SXD', answers(20, 20))
    await door.release()
    const carried = async (unit: number) => (await door.figure(unit)).carriedFrom === first.id
    expect(await carried(world.units['MC-A'])).toBe(true)
    // province new − old − the sisters' increments would be the three answers, so one of these stays as well
    const others = [
      await carried(world.units['MC-B']),
      await carried(world.units.SXD),
      await carried(world.units['33']),
    ]
    expect(others).toContain(true)
    expect(others).toContain(false)
  })

  test('a withdrawn value is not carried on: the cell shows nothing until it may refresh', async () => {
    await door.rate('MC-A', answers(40, 30))
    const first = await door.release()
    await door.withdraw(first.id)
    await door.rate('MC-A', answers(2, 0))
    await door.release()
    expect((await door.figure(world.units['MC-A'])).estimate).toMatchObject({ est: null, suppressed: 'complementary' })
    await door.rate('MC-A', answers(3, 0))
    await door.release()
    expect((await door.figure(world.units['MC-A'])).estimate).toMatchObject({ est: 30 / 45 })
  })

  test('what was withdrawn for privacy is not seen again, in the next run or in one that had carried it on', async () => {
    await door.rate('MC-A', answers(40, 30))
    const first = await door.release()
    await door.rate('MC-A', answers(2, 0))
    const second = await door.release()
    expect(await door.figure(world.units['MC-A'])).toMatchObject({ estimate: { n: 40 }, carriedFrom: first.id })
    await door.withdraw(first.id, 'privacy')
    const hidden = { estimate: { est: null, lo: null, suppressed: 'complementary' }, steps: [], carriedFrom: null }
    expect(await door.figure(world.units['MC-A'])).toMatchObject(hidden)
    await door.withdraw(second.id, 'privacy')
    const third = await door.prepare()
    expect((await review(third.id)).heldBack).toBeGreaterThan(0)
    await door.publish(third.id)
    expect(await door.figure(world.units['MC-A'])).toMatchObject(hidden)
    await door.rate('MC-A', answers(3, 0))
    const fourth = await door.prepare()
    expect((await review(fourth.id)).heldBack).toBe(0)
    await door.publish(fourth.id)
    expect(await door.figure(world.units['MC-A'])).toMatchObject({ estimate: { n: 45 }, carriedFrom: null })
    // a newer run of the very same numbers does not keep them when an older one is taken back
    const fifth = await door.release()
    await door.withdraw(fourth.id, 'privacy')
    expect(await door.figure(world.units['MC-A'])).toMatchObject(hidden)
    expect(await door.figure(world.units['MC-A'], 'qd766_5_4_union')).toMatchObject(hidden)
    expect(fifth.withdrawn).toBeNull()
    // nor does a replaced run bring it back
    expect(await (await door.publicUnit(world.units['MC-A'], third.id)).json()).toMatchObject({
      run: { superseded: true },
      silent: true,
      figures: [],
    })
  })

  test('answers that came after a month was published do not show as the rest of its quarter', async () => {
    const { from } = monthOfReturns()
    const quarter = Math.floor((Number(from.slice(5)) - 1) / 3) * 3 + 1
    const month = (m: number) => `${from.slice(0, 4)}-${String(m).padStart(2, '0')}`
    await door.rate('MC-A', answers(40, 30))
    for (const m of [quarter, quarter + 1, quarter + 2]) {
      const prepared = await callers.call('administrator', 'POST', '/api/runs', { from: month(m), to: month(m) })
      if (prepared.status === 201) await door.publish(((await prepared.json()) as Run).id)
    }
    await door.rate('MC-A', answers(2, 0))
    await door.release({ from: month(quarter), to: month(quarter + 2) })
    const satisfaction = () => door.figure(world.units['MC-A'])
    expect((await satisfaction()).estimate).toMatchObject({ est: null, n: null, suppressed: 'complementary' })
    // it is the remainder that hides it: three more, and it may be seen
    await door.rate('MC-A', answers(3, 0))
    await door.release({ from: month(quarter), to: month(quarter + 2) })
    expect((await satisfaction()).estimate).toMatchObject({ n: 45, suppressed: null })
  })
})
