import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importDossiers } from '../../api/dossiers/import.ts'
import { readInvitation } from '../../api/invitations/invitation.ts'
import { runJob } from '../../api/jobs/run.ts'
import { submissionSchema } from '../../api/responses/schema.ts'
import { submitResponse } from '../../api/responses/submit.ts'
import { withdrawResponse } from '../../api/responses/withdraw.ts'
import type { Services } from '../../api/services.ts'
import { storeAnswers } from '../../db/queries/submissions.ts'
import { within } from '../../db/send.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { hashOf, submission } from '../support/submission.ts'
import { until } from '../support/until.ts'
import { buildWorld, csvOf, type DossierLine, type World } from '../support/world.ts'
import { atOneMoment, recount, strays, tableAlone } from './recount.ts'

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

/** Services whose answers are written, but not committed before `release`; `written` resolves when that far. */
function holding(services: Services): { held: Services; written: Promise<void>; release: () => void } {
  const reached = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const held: Services = {
    ...services,
    writeAnswer: (prefix, write) =>
      services.db.shared.transaction().execute(async (trx) => {
        const asks = await storeAnswers(within(trx), prefix, [write])
        reached.resolve()
        await gate.promise
        return asks.get(write.token_hash) ?? null
      }),
  }
  return { held, written: reached.promise, release: gate.resolve }
}

/** Services whose transactions have done everything but commit when `written` resolves, and commit at `release`. */
function heldBeforeCommit(services: Services): ReturnType<typeof holding> {
  const reached = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const { db } = services
  const withTenant: typeof db.withTenant = (tenantId, work, options) =>
    db.withTenant(
      tenantId,
      async (trx) => {
        const result = await work(trx)
        reached.resolve()
        await gate.promise
        return result
      },
      options,
    )
  return { held: { ...services, db: { ...db, withTenant } }, written: reached.promise, release: gate.resolve }
}

/** As many as `count` wait for locks in this database. */
const waiting = (count: number) =>
  until(`${count} waiting for locks`, async () => {
    const [row] = await world.sql`
      select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    return row!['n'] >= count ? true : null
  })

async function whole(): Promise<void> {
  expect(await strays(world)).toBe(0)
  await runJob(world.services, 'tally')
  const [table, last] = await atOneMoment(world, async (trx) => [
    await tableAlone(trx, world.tenant.id),
    await recount(trx, world.tenant.id),
  ])
  expect(table).toEqual(last)
}

const answer = (services: Services, token: string, given = {}) =>
  submitResponse(services, submissionSchema.parse(submission(token, { withdrawHash: hashOf('x'), ...given })), null)

async function oneDossier(): Promise<{ line: DossierLine; token: string }> {
  const line = world.line()
  await world.bring([line])
  return { line, token: [...(await world.tokens([line['ma_ho_so']!])).values()][0]! }
}

test('a correction reaches an answer that is just being stored', async () => {
  const { line, token } = await oneDossier()
  const { held, written, release } = holding(world.services)
  const answering = answer(held, token)
  await written
  const correcting = world.bring([{ ...line, ma_don_vi: 'SXD', ma_tthc: '1.009972', ngay_hen_tra: line['ngay_tra']! }])
  await waiting(1)
  release()
  const { id } = await answering
  expect((await correcting).updated).toBe(1)
  await whole()
  await withdrawResponse(world.services, { id, secret: 'x' })
  await whole()
})

test('what waits for a correction is counted in its new place', async () => {
  for (const act of ['opening', 'answer', 'withdrawal'] as const) {
    const { line, token } = await oneDossier()
    const begun = act === 'withdrawal' ? await answer(world.services, token) : null
    await runJob(world.services, 'tally')
    const importer = heldBeforeCommit(world.services)
    const correcting = importDossiers(
      importer.held,
      { tenantId: world.tenant.id, actor: 'test' },
      new TextEncoder().encode(csvOf([{ ...line, ma_don_vi: 'SXD', ma_tthc: '1.004194' }])),
    )
    await importer.written
    const other = act === 'answer' ? holding(world.services) : heldBeforeCommit(world.services)
    const acting =
      act === 'opening'
        ? readInvitation(other.held, token)
        : act === 'answer'
          ? answer(other.held, token)
          : withdrawResponse(other.held, { id: begun?.id ?? '', secret: 'x' })
    await waiting(1)
    importer.release()
    expect((await correcting).updated).toBe(1)
    await other.written
    // a tally between the two commits sees the correction alone
    await runJob(world.services, 'tally')
    other.release()
    await acting
    await whole()
  }
})

test('a correction and a revision of the same answer do not wait for each other in a circle', async () => {
  const { line, token } = await oneDossier()
  const { id } = await answer(world.services, token)
  const third = postgres(database.ownerUrl, { max: 1 })
  const locked = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const holds = third.begin(async (sql) => {
    await sql`select set_config('app.tenant', ${String(world.tenant.id)}, true)`
    await sql`select 1 from response where id = ${id} for update`
    locked.resolve()
    await gate.promise
  })
  await locked.promise
  const correcting = world.bring([{ ...line, ma_don_vi: 'SNV' }])
  await waiting(1)
  const revising = answer(world.services, token, { id, revision: 2, answers: { OVERALL: '1' } })
  await waiting(2)
  gate.resolve()
  await holds
  await third.end()
  expect((await correcting).updated).toBe(1)
  expect(await revising).toMatchObject({ revision: 2 })
  await whole()
})
