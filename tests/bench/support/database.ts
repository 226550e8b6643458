import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appRole, startEmbedded } from '../../../db/embedded.ts'
import { clusterPath } from '../../../db/embedded/cluster.ts'
import { serverProcesses } from '../../../db/embedded/process.ts'
import { migrateToLatest } from '../../../db/migrate.ts'
import { seedReference } from '../../../db/seed.ts'
import { processorSeconds } from './processor-time.ts'

/** A database of one benchmark: the embedded server with its usual settings, forcing every commit to disk. */
export interface BenchDatabase {
  readonly url: string
  readonly ownerUrl: string
  /** Processor time of the server's processes so far; null where the system does not tell. */
  processorSeconds(): number | null
  drop(): Promise<void>
}

/**
 * Starts it in the temporary directory, migrated and with reference data.
 *
 * @param fill brings much data in before the start that is measured, while nothing is forced to disk
 */
export async function benchDatabase(fill?: (ownerUrl: string) => Promise<void>): Promise<BenchDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lang-nghe-bench-'))
  if (fill) {
    const loading = await startEmbedded({ dataDir, durable: false, settings: { max_wal_size: '16GB' } })
    await prepare(loading.ownerUrl)
    await fill(loading.ownerUrl)
    await loading.stop()
  }
  const server = await startEmbedded({ dataDir })
  if (!fill) await prepare(server.ownerUrl)
  return {
    url: server.url,
    ownerUrl: server.ownerUrl,
    processorSeconds: () => processorSeconds(serverProcesses(realpathSync(clusterPath(dataDir)), null)),
    drop: async () => {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function prepare(ownerUrl: string): Promise<void> {
  await migrateToLatest(ownerUrl, { appRole })
  await seedReference(ownerUrl, { tenant: false })
}
