import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { importDossiers } from '../../api/dossiers/import.ts'
import { readInvitation } from '../../api/invitations/invitation.ts'
import { runJob } from '../../api/jobs/run.ts'
import { submissionSchema } from '../../api/responses/schema.ts'
import { submitResponse } from '../../api/responses/submit.ts'
import { createServices, type Services } from '../../api/services.ts'
import { checkDatabase } from '../../db/backup/check.ts'
import { checkFile, compareWithFile } from '../../db/backup/compare.ts'
import { restoreBackup } from '../../db/backup/restore.ts'
import { writeBackup } from '../../db/backup/write.ts'
import { createDatabase } from '../../db/client.ts'
import { appRole } from '../../db/embedded.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { type Submission, submission } from '../support/submission.ts'
import { testSettings } from '../support/settings.ts'
import { until } from '../support/until.ts'
import { buildWorld, csvOf, type World } from '../support/world.ts'
import { answerSome, startLoad } from './load.ts'
import { newDatabase, type NewDatabase, once, portrait } from './places.ts'

const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-backup-'))
const keys = { TOKEN_KEYS: testSettings.TOKEN_KEYS, AUTH_SECRET: testSettings.AUTH_SECRET }
let database: TestDatabase
let world: World
let answered: string[] = []
let serial = 0
const restored: NewDatabase[] = []

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  answered = await answerSome(world, 20)
})
afterEach(async () => {
  for (const place of restored.splice(0)) await place.drop()
})
afterAll(async () => {
  await world.stop()
  await database.drop()
  rmSync(folder, { recursive: true })
})

const backUp = async (): Promise<string> => {
  const file = join(folder, `${(serial += 1)}.lnb`)
  await writeBackup({ ownerUrl: database.ownerUrl, file, now: new Date(), keys })
  return file
}
const bringBack = async (file: string, place?: NewDatabase): Promise<NewDatabase> => {
  const target = place ?? (await newDatabase())
  restored.push(target)
  await restoreBackup({ ownerUrl: target.ownerUrl, file, appRole })
  return target
}
const wrongIn = async (ownerUrl: string) => (await checkDatabase(ownerUrl)).filter(({ wrong }) => wrong > 0)
const answersOf = async (ownerUrl: string): Promise<Set<string>> => {
  const rows = await once(ownerUrl, (sql) => sql<{ id: string }[]>`select id from response`)
  return new Set(rows.map(({ id }) => id))
}

