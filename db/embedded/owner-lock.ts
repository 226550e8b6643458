import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartupError } from '../startup-error.ts'
import { processIdentity } from './process.ts'

interface Owner {
  readonly pid: number
  /** See `processIdentity`: tells a live owner from a stranger that was given its pid. */
  readonly identity: string
}

/** A held lock; `release` is idempotent. */
export interface OwnerLock {
  release(): void
}

const lockPath = (dataDir: string): string => join(dataDir, 'owner.json')

/**
 * Makes this process the only owner of a data directory. A lock left by a dead process is taken over.
 *
 * @throws StartupError `data_dir_in_use` when the owner lives, this process included
 */
export function takeOwnership(dataDir: string): OwnerLock {
  const path = lockPath(dataDir)
  const mine: Owner = { pid: process.pid, identity: processIdentity(process.pid) ?? '' }
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 })
  try {
    // A link appears whole or not at all, and fails when another process was first.
    while (!linked(draft, path)) {
      const owner = liveOwner(dataDir)
      if (owner !== null) {
        throw new StartupError(
          'data_dir_in_use',
          `The data directory ${dataDir} is in use by process ${owner}. Stop it, or set DATA_DIR to another directory.`,
        )
      }
      discardStale(path)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  let held = true
  return {
    release() {
      if (held) rmSync(path, { force: true })
      held = false
    },
  }
}

/** The pid of the live process that owns the data directory, or null. */
export function liveOwner(dataDir: string): number | null {
  const owner = readOwner(lockPath(dataDir))
  return owner !== null && processIdentity(owner.pid) === owner.identity ? owner.pid : null
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Moves the lock aside before looking again: of two processes that found it stale only one gets to delete it. */
function discardStale(path: string): void {
  const aside = `${path}.${process.pid}.stale`
  try {
    renameSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const owner = readOwner(aside)
  if (owner !== null && processIdentity(owner.pid) === owner.identity) linked(aside, path)
  rmSync(aside)
}

function readOwner(path: string): Owner | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('identity' in value)) return null
    const { pid, identity } = value
    return Number.isInteger(pid) && typeof identity === 'string' ? { pid: pid as number, identity } : null
  } catch {
    return null
  }
}
