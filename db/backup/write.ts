import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import { NotWritableError, writeWholeFile } from '../whole-file.ts'
import { appliedMigrations, listTables, readSequences, type Table, tenantIds } from './catalog.ts'
import { RowSum, type TableSum } from './digest.ts'
import {
  BackupError,
  type EndLine,
  FORMAT,
  type Header,
  type Keys,
  ROWS_END,
  type SequencesLine,
  type TableLine,
} from './format.ts'
import { tableRows } from './rows.ts'
import { seal } from './seal.ts'
import { inSession, type Session } from './session.ts'

export interface BackupReport {
  readonly tables: readonly ({ readonly name: string } & TableSum)[]
  readonly rows: number
  readonly bytes: number
  readonly migration: string
  readonly keys: boolean
}
export interface BackupOptions {
  readonly ownerUrl: string
  readonly file: string
  readonly now: Date
  /** null leaves them out: links printed until now can then only be read with the keys kept elsewhere. */
  readonly keys: Keys | null
  /** Told after each table, and waited for. */
  readonly onTable?: (name: string, rows: number) => void | Promise<void>
}

/**
 * Writes everything in the database, as it was at one moment, into one file that only its owner may read. Other
 * connections read and write meanwhile; only a change of the schema waits. Memory does not grow with the rows.
 *
 * The file appears under its name when it is complete and on disk.
 * @throws BackupError not_writable
 */
export async function writeBackup(options: BackupOptions): Promise<BackupReport> {
  return writeWholeFile(options.file, async (out) => {
    const report = await inSession(options.ownerUrl, 'snapshot', async (session) => {
      const writer = new Writer(session, options)
      const compress = createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } })
      await pipeline(Readable.from(writer.lines(), { objectMode: false }), compress, seal, out)
      return writer.report()
    })
    return { ...report, bytes: out.bytesWritten }
  }).catch((error: unknown) => {
    throw error instanceof NotWritableError ? new BackupError('not_writable', error.message, { cause: error }) : error
  })
}

class Writer {
  readonly #session: Session
  readonly #options: BackupOptions
  readonly #hash = createHash('sha256')
  readonly #done: ({ name: string } & TableSum)[] = []
  #migration = ''

  constructor(session: Session, options: BackupOptions) {
    this.#session = session
    this.#options = options
  }

  async *lines(): AsyncGenerator<Buffer> {
    for await (const piece of this.#body()) {
      this.#hash.update(piece)
      yield piece
    }
    const rows = this.#done.reduce((total, table) => total + table.rows, 0)
    yield line({ end: true, rows, sha256: this.#hash.digest('hex') } satisfies EndLine)
  }

  report(): Omit<BackupReport, 'bytes'> {
    const rows = this.#done.reduce((total, table) => total + table.rows, 0)
    return { tables: this.#done, rows, migration: this.#migration, keys: this.#options.keys !== null }
  }

  async *#body(): AsyncGenerator<Buffer> {
    const { sql } = this.#session
    const tables = await listTables(this.#session)
    const migrations = await appliedMigrations(sql)
    this.#migration = migrations.at(-1) ?? ''
    const [server] = await sql<{ version: string }[]>`select current_setting('server_version') as version`
    yield line({
      langNgheBackup: FORMAT,
      createdAt: this.#options.now.toISOString(),
      postgres: server?.version ?? '',
      migrations,
      tables: tables.map(({ name, columns }) => ({ name, columns })),
      keys: this.#options.keys,
    } satisfies Header)
    const tenants = migrations.length > 0 ? await tenantIds(sql) : []
    for (const table of tables) yield* this.#table(table, tenants)
    yield line({ sequences: await readSequences(this.#session) } satisfies SequencesLine)
  }

  async *#table(table: Table, tenants: readonly number[]): AsyncGenerator<Buffer> {
    yield line({ table: table.name } satisfies TableLine)
    const sum = new RowSum()
    for await (const piece of tableRows(this.#session, table, tenants)) {
      sum.piece(piece)
      yield piece
    }
    yield Buffer.from(`${ROWS_END}\n`)
    yield line(sum.sum())
    this.#done.push({ name: table.name, ...sum.sum() })
    await this.#options.onTable?.(table.name, sum.sum().rows)
  }
}

function line(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`)
}
