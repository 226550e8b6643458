import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../support/cli.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'

const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-cli-'))
let database: TestDatabase
let sql: postgres.Sql
let sampleId = 0

beforeAll(async () => {
  database = await testDatabase('reference')
  sql = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined })
})
afterAll(async () => {
  await sql.end()
  await database.drop()
  rmSync(folder, { recursive: true })
})

const run = (...words: string[]) => runCommand(database, words, { env: { DATA_DIR: folder } })

test('the sample is loaded in the asked size, once, with a sign-in and a live rating', async () => {
  const { status, out } = await run('sample', 'load', '--responses', '1000', '--json')
  expect(status).toBe(0)
  const loaded = JSON.parse(out) as { tenantId: number; responses: number; access: { path: string; password: string } }
  sampleId = loaded.tenantId
  await sql`select set_config('app.tenant', ${String(sampleId)}, false)`
  expect(await sql`select 1 from response limit 1`).toHaveLength(1)
  expect(loaded.responses).toBeGreaterThan(800)
  expect(loaded.responses).toBeLessThan(1200)
  expect(loaded.access.path).toMatch(/^\/r\/hym/)
  expect(existsSync(join(folder, 'sample-password'))).toBe(true)
  expect(await run('sample', 'load')).toMatchObject({ status: 2, out: '' })
  for (const count of ['0', 'many', '10000001'])
    expect((await run('sample', 'load', '--responses', count)).status).toBe(2)
})

test('commands on the sample say that it is sample data', async () => {
  const { err } = await run('keys', 'create', '--role', 'importer')
  expect(err).toContain('dữ liệu mẫu')
})

test('what was imported into the sample is lost only when asked for', async () => {
  const list = join(folder, 'list.csv')
  const header = 'ma_ho_so;ma_tthc;ma_don_vi;ngay_tiep_nhan;trang_thai'
  writeFileSync(list, `${header}\nH31.11-261001-4242;1.001193;SNNMT;01/10/2026;đang giải quyết\n`)
  expect((await run('import', 'dossiers', list)).status).toBe(0)
  const refused = await run('sample', 'remove')
  expect(refused).toMatchObject({ status: 2, out: '' })
  expect(refused.err).toMatch(/^1 dossiers were imported into the sample .* --yes/)

  expect(await run('sample', 'remove', '--yes', '--json')).toMatchObject({
    status: 0,
    out: '{"removed":true,"imported":1}\n',
  })
})

test('after removal nothing of the sample is left, and a tenant for real data is there', async () => {
  expect(await sql`select sample, name from tenant`).toEqual([{ sample: false, name: 'Tỉnh' }])
  expect(existsSync(join(folder, 'sample-password'))).toBe(false)
  await sql`select set_config('app.tenant', ${String(sampleId)}, false)`
  for (const table of [
    'dossier',
    'ask',
    'response',
    'tally',
    'tally_change',
    'dossier_event',
    'procedure',
    'import_run',
  ]) {
    const rows = await sql.unsafe(`select count(*)::int as n from ${table}`)
    expect(rows[0], table).toEqual({ n: 0 })
  }
  expect(await sql`select 1 from "user"`).toHaveLength(0)
  expect(await run('sample', 'remove')).toMatchObject({ status: 0, out: 'There is no sample data.\n' })
})
