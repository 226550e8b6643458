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

test('a page tells of an answer at once, before and after its cell is rebuilt, though it keeps province-wide results', async () => {
  const asks = await world.asks(12)
  const yesterday = new Date(Date.now() - 86_400_000 + 7 * 3_600_000).toISOString()
  const month = yesterday.slice(0, 7)
  const period = calendarPeriod(month, month)!
  for (const unit of [world.units['MC-A'], world.units['33']])
    await unitSummary(world.services, world.tenant.id, unit, period)
  for (const [answered, { token }] of asks.entries()) {
    await answer(token)
    if (answered % 3 === 2) await runJob(world.services, 'tally')
    for (const unit of [world.units['MC-A'], world.units['33']]) {
      const page = await unitSummary(world.services, world.tenant.id, unit, period)
      expect(page.counts.answered).toBe(answered + 1)
      expect(page.figures[0]?.estimate.lo === null).toBe(answered + 1 < 10)
    }
  }
})

test('a page that keeps what has not changed is the page of a process that knows nothing yet, at every step', async () => {
  const lines = Array.from({ length: 160 }, (_, k) => {
    const unit = ['SXD', 'SNV', 'MC-A', 'MC-B'][k % 4]!
    const taken = k % 7 === 0 ? 'MC-B' : unit
    return world.line({ ma_don_vi: unit, ma_don_vi_tiep_nhan: taken, ma_tthc: PROCEDURES[k % 3]! })
  })
  await world.bring(lines)
  const tokens = [...(await world.tokens(lines.map((line) => line['ma_ho_so']!))).values()]
  const month = new Date(Date.now() - 86_400_000 + 7 * 3_600_000).toISOString().slice(0, 7)
  const year = calendarPeriod(`${month.slice(0, 4)}-01`, `${month.slice(0, 4)}-12`)!
  const periods = [calendarPeriod(month, month)!, year]
  for (let step = 0; step < 8; step += 1) {
    for (const token of tokens.splice(0, 20)) await answer(token)
    if (step % 3 === 1) await runJob(world.services, 'tally')
    vi.resetModules()
    const fresh = {
      ...(await import('../../api/indices/summary.ts')),
      ...(await import('../../api/insights/weak-spots.ts')),
    }
    for (const unit of Object.values(world.units))
      for (const period of periods) {
        const at = [world.services, world.tenant.id, unit] as const
        expect(await unitSummary(...at, period)).toEqual(await fresh.unitSummary(...at, period))
        for (const compare of ['previous', 'province', 'peers'] as const) {
          const query = { period, compare, offset: 0, limit: 50 }
          expect(await unitWeakSpots(...at, query)).toEqual(await fresh.unitWeakSpots(...at, query))
        }
      }
  }
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
