import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkDatabase } from '../../db/backup/check.ts'
import { checkFile, compareWithFile } from '../../db/backup/compare.ts'
import { restoreBackup } from '../../db/backup/restore.ts'
import { writeBackup } from '../../db/backup/write.ts'
import { createDatabase } from '../../db/client.ts'
import { insertTenant } from '../../db/queries/accounts.ts'
import { appRole } from '../../db/embedded.ts'
import { migrateToLatest } from '../../db/migrate.ts'
import { seedReference } from '../../db/seed.ts'
import { buildWorld } from '../support/world.ts'
import { answerSome } from './load.ts'
import { newDatabase, plainOwner, portrait } from './places.ts'

test('an owner whom row-level security binds backs up every tenant, and restores into its own database', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-owner-'))
  const owner = await plainOwner()
  const [source, target] = [await newDatabase(owner), await newDatabase(owner)]
  try {
    await migrateToLatest(source.ownerUrl, { appRole })
    await seedReference(source.ownerUrl, { tenant: false })
    const world = await buildWorld(source)
    await answerSome(world, 8)
    await world.stop()
    const db = createDatabase(source.url, { max: 1 })
    const second = await insertTenant(db.shared, { prefix: 'hai', name: 'Tỉnh thứ hai', sample: false })
    await db.withTenant(second.id, (trx) =>
      trx
        .insertInto('procedure')
        .values({ tenant_id: second.id, code: '1.000001', name: 'Của tỉnh thứ hai' } as never)
        .execute(),
    )
    await db.close()

    const file = join(folder, 'owner.lnb')
    const made = await writeBackup({ ownerUrl: source.ownerUrl, file, now: new Date(), keys: null })
    expect(made.tables.find(({ name }) => name === 'response')?.rows).toBe(8)
    await restoreBackup({ ownerUrl: target.ownerUrl, file, appRole })
    expect(await portrait(target.ownerUrl)).toEqual(await portrait(source.ownerUrl))
    const findings = await checkDatabase(target.ownerUrl)
    const compared = await compareWithFile(target.ownerUrl, await checkFile(file))
    expect([...findings, ...compared].filter(({ wrong }) => wrong > 0)).toEqual([])
  } finally {
    await source.drop()
    await target.drop()
    await owner.drop()
    rmSync(folder, { recursive: true })
  }
})
