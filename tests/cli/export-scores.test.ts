import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readTable } from '../../api/core/table/read-table.ts'
import { callersOf } from '../api/callers.ts'
import { answers, publishing } from '../api/publications-world.ts'
import { runCommand } from '../support/cli.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { buildWorld, type World } from '../support/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-scores-'))
let database: TestDatabase
let world: World
let door: ReturnType<typeof publishing>

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  door = publishing(world, await callersOf(world))
  await door.rate('MC-A', answers(40, 30))
  await door.rate('MC-B', answers(35, 20))
  // the smallest hidden one must not follow from the others, so a second one is hidden with it
  await door.rate('SXD', answers(12, 6))
  await door.rate('SNV', answers(4, 2))
})
afterAll(async () => {
  await world.stop()
  await database.drop()
  rmSync(folder, { recursive: true })
})

async function scores(name: string, ...words: string[]): Promise<Record<string, string>[]> {
  const file = join(folder, name)
  const { status, err } = await runCommand(database, ['export', 'scores', file, ...words])
  expect([status, err]).toEqual([0, ''])
  const text = readFileSync(file)
  if (text.indexOf(10) === text.length - 1) return []
  const { columns, rows } = await readTable(text, file)
  return rows.map(({ cells }) => Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ''])))
}

test('figures leave when they are published, as published; what is hidden has no numbers', async () => {
  await door.prepare()
  expect(await scores('before.csv')).toEqual([])
  const { id } = await door.release()
  const rows = (await scores('after.csv')).filter(({ chi_tieu: figure }) => figure === 'satisfaction')
  const of = (unit: keyof World['units']) => rows.find(({ don_vi: row }) => row === String(world.units[unit]))
  const { estimate } = await door.figure(world.units['MC-A'])
  expect(of('MC-A')).toMatchObject({ lan: String(id), trang_thai: 'published', n: '40', suppressed: '' })
  expect([Number(of('MC-A')?.['est']), Number(of('MC-A')?.['lo'])]).toEqual([estimate.est, estimate.lo])
  const hidden = { est: '', se: '', lo: '', hi: '' }
  expect(of('SNV')).toMatchObject({ suppressed: 'too_few', ...hidden })
  expect(of('SXD')).toMatchObject({ suppressed: 'complementary', ...hidden })
  expect(await scores('other.csv', '--run', String(id + 1))).toEqual([])
})

test('a run that was withdrawn because it told too much does not leave', async () => {
  const { id } = await door.release()
  await door.withdraw(id, 'privacy')
  expect((await scores('withdrawn.csv')).filter(({ lan: run }) => run === String(id))).toEqual([])
})
