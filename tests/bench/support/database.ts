import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
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

/** While much data are brought in: rows of tables made in the same transaction are written once, not to the log as well. */
const LOADING = { wal_level: 'minimal', max_wal_senders: '0', max_wal_size: '4GB', shared_buffers: '1GB' }
/** Stands in a kept directory once it is filled. */
const FILLED = 'bench-filled'

/**
 * Starts it, migrated and with reference data, in the temporary directory.
 *
 * @param fill brings much data in before the start that is measured, while nothing is forced to disk
 * @param keep a directory to fill once and measure again later, instead
 */
export async function benchDatabase(
  fill?: (ownerUrl: string) => Promise<void>,
  keep: string | null = null,
): Promise<BenchDatabase> {
  const dataDir = keep ?? mkdtempSync(join(tmpdir(), 'lang-nghe-bench-'))
  if (fill && !existsSync(join(dataDir, FILLED))) {
    rmSync(dataDir, { recursive: true, force: true })
    const loading = await startEmbedded({ dataDir, durable: false, settings: LOADING })
    await prepare(loading.ownerUrl)
    await fill(loading.ownerUrl)
    await loading.stop()
    writeFileSync(join(dataDir, FILLED), '')
  }
  const server = await startEmbedded({ dataDir })
  if (!fill || keep !== null) await prepare(server.ownerUrl)
  return {
    url: server.url,
    ownerUrl: server.ownerUrl,
    processorSeconds: () => processorSeconds(serverProcesses(realpathSync(clusterPath(dataDir)), null)),
    drop: async () => {
      await server.stop()
      if (keep === null) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function prepare(ownerUrl: string): Promise<void> {
  await migrateToLatest(ownerUrl, { appRole })
  await seedReference(ownerUrl, { tenant: false })
}
