import { chmodSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { StartupError } from './startup-error.ts'

const repositoryRoot = resolve(import.meta.dirname, '..')

/**
 * Where this installation keeps its data: `DATA_DIR` (relative to the working directory) or `.data` of the repository.
 *
 * @returns an absolute path; nothing is created
 */
export function dataDirectory(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return env.DATA_DIR ? resolve(env.DATA_DIR) : resolve(repositoryRoot, '.data')
}

/**
 * Makes the data directory where it is missing and closes it to other users: it holds every secret of the installation.
 *
 * @throws StartupError `data_dir_not_writable`
 */
export function makeDataDirectory(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    chmodSync(dataDir, 0o700)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StartupError('data_dir_not_writable', `The data directory ${dataDir} cannot be used: ${why}`, { cause })
  }
}
