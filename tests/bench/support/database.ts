import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appRole, startEmbedded } from '../../../db/embedded.ts'
import { migrateToLatest } from '../../../db/migrate.ts'
import { seedReference } from '../../../db/seed.ts'

/** A database of one benchmark: the embedded server with its usual settings, forcing every commit to disk. */
export interface BenchDatabase {
  readonly url: string
  readonly ownerUrl: string
  drop(): Promise<void>
}

/** Starts it in the temporary directory, migrated and with reference data. */
export async function benchDatabase(): Promise<BenchDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lang-nghe-bench-'))
  const server = await startEmbedded({ dataDir })
  await migrateToLatest(server.ownerUrl, { appRole })
  await seedReference(server.ownerUrl, { tenant: false })
  return {
    url: server.url,
    ownerUrl: server.ownerUrl,
    drop: async () => {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
