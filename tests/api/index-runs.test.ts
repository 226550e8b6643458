import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runJob } from '../../api/jobs/run.ts'
import { answers as described } from '../../api/openapi/answers.ts'
import '../../api/openapi/index-answers.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { buildWorld, type World } from '../support/world.ts'
import { callersOf, type Callers } from './callers.ts'
import { indexing, smallAnswers, smallEdition, type ShownScores } from './index-world.ts'

let database: TestDatabase
let world: World
let callers: Callers
let door: ReturnType<typeof indexing>
let first: { id: number; inputsSha256: string }

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  callers = await callersOf(world)
  door = indexing(world, callers)
  await door.publish(smallEdition('thu', '1'))
  await door.rate('MC-A', smallAnswers(60, { info: 48, paper: 30, overall: 45 }))
  await door.rate('MC-B', smallAnswers(40, { info: 20, paper: 30, overall: 30 }))
  // two units below the display rule hide each other; one alone would hide a third
  await door.rate('SNV', smallAnswers(7, { info: 7, paper: 7, overall: 7 }))
  await door.rate('SXD', smallAnswers(8, { info: 0, paper: 0, overall: 0 }))
})
afterAll(async () => {
  await world.stop()
  await database.drop()
})

const shown = async (unit: keyof World['units'], more = ''): Promise<ShownScores> => {
  const { status, json } = await door.scores(world.units[unit], 'thu', more)
  expect(status, JSON.stringify(json).slice(0, 300)).toBe(200)
  return json
}

describe('runs of an index', () => {
  test('nothing is shown before anything is computed, and drafts and empty periods are not computed', async () => {
    expect((await door.scores(world.units['MC-A'], 'thu')).json.code).toBe('no_run')
    await door.ask('POST', '/api/indices', { from: { id: 'thu', edition: '1' }, id: 'thu', edition: 'nháp' })
    expect((await door.compute('thu', encodeURIComponent('nháp'))).json.code).toBe('wrong_state')
    const empty = await door.ask<{ issues: object[] }>('POST', '/api/indices/thu/editions/1/runs', {
      from: '2019-01',
      to: '2019-03',
    })
    expect([empty.status, empty.json.issues]).toEqual([422, [{ path: 'from', code: 'nothing_to_compute' }]])
  })

  test('scores are those of the definition, every node with its interval, and the page is as described', async () => {
    const made = await door.compute('thu', '1')
    expect(made.status, JSON.stringify(made.json)).toBe(201)
    described.get('IndexRun')?.parse(made.json)
    first = made.json
    const page = await shown('MC-A')
    expect(described.get('UnitScores')?.parse(page)).toEqual(page)
    const est = (code: string) => door.element(page, code).estimate
    expect(est('I1')).toMatchObject({ n: 60, suppressed: null })
    expect(est('I1').est).toBeCloseTo(80, 10)
    expect(est('INFO').est).toBeCloseTo((80 + 50) / 2, 10)
    expect(est('TOTAL').est).toBeCloseTo((65 + 75) / 2, 10)
    for (const code of ['TOTAL', 'INFO', 'GENERAL', 'I1', 'I2', 'G1']) {
      const { lo, hi, se } = est(code)
      expect(lo, code).toBeLessThan(est(code).est!)
      expect(hi, code).toBeGreaterThan(est(code).est!)
      expect(se, code).toBeGreaterThan(0)
    }
    expect(door.element(page, 'I1').indicator).toMatchObject({ from: 'item', raw: { n: 60, suppressed: null } })
    expect(door.element(page, 'I1').indicator?.raw.est).toBeCloseTo(0.8, 12)
    expect(page.counts).toEqual({ dossiers: 60, invited: 60, answered: 60 })
  })

  test('a total counts every answer once, weighted to the dossiers of its units', async () => {
    const page = await shown('33')
    const { estimate } = door.element(page, 'I1')
    expect(estimate.n).toBe(115)
    expect(estimate.est).toBeCloseTo((100 * (48 + 20 + 7)) / 115, 10)
  })

  test('few answers show nothing, say how many are missing, and a unit with enough is not hidden for them', async () => {
    const page = await shown('SNV')
    for (const code of ['I1', 'I2', 'G1', 'INFO', 'TOTAL'])
      expect(door.element(page, code).estimate, code).toMatchObject({
        est: null,
        lo: null,
        hi: null,
        n: 7,
        suppressed: 'too_few',
      })
    expect(door.element(page, 'I1').needed).toBe(3)
    expect(door.element(await shown('MC-B'), 'TOTAL').estimate.suppressed).toBeNull()
  })

  test('the same answers give the same digits, and a rerun shows it', async () => {
    const again = await door.compute('thu', '1')
    expect(again.json.inputsSha256).toBe(first.inputsSha256)
    expect(again.json.id).not.toBe(first.id)
    const [one, two] = [await shown('MC-A', `&run=${first.id}`), await shown('MC-A', `&run=${again.json.id}`)]
    expect(one.elements).toEqual(two.elements)
    const report = await door.ask<object>('POST', `/api/index-runs/${first.id}/rerun`, {})
    expect(described.get('IndexRerunReport')?.parse(report.json)).toEqual(report.json)
    expect(report.json).toMatchObject({ same: true, differences: [], inputsSha256: first.inputsSha256 })
  })

  test('an answer that comes later changes the next run and nothing of the ones before', async () => {
    const before = await shown('MC-B', `&run=${first.id}`)
    await door.rate('MC-B', smallAnswers(24, { info: 24, paper: 24, overall: 24 }))
    const later = await door.compute('thu', '1')
    expect(later.json.inputsSha256).not.toBe(first.inputsSha256)
    expect(door.element(await shown('MC-B'), 'I1').estimate.est).toBeCloseTo((100 * 44) / 64, 10)
    expect((await shown('MC-B', `&run=${first.id}`)).elements).toEqual(before.elements)
    expect((await door.ask('POST', `/api/index-runs/${first.id}/rerun`, {})).json).toMatchObject({ same: true })
  })

  test('a dossier that turns out late moves weights, and only the next run', async () => {
    const { id } = (await door.compute('thu', '1')).json
    await world.bring([
      world.line({
        ma_don_vi: 'MC-A',
        ngay_tiep_nhan: `${door.period.from}-02`,
        ngay_hen_tra: `${door.period.from}-03`,
        ngay_tra: `${door.period.from}-09`,
      }),
    ])
    const after = (await door.compute('thu', '1')).json
    const [then, now] = [await shown('MC-A', `&run=${id}`), await shown('MC-A', `&run=${after.id}`)]
    expect([then.counts.dossiers, now.counts.dossiers]).toEqual([60, 61])
    expect(now.run.inputsSha256).not.toBe(then.run.inputsSha256)
  })

  test('inputs or scores that were tampered with are told', async () => {
    const { id } = (await door.compute('thu', '1')).json
    await world.sql`update index_score set est[1] = 99 where run_id = ${id} and unit_id = ${world.units['MC-A']}`
    expect((await door.ask('POST', `/api/index-runs/${id}/rerun`, {})).json).toMatchObject({
      same: false,
      differences: [{ unit: world.units['MC-A'], node: 'TOTAL' }],
    })
    await world.sql`update index_input set n[1] = 61 where run_id = ${id} and unit_id = ${world.units['MC-A']}`
    expect((await door.ask('POST', `/api/index-runs/${id}/rerun`, {})).json).toMatchObject({ code: 'inputs_damaged' })
  })

  test('the database itself refuses to change the text of a published edition', async () => {
    await expect(
      world.sql`update index_edition set definition = '{}' where id = 'thu' and edition = '1'`,
    ).rejects.toThrow(/never changes/)
  })

  test('a run is found by its edition, listed newest first, and by no one else', async () => {
    const runs = await door.ask<{ items: { id: number }[] }>('GET', '/api/indices/thu/editions/1/runs')
    expect(described.get('IndexRunPage')?.parse(runs.json)).toEqual(runs.json)
    const ids = runs.json.items.map(({ id }) => id)
    expect(ids).toEqual([...ids].sort((a, b) => b - a))
    expect(ids).toContain(first.id)
    expect((await door.ask('GET', `/api/index-runs/${first.id}`)).status).toBe(200)
    expect((await door.ask('GET', '/api/index-runs/999999')).status).toBe(404)
    expect((await door.scores(world.units['MC-A'], 'khac')).json.code).toBe('no_run')
  })
})

