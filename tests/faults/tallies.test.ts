import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '../../api/errors.ts'
import { readInvitation } from '../../api/invitations/invitation.ts'
import { runJob } from '../../api/jobs/run.ts'
import { submissionSchema } from '../../api/responses/schema.ts'
import { submitResponse } from '../../api/responses/submit.ts'
import { withdrawResponse } from '../../api/responses/withdraw.ts'
import { seeded } from '../core/stats/seeded.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { hashOf, submission } from '../support/submission.ts'
import { buildWorld, PROCEDURES, type DossierLine, type World } from '../support/world.ts'
import { asPagesRead, atOneMoment, recount, strays, sumsAsRead, sumsRecounted, tableAlone } from './recount.ts'

const WRITERS = 12
const STEPS = 90
const ASKS = 60
const LOOKS = 25
const SECRET = 'giữ kín'

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

test('tallies equal a recount from rows, at every moment and at the end, while twelve write and correct', async () => {
  const { services } = world
  const lines = Array.from({ length: ASKS }, () => world.line())
  await world.bring(lines)
  const tokens = await world.tokens(lines.map((line) => line['ma_ho_so']!))
  const targets = lines.map((line) => ({ line, token: tokens.get(line['ma_ho_so']!)!, id: randomUUID() }))
  const met = new Map<string, number>()
  const note = (what: string) => met.set(what, (met.get(what) ?? 0) + 1)

  /** A refusal is an answer too; anything else is a fault. */
  const allowing = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
      note(what)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      expect([
        'superseded',
        'revision_conflict',
        'already_complete',
        'token_taken',
        'withdrawn',
        'not_found',
      ]).toContain(error.code)
      note(`${what} ${error.code}`)
    }
  }

  const writer = async (seed: number): Promise<void> => {
    const next = seeded(seed)
    const upTo = (count: number) => Math.floor(next() * count)
    const pick = <T>(list: readonly T[]): T => list[upTo(list.length)] as T
    for (let step = 0; step < STEPS; step += 1) {
      const { token, id } = pick(targets)
      const what = next()
      if (what < 0.6) {
        const body = submission(token, {
          id: next() < 0.05 ? randomUUID() : id,
          revision: 1 + upTo(12),
          complete: next() < 0.1,
          answers: {
            OVERALL: pick(['1', '2', '3', '4', '5']),
            ...(next() < 0.5 ? { Q_INFO: pick(['yes', 'no', { na: true }]), Q_RESPECT: pick(['yes', 'no']) } : {}),
            ...(next() < 0.5 ? { T3: pick(['0', '1', '2']) } : {}),
          },
          withdrawHash: hashOf(SECRET),
        })
        await allowing('answer', () => submitResponse(services, submissionSchema.parse(body), null))
      } else if (what < 0.68) await allowing('withdrawal', () => withdrawResponse(services, { id, secret: SECRET }))
      else if (what < 0.8) await allowing('opening', () => readInvitation(services, token))
      else {
        const wrong = Array.from({ length: 1 + upTo(4) }, () => corrected(pick(targets).line, pick))
        const report = await world.bring([...new Map(wrong.map((line) => [line['ma_ho_so'], line])).values()])
        expect(report.rejected).toBe(0)
        if (report.updated > 0) note('correction')
      }
    }
  }

  const work = { isGoing: true }
  const tallying = (async () => {
    let handled = 0
    while (work.isGoing) handled += await runJob(services, 'tally')
    return handled
  })()
  const looking = (async () => {
    for (let look = 0; work.isGoing && look < LOOKS; look += 1) {
      const [read, counted] = await atOneMoment(world, async (trx) => [
        await asPagesRead(trx, world.tenant.id),
        await recount(trx, world.tenant.id),
      ])
      expect(read).toEqual(counted)
      const [sums, summed] = await atOneMoment(world, async (trx) => [
        await sumsAsRead(trx, world.tenant.id),
        await sumsRecounted(trx, world.tenant.id),
      ])
      expect(sums).toEqual(summed)
      note('look')
    }
  })()
  try {
    await Promise.all(Array.from({ length: WRITERS }, (_, i) => writer(i + 1)))
  } finally {
    work.isGoing = false
  }
  await looking
  expect(await tallying).toBeGreaterThan(0)

  const [read, counted] = await atOneMoment(world, async (trx) => [
    await asPagesRead(trx, world.tenant.id),
    await recount(trx, world.tenant.id),
  ])
  expect(read).toEqual(counted)
  await runJob(services, 'tally')
  const [table, last] = await atOneMoment(world, async (trx) => [
    await tableAlone(trx, world.tenant.id),
    await recount(trx, world.tenant.id),
  ])
  expect(table).toEqual(last)
  expect(last.size).toBeGreaterThan(50)
  const [sums, summed] = await atOneMoment(world, async (trx) => [
    await sumsAsRead(trx, world.tenant.id),
    await sumsRecounted(trx, world.tenant.id),
  ])
  expect(sums).toEqual(summed)
  expect(sums.size).toBeGreaterThan(50)
  expect(await strays(world)).toBe(0)
  // what the run was for has happened
  for (const what of [
    'answer',
    'answer superseded',
    'answer token_taken',
    'withdrawal',
    'correction',
    'opening',
    'look',
  ])
    expect(met.get(what) ?? 0, what).toBeGreaterThan(2)
})

/** The line as another list tells it: other units, days, kinds or another end. */
function corrected(line: DossierLine, pick: <T>(list: readonly T[]) => T): DossierLine {
  const days = (n: number) => new Date(Date.now() - n * 86_400_000).toISOString()
  const back = days(pick([1, 2, 20, 45]))
  return {
    ...line,
    ma_don_vi: pick(['SXD', 'SNV', 'MC-A', 'MC-B']),
    ma_don_vi_tiep_nhan: pick(['SXD', 'MC-A', 'MC-B']),
    ma_tthc: pick(PROCEDURES),
    ngay_tiep_nhan: days(60),
    ngay_hen_tra: days(pick([1, 10, 30])),
    ...(pick([true, true, true, false])
      ? { ngay_tra: back, trang_thai: 'đã trả kết quả' }
      : { ngay_tra: '', ngay_tu_choi: back, trang_thai: 'từ chối' }),
  }
}
