import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from './database.ts'

const [first, second, ...full] = await Promise.all([
  testDatabase(),
  testDatabase(),
  testDatabase('reference'),
  testDatabase('reference'),
])

afterAll(() => Promise.all([first, second, ...full].map((database) => database.drop())))

test('a cloned database is migrated, and its rows are not another test file’s', async () => {
  const [one, two] = [postgres(first.ownerUrl, { max: 1 }), postgres(second.ownerUrl, { max: 1 })]
  await one`create table only_here (id int)`
  const seen = await two`select to_regclass('only_here') as here, to_regclass('tenant') is not null as migrated`
  expect(seen[0]).toEqual({ here: null, migrated: true })
  await Promise.all([one.end(), two.end()])
})

test('a reference database holds the 34 provinces and no tenant', async () => {
  for (const database of full) {
    const sql = postgres(database.ownerUrl, { max: 1 })
    const [row] = await sql.begin(async (trx) => {
      await trx`select set_config('app.tenant', '0', true)`
      return trx`
        select (select count(*)::int from unit where kind = 'province' and valid_to is null) as provinces,
          (select count(*)::int from tenant) as tenants`
    })
    expect(row).toEqual({ provinces: 34, tenants: 0 })
    await sql.end()
  }
})
