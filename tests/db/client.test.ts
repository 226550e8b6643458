import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '../../db/client.ts'
import { isConnectionFault } from '../../db/connection-fault.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'

let place: TestDatabase
let db: Database
beforeAll(async () => {
  place = await testDatabase()
  db = createDatabase(place.url, { max: 2 })
})
afterAll(async () => {
  await db.close()
  await place.drop()
})

test('a transaction whose connection is lost fails with that, so that its caller is told to come back, and the next one works', async () => {
  const lost = db.withTenant(1, async (trx) => {
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx)
  })
  const error = await lost.catch((thrown: unknown) => thrown)
  expect(isConnectionFault(error), String(error)).toBe(true)
  const { rows } = await db.withTenant(1, (trx) => sql<{ one: number }>`select 1 as one`.execute(trx))
  expect(rows).toEqual([{ one: 1 }])
})
