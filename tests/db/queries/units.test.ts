import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '../../../db/client.ts'
import { insertTenant } from '../../../db/queries/accounts.ts'
import { listUnits } from '../../../db/queries/units.ts'
import { testDatabase, type TestDatabase } from '../../support/database.ts'

const IN_ORDER = [
  'An Bình',
  'Ăn Khê',
  'Ân Thi',
  'Diên Hà',
  'Dương Hòa',
  'Đoan Hùng',
  'Đông Hưng',
  'Đông Hưng',
  'Ủy ban',
  'Văn Giang',
]
let database: TestDatabase
let db: Database
let tenantId: number

beforeAll(async () => {
  database = await testDatabase()
  db = createDatabase(database.url, { max: 2 })
  tenantId = (await insertTenant(db.shared, { prefix: 'thu', name: 'Tỉnh thử', sample: false })).id
  await db.withTenant(tenantId, async (trx) => {
    for (const name of IN_ORDER.toReversed()) {
      const { id } = await trx
        .insertInto('unit')
        .values({ tenant_id: tenantId, kind: 'commune' })
        .returning('id')
        .executeTakeFirstOrThrow()
      await trx.insertInto('unit_name').values({ unit_id: id, tenant_id: tenantId, name }).execute()
    }
  })
})
afterAll(async () => {
  await db?.close()
  await database?.drop()
})

const list = (after: number | null, q: string | null = null) =>
  db.withTenant(tenantId, (trx) => listUnits(trx, tenantId, { kind: null, q, after, limit: 3 }))

test('pages follow the Vietnamese alphabet, and two units of one name are both listed once', async () => {
  const seen: { id: number; name: string }[] = []
  for (;;) {
    const page = await list(seen.at(-1)?.id ?? null)
    if (page.length === 0) break
    seen.push(...page)
  }
  expect(seen.map((unit) => unit.name)).toEqual(IN_ORDER)
  expect(new Set(seen.map((unit) => unit.id)).size).toBe(IN_ORDER.length)
})

test('a unit that came in on a page before does not shift the next one', async () => {
  const first = await list(null)
  await db.withTenant(tenantId, async (trx) => {
    const { id } = await trx
      .insertInto('unit')
      .values({ tenant_id: tenantId, kind: 'commune' })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx.insertInto('unit_name').values({ unit_id: id, tenant_id: tenantId, name: 'A Sào' }).execute()
  })
  const second = await list(first.at(-1)?.id ?? null)
  expect(second.map((unit) => unit.name)).toEqual(IN_ORDER.slice(3, 6))
})

test('the cursor of a list that is narrowed differently ends it, and repeats nothing', async () => {
  const [first] = await list(null, 'An B')
  expect(await list(first?.id ?? null, 'Văn')).toEqual([])
})
