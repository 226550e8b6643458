import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../api/node/database.ts'
import { backUpBeforeUpgrade } from '../../api/node/upgrade.ts'
import { checkFile } from '../../db/backup/compare.ts'
import { restoreBackup } from '../../db/backup/restore.ts'
import { appRole, startEmbedded } from '../../db/embedded.ts'
import { migrateTo, pendingMigrations } from '../../db/migrate.ts'
import { migrations } from '../../db/migrations/index.ts'
import { newDatabase, once } from './places.ts'

const names = Object.keys(migrations).sort()
const older = '20261123T000005-tallies'
const next = names[names.indexOf(older) + 1]!
let dataDir = ''

beforeEach(() => {
  dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'lang-nghe-upgrade-')))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 20 }))

/** What an earlier version left in the data directory. */
async function olderData(fill: boolean): Promise<void> {
  const server = await startEmbedded({ dataDir, durable: false })
  try {
    await olderDatabase(server.ownerUrl, fill)
  } finally {
    await server.stop()
  }
}
async function olderDatabase(ownerUrl: string, fill: boolean): Promise<void> {
  await migrateTo(ownerUrl, older)
  if (!fill) return
  await once(ownerUrl, async (sql) => {
    await sql`insert into tenant (prefix, name) values ('thu', 'Tỉnh thử')`
    await sql`insert into unit (tenant_id, kind) values (1, 'department')`
    await sql`insert into procedure (tenant_id, code, name) values (1, '1.000001', 'Một')`
    await sql`
      insert into dossier (tenant_id, code, procedure_id, responsible_unit_id, receiving_unit_id, applicant,
        received_at, status, received_on)
      select 1, 'H31.1-' || n, 1, u.id, u.id, 'citizen', now(), 'processing', current_date
      from generate_series(1, 500) n, unit u`
  })
}
const backups = (): string[] => {
  const folder = join(dataDir, 'backups')
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
}

test('data of an older version are backed up before they are migrated, and are all there afterwards', async () => {
  await olderData(true)
  const opened = await openDatabase({ DATA_DIR: dataDir })
  try {
    expect(await pendingMigrations(opened.ownerUrl)).toEqual([])
    const [row] = await once(opened.ownerUrl, (sql) => sql`select count(*)::int as n from dossier`)
    expect(row).toEqual({ n: 500 })
    const [file = '', ...more] = backups()
    expect(more).toEqual([])
    expect(file).toContain(`before-${next}-`)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const content = await checkFile(file)
    expect(content.header.migrations.at(-1)).toBe(older)
    expect(content.tables.find(({ name }) => name === 'dossier')?.rows).toBe(500)
    const again = await openDatabase({ DATA_DIR: dataDir }, { beside: true })
    await again.stop()
    expect(backups()).toHaveLength(1)
  } finally {
    await opened.stop()
  }
})

test('an empty database is migrated without a backup', async () => {
  await olderData(false)
  const opened = await openDatabase({ DATA_DIR: dataDir })
  await opened.stop()
  expect(backups()).toEqual([])
})

test('when no backup can be written nothing is migrated, and one line says why', async () => {
  await olderData(true)
  writeFileSync(join(dataDir, 'backups'), 'not a folder')
  await expect(openDatabase({ DATA_DIR: dataDir })).rejects.toMatchObject({
    code: 'backup_failed',
    message: expect.stringMatching(/^No backup could be written to .*nothing was changed/),
  })
  const server = await startEmbedded({ dataDir, durable: false })
  try {
    expect((await pendingMigrations(server.ownerUrl))[0]).toBe(next)
    rmSync(join(dataDir, 'backups'))
    const lines: string[] = []
    const file = await backUpBeforeUpgrade(server.ownerUrl, dataDir, (line) => lines.push(line))
    expect(lines).toEqual([expect.stringContaining(file!)])
  } finally {
    await server.stop()
  }
})

test('the backup of an older version is restored, and then migrated', async () => {
  const [source, target] = [await newDatabase(), await newDatabase()]
  try {
    await olderDatabase(source.ownerUrl, true)
    const file = await backUpBeforeUpgrade(source.ownerUrl, dataDir, () => undefined)
    const report = await restoreBackup({ ownerUrl: target.ownerUrl, file: file!, appRole })
    expect(report).toMatchObject({ migration: older, migrated: names.slice(names.indexOf(older) + 1) })
    const [row] = await once(target.ownerUrl, (sql) => sql`select count(*)::int as n from dossier`)
    expect(row).toEqual({ n: 500 })
  } finally {
    await source.drop()
    await target.drop()
  }
})
