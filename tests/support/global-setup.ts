import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { appRole, type EmbeddedDatabase, startEmbedded } from '../../db/embedded.ts'
import { findBinaries } from '../../db/embedded/binaries.ts'
import { migrateToLatest } from '../../db/migrate.ts'
import { buildWeb, webIsCurrent } from '../../scripts/web.ts'
import { oldestPostgres } from './oldest-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server shared by all test files; its own database is the migrated, empty template. */
    templateUrls: { url: string; ownerUrl: string }
  }
}

const dataDir = mkdtempSync(join(tmpdir(), 'lang-nghe-test-'))
let server: EmbeddedDatabase | null = null

/**
 * Starts one PostgreSQL for all files of a project (version 15 for the project of that name) and migrates the template that
 * `testDatabase()` clones; builds the pages that the servers under test hand out.
 */
export async function setup(project: TestProject): Promise<void> {
  const oldest = project.name === 'postgres-15' ? oldestPostgres() : null
  if (oldest === null && !webIsCurrent() && !(await buildWeb()))
    process.stderr.write('The web pages could not be built.\n')
  server = await startEmbedded({
    dataDir,
    durable: false,
    settings: { max_connections: '300' },
    ...(oldest ? { binaries: findBinaries(oldest) } : {}),
  })
  await migrateToLatest(server.ownerUrl, { appRole })
  project.provide('templateUrls', { url: server.url, ownerUrl: server.ownerUrl })
}

export async function teardown(): Promise<void> {
  await server?.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