describe('a backup of a system in use', () => {
  test('taken while ten write holds one moment: all that was acknowledged before, and every rule', async () => {
    const load = startLoad(world, 10)
    const taken: { file: string; before: string[]; withdrawn: string[]; begun: Set<string> }[] = []
    try {
      for (let round = 0; round < 2; round += 1) {
        const from = load.acknowledged.length
        await until('answers', () => (load.acknowledged.length > from + 60 ? true : null))
        const [before, withdrawn] = [[...answered, ...load.acknowledged], load.withdrawn.slice()]
        const file = await backUp()
        taken.push({ file, before, withdrawn, begun: new Set([...answered, ...load.begun]) })
        expect(load.acknowledged.length).toBeGreaterThan(before.length - answered.length)
      }
    } finally {
      await load.stop()
    }
    const withdrawnEver = new Set(load.withdrawn)
    for (const { file, before, withdrawn, begun } of taken) {
      const { ownerUrl } = await bringBack(file)
      const found = await answersOf(ownerUrl)
      expect(before.filter((id) => !found.has(id) && !withdrawnEver.has(id))).toEqual([])
      expect(withdrawn.length).toBeGreaterThan(0)
      expect(withdrawn.filter((id) => found.has(id))).toEqual([])
      expect([...found].filter((id) => !begun.has(id))).toEqual([])
      expect(await wrongIn(ownerUrl)).toEqual([])
    }
  })

  test('restored is the same in every row, sequence, constraint, index, policy and right', async () => {
    const file = await backUp()
    const { ownerUrl } = await bringBack(file)
    const expected = await portrait(database.ownerUrl)
    expect(await portrait(ownerUrl)).toEqual(expected)
    expect(expected['response']).not.toMatch(/^0 /)
    const content = await checkFile(file)
    expect((await compareWithFile(ownerUrl, content)).filter(({ wrong }) => wrong > 0)).toEqual([])
    expect((await compareWithFile(database.ownerUrl, content)).filter(({ wrong }) => wrong > 0)).toEqual([])
  })

  test('restored into a migrated database that only has reference data is the same as well', async () => {
    const place = await testDatabase('reference')
    await bringBack(await backUp(), place)
    expect(await portrait(place.ownerUrl)).toEqual(await portrait(database.ownerUrl))
  })

  test('restored goes on: links open, once, new dossiers and asks get new numbers, tallies are rebuilt', async () => {
    const [ask, spent] = await world.asks(2)
    const send = (services: Services, body: Submission) => submitResponse(services, submissionSchema.parse(body), null)
    const earlier = submission(spent!.token)
    await send(world.services, earlier)
    const { url, ownerUrl } = await bringBack(await backUp())
    const db = createDatabase(url, { max: 3 })
    try {
      const services = createServices(db, { ...testSettings, SURFACE: 'full' }, { log: () => undefined })
      const line = world.line()
      const made = await importDossiers(
        services,
        { tenantId: world.tenant.id, actor: 'test' },
        new TextEncoder().encode(csvOf([line])),
      )
      expect(made).toMatchObject({ created: 1, rejected: 0 })
      expect(await readInvitation(services, ask!.token)).toMatchObject({ state: 'open' })
      const answer = submission(ask!.token)
      expect(await send(services, answer)).toMatchObject({ id: answer.id, revision: 1 })
      expect((await answersOf(ownerUrl)).has(answer.id)).toBe(true)
      await expect(send(services, submission(spent!.token))).rejects.toMatchObject({ code: 'token_taken' })
      expect(await send(services, { ...earlier, revision: 2, complete: true })).toMatchObject({ revision: 2 })
      await runJob(services, 'tally')
      expect(await wrongIn(ownerUrl)).toEqual([])
    } finally {
      await db.close()
    }
  })

  test('is closed to other users, and leaves nothing behind but itself', async () => {
    const file = await backUp()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).filter((name) => name.includes('part'))).toEqual([])
  })

  test('that cannot be written is told, and leaves nothing behind', async () => {
    const file = join(folder, 'no', 'such', 'folder.lnb')
    const writing = writeBackup({ ownerUrl: database.ownerUrl, file, now: new Date(), keys })
    await expect(writing).rejects.toMatchObject({ code: 'not_writable' })
  })

  test.each(['while rows come', 'between two tables'])(
    'whose connection is lost %s fails, and leaves nothing behind',
    async (when) => {
      const file = join(folder, 'lost.lnb')
      const lose = async (): Promise<void> => {
        await world.sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and application_name = 'postgres.js'
          and xact_start is not null`
      }
      const writing = writeBackup({
        ownerUrl: database.ownerUrl,
        file,
        now: new Date(),
        keys,
        onTable: (name) => (name === 'ask' ? (when === 'while rows come' ? void lose() : lose()) : undefined),
      })
      await expect(writing).rejects.toThrow(/CONN|terminating/)
      expect(readdirSync(folder).filter((name) => name.startsWith('lost'))).toEqual([])
    },
  )
})

describe('a check of a database', () => {
  test('finds an answer nobody was asked for, an ask whose answer is gone, and a tally that is no recount', async () => {
    const { ownerUrl } = await bringBack(await backUp())
    expect(await wrongIn(ownerUrl)).toEqual([])
    await once(ownerUrl, async (sql) => {
      await sql`update tally set c0 = c0 + 1 where ctid = (select ctid from tally where item = '@ask' limit 1)`
      await sql`delete from response where id = (select id from response order by id limit 1)`
      await sql`
        insert into response select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid()))).*
        from response r limit 1`
      await sql`delete from tally_change`
    })
    const wrong = await wrongIn(ownerUrl)
    expect(new Set(wrong.map(({ check }) => check))).toEqual(
      new Set(['answers_without_ask', 'asks_without_their_answer', 'tallies_unlike_recount']),
    )
  })

  test('finds a row that refers to nothing', async () => {
    const { ownerUrl } = await bringBack(await backUp())
    await once(ownerUrl, async (sql) => {
      await sql`set session_replication_role = 'replica'`
      await sql`delete from dossier where id = (select min(dossier_id) from ask)`
    })
    const wrong = (await wrongIn(ownerUrl)).filter(({ check }) => check === 'foreign_keys')
    expect(wrong.map(({ subject }) => subject)).toContain('ask_tenant_id_dossier_id_fkey')
  })
})
