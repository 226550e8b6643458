import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCampaign } from '../../api/campaigns/write.ts'
import { campaignInput, firms } from '../support/campaign.ts'
import { runCommand } from '../support/cli.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { buildWorld, csvOf, type World } from '../support/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-frame-'))
let database: TestDatabase
let world: World
beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
})
afterAll(async () => {
  await world?.stop()
  await database?.drop()
  rmSync(folder, { recursive: true })
})

test('a frame is read from the command line by the design of its draft; with a fault it is refused, told without its values', async () => {
  const by = { tenantId: world.tenant.id, actor: 'test' }
  const { campaign } = await createCampaign(world.services, by, campaignInput())
  const file = join(folder, 'khung.csv')
  const run = (...words: string[]) => runCommand(database, ['import', 'frame', file, ...words])
  const [first = {}, ...others] = firms(30)
  writeFileSync(file, csvOf([first, ...others, first]))
  expect((await run()).status).toBe(2)
  const refused = await run('--campaign', String(campaign.id))
  expect([refused.status, refused.out]).toEqual([1, expect.stringContaining('none taken')])
  expect(refused.err).toContain('Line 32, column Mã số thuế: another row has this code as well')
  expect(refused.out + refused.err).not.toContain('Sao Mai')
  writeFileSync(file, csvOf([first, ...others]))
  const taken = await run('--campaign', String(campaign.id), '--json')
  expect([taken.status, JSON.parse(taken.out)]).toMatchObject([0, { stored: true, rows: 30, strata: 4, contacts: 30 }])
  expect((await run('--campaign', '999999')).status).toBe(2)
})
