import postgres from 'postgres'
import { expect, inject, test } from 'vitest'

test('the tests of this project run on PostgreSQL 15', async () => {
  const sql = postgres(inject('templateUrls').ownerUrl, { max: 1 })
  const [row] = await sql`select current_setting('server_version') as version`
  await sql.end()
  expect(row?.['version']).toMatch(/^15\./)
})
