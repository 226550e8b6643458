import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { isEmpty } from '../../db/backup/empty.ts'
import { inSession } from '../../db/backup/session.ts'
import { writeBackup } from '../../db/backup/write.ts'
import { pendingMigrations } from '../../db/migrate.ts'
import { StartupError } from '../../db/startup-error.ts'

/** Folder of the data directory with the backups that upgrades made. */
export const UPGRADE_BACKUPS = 'backups'

/**
 * Before the schema of an embedded database with content changes, everything is written to
 * `backups/before-<first new migration>-<time>.lnb` of the data directory. The keys lie beside it and are not repeated.
 *
 * @returns the file, or null when nothing is to be migrated or there is nothing to lose
 * @throws StartupError backup_failed: then nothing was changed
 */
export async function backUpBeforeUpgrade(
  ownerUrl: string,
  dataDir: string,
  tell: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
): Promise<string | null> {
  const [next] = await pendingMigrations(ownerUrl)
  if (next === undefined || (await inSession(ownerUrl, 'snapshot', isEmpty))) return null
  const now = new Date()
  const folder = join(dataDir, UPGRADE_BACKUPS)
  const file = join(folder, `before-${next}-${now.toISOString().replaceAll(/[:.]/g, '')}.lnb`)
  tell(`This version changes the database. Writing a backup first: ${file}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    await writeBackup({ ownerUrl, file, now, keys: null })
    return file
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StartupError('backup_failed', `No backup could be written to ${folder}, so nothing was changed: ${why}`, {
      cause,
    })
  }
}
