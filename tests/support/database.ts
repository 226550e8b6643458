import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'

/** A database of one test file alone. */
export interface TestDatabase {
  /** As the application's role, under row-level security. */
  readonly url: string
  /** As the owner of the tables. */
  readonly ownerUrl: string
  /** Removes it, cutting whatever is still connected. */
  drop(): Promise<void>
}

/**
 * Clones the migrated template into a database of its own: about 50 ms, and no test sees another's rows.
 *
 * @example
 * const database = await testDatabase()
 * afterAll(() => database.drop())
 */
export async function testDatabase(): Promise<TestDatabase> {
  const template = inject('templateUrls')
  const name = `test_${randomBytes(6).toString('hex')}`
  const templateName = new URL(template.ownerUrl).pathname.slice(1)
  await asOwner(template.ownerUrl, (sql) =>
    sql.unsafe(`create database ${name} template ${templateName} strategy file_copy`),
  )
  return {
    url: withDatabase(template.url, name),
    ownerUrl: withDatabase(template.ownerUrl, name),
    drop: () => asOwner(template.ownerUrl, (sql) => sql.unsafe(`drop database if exists ${name} with (force)`)),
  }
}

/** Connects to the maintenance database: nobody may be connected to a template while it is cloned. */
async function asOwner(ownerUrl: string, work: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  const sql = postgres(withDatabase(ownerUrl, 'postgres'), { max: 1, onnotice: () => undefined })
  try {
    await work(sql)
  } finally {
    await sql.end()
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
