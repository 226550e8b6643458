import type { ParseArgsOptionsConfig } from 'node:util'
import type { listTenants } from '../../db/queries/accounts.ts'
import type { Services } from '../services.ts'
import type { OpenDatabase } from '../node/database.ts'
import type { Io } from './io.ts'

/** A tenant as the table holds it. */
export type Tenant = Awaited<ReturnType<typeof listTenants>>[number]

/** One call of a command: its words parsed, its database open. */
export interface Call {
  io: Io
  files: readonly string[]
  values: Readonly<Record<string, string | boolean | undefined>>
  json: boolean
  database: OpenDatabase
  services: Services
  dataDir: string
  /** The tenant of `--tenant`, else the first real one, else the sample. @throws UsageError when there is none */
  tenant: () => Promise<Tenant>
}
/** A call before any database is opened. */
export type BareCall = Pick<Call, 'io' | 'files' | 'values' | 'json' | 'dataDir'>

/** What a command has to say at its end; null when it has printed its result itself. */
export interface Result {
  /** The one JSON document of `--json`. */
  json: unknown
  /** The same for a person. */
  text: string
  /** Done, but some rows were refused. */
  rejected?: boolean
}
/** One thing an operator can do. */
interface Words {
  /** The words that call it: `import dossiers`. */
  words: string
  /** Names of what follows the words: `['FILE']`; in brackets what may be left out: `['[FILE]']`. */
  takes: readonly string[]
  options: ParseArgsOptionsConfig
  summary: string
  /** Option and what it does, for `--help`. */
  help: readonly (readonly [option: string, meaning: string])[]
  /** What `--help` says beside the options, about the names that follow the words. @throws UsageError for an unknown name */
  more?: (files: readonly string[]) => string
}
/** A command that works on a migrated database. */
export interface DatabaseCommand extends Words {
  run: (call: Call) => Promise<Result | null>
}
/** A command that opens what it needs by itself, or nothing. */
export interface BareCommand extends Words {
  runBare: (call: BareCall) => Promise<Result | null>
}
export type Command = DatabaseCommand | BareCommand

/** The words cannot be carried out as written; the message is one line and tells what to change. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
