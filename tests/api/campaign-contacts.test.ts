import { mkdtempSync, rmSync } from 'node:fs'
import { createReadStream } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createZstdDecompress } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openContact, sealContact } from '../../api/campaigns/contacts.ts'
import { parseTokenKeys } from '../../api/invitations/token.ts'
import { writeBackup } from '../../db/backup/write.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { openWorldCampaign } from '../support/campaign.ts'
import { testSettings } from '../support/settings.ts'
import { buildWorld, type World } from '../support/world.ts'

let database: TestDatabase
let world: World
beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
})
afterAll(async () => {
  await world?.stop()
  await database?.drop()
})

const keys = parseTokenKeys(testSettings.CONTACT_KEYS)
const place = { tenantId: 1, campaignId: 2, frameId: 3 }
const contact = { name: 'Công ty Sao Mai', address: 'Số 1 ngõ Hoa Phượng Tím' }
const bytesOf = (sealed: string) => Buffer.from(sealed.slice(2), 'hex')

test('a contact opens with its key in its own place, and nowhere else', () => {
  const { key_version, sealed } = sealContact(keys, place, contact)
  const row = { key_version, sealed: bytesOf(sealed) }
  expect(openContact(keys, place, row)).toEqual(contact)
  expect(openContact(keys, { ...place, frameId: 4 }, row)).toBe(null)
  expect(openContact(keys, { ...place, campaignId: 1 }, row)).toBe(null)
  expect(openContact(parseTokenKeys(`1:${'C'.repeat(43)}`), place, row)).toBe(null)
  expect(openContact(parseTokenKeys(`2:${'B'.repeat(43)}`), place, row)).toBe(null)
  expect(openContact(keys, place, { ...row, sealed: row.sealed.subarray(0, 10) })).toBe(null)
  row.sealed[20]! ^= 1
  expect(openContact(keys, place, row)).toBe(null)
})

test('the same contact never looks the same twice, and old keys still open what they sealed', () => {
  expect(sealContact(keys, place, contact).sealed).not.toBe(sealContact(keys, place, contact).sealed)
  const { key_version, sealed } = sealContact(keys, place, contact)
  const rotated = parseTokenKeys(`${testSettings.CONTACT_KEYS},2:${'C'.repeat(43)}`)
  expect(sealContact(rotated, place, contact).key_version).toBe(2)
  expect(openContact(rotated, place, { key_version, sealed: bytesOf(sealed) })).toEqual(contact)
})

test('no name or address of a frame stands in the clear in any table, in a backup, or in the log', async () => {
  const lines: unknown[] = []
  const services = { ...world.services, log: (entry: unknown) => void lines.push(entry) }
  const { id } = await openWorldCampaign({ ...world, services })
  const [kept] = await world.sql`select count(*)::int as n from campaign_contact where campaign_id = ${id}`
  expect(kept!['n']).toBe(60)
  const words = [
    'Sao Mai',
    'Phượng Tím',
    Buffer.from('Sao Mai').toString('hex'),
    Buffer.from('Sao Mai').toString('base64'),
  ]
  const tables = await world.sql<{ name: string }[]>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`
  for (const { name } of tables) {
    const rows = await world.sql<{ text: string }[]>`select t::text as text from ${world.sql(name)} t`
    for (const { text } of rows) for (const word of words) expect(text.includes(word), `${name}: ${word}`).toBe(false)
  }
  const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-contacts-'))
  try {
    const file = join(folder, 'all.lnb')
    const { TOKEN_KEYS, AUTH_SECRET } = testSettings
    await writeBackup({ ownerUrl: database.ownerUrl, file, now: new Date(), keys: { TOKEN_KEYS, AUTH_SECRET } })
    const parts: Buffer[] = []
    for await (const part of createReadStream(file).pipe(createZstdDecompress())) parts.push(part as Buffer)
    const whole = Buffer.concat(parts).toString('utf8')
    expect(whole).toContain('campaign_contact')
    for (const word of [...words, testSettings.CONTACT_KEYS.slice(2)]) expect(whole.includes(word), word).toBe(false)
  } finally {
    rmSync(folder, { recursive: true })
  }
  expect(JSON.stringify(lines)).not.toMatch(/Sao Mai|Phượng Tím/)
})
