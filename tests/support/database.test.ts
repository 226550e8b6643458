import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from './database.ts'

const [first, second] = await Promise.all([testDatabase(), testDatabase()])

afterAll(() => Promise.all([first.drop(), second.drop()]))

test('a cloned database is migrated, and its rows are not another test file’s', async () => {
  const [one, two] = [postgres(first.ownerUrl, { max: 1 }), postgres(second.ownerUrl, { max: 1 })]
  await one`create table only_here (id int)`
  const seen = await two`select to_regclass('only_here') as here, to_regclass('tenant') is not null as migrated`
  expect(seen[0]).toEqual({ here: null, migrated: true })
  await Promise.all([one.end(), two.end()])
})
