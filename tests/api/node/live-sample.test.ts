import { afterAll, beforeAll, expect, test } from 'vitest'
import { liveSampleAsk } from '../../../api/node/live-sample.ts'
import { createServices, type Services } from '../../../api/services.ts'
import { readInvitation } from '../../../api/invitations/invitation.ts'
import { createDatabase, type Database } from '../../../db/client.ts'
import { insertTenant } from '../../../db/queries/accounts.ts'
import { testDatabase, type TestDatabase } from '../../support/database.ts'
import { testSettings } from '../../support/settings.ts'

let database: TestDatabase
let db: Database
let sample: Awaited<ReturnType<typeof insertTenant>>
let now = new Date('2026-07-01T01:00:00Z')
const services = (): Services => createServices(db, { ...testSettings, SURFACE: 'full' }, { now: () => now })

beforeAll(async () => {
  database = await testDatabase('reference')
  db = createDatabase(database.url, { max: 2 })
  sample = await insertTenant(db.shared, { prefix: 'smp', name: 'Mẫu', sample: true })
  await db.withTenant(sample.id, async (trx) => {
    const { id } = await trx
      .insertInto('unit')
      .values({ tenant_id: sample.id, kind: 'one_stop', parent_id: null, valid_from: null, valid_to: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    const valid = { tenant_id: sample.id, unit_id: id, valid_from: null, valid_to: null }
    await trx
      .insertInto('unit_name')
      .values({ ...valid, name: 'Bộ phận Một cửa phường Phố Hiến' })
      .execute()
    await trx
      .insertInto('unit_code')
      .values({ ...valid, system: 'own', code: 'MC-PHOHIEN' })
      .execute()
  })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

test('the sample has one rating that can be opened, the same until it is used or expires', async () => {
  const token = await liveSampleAsk(services(), sample)
  const invitation = await readInvitation(services(), token)
  expect(invitation).toMatchObject({ state: 'open', event: 'returned', sample: true, procedure: { code: '2.000815' } })
  expect(await liveSampleAsk(services(), sample)).toBe(token)

  await db.withTenant(sample.id, (trx) =>
    trx.updateTable('ask').set({ state: 'complete' }).where('tenant_id', '=', sample.id).execute(),
  )
  const second = await liveSampleAsk(services(), sample)
  expect(second).not.toBe(token)
  expect((await readInvitation(services(), second)).state).toBe('open')

  now = new Date('2027-02-01T01:00:00Z')
  const third = await liveSampleAsk(services(), sample)
  expect(third).not.toBe(second)
  expect((await readInvitation(services(), third)).state).toBe('open')
})

test('real data never gets a made dossier', async () => {
  await expect(liveSampleAsk(services(), { ...sample, sample: false })).rejects.toThrow('only the sample tenant')
})