describe('the nightly job', () => {
  test('computes every edition in use for the months, quarters and years around, once when two start together, and replaces only its own runs', async () => {
    const nightly = () => world.sql<{ id: number; index_id: string; key: string }[]>`
      select id, index_id, concat_ws(' ', index_id, edition, from_month, to_month) as key from index_run where nightly order by id`
    const services = { ...world.services, now: () => new Date() }
    await runJob(services, 'tally')
    const handled = await Promise.all([runJob(services, 'indices'), runJob(services, 'indices')])
    expect(Math.max(...handled)).toBeGreaterThan(0)
    const one = await nightly()
    expect(new Set(one.map(({ key }) => key)).size).toBe(one.length)
    expect(new Set(one.map((run) => run.index_id))).toEqual(
      new Set(['thu', 'papi-like-ratings', 'pci-like-ratings', 'tt01-2018', 'qd766', 'qd766-sum']),
    )
    await runJob(services, 'indices')
    expect(await nightly()).toEqual(one)
    await door.rate('MC-A', smallAnswers(24, { info: 24, paper: 24, overall: 24 }))
    await runJob(services, 'indices')
    const two = await nightly()
    expect(new Set(two.map(({ key }) => key)).size).toBe(two.length)
    expect(two.filter(({ id }) => one.every((run) => run.id !== id)).length).toBeGreaterThan(0)
    expect((await shown('MC-A', `&run=${first.id}`)).run.id).toBe(first.id)
    expect((await shown('MC-A')).run).toMatchObject({ nightly: true })
  })
})
