import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSettings } from '../../api/node/settings.ts'
import { openWorldCampaign } from '../support/campaign.ts'
import { runCommand } from '../support/cli.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { buildWorld, type World } from '../support/world.ts'
import { newDatabase } from './places.ts'

const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-contact-keys-'))
let database: TestDatabase
let world: World
beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  await openWorldCampaign(world)
})
afterAll(async () => {
  await world?.stop()
  await database?.drop()
  rmSync(folder, { recursive: true })
})

const run = (words: string[], urls: { url: string; ownerUrl: string } = database, env: Record<string, string> = {}) =>
  runCommand(urls, words, { env: { DATA_DIR: join(folder, 'data'), ...env } })

test('a backup holds contacts without their keys and says so, also when it is restored; verify tells keys that do not open them', async () => {
  const file = join(folder, 'whole.lnb')
  const made = await run(['backup', file])
  expect([made.status, made.out]).toEqual([0, expect.stringMatching(/60 contacts .* are in no backup/)])
  const target = await newDatabase()
  try {
    const back = await run(['restore', file], target)
    expect([back.status, back.out]).toEqual([0, expect.stringMatching(/60 contacts .* are in no backup/)])
    const same = await run(['verify'], target)
    expect([same.status, same.out]).toEqual([0, expect.stringContaining('ok      contacts_not_of_these_keys')])
    for (const CONTACT_KEYS of [`1:${'C'.repeat(43)}`, '']) {
      const other = await run(['verify'], target, { CONTACT_KEYS })
      expect([other.status, other.out]).toEqual([
        1,
        expect.stringMatching(/WRONG {3}contacts_not_of_these_keys: tenant \d+ 20/),
      ])
      expect(other.out + other.err).not.toContain('CCCC')
    }
  } finally {
    await target.drop()
  }
})

test('the first start makes keys of contacts in a file of their own, closed to others, and later ones keep them', () => {
  const dataDir = join(folder, 'first')
  const first = readSettings({}, dataDir)
  expect(readSettings({}, dataDir)).toEqual(first)
  expect(first.CONTACT_KEYS).toMatch(/^1:[\w-]{43}$/)
  expect(statSync(join(dataDir, 'contact-keys.json')).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(dataDir, 'app-secrets.json'), 'utf8')).not.toContain(first.CONTACT_KEYS?.slice(2))
  expect(readSettings({ CONTACT_KEYS: `2:${'D'.repeat(43)}` }, dataDir).CONTACT_KEYS).toBe(`2:${'D'.repeat(43)}`)
})
