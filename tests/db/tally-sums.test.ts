import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { unitSummary } from '../../api/indices/summary.ts'
import { unitWeakSpots } from '../../api/insights/weak-spots.ts'
import { runJob } from '../../api/jobs/run.ts'
import { submissionSchema } from '../../api/responses/schema.ts'
import { submitResponse } from '../../api/responses/submit.ts'
import { calendarPeriod } from '../../api/core/time/period.ts'
import { importProcedures } from '../../api/units/import.ts'
import { atOneMoment, sumsAsRead, sumsRecounted } from '../faults/recount.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { submission } from '../support/submission.ts'
import { buildWorld, PROCEDURES, type World } from '../support/world.ts'

let database: TestDatabase
let world: World

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
})
afterAll(async () => {
  await world.stop()
  await database.drop()
})

async function answer(token: string): Promise<void> {
  const body = submission(token, { answers: { OVERALL: '5', Q_INFO: 'yes' } })
  await submitResponse(world.services, submissionSchema.parse(body), null)
}

const monthOf = (at: number) => new Date(at + 7 * 3_600_000).toISOString().slice(0, 7)
const yesterday = () => monthOf(Date.now() - 86_400_000)

test('a page is of the moment that was counted last and says so; one that is behind by more than ten seconds counts itself', async () => {
  const asks = await world.asks(12)
  const period = calendarPeriod(yesterday(), yesterday())!
  const units = [world.units['MC-A'], world.units['33']]
  const pages = () => Promise.all(units.map((unit) => unitSummary(world.services, world.tenant.id, unit, period)))
  await runJob(world.services, 'tally')
  for (const [answered, { token }] of asks.entries()) {
    await answer(token)
    // however slow the machine is
    await world.sql`update tally_change set at = clock_timestamp()`
    for (const page of await pages()) {
      expect(page.counts.answered).toBe(answered)
      expect(page.figures[0]?.estimate.lo === null).toBe(answered < 10)
      expect(Date.parse(page.asOf)).toBeLessThan(Date.now())
    }
    const [{ at }] = (await world.sql`select min(at) as at from tally_change`) as unknown as [{ at: Date }]
    for (const page of await pages()) expect(page.asOf).toBe(at.toISOString())
    await world.sql`update tally_change set at = at - interval '11 seconds'`
    for (const page of await pages()) {
      expect(page.counts.answered).toBe(answered + 1)
      expect(page.figures[0]?.estimate.lo === null).toBe(answered + 1 < 10)
      expect(Date.parse(page.asOf)).toBeGreaterThan(at.getTime())
    }
    await runJob(world.services, 'tally')
    for (const page of await pages()) expect(page.counts.answered).toBe(answered + 1)
  }
})

test('a page shows what the job counted and decided as one that decides everything itself, at every step', async () => {
  const lines = Array.from({ length: 160 }, (_, k) => {
    const unit = ['SXD', 'SNV', 'MC-A', 'MC-B'][k % 4]!
    const taken = k % 7 === 0 ? 'MC-B' : unit
    return world.line({ ma_don_vi: unit, ma_don_vi_tiep_nhan: taken, ma_tthc: PROCEDURES[k % 3]! })
  })
  await world.bring(lines)
  const tokens = [...(await world.tokens(lines.map((line) => line['ma_ho_so']!))).values()]
  const year = calendarPeriod(`${yesterday().slice(0, 4)}-01`, `${yesterday().slice(0, 4)}-12`)!
  const periods = [calendarPeriod(yesterday(), yesterday())!, year]
  const ours = { unitSummary, unitWeakSpots }
  const pages = async (doors: typeof ours) => {
    const shown: unknown[] = []
    for (const unit of Object.values(world.units))
      for (const period of periods) {
        const at = [world.services, world.tenant.id, unit] as const
        shown.push({ ...(await doors.unitSummary(...at, period)), asOf: null })
        for (const compare of ['previous', 'province', 'peers'] as const) {
          const query = { period, compare, offset: 0, limit: 50 }
          shown.push({ ...(await doors.unitWeakSpots(...at, query)), asOf: null })
        }
      }
    return shown
  }
  await runJob(world.services, 'tally')
  let counted = await pages(ours)
  for (let step = 0; step < 4; step += 1) {
    for (const token of tokens.splice(0, 40)) await answer(token)
    expect(await pages(ours)).toEqual(counted)
    await world.sql`update tally_change set at = at - interval '11 seconds'`
    const own = await pages(ours)
    expect(own).not.toEqual(counted)
    if (step > 1) expect(await pages(await knowsNothing())).toEqual(own)
    await runJob(world.services, 'tally')
    counted = await pages(ours)
    expect(counted).toEqual(own)
  }
  expect(await pages(await knowsNothing())).toEqual(counted)
  // a page takes what the job has added up of all units, but only that of its own counts
  await world.sql`update tally_spot_total set spots = '[]'`
  expect(await pages(await knowsNothing())).not.toEqual(counted)
  await world.sql`update tally_spot_total set state = state || '1'`
  expect(await pages(await knowsNothing())).toEqual(counted)
})

/** The same doors of a server that has just been started. */
async function knowsNothing() {
  vi.resetModules()
  return {
    ...(await import('../../api/indices/summary.ts')),
    ...(await import('../../api/insights/weak-spots.ts')),
  }
}

test('a unit that comes into the tree is decided about at once', async () => {
  const period = calendarPeriod(yesterday(), yesterday())!
  const page = () => unitSummary(world.services, world.tenant.id, world.units['33'], period)
  await runJob(world.services, 'tally')
  const [before] = await world.sql`select number, basis from tally_decision order by year desc limit 1`
  await world.sql`insert into unit (tenant_id, kind, parent_id) values (${world.tenant.id}, 'department', ${world.units['33']})`
  const own = await page()
  await runJob(world.services, 'tally')
  const [after] = await world.sql`select number, basis from tally_decision order by year desc limit 1`
  expect(after!['number']).toBe(before!['number'])
  expect(after!['basis']).not.toBe(before!['basis'])
  expect({ ...(await page()), asOf: null }).toEqual({ ...own, asOf: null })
})

test('a procedure that changes field and group takes its counts along', async () => {
  const list = (field: string, group: string) =>
    new TextEncoder().encode(
      `ma_tthc;ten;linh_vuc;cap;thoi_han_ngay;nhom_papi\n${PROCEDURES[0]};Chứng thực;${field};Cấp xã;1;${group}`,
    )
  const compare = () =>
    atOneMoment(world, async (trx) => {
      const read = await sumsAsRead(trx, world.tenant.id)
      expect(read).toEqual(await sumsRecounted(trx, world.tenant.id))
      return [...read.keys()].filter((key) => key.includes('Lĩnh vực khác')).length
    })
  await runJob(world.services, 'tally')
  expect(await compare()).toBe(0)
  await importProcedures(world.services, world.tenant.id, list('Lĩnh vực khác', '5.3'))
  expect(await compare()).toBeGreaterThan(0)
  await runJob(world.services, 'tally')
  expect(await compare()).toBeGreaterThan(0)
})
