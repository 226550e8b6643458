import { isKnownMigration, migrateTo, migrateToLatest } from '../migrate.ts'
import { appliedMigrations, listSequences, listTables, quoted, type Table, tenantIds } from './catalog.ts'
import { checkFile } from './compare.ts'
import { copyIn } from './copy.ts'
import type { TableSum } from './digest.ts'
import { isEmpty } from './empty.ts'
import { BackupError, type Header, type Keys } from './format.ts'
import { type BackupContent, readBackup } from './read.ts'
import { sumTable } from './rows.ts'
import { inSession, type Session } from './session.ts'
import { setAside } from './set-aside.ts'

export interface RestoreOptions {
  readonly ownerUrl: string
  readonly file: string
  /** The role the application connects with. */
  readonly appRole: string
  readonly onTable?: (name: string, rows: number) => void
  /**
   * Puts the backup's keys where the platform finds them, and tells how to take them away again. Called just before the rows
   * become visible: whoever starts on them, also after a power cut, must find the keys, or makes new ones.
   */
  readonly placeKeys?: (keys: Keys | null) => () => void
}
export interface RestoreReport {
  readonly tables: readonly ({ readonly name: string } & TableSum)[]
  readonly rows: number
  readonly createdAt: string
  /** The newest migration of the backup. */
  readonly migration: string
  /** What was applied after it. */
  readonly migrated: readonly string[]
}

/**
 * Brings a backup into an empty database: reads the whole file once to check it, migrates to the backup's schema, loads every
 * table in one transaction, compares rows and sums of what is then in the tables with the file's, places the keys, and migrates
 * to this program's schema. A failure leaves an empty database and the keys that were there.
 *
 * @throws BackupError not_empty | newer_schema | differs, and what `readBackup` throws
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreReport> {
  const { ownerUrl, file, appRole } = options
  if (!(await inSession(ownerUrl, 'snapshot', isEmpty)))
    throw new BackupError('not_empty', 'The database is not empty; restore into a new one.')
  const { header } = await checkFile(file)
  const unknown = header.migrations.filter((name) => !isKnownMigration(name))
  const migration = header.migrations.at(-1)
  if (unknown.length > 0 || migration === undefined)
    throw new BackupError('newer_schema', `${file} was written by a newer version of Lắng Nghe; restore it with that.`)
  await migrateTo(ownerUrl, migration)
  const { tables, rows } = await loadWithKeys(header, options)
  const migrated = await migrateToLatest(ownerUrl, { appRole })
  await inSession(ownerUrl, 'change', async ({ sql }) => void (await sql`analyze`))
  return { tables, rows, createdAt: header.createdAt, migration, migrated }
}

async function loadWithKeys(header: Header, options: RestoreOptions): Promise<BackupContent> {
  let takeAway: (() => void) | undefined
  try {
    return await inSession(options.ownerUrl, 'change', async (session) => {
      const content = await load(session, header, options)
      takeAway = options.placeKeys?.(header.keys)
      return content
    })
  } catch (error) {
    // when the connection was lost instead, nobody knows whether the rows are there: without their keys they would be worth less
    if ((error as Error).name === 'PostgresError') takeAway?.()
    throw error
  }
}

async function load(session: Session, header: Header, { file, onTable }: RestoreOptions): Promise<BackupContent> {
  const { sql } = session
  const tables = await matchTables(session, header, file)
  if (!(await isEmpty(session)))
    throw new BackupError('not_empty', 'Somebody else wrote into the database meanwhile; nothing was restored.')
  const putBack = await setAside(
    sql,
    header.tables.map(({ name }) => name),
  )
  // what the migrations themselves put in is in the backup too
  await sql.unsafe(`truncate ${[...tables.keys()].map((name) => `public.${quoted(name)}`).join(', ')}`)
  const content = await readBackup(file, {
    header: ({ createdAt }) => {
      if (createdAt !== header.createdAt) throw new BackupError('damaged', `${file} was replaced meanwhile.`)
    },
    table: async (name, rows) => {
      const columns = columnsOf(header, name).map(quoted).join(', ')
      await copyIn(session, `copy public.${quoted(name)} (${columns}) from stdin`, rows)
    },
  })
  const sequences = new Set(await listSequences(sql))
  for (const { name, last, used } of content.sequences) {
    if (!sequences.has(name))
      throw new BackupError('damaged', `${file} names the sequence ${name}, which does not exist.`)
    await sql`select setval(${`public.${quoted(name)}`}::regclass, ${last}::bigint, ${used})`
  }
  const tenants = await tenantIds(sql)
  for (const expected of content.tables) {
    const table = tables.get(expected.name)
    const found =
      table && (await sumTable(session, { ...table, guarded: false }, tenants, columnsOf(header, expected.name)))
    if (found?.rows !== expected.rows || found.digest !== expected.digest)
      throw new BackupError('differs', `After loading, ${expected.name} differs from the backup; nothing was restored.`)
    onTable?.(expected.name, expected.rows)
  }
  await putBack()
  return content
}

/** The tables of the database, which must be the file's to the last column: names out of a file become SQL only when the catalogue has them. */
async function matchTables(session: Session, header: Header, file: string): Promise<Map<string, Table>> {
  const tables = new Map((await listTables(session)).map((table) => [table.name, table]))
  const applied = await appliedMigrations(session.sql)
  const same =
    tables.size === header.tables.length &&
    applied.join() === header.migrations.join() &&
    header.tables.every(
      ({ name, columns }) => tables.get(name)?.columns.toSorted().join() === columns.toSorted().join(),
    )
  if (!same)
    throw new BackupError('differs', `The tables of ${file} are not those of its migrations; nothing was restored.`)
  return tables
}

function columnsOf(header: Header, name: string): readonly string[] {
  return header.tables.find((table) => table.name === name)?.columns ?? []
}
