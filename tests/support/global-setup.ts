import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { appRole, type EmbeddedDatabase, startEmbedded } from '../../db/embedded.ts'
import { migrateToLatest } from '../../db/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server shared by all test files; its own database is the migrated, empty template. */
    templateUrls: { url: string; ownerUrl: string }
  }
}

const dataDir = mkdtempSync(join(tmpdir(), 'lang-nghe-test-'))
let server: EmbeddedDatabase | null = null

/** Starts one PostgreSQL for the whole run and migrates the template that `testDatabase()` clones. */
export async function setup(project: TestProject): Promise<void> {
  server = await startEmbedded({ dataDir, durable: false, settings: { max_connections: '300' } })
  await migrateToLatest(server.ownerUrl, { appRole })
  project.provide('templateUrls', { url: server.url, ownerUrl: server.ownerUrl })
}

export async function teardown(): Promise<void> {
  await server?.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
