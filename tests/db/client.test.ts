import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '../../db/client.ts'
import { isConnectionFault } from '../../db/connection-fault.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { until } from '../support/until.ts'

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

test('nothing is sent on a connection that is known to be lost, however late its transaction ends', async () => {
  const lost = db.withTenant(1, async (trx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
    const fault = await sql`select pg_terminate_backend(pg_backend_pid())`
      .execute(trx)
      .catch((thrown: unknown) => thrown)
    await until('the connection to be gone', async () => {
      const here = await sql`select from pg_stat_activity where pid = ${rows[0]?.pid}`.execute(db.shared)
      return here.rows.length === 0 ? true : null
    })
    throw fault
  })
  const error = await lost.catch((thrown: unknown) => thrown)
  expect(isConnectionFault(error), String(error)).toBe(true)
  const { rows } = await db.withTenant(1, (trx) => sql<{ one: number }>`select 1 as one`.execute(trx))
  expect(rows).toEqual([{ one: 1 }])
})
