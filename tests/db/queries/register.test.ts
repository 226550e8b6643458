import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findDossiers, insertEvents, lookUpByKey, noteManyRows } from '../../../db/queries/register.ts'
import { testDatabase, type TestDatabase } from '../../support/database.ts'
import { buildWorld, type World } from '../../support/world.ts'

const COUNT = 400
let database: TestDatabase
let world: World

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
})
afterAll(async () => {
  await world?.stop()
  await database?.drop()
})

test('an import reads each dossier about once, also while statistics call its tables large and empty', async () => {
  const lines = Array.from({ length: COUNT }, () => world.line())
  await world.bring(lines)
  // what automatic statistics find while the rows of a first large import are not committed yet
  await world.sql`update pg_class set reltuples = 0, relpages = greatest(relpages, pg_relation_size(oid) / 8192)
    where oid = 'dossier'::regclass or oid in (select indexrelid from pg_index where indrelid = 'dossier'::regclass)`
  const read = await world.services.db.withTenant(world.tenant.id, async (trx) => {
    await lookUpByKey(trx)
    await noteManyRows(trx)
    const codes = lines.map((line) => line['ma_ho_so'] ?? '')
    const found = await findDossiers(trx, world.tenant.id, codes)
    expect(found).toHaveLength(COUNT)
    // each event looks for its dossier
    const at = new Date().toISOString()
    await insertEvents(
      trx,
      world.tenant.id,
      found.map(({ id }) => ({ dossier_id: id, type: 'supplement_requested', n: 9, at })),
    )
    const { rows } = await sql<{ read: number }>`
      select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables where relname = 'dossier'`.execute(trx)
    return rows[0]?.read ?? 0
  })
  expect(read).toBeGreaterThanOrEqual(2 * COUNT)
  expect(read).toBeLessThan(10 * COUNT)
})
